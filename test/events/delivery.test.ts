import { createHash } from 'node:crypto'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { DeliveryRequest } from '../../src/index.js'
import { toUtcSeconds } from '../../src/index.js'
import { addApps } from '../support/apps.js'
import { eventCloud, receiver } from './support.js'

const md5 = (text: string): string => createHash('md5').update(text).digest('hex')

const START = Date.parse('2026-01-01T00:00:00Z')

describe('an HTTP callback', () => {
  test('carries the event as JSON', async () => {
    const { url, arrivals } = await receiver()
    const { listen, upload, events } = eventCloud()
    await listen({ CallbackURL: `${url}/vod?from=test` })
    await upload('v1')
    await events.settled()
    expect(arrivals).toHaveLength(1)
    expect(arrivals[0]).toMatchObject({
      path: '/vod?from=test',
      headers: { 'content-type': 'application/json' },
      body: {
        EventTime: '2026-01-01T00:00:00Z',
        EventType: 'FileUploadComplete',
        VideoId: 'v1',
        Size: 3,
        FileUrl: 'http://b/v1.mp4',
        Status: 'success',
      },
    })
  })

  test('is signed over address, time and key when authentication is on', async () => {
    const { url, arrivals } = await receiver()
    const { listen, upload, events, account } = eventCloud()
    await listen({ CallbackURL: url, AuthSwitch: 'on', AuthKey: 'Secret123' })
    await account.clock.advance('90m')
    await upload()
    await events.settled()
    const seconds = String(START / 1000 + 5400)
    expect(arrivals[0]?.headers).toMatchObject({
      'x-vod-timestamp': seconds,
      'x-vod-signature': md5(`${url}|${seconds}|Secret123`),
    })
  })

  test('has the signature of the example in the developer guide', async () => {
    const sent: DeliveryRequest[] = []
    const { listen, upload, events, account } = eventCloud({
      clock: { mode: 'manual', now: 1_519_375_990_000 },
      deliver: async (request) => {
        sent.push(request)
        return { status: 200 }
      },
    })
    await listen({ CallbackURL: 'https://www.example.com/your/callback', AuthSwitch: 'on', AuthKey: 'Test123' })
    // The guide's key has no upper case letter, which SetMessageCallback wants.
    await account.vod.callbacks.update('app-1000000', (draft) => {
      draft.authKey = 'test123'
    })
    await upload()
    await events.settled()
    expect(sent[0]?.headers['x-vod-signature']).toMatch(/^c72b60894140fa98920f1279219b/)
  })

  test.each([
    ['the switch is off', { AuthSwitch: 'off', AuthKey: 'Secret123' }],
    ['the switch is left out', { AuthKey: 'Secret123' }],
    ['there is no key', { AuthSwitch: 'on' }],
  ])('is not signed when %s', async (_case, params) => {
    const { url, arrivals } = await receiver()
    const { listen, upload, events } = eventCloud()
    await listen({ CallbackURL: url, ...params })
    await upload()
    await events.settled()
    expect(arrivals).toHaveLength(1)
    expect(arrivals[0]?.headers).not.toHaveProperty('x-vod-signature')
    expect(arrivals[0]?.headers).not.toHaveProperty('x-vod-timestamp')
  })

  test('is a request that msw sees', async () => {
    const types: unknown[] = []
    const server = setupServer(
      http.post('https://receiver.test/vod', async ({ request }) => {
        types.push(((await request.json()) as { EventType: string }).EventType)
        return new HttpResponse()
      }),
    )
    server.listen({ onUnhandledRequest: 'error' })
    onTestFinished(() => server.close())
    const { listen, upload, events, told } = eventCloud()
    await listen({ CallbackURL: 'https://receiver.test/vod' })
    await upload()
    await events.settled()
    expect(types).toEqual(['FileUploadComplete'])
    expect(told()).toEqual([['FileUploadComplete', 'delivered', 200]])
  })

  test('reaches a receiver in the order in which things happened', async () => {
    const { url, arrivals } = await receiver()
    const { listen, upload, events } = eventCloud()
    await listen({ CallbackURL: url })
    const ids = Array.from({ length: 20 }, (_, index) => `v${index}`)
    for (const id of ids) await upload(id)
    await events.settled()
    expect(arrivals.map(({ body }) => body.VideoId)).toEqual(ids)
  })
})

