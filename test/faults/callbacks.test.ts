/** Faults of callbacks: what the receiver gets, what the account remembers, and when it is tried again. */

import { describe, expect, onTestFinished, test } from 'vitest'
import { createControl } from '../../src/client/index.js'
import type { FaultInput } from '../../src/faults/fault.js'
import type { DeliveryRequest } from '../../src/index.js'
import { eventCloud, receiver } from '../events/support.js'
import { popCore, testEmulator } from '../support/sdk.js'

/** A cloud whose callbacks go to a receiver that answers 200, or as told; which keeps what it gets. */
async function world(...statuses: number[]) {
  const sent: DeliveryRequest[] = []
  const made = eventCloud({
    deliver: async (request) => {
      sent.push(request)
      return { status: statuses[Math.min(sent.length, statuses.length) - 1] ?? 200 }
    },
  })
  const { account, events, listen } = made
  await listen({ CallbackType: 'HTTP', CallbackURL: 'http://receiver/vod', AuthSwitch: 'on', AuthKey: 'Secret123' })
  const add = (fault: FaultInput) => account.faults.add(fault)
  /** How far the clock was when an attempt was made, in milliseconds, and what it came to. */
  const attempts = () =>
    events.list().map(({ at: since, attempts }) => attempts.map(({ at, status, error, fault }) => [at - since, status ?? error, fault]))
  const got = (): string[] => sent.map(({ body }) => JSON.parse(body).VideoId)
  return { ...made, sent, got, add, attempts, advance: (by: number | string) => account.clock.advance(by) }
}

describe('over HTTP', () => {
  test('lost: it counts as delivered, and the receiver never sees it', async () => {
    const { add, upload, advance, got, told } = await world()
    add({ callback: 'lose' })
    await upload()
    await advance('1h')
    expect(got()).toEqual([])
    expect(told()).toEqual([['FileUploadComplete', 'delivered', 200]])
  })

  test('duplicated: it arrives twice, the same in every byte', async () => {
    const { add, upload, advance, sent, told, attempts } = await world()
    add({ times: 1, callback: 'duplicate' })
    await upload('v1')
    await upload('v2')
    await advance('1h')
    expect(sent.map(({ body }) => JSON.parse(body).VideoId)).toEqual(['v1', 'v1', 'v2'])
    expect(sent[1]?.headers).toEqual(sent[0]?.headers)
    expect(sent[1]?.body).toBe(sent[0]?.body)
    expect(told()).toEqual([
      ['FileUploadComplete', 'delivered', 200, 200],
      ['FileUploadComplete', 'delivered', 200],
    ])
    expect(attempts()).toEqual([
      [
        [0, 200, 'fault-1'],
        [0, 200, 'fault-1'],
      ],
      [[0, 200, undefined]],
    ])
  })

  test('duplicated, it stays delivered though the receiver refuses the second', async () => {
    const { add, upload, advance, got, told } = await world(200, 500)
    add({ callback: 'duplicate' })
    await upload()
    await advance('1h')
    expect(got()).toEqual(['v1', 'v1'])
    expect(told()).toEqual([['FileUploadComplete', 'delivered', 200, 500]])
  })

  test.each<[title: string, callback: FaultInput['callback'], seen: number | string]>([
    ['timed out', 'timeout', 'no answer within 5000 ms'],
    ['reset', 'reset', 'the connection was reset'],
    ['answered 500', { status: 500 }, 500],
    ['answered 204', { status: 204 }, 204],
    ['redirected', { status: 302 }, 302],
  ])('%s: tried three times, then dropped, and nothing was sent', async (_title, callback, seen) => {
    const { add, upload, advance, got, attempts, told } = await world()
    add({ callback })
    await upload()
    await advance('1h')
    expect(got()).toEqual([])
    expect(attempts()).toEqual([
      [
        [0, seen, 'fault-1'],
        [1000, seen, 'fault-1'],
        [2000, seen, 'fault-1'],
      ],
    ])
    expect(told()).toEqual([['FileUploadComplete', 'dropped', seen, seen, seen]])
  })

  test.each([1, 2])('failing %i times, it arrives with the attempt after', async (times) => {
    const { add, upload, advance, sent, told } = await world()
    add({ times, callback: { status: 503 } })
    await upload()
    await advance('1h')
    expect(told()).toEqual([['FileUploadComplete', 'delivered', ...Array.from({ length: times }, () => 503), 200]])
    expect(sent).toHaveLength(1)
    const second = Date.parse('2026-01-01T00:00:00Z') / 1000 + times
    expect(sent[0]?.headers['x-vod-timestamp']).toBe(String(second))
  })

  test('an answer of 200 that was never given counts as one', async () => {
    const { add, upload, advance, got, told } = await world()
    add({ callback: { status: 200 } })
    await upload()
    await advance('1h')
    expect([got(), told()]).toEqual([[], [['FileUploadComplete', 'delivered', 200]]])
  })

  test('delayed: it is sent that much later, and what comes after it is not', async () => {
    const { add, upload, advance, got, attempts } = await world()
    add({ when: { VideoId: 'v1' }, callback: { delay: '10m' } })
    await upload('v1')
    await upload('v2')
    await advance(599_999)
    expect(got()).toEqual(['v2'])
    await advance(1)
    expect(got()).toEqual(['v2', 'v1'])
    expect(attempts()[0]).toEqual([[600_000, 200, 'fault-1']])
  })

  test('delayed, it is signed for the time at which it is sent, and says when it happened', async () => {
    const { add, upload, advance, sent } = await world()
    add({ callback: { delay: '10m' } })
    await upload()
    await advance('1h')
    expect(sent[0]?.headers['x-vod-timestamp']).toBe(String(Date.parse('2026-01-01T00:10:00Z') / 1000))
    expect(JSON.parse(sent[0]?.body ?? '').EventTime).toBe('2026-01-01T00:00:00Z')
  })

  test('every attempt is delayed anew, and there are still three', async () => {
    const { add, upload, advance, attempts, told } = await world(500)
    add({ callback: { delay: '1m' } })
    await upload()
    await advance('1h')
    expect(attempts()).toEqual([
      [
        [60_000, 500, 'fault-1'],
        [121_000, 500, 'fault-1'],
        [182_000, 500, 'fault-1'],
      ],
    ])
    expect(told()[0]?.[1]).toBe('dropped')
  })

  test('on the wire nothing tells of a fault', async () => {
    const { account, listen, upload } = eventCloud()
    const there = await receiver()
    await listen({ CallbackType: 'HTTP', CallbackURL: there.url })
    account.faults.add({ times: 1, callback: 'duplicate' })
    await upload('v1')
    await upload('v2')
    await account.clock.advance(0)
    const [first, again, usual] = there.arrivals.map(({ path, headers }) => [path, Object.keys(headers)])
    expect([first, again]).toEqual([usual, usual])
  })

  test('events that nobody is told of meet no fault', async () => {
    const { account, upload, advance, add } = await world()
    await account.turn.take(() => account.vod.callbacks.clear())
    add({ callback: 'lose' })
    await upload()
    await advance('1h')
    expect(account.faults.list()).toMatchObject([{ matched: 0 }])
  })

  test('forgotten while delayed, it is not sent', async () => {
    const { add, upload, advance, got, events, account } = await world()
    add({ callback: { delay: '10m' } })
    await upload()
    await account.turn.take(() => events.clear())
    await advance('1h')
    expect(got()).toEqual([])
  })
})

