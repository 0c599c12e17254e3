/** Replies that come late or never: who waits for them, and what ends the waiting. */

import { getEventListeners } from 'node:events'
import { setImmediate as soon } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createClient } from '../../src/client/index.js'
import { createCloud, type FaultInput } from '../../src/index.js'
import { type Door, doors, openHttp } from '../doors/doors.js'
import { testCloud, VIDEO_URL } from '../support/cloud.js'
import { jobsOf, segment, served } from './support.js'

const waits: readonly FaultInput[] = [{ hang: true }, { latency: '10m' }, { loseReply: { see: 'hang' } }]

describe.each(doors)('$door', ({ open }) => {
  const start = async (): Promise<Door> => {
    const door = await open({ seed: 7, clock: 'manual' })
    onTestFinished(door.close)
    return door
  }

  it.each(waits)('%o holds up no other call of the account', async (fault) => {
    const door = await start()
    const account = door.cloud.account()
    account.faults.add({ ...fault, times: 20 })
    const patience = new AbortController()
    const waiting = Array.from({ length: 20 }, () =>
      segment(door, account, { signal: patience.signal }).catch((error: Error) => error.message),
    )
    await served(account, 20)
    expect((await segment(door, account)).status).toBe(200)
    patience.abort(new Error('gave up'))
    expect(await Promise.all(waiting)).toEqual(Array(20).fill('gave up'))
  })

  it.each(waits)('%o ends with the account', async (fault) => {
    const door = await start()
    const account = door.cloud.createAccount({ faults: [fault] })
    const waiting = [segment(door, account), segment(door, account)].map((call) => expect(call).rejects.toThrow(TypeError))
    await served(account, 2)
    door.cloud.disposeAccount(account)
    await Promise.all(waiting)
  })

  it.each<{ end: string; by: (door: Door) => unknown }>([
    { end: 'a reset of the account', by: ({ cloud }) => cloud.account().reset() },
    { end: 'the end of the cloud', by: ({ cloud }) => cloud.dispose() },
  ])('waiting ends with $end', async ({ by }) => {
    const door = await start()
    const account = door.cloud.account()
    account.faults.addAll([{ latency: '5m' }, { hang: true }])
    const waiting = expect(segment(door, account)).rejects.toThrow(TypeError)
    await served(account, 1)
    await by(door)
    await waiting
  })

  it.each(waits)('a client that gives up on %o leaves nothing that waits', async (fault) => {
    const door = await start()
    const account = door.cloud.account()
    account.faults.add(fault)
    const { handle } = door.cloud
    let ended: AbortSignal | undefined
    door.cloud.handle = async (call) => {
      const reply = await handle(call)
      ended = reply.ended
      return reply
    }
    const patience = new AbortController()
    const calls = Array.from({ length: 5 }, () => segment(door, account, { signal: patience.signal }).catch(() => {}))
    const waiting = (): number => (ended === undefined ? 0 : getEventListeners(ended, 'abort').length)
    while (waiting() < 5) await soon()
    patience.abort()
    await Promise.all(calls)
    while (waiting() > 0) await soon()
  })

  it('a reply that is late comes in the end', async () => {
    const door = await start()
    const account = door.cloud.account()
    account.faults.add({ latency: 20 })
    expect(await (await segment(door, account)).text()).toContain('RequestId')
    expect(jobsOf(account)).toBe(1)
  })
})

it('waiting ends with the emulator', async () => {
  const door = await openHttp({ clock: 'manual', faults: [{ latency: '10m' }] })
  const account = door.cloud.account()
  const waiting = expect(segment(door, account)).rejects.toThrow(TypeError)
  await served(account, 1)
  await door.close()
  await waiting
})

describe('the client of the package, in one process with the cloud', () => {
  const key = { accessKeyId: 'testAccessKeyId', accessKeySecret: 'testAccessKeySecret' }

  it.each<{ fault: FaultInput; code: string; message: string }>([
    { fault: { hang: true }, code: 'Client.Timeout', message: 'did not answer within 50 ms' },
    { fault: { latency: '1h' }, code: 'Client.Timeout', message: 'did not answer within 50 ms' },
    { fault: { reset: true }, code: 'Client.Connection', message: 'the cloud was asked to reset it' },
    { fault: { reset: 'midBody' }, code: 'Client.Connection', message: 'the cloud was asked to reset it' },
    { fault: { truncate: 20 }, code: 'Client.Answer', message: 'answered 200' },
    { fault: { garble: true }, code: 'Client.Answer', message: 'answered 200' },
    { fault: { error: 'ServiceUnavailable' }, code: 'ServiceUnavailable', message: 'temporary failure' },
  ])('$fault', async ({ fault, code, message }) => {
    const cloud = createCloud({ clock: 'manual', faults: [fault] })
    onTestFinished(cloud.dispose)
    const client = createClient({ cloud, timeoutMs: 50, ...key })
    await expect(client.videoseg.SegmentVideoBody({ VideoUrl: VIDEO_URL })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    })
  })
})

it('in one process, what a reply is to suffer is told and not done', async () => {
  const { account, send } = testCloud()
  account.faults.addAll([{ latency: '10m' }, { hang: true }])
  expect(await send('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL })).toMatchObject({ status: 0, delay: 600_000, connection: 'hang' })
})