describe('a delivery that fails', () => {
  test('is attempted three times in all: answered 500, not answered in time, answered 200', async () => {
    const { url, arrivals } = await receiver(500, 'hang', 200)
    const { listen, upload, account, told } = eventCloud()
    await listen({ CallbackURL: url, AuthSwitch: 'on', AuthKey: 'Secret123' })
    await upload()
    await account.events.settled()
    // Only the attempt that is to fail for want of time has little of it, so that a slow machine does no harm.
    account.settings.change({ callbackTimeout: 100 })
    await account.clock.advance('1s')
    account.settings.change({ callbackTimeout: 5000 })
    await account.clock.advance('1m')
    expect(told()).toEqual([['FileUploadComplete', 'delivered', 500, 'no answer within 100 ms', 200]])
    expect(arrivals.map(({ headers }) => Number(headers['x-vod-timestamp']) - START / 1000)).toEqual([0, 1, 2])
    await account.clock.advance('1h')
    expect(arrivals).toHaveLength(3)
  })

  test('is dropped after the third attempt', async () => {
    const { url, arrivals } = await receiver(500, 404, 201)
    const { listen, upload, account, told } = eventCloud()
    await listen({ CallbackURL: url })
    await upload()
    await account.clock.advance('1h')
    expect(told()).toEqual([['FileUploadComplete', 'dropped', 500, 404, 201]])
    expect(arrivals).toHaveLength(3)
  })

  test('is attempted again one second later, not before', async () => {
    const { url } = await receiver(500, 200)
    const { listen, upload, account, told } = eventCloud()
    await listen({ CallbackURL: url })
    await upload()
    await account.clock.advance(999)
    expect(told()).toEqual([['FileUploadComplete', 'due', 500]])
    const fired = await account.clock.advance(1)
    expect(fired).toEqual([{ at: '2026-01-01T00:00:01.000Z', what: expect.stringMatching(/^event \S+ FileUploadComplete attempt 2$/) }])
    expect(told()).toEqual([['FileUploadComplete', 'delivered', 500, 200]])
  })

  test('does not follow a redirect', async () => {
    const { url, arrivals } = await receiver(302)
    const { listen, upload, account, told } = eventCloud()
    await listen({ CallbackURL: url })
    await upload()
    await account.clock.advance('1m')
    expect(told()).toEqual([['FileUploadComplete', 'dropped', 302, 302, 302]])
    expect(arrivals.map(({ path }) => path)).toEqual(['/', '/', '/'])
  })

  test('says why there was no answer', async () => {
    const { listen, upload, events, told } = eventCloud()
    await listen({ CallbackURL: 'http://127.0.0.1:9/' })
    await upload()
    await events.settled()
    expect(told()[0]?.[2]).toMatch(/^fetch failed: /)
  })

  test('leaves the events behind it on their way', async () => {
    const { url, arrivals } = await receiver(500, 200)
    const { listen, upload, events, told } = eventCloud()
    await listen({ CallbackURL: url })
    await upload('v1')
    await upload('v2')
    await events.settled()
    expect(told()).toEqual([
      ['FileUploadComplete', 'due', 500],
      ['FileUploadComplete', 'delivered', 200],
    ])
    expect(arrivals.map(({ body }) => body.VideoId)).toEqual(['v1', 'v2'])
  })
})