describe('into a queue', () => {
  /** A cloud whose events go into a queue, with a function that reads all of it. */
  async function queueWorld(callback: FaultInput['callback'], rest: FaultInput = {}) {
    const made = eventCloud()
    const { account, listen, upload } = made
    await listen({ CallbackType: 'MNS', MnsEndpoint: 'http://1.mns.cn-shanghai.aliyuncs.com', MnsQueueName: 'vod' })
    account.faults.add({ ...rest, callback } as FaultInput)
    await upload()
    const read = (): Promise<string[]> =>
      account.turn.take(() => account.events.queues.receive('vod', { count: 16 }).map(({ body }) => JSON.parse(body).VideoId))
    return { ...made, read, advance: (by: number | string) => account.clock.advance(by) }
  }

  test.each<[callback: FaultInput['callback'], messages: number, became: unknown[]]>([
    ['lose', 0, ['delivered', 201]],
    ['duplicate', 2, ['delivered', undefined, undefined]],
    ['reset', 0, ['dropped', 'the connection was reset', 'the connection was reset', 'the connection was reset']],
    [{ status: 503 }, 0, ['dropped', 503, 503, 503]],
    [{ status: 201 }, 0, ['delivered', 201]],
  ])('%j', async (callback, messages, became) => {
    const { advance, read, told } = await queueWorld(callback)
    await advance('1m')
    expect(await read()).toHaveLength(messages)
    expect(told()).toEqual([['FileUploadComplete', ...became]])
  })

  test('delayed', async () => {
    const { advance, read } = await queueWorld({ delay: '10m' })
    await advance(599_999)
    expect(await read()).toEqual([])
    await advance(1)
    expect(await read()).toEqual(['v1'])
  })
})

