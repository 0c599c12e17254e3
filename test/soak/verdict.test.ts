/** The verdict of a soak: what stays flat is flat, and a leak of each thing that is measured is found. */

import { expect, test } from 'vitest'
import type { Sample } from '../../scripts/soak/emulator.js'
import { judge } from '../../scripts/soak/verdict.js'

const MEGABYTE = 1024 * 1024

/** Samples of a process that warms up, and swings a little; `leak` adds something to the nth. */
const samples = (leak: (n: number) => Partial<Sample> = () => ({})): Sample[] =>
  Array.from({ length: 20 }, (_, n) => ({
    second: n,
    calls: n * 1000,
    resident: (n < 5 ? 100 + n * 16 : 180 + (n % 3)) * MEGABYTE,
    heap: (n < 5 ? 30 + n * 2 : 40 + (n % 2) / 10) * MEGABYTE,
    external: 36 * MEGABYTE,
    resources: { TCPServerWrap: 1, Timeout: 1 + (n % 2) },
    openFiles: 27 + (n % 2),
    files: 8 + (n % 5),
    stored: (10 + (n % 5)) * MEGABYTE,
    ...leak(n),
  }))

test('what warms up and swings is flat', () => {
  expect(judge(samples()).filter(({ flat }) => !flat)).toEqual([])
})

test.each<[string, (n: number) => Partial<Sample>]>([
  ['heap', (n) => ({ heap: (40 + n / 2) * MEGABYTE })],
  ['outside of the heap', (n) => ({ external: (36 + n) * MEGABYTE })],
  ['resident memory', (n) => ({ resident: (180 + n * 5) * MEGABYTE })],
  ['active resources', (n) => ({ resources: { Timeout: n } })],
  ['open files and sockets', (n) => ({ openFiles: 27 + n })],
  ['files in the data folder', (n) => ({ files: 8 + 2 * n })],
  ['bytes in the data folder', (n) => ({ stored: (10 + 3 * n) * MEGABYTE })],
])('a leak of %s', (what, leak) => {
  expect(judge(samples(leak)).filter(({ flat }) => !flat)).toMatchObject([{ what }])
})

test('a few samples say nothing', () => {
  expect(() => judge(samples().slice(0, 7))).toThrow('7 samples say nothing')
})
