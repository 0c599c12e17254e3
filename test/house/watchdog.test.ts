/** The watchdog barks at what it is there for, and at nothing else. */

import { expect, test } from 'vitest'
import { watched } from '../support/watchdog.js'

/** Blocks the event loop with computing. */
function block(ms: number): void {
  const { user } = process.cpuUsage()
  while (process.cpuUsage().user < user + ms * 1000);
}

test('an attack that harms nothing gives its result', async () => {
  expect(await watched(async () => 7)).toBe(7)
})

test('a blocked event loop', async () => {
  await expect(watched(async () => block(400), { longestMs: 200 })).rejects.toThrow(/blocked for \d+ ms; at most 200 ms/)
})

test('a rejection that nobody handles', async () => {
  const attack = async () => void Promise.reject(new Error('lost'))
  await expect(watched(attack)).rejects.toMatchObject({ errors: [new Error('lost')] })
})

test('an exception that nobody catches', async () => {
  const attack = async () => {
    setImmediate(() => {
      throw new Error('thrown')
    })
  }
  await expect(watched(attack)).rejects.toMatchObject({ errors: [new Error('thrown')] })
})

test('what the attack itself rejects with', async () => {
  await expect(watched(() => Promise.reject(new Error('own')))).rejects.toThrow('own')
})