describe('which of them', () => {
  test.each<[title: string, fault: FaultInput, arrived: string[]]>([
    ['all', {}, []],
    ['those of a video', { when: { VideoId: 'v2' } }, ['v1', 'v3']],
    ['those of some videos', { when: { VideoId: { matches: '[13]' } } }, ['v2']],
    ['those of a type', { when: { EventType: 'FileUploadComplete', Size: 3 } }, []],
    ['those of another type', { when: { EventType: 'TranscodeComplete' } }, ['v1', 'v2', 'v3']],
    ['the first', { times: 1 }, ['v2', 'v3']],
    ['all but the first', { after: 1 }, ['v1']],
    ['every second', { every: 2 }, ['v1', 'v3']],
    ['those from then on', { between: { from: '2026-01-01T00:01:00Z' } }, ['v1']],
    ['those before then', { between: { until: '2026-01-01T00:01:00Z' } }, ['v2', 'v3']],
  ])('%s', async (_title, fault, arrived) => {
    const { add, upload, advance, got } = await world()
    add({ ...fault, callback: 'lose' } as FaultInput)
    await upload('v1')
    await advance('1m')
    await upload('v2')
    await upload('v3')
    await advance('1m')
    expect(got()).toEqual(arrived)
  })

  test.each<[title: string, fault: FaultInput, why: RegExp]>([
    ['an event', { when: { EventType: 'TranscodeCompleted' }, callback: 'lose' }, /^when\.EventType: .*did you mean "TranscodeComplete"/],
    ['a pattern of events', { when: { EventType: { matches: '^Nothing' } }, callback: 'lose' }, /^when\.EventType: there is no event/],
    ['a field', { when: { VideoID: 'v1' }, callback: 'lose' }, /^when\.VideoID: .*did you mean "VideoId"/],
    [
      'a field of another event',
      { when: { EventType: 'TranscodeComplete', SourceURL: 'x' }, callback: 'lose' },
      /^when\.SourceURL: no event that this fault is for has such a field/,
    ],
    ['a structure', { when: { EventType: 'TranscodeComplete', StreamInfos: 'x' }, callback: 'lose' }, /^when\.StreamInfos: /],
    ['an Action', { action: 'SubmitTranscodeJobs', callback: 'lose' }, /^action: a callback is matched by the fields of its event/],
  ])('a fault is refused that names %s in vain', async (_title, fault, why) => {
    const { add } = await world()
    expect(() => add(fault)).toThrow(why)
  })

  test('those of another account are left alone', async () => {
    const { add, cloud, call, sent, advance } = await world()
    add({ callback: 'lose' })
    const neighbour = cloud.createAccount({ clock: 'manual' })
    await call(
      'vod.SetMessageCallback',
      { CallbackType: 'HTTP', CallbackURL: 'http://other/', EventTypeList: 'ALL' },
      { account: neighbour },
    )
    await neighbour.turn.take(() => {
      neighbour.events.notify('FileUploadComplete', { VideoId: 'theirs', Size: 3, FileUrl: 'http://b/v.mp4' })
    })
    await neighbour.clock.advance('1m')
    await advance('1m')
    expect(sent.map(({ url }) => url)).toEqual(['http://other/'])
  })
})

test('over HTTP: what the control API sets, the receiver lacks, and the control API tells why', async () => {
  const emulator = await testEmulator()
  onTestFinished(() => emulator.close())
  const there = await receiver()
  const mine = await createControl({ endpoint: emulator.url }).createAccount()
  const control = createControl(mine)
  const call = popCore({ url: emulator.url, key: mine, version: '2017-03-21' }, 'POST')
  await call('SetMessageCallback', { CallbackType: 'HTTP', CallbackURL: there.url, EventTypeList: 'ALL' })
  await control.faults.addAll([
    { when: { EventType: 'MediaBaseChangeComplete' }, times: 1, callback: 'reset' },
    { when: { EventType: 'MediaBaseChangeComplete' }, times: 1, callback: { delay: '1h' } },
  ])
  await call('CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })
  await control.clock.advance('2s')
  expect(there.types()).toEqual([])
  expect(await control.events.list()).toMatchObject([
    {
      type: 'MediaBaseChangeComplete',
      state: 'due',
      dueAt: '2026-01-01T01:00:01.000Z',
      fault: 'fault-2',
      attempts: [{ at: '2026-01-01T00:00:00.000Z', error: 'the connection was reset', fault: 'fault-1' }],
    },
  ])
  await control.clock.advance('1h')
  expect(there.types()).toEqual(['MediaBaseChangeComplete'])
})
