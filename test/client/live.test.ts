/** `control.live()`: the live stream for tests in Node.js. */

import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { createControl, type LiveChange } from '../../src/client/index.js'
import { VIDEO_URL } from '../support/cloud.js'
import { testEmulator } from '../support/sdk.js'

let emulator: Awaited<ReturnType<typeof testEmulator>>
beforeEach(async () => {
  emulator = await testEmulator({ controlToken: 'secret' })
  onTestFinished(emulator.close)
})

const control = () => createControl({ endpoint: emulator.url, controlToken: 'secret' })
const call = () =>
  control().call('POST /actions/{service}/{action}', {
    params: { service: 'videoseg', action: 'SegmentVideoBody' },
    body: { VideoUrl: VIDEO_URL },
  })

test('what happens after it has begun is told, until nobody wants to know any more', async () => {
  const changes = await control().live({ types: ['call', 'clock'] })
  await call()
  await control().clock.advance('1m')
  const told: LiveChange[] = []
  for await (const change of changes) {
    told.push(change)
    if (told.length === 2) break
  }
  expect(told).toMatchObject([
    { type: 'call', call: { action: 'SegmentVideoBody' } },
    { type: 'clock', now: '2026-01-01T00:01:00.000Z' },
  ])
})

test('a signal ends it', async () => {
  const ending = new AbortController()
  const changes = await control().live({ signal: ending.signal })
  ending.abort()
  expect(await changes.next()).toEqual({ done: true, value: undefined })
})

test('who has no token is told so', async () => {
  await expect(createControl({ endpoint: emulator.url }).live()).rejects.toMatchObject({ code: 'Control.Refused', status: 401 })
})

test('an emulator that is gone ends it with an error', async () => {
  const changes = await control().live()
  await emulator.close()
  await expect(changes.next()).rejects.toMatchObject({ code: 'Client.Connection' })
})
