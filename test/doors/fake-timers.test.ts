/** A test that has its timers replaced still gets answers from an emulator in its own process. */

import { get } from 'node:http'
import { expect, onTestFinished, test, vi } from 'vitest'
import { testEmulator } from '../support/sdk.js'

/** The status that is answered, by Node's own client: `fetch` waits for timers itself. */
const statusOf = (url: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    get(url, (response) => resolve(response.resume().statusCode)).on('error', reject)
  })

test('a call is answered while no timer runs', { timeout: 60_000 }, async () => {
  const emulator = await testEmulator()
  onTestFinished(emulator.close)
  vi.useFakeTimers({ toFake: ['setImmediate'] })
  onTestFinished(() => void vi.useRealTimers())
  expect(await statusOf(`${emulator.url}/?Action=GetCategories`)).toBe(400)
})
