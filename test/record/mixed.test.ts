/** A long mixed run replays to identical bytes, and what differs is found where it is. */

import { expect, test } from 'vitest'
import { replay } from '../../emulator/index.js'
import type { ClockOptions } from '../../src/index.js'
import { linesOf, mixedRun, recordingEmulator, writeLines } from './support.js'

test.each<[string, ClockOptions]>([
  ['a manual clock', { mode: 'manual' }],
  ['a system clock that runs fast', { mode: 'system', speed: 500 }],
])('500 mixed calls on %s replay to identical bytes', async (_name, clock) => {
  const { url, file, close } = await recordingEmulator({ clock })
  await mixedRun(url)
  await close()
  const { difference, calls, compared } = await replay(file)
  expect(difference).toBeUndefined()
  expect(calls).toBeGreaterThanOrEqual(500)
  expect(compared).toBe(calls)

  // Another seed: the first answer has another RequestId.
  const other = await replay(file, { seed: 'other' })
  expect(other.difference).toMatchObject({ what: 'call 1, vod.SetMessageCallback' })

  // One byte in the middle.
  const lines = linesOf(file)
  const middle = lines.find(
    ({ type, call, status, body }) => type === 'reply' && call > 250 && status === 200 && body?.text?.includes('"Status":"'),
  )
  const { text } = middle.body
  const at = text.indexOf('"Status":"') + 12
  middle.body.text = `${text.slice(0, at)}#${text.slice(at + 1)}`
  writeLines(file, lines)
  const tampered = await replay(file)
  expect(tampered.difference?.what).toMatch(new RegExp(`^call ${middle.call}, `))
  expect(tampered.difference?.where).toContain(`the body at byte ${at} ($.`)
})
