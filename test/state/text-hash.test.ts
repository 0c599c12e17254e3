/** Hashes by which tables have their places: clients choose the texts, and must not be able to choose the places. */

import { expect, test, vi } from 'vitest'
import { textHash } from '../../src/base/text-hash.js'

test('the same text has the same hash again, and another one in another process', async () => {
  const texts = ['', 'a', 'b', 'ab', 'ba', 'a\0', '中文', '\ud800', 'a'.repeat(5000)]
  expect(texts.map(textHash)).toEqual(texts.map(textHash))
  expect(new Set(texts.map(textHash)).size).toBe(texts.length)
  vi.resetModules()
  const { textHash: elsewhere } = await import('../../src/base/text-hash.js')
  expect(texts.slice(1).map(elsewhere)).not.toEqual(texts.slice(1).map(textHash))
})

/** A thousand texts each, which are as alike as texts can be. */
const alike: Record<string, (number: number) => string> = {
  numbers: (number) => `testAccessKeyId ${number}`,
  'the highest bits of characters': (number) =>
    Array.from({ length: 10 }, (_, bit) => String.fromCharCode(((number >> bit) & 1) << 15)).join(''),
  'one character': (number) => String.fromCharCode(number << 6),
  lengths: (number) => '\0'.repeat(number),
}

test.each(Object.entries(alike))('texts that differ in %s are in places all over a table', (_name, textOf) => {
  const counts = new Map<number, number>()
  for (let number = 0; number < 1000; number++) {
    const place = textHash(textOf(number)) & 0xffff
    counts.set(place, (counts.get(place) ?? 0) + 1)
  }
  expect(Math.max(...counts.values())).toBeLessThan(100)
})
