import { describe, expect, test } from 'vitest'
import { readUserData } from '../../src/index.js'
import { addApps } from '../support/apps.js'
import { eventCloud, receiver } from './support.js'

/** What a medium's record keeps of UserData. */
const userData = (value: object) => {
  const read = readUserData(JSON.stringify(value))
  if ('problem' in read) throw new Error(read.problem)
  return read.userData
}

const audit = { JobId: 'j', MediaId: 'v', Status: 'success', Data: { Suggestion: 'pass', Label: 'normal' } } as const

describe('EventTypeList', () => {
  test.each([
    ['ALL', ['FileUploadComplete', 'AIMediaAuditComplete', 'AIMediaDNAComplete', 'AIVideoTagComplete']],
    ['FileUploadComplete', ['FileUploadComplete']],
    ['TranscodeComplete, FileUploadComplete', ['FileUploadComplete']],
    ['TranscodeComplete', []],
    ['AIComplete', ['AIMediaAuditComplete', 'AIMediaDNAComplete', 'AIVideoTagComplete']],
    ['', []],
  ])('"%s" turns on what it says', async (EventTypeList, expected) => {
    const { url, types } = await receiver()
    const { listen, upload, account, events } = eventCloud()
    await listen({ CallbackURL: url, EventTypeList })
    await upload()
    await account.turn.take(() => {
      events.notify('AIMediaAuditComplete', audit)
      events.notify('AIMediaDNAComplete', { ...audit, Data: {} })
      events.notify('AIVideoTagComplete', { ...audit, Data: {} })
    })
    await events.settled()
    expect(types()).toEqual(expected)
    expect(events.list()).toHaveLength(4)
  })

  test.each([
    [undefined, 'nothing is set for app-1000000; SetMessageCallback does'],
    ['', 'EventTypeList is empty, which turns all events off'],
    ['TranscodeComplete', 'EventTypeList does not hold FileUploadComplete'],
  ])('that leaves an event out says so in the record (%s)', async (EventTypeList, note) => {
    const { listen, upload, events } = eventCloud()
    if (EventTypeList !== undefined) await listen({ CallbackURL: 'http://127.0.0.1:9', EventTypeList })
    await upload()
    expect(events.list()[0]).toMatchObject({ state: 'notSent', route: { to: 'nobody', note }, attempts: [] })
  })
})

test('each app has its own callback', async () => {
  const first = await receiver()
  const second = await receiver()
  const { listen, upload, events, account } = eventCloud()
  addApps(account, 'app-1000007')
  await listen({ CallbackURL: first.url })
  await listen({ CallbackURL: second.url, AppId: 'app-1000007' })
  await upload('v1')
  await upload('v2', { appId: 'app-1000007' })
  await upload('v3', { appId: 'app-1000008' })
  await events.settled()
  expect(first.arrivals.map(({ body }) => body.VideoId)).toEqual(['v1'])
  expect(second.arrivals.map(({ body }) => body.VideoId)).toEqual(['v2'])
  expect(events.list()[2]?.route).toEqual({ to: 'nobody', note: 'nothing is set for app-1000008; SetMessageCallback does' })
})

test('a deleted callback gets nothing more', async () => {
  const { url, arrivals } = await receiver()
  const { listen, upload, call, events } = eventCloud()
  await listen({ CallbackURL: url })
  await call('vod.DeleteMessageCallback')
  await upload()
  await events.settled()
  expect(arrivals).toEqual([])
})

