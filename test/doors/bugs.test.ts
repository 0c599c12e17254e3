/** What no client can have asked for: it is told of, the call is answered, and the emulator goes on. */

import { describe, expect, onTestFinished, test } from 'vitest'
import { createCloud, type Reply } from '../../src/index.js'
import { testEmulator } from '../support/sdk.js'
import { watched } from '../support/watchdog.js'

const BUG = new Error('planted')

/** An emulator whose cloud answers as it is told, and what is told of it. */
async function world(handle: () => Promise<Reply>) {
  const bugs: [error: unknown, about: string][] = []
  const emulator = await testEmulator({ onBug: (error, about) => bugs.push([error, about]) })
  onTestFinished(emulator.close)
  emulator.cloud.handle = handle
  return { ...emulator, bugs }
}

/** A reply whose body breaks off after so many pieces. */
const broken = (pieces: number) => async (): Promise<Reply> => ({
  status: 200,
  headers: { 'content-length': '1000' },
  body: '',
  stream: (async function* () {
    for (let piece = 0; piece < pieces; piece++) yield Buffer.alloc(10)
    throw BUG
  })(),
})

test('a body that breaks off', async () => {
  const { url, bugs, control } = await world(broken(3))
  await watched(async () => {
    await expect(fetch(`${url}/bucket/key`).then((response) => response.text())).rejects.toThrow()
  })
  expect(bugs).toEqual([[BUG, 'sending GET /bucket/key']])
  expect((await control('GET', '/health')).status).toBe(200)
})

test('a body that cannot be read at all', async () => {
  const { url, bugs } = await world(broken(0))
  await watched(async () => expect((await fetch(`${url}/bucket/key`)).status).toBe(500))
  expect(bugs).toEqual([[BUG, 'answering GET /bucket/key']])
})

test.each(['/bucket/key', '/?Action=X', '/bucket/%zz'])('%s, where the cloud breaks its word', async (path) => {
  const { url, bugs } = await world(() => Promise.reject(BUG))
  const response = await watched(() => fetch(url + path))
  expect(response.status).toBe(500)
  expect(await response.text()).not.toContain('planted')
  expect(bugs).toEqual([[BUG, `answering GET ${path.split('?', 1)[0]}`]])
})

test('a control call', async () => {
  const { bugs, control, cloud } = await world(broken(0))
  cloud.account().usage.report = () => {
    throw BUG
  }
  expect(await control('GET', '/usage')).toEqual({ status: 500, body: { error: 'internal error, see the log' } })
  expect(bugs).toEqual([[BUG, 'GET /_emulator/usage']])
})

test('in process, what nobody catches is left to the program whose process it is', async () => {
  const count = () => ['uncaughtException', 'unhandledRejection'].map((event) => process.listenerCount(event))
  const before = count()
  const emulator = await testEmulator()
  expect(count()).toEqual(before)
  await emulator.close()
})

describe('told to nobody in particular', () => {
  /** Warnings of the process, while a test runs. */
  function warnings() {
    const told: (Error & { detail?: string })[] = []
    const note = (warning: Error): void => void told.push(warning)
    process.on('warning', note)
    onTestFinished(() => void process.off('warning', note))
    return told
  }

  /** A cloud in which a bug falls due in a second. */
  function waiting() {
    const account = createCloud({ clock: 'manual' }).createAccount()
    account.clock.schedule(
      account.clock.now() + 1000,
      () => 'the planted',
      () => {
        throw BUG
      },
    )
    return account
  }

  test('a bug is a warning of the process, with its cause', async () => {
    const told = warnings()
    await waiting().clock.advance('1s')
    await expect.poll(() => told).toHaveLength(1)
    expect(told[0]).toMatchObject({
      name: 'EmulatorBug',
      message: 'bug in the planted: planted',
      detail: expect.stringContaining('bugs.test.ts'),
    })
  })

  test('moving a clock says what threw', async () => {
    warnings()
    expect(await waiting().clock.advance('1s')).toEqual([{ at: '2026-01-01T00:00:01.000Z', what: 'the planted', threw: 'planted' }])
  })
})
