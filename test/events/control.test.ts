/** Events over the control API of an emulator. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Emulator, startEmulator } from '../../emulator/index.js'
import { sign } from '../../src/signing/sign.js'
import { receiver } from './support.js'

let emulator: Emulator

beforeAll(async () => {
  emulator = await startEmulator({ port: 0, clock: 'manual' })
})
afterAll(() => emulator.close())

/** An account of its own: its control API, and its callback. */
function fresh() {
  const key = emulator.cloud.createAccount().credentials
  const control = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${emulator.url}/_emulator${path}?accessKeyId=${key.accessKeyId}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    // biome-ignore lint/suspicious/noExplicitAny: answers of all shapes
    return { status: response.status, body: (await response.json()) as any }
  }
  const listen = (params: Record<string, string>) =>
    emulator.cloud.handle(
      sign('rpc', {
        host: 'vod.cn-shanghai.aliyuncs.com',
        version: '2017-03-21',
        action: 'SetMessageCallback',
        params: { EventTypeList: 'ALL', ...params },
        key,
      }),
    )
  return { control, listen }
}

const LIVE = {
  type: 'LiveRecordVideoComposeStart',
  fields: { VideoId: 'v1', Status: 'success', StreamName: 's', DomainName: 'd', AppName: 'a' },
}

test('an event can be made to happen, is delivered, and is listed with every attempt', async () => {
  const { url, arrivals } = await receiver(500, 200)
  const { control, listen } = fresh()
  await listen({ CallbackURL: url })
  const posted = await control('POST', '/events', { ...LIVE, userData: '{"Extend":"mine"}' })
  expect(posted).toMatchObject({ status: 201, body: { type: LIVE.type, state: 'due', attempts: [] } })
  await control('POST', '/clock/advance', { by: '1s' })
  expect((await control('GET', '/events')).body).toEqual([
    {
      id: posted.body.id,
      type: LIVE.type,
      appId: 'app-1000000',
      time: '2026-01-01T00:00:00.000Z',
      state: 'delivered',
      destination: { to: 'HTTP', url },
      payload: { EventTime: '2026-01-01T00:00:00Z', EventType: LIVE.type, ...LIVE.fields, Extend: 'mine' },
      attempts: [
        { at: '2026-01-01T00:00:00.000Z', status: 500, elapsedMs: expect.any(Number) },
        { at: '2026-01-01T00:00:01.000Z', status: 200, elapsedMs: expect.any(Number) },
      ],
    },
  ])
  expect(arrivals.map(({ body }) => body.Extend)).toEqual(['mine', 'mine'])
})

test('moving the clock by nothing waits for what is being delivered', async () => {
  const { url, types } = await receiver()
  const { control, listen } = fresh()
  await listen({ CallbackURL: url })
  await control('POST', '/events', LIVE)
  await control('POST', '/clock/advance', { by: 0 })
  expect(types()).toEqual([LIVE.type])
})

test('an event that nobody wants says why', async () => {
  const { control } = fresh()
  await control('POST', '/events', { ...LIVE, appId: 'app-7' })
  expect((await control('GET', '/events')).body).toMatchObject([
    { state: 'notSent', note: 'nothing is set for app-7; SetMessageCallback does', destination: { to: 'nobody' } },
  ])
})

test('the key that callbacks are signed with is not shown', async () => {
  const { control, listen } = fresh()
  await listen({ CallbackURL: 'http://127.0.0.1:9/', AuthSwitch: 'on', AuthKey: 'Secret123' })
  expect((await control('POST', '/events', LIVE)).body.destination).toEqual({ to: 'HTTP', url: 'http://127.0.0.1:9/', signed: true })
})

test('events are forgotten, and those on their way are called off', async () => {
  const { url } = await receiver(500)
  const { control, listen } = fresh()
  await listen({ CallbackURL: url })
  await control('POST', '/events', LIVE)
  await control('POST', '/clock/advance', { by: 0 })
  expect(await control('DELETE', '/events')).toEqual({ status: 200, body: [] })
  expect((await control('POST', '/clock/advance', { by: '1m' })).body.fired).toEqual([])
  expect((await control('GET', '/events')).body).toEqual([])
})

test('queues are read, and messages deleted from them', async () => {
  const { control, listen } = fresh()
  await listen({ CallbackType: 'MNS', MnsEndpoint: 'http://1.mns.cn-shanghai.aliyuncs.com/', MnsQueueName: 'q' })
  await control('POST', '/events', LIVE)
  await control('POST', '/clock/advance', { by: 0 })
  expect((await control('GET', '/queues')).body).toEqual([{ queue: 'q', active: 1, hidden: 0 }])
  const { body } = await control('POST', '/queues/q/receive', { hiddenFor: '5s' })
  expect(body).toMatchObject([
    { body: expect.stringContaining(LIVE.type), enqueueTime: '2026-01-01T00:00:00.000Z', nextVisibleTime: '2026-01-01T00:00:05.000Z' },
  ])
  const { receiptHandle } = body[0]
  expect(await control('POST', '/queues/q/delete', { receiptHandle })).toEqual({ status: 200, body: { deleted: true } })
  expect(await control('POST', '/queues/q/delete', { receiptHandle })).toMatchObject({
    status: 400,
    body: { error: expect.stringContaining('receiptHandle') },
  })
})

test.each([
  ['no event type', { type: 'Nothing', fields: {} }, /^type: /],
  ['fields that are not those of the type', { type: 'FileUploadComplete', fields: { VideoId: 'v' } }, /^Size: .*FileUrl: /],
  ['UserData that is none', { ...LIVE, userData: '[' }, /^userData: is not a JSON object/],
])('%s is refused', async (_case, event, error) => {
  const { control } = fresh()
  expect(await control('POST', '/events', event)).toEqual({ status: 400, body: { error: expect.stringMatching(error) } })
  expect((await control('GET', '/events')).body).toEqual([])
})

test('a manual clock may start at the time of the machine, so that receivers take what its events say for new', async () => {
  const response = await fetch(`${emulator.url}/_emulator/accounts`, {
    method: 'POST',
    body: JSON.stringify({ clock: { mode: 'manual', now: 'machine' } }),
    headers: { 'content-type': 'application/json' },
  })
  const { accessKeyId } = (await response.json()) as { accessKeyId: string }
  const { clock } = emulator.cloud.account(accessKeyId)
  expect(clock.mode).toBe('manual')
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(600_000)
})