describe('UserData', () => {
  test.each([
    ['an object', { Extend: { localId: 'xxx', test: 'www' } }, '{"localId":"xxx","test":"www"}'],
    ['text', { Extend: 'test data' }, 'test data'],
    ['JSON text', { Extend: '{"localId":"xxx", "test":"www"}' }, '{"localId":"xxx", "test":"www"}'],
  ])('hands Extend back: %s', async (_case, value, expected) => {
    const { url, arrivals } = await receiver()
    const { listen, upload, events } = eventCloud()
    await listen({ CallbackURL: url })
    await upload('v1', { userData: userData(value) })
    await events.settled()
    expect(arrivals[0]?.body.Extend).toBe(expected)
  })

  test.each([
    ['an object', (CallbackURL: string) => ({ MessageCallback: { CallbackURL, CallbackType: 'http' } })],
    ['JSON text', (CallbackURL: string) => ({ MessageCallback: JSON.stringify({ CallbackURL }) })],
  ])('sends the events of a medium elsewhere, signed with the same key: %s', async (_case, dataFor) => {
    const usual = await receiver()
    const own = await receiver()
    const { listen, upload, events } = eventCloud()
    await listen({ CallbackURL: usual.url, AuthSwitch: 'on', AuthKey: 'Secret123' })
    await upload('v1', { userData: userData(dataFor(own.url)) })
    await upload('v2')
    await events.settled()
    expect(own.arrivals.map(({ body }) => body.VideoId)).toEqual(['v1'])
    expect(own.arrivals[0]?.headers).toHaveProperty('x-vod-signature')
    expect(usual.arrivals.map(({ body }) => body.VideoId)).toEqual(['v2'])
  })

  test.each([
    ['no callback is set', undefined],
    ['the event is off', { EventTypeList: 'TranscodeComplete', CallbackURL: 'http://127.0.0.1:9' }],
    ['events go into a queue', { CallbackType: 'MNS', MnsEndpoint: 'http://1.mns.cn-shanghai.aliyuncs.com/', MnsQueueName: 'q' }],
  ])('has its CallbackURL ignored where %s', async (_case, params) => {
    const own = await receiver()
    const { listen, upload, events } = eventCloud()
    if (params) await listen(params)
    await upload('v1', { userData: userData({ MessageCallback: { CallbackURL: own.url } }) })
    await events.settled()
    expect(own.arrivals).toEqual([])
  })

  test.each([
    ['is not JSON', '{"Extend":', /not a JSON object/],
    ['has an Extend of 513 bytes', JSON.stringify({ Extend: 'x'.repeat(513) }), /Extend.*512 bytes/],
    ['has a queue as callback', '{"MessageCallback":{"CallbackType":"MNS"}}', /CallbackType.*http/],
    ['has a callback that is no web address', '{"MessageCallback":{"CallbackURL":"ftp://a/"}}', /CallbackURL/],
    ['asks for another acceleration', '{"AccelerateConfig":{"Type":"cdn"}}', /AccelerateConfig.Type/],
  ])('is refused when it %s', (_case, text, problem) => {
    expect(readUserData(text)).toEqual({ problem: expect.stringMatching(problem) })
  })

  test('may have an Extend of 512 bytes', () => {
    expect(readUserData(JSON.stringify({ Extend: 'é'.repeat(256) }))).toHaveProperty('userData.extend', 'é'.repeat(256))
  })
})

test('an account remembers the latest 1,000 events', async () => {
  const { account, events } = eventCloud()
  await account.turn.take(() => {
    for (let index = 0; index < 1010; index++) events.notify('FileUploadComplete', { VideoId: `v${index}`, Size: 1, FileUrl: 'u' })
  })
  expect(events.list()).toHaveLength(1000)
  expect(events.list()[0]?.payload.VideoId).toBe('v10')
})

test('an account whose receiver does not answer gives its oldest deliveries up, rather than keep more', async () => {
  const { listen, account, events } = eventCloud({ deliver: () => new Promise(() => {}) })
  await listen({ CallbackURL: 'http://127.0.0.1:9' })
  await account.turn.take(() => {
    for (let index = 0; index < 1010; index++) events.notify('FileUploadComplete', { VideoId: `v${index}`, Size: 1, FileUrl: 'u' })
  })
  expect(events.list()).toHaveLength(1000)
  expect(events.list()[0]).toMatchObject({ state: 'due', payload: { VideoId: 'v10' } })
})