test('what is forgotten is not sent any more', async () => {
  const { url, types } = await receiver()
  const { listen, account, events } = eventCloud()
  await listen({ CallbackURL: url })
  await account.turn.take(() => {
    for (const VideoId of ['v1', 'v2', 'v3']) events.notify('FileUploadComplete', { VideoId, Size: 1, FileUrl: 'u' })
    events.clear()
    events.notify('ProduceMediaComplete', { Status: 'success', MediaId: 'v4', ProjectId: 'p' })
  })
  await account.clock.advance('1m')
  expect(types()).toEqual(['ProduceMediaComplete'])
})

describe('what a receiver does', () => {
  test('does not delay the account: one that never answers', async () => {
    const { url, arrivals } = await receiver('hang')
    const { listen, upload, call, account } = eventCloud()
    await listen({ CallbackURL: url })
    await upload()
    while (arrivals.length === 0) await new Promise((resolve) => setImmediate(resolve))
    expect((await call('vod.GetMessageCallback')).status).toBe(200)
    await account.reset()
    expect(account.events.list()).toEqual([])
  })

  test('may be to call the account before it answers', async () => {
    const { listen, upload, call, account, told } = eventCloud()
    const { url } = await receiver(async () => (await call('vod.GetMessageCallback')).status)
    await listen({ CallbackURL: url })
    await upload()
    await account.clock.advance('1s')
    expect(told()).toEqual([['FileUploadComplete', 'delivered', 200]])
  })

  test('counts for one receiver only: another gets its events meanwhile', async () => {
    const slow = await receiver('hang')
    const fast = await receiver()
    const { listen, upload, account } = eventCloud()
    addApps(account, 'app-2')
    await listen({ CallbackURL: slow.url })
    await listen({ CallbackURL: fast.url, AppId: 'app-2' })
    await upload('v1')
    await upload('v2', { appId: 'app-2' })
    while (fast.arrivals.length === 0) await new Promise((resolve) => setImmediate(resolve))
    expect(fast.arrivals[0]?.body.VideoId).toBe('v2')
  })
})

describe('time', () => {
  test('of an event is that of the account, whatever the machine says', async () => {
    const { url, arrivals } = await receiver()
    const { listen, upload, account } = eventCloud()
    await listen({ CallbackURL: url })
    const at = account.clock.now() + 3_600_000
    account.clock.schedule(
      at,
      () => 'an upload',
      () => void account.events.notify('FileUploadComplete', { VideoId: 'v', Size: 1, FileUrl: 'u' }),
    )
    await account.clock.advance('2h')
    expect(arrivals[0]?.body.EventTime).toBe(toUtcSeconds(at))
    await upload()
    await account.events.settled()
    expect(arrivals[1]?.body.EventTime).toBe(toUtcSeconds(at + 3_600_000))
  })

  test('of retries passes within one move of the clock', async () => {
    const { url, arrivals } = await receiver(500, 500, 200)
    const { listen, account, told } = eventCloud()
    await listen({ CallbackURL: url })
    const happen = (): void => void account.events.notify('FileUploadComplete', { VideoId: 'v', Size: 1, FileUrl: 'u' })
    account.clock.schedule(account.clock.now() + 60_000, () => 'an upload', happen)
    const fired = await account.clock.advance(61_000)
    expect(fired.map(({ at }) => at)).toEqual(['2026-01-01T00:01:00.000Z', '2026-01-01T00:01:01.000Z'])
    expect(told()).toEqual([['FileUploadComplete', 'due', 500, 500]])
    await account.clock.advance(1000)
    expect(told()).toEqual([['FileUploadComplete', 'delivered', 500, 500, 200]])
    expect(arrivals).toHaveLength(3)
  })

  test('that runs by itself brings deliveries and retries by itself', async () => {
    const { url, arrivals } = await receiver(500, 200)
    const { listen, upload } = eventCloud({ clock: { mode: 'system', speed: 1000 } })
    await listen({ CallbackURL: url })
    await upload()
    while (arrivals.length < 2) await new Promise((resolve) => setImmediate(resolve))
    expect(arrivals.map(({ body }) => body.VideoId)).toEqual(['v1', 'v1'])
  })
})
