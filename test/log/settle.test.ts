/** The check at the end of a test: everything that can be left over, and what is said of it. */

import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { type Emulator, startEmulator } from '../../emulator/index.js'
import { createClient, createControl } from '../../src/client/index.js'
import { type Account, type Deliver, type SettleOptions, settleSchema } from '../../src/index.js'
import { testCloud, VIDEO_URL } from '../support/cloud.js'

type Call = ReturnType<typeof testCloud>['call']

/** A receiver of callbacks that is never there. */
const deliver: Deliver = async () => {
  throw new Error('nobody is there')
}

/** Each kind of thing that can be left over, how it comes about, and what is said of it. */
const leftOver: Record<string, { arrange: (call: Call, account: Account) => Promise<unknown>; says: RegExp; found: object }> = {
  unusedFaults: {
    arrange: async (_call, { faults }) => faults.add({ action: 'DetectVideoShot', error: 'Throttling.User' }),
    says: /^fault fault-1 \{"action":"DetectVideoShot","error":"Throttling.User"\} was never applied: nothing matched it$/,
    found: { id: 'fault-1', matched: 0 },
  },
  unfinishedJobs: {
    arrange: (call) => call('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL }),
    says: /^job \S+ \(videoseg\.SegmentVideoBody\), submitted at 2026-01-01T00:00:00\.000Z, is still QUEUING: .*the clock stands still until it is advanced$/,
    found: { kind: 'videoseg.SegmentVideoBody', stage: 'QUEUING' },
  },
  undeliveredCallbacks: {
    async arrange(call, { turn, events }) {
      await call('vod.SetMessageCallback', { CallbackURL: 'http://receiver.test/', EventTypeList: 'ALL' })
      await turn.take(() => void events.notify('FileUploadComplete', { VideoId: 'v1', Size: 3, FileUrl: 'http://b/v1.mp4' }))
    },
    says: /^callback FileUploadComplete \S+ has not arrived at http:\/\/receiver\.test\/: the next attempt is due at 2026-01-01T00:00:01\.000Z \(once tried: nobody is there\)$/,
    found: { type: 'FileUploadComplete', attempts: 1 },
  },
  throttledNeverRetried: {
    async arrange(call, { settings }) {
      settings.change({ limits: { actions: { 'imageenhan.AssessSharpness': { limit: 1, per: 'second' } } } })
      for (const name of ['a', 'b', 'b'])
        await call('imageenhan.AssessSharpness', { ImageURL: `http://b.oss-cn-shanghai.aliyuncs.com/${name}.jpg` })
    },
    says: /^imageenhan\.AssessSharpness was throttled 2 times \(last at 2026-01-01T00:00:00\.000Z, first RequestId \S+\) and never made again/,
    found: { action: 'imageenhan.AssessSharpness', calls: 2 },
  },
  unknownParams: {
    async arrange(call) {
      for (const Quality of ['1', '2']) await call('imageenhan.AssessSharpness', { ImageURL: VIDEO_URL, Quality, Region: 'x' })
    },
    says: /^imageenhan\.AssessSharpness knows no parameter Quality, which was sent 2 times \(first RequestId \S+\)$/,
    found: { action: 'imageenhan.AssessSharpness', param: 'Quality', calls: 2 },
  },
}

const kinds = Object.keys(leftOver) as (keyof typeof leftOver)[]

it('finds nothing where nothing is left over', async () => {
  const { account, call } = testCloud()
  await call('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL })
  await account.clock.advance('5s')
  expect(await account.settle()).toEqual({
    ok: true,
    problems: [],
    unusedFaults: [],
    unfinishedJobs: [],
    undeliveredCallbacks: [],
    throttledNeverRetried: [],
    unknownParams: [],
  })
})

test.each(kinds)('finds %s, and only these', async (kind) => {
  const { account, call } = testCloud({ deliver })
  const { arrange, says, found } = leftOver[kind] as (typeof leftOver)[string]
  await arrange(call, account)
  const report = await account.settle()
  expect(report).toMatchObject({ ok: false, [kind]: expect.arrayContaining([expect.objectContaining(found)]) })
  expect(report.problems[0]).toMatch(says)
  for (const other of kinds) if (other !== kind) expect(report[other as 'unknownParams']).toEqual([])
})

test.each<[options: SettleOptions, found: string[]]>([
  [{}, kinds],
  [{ only: ['unusedFaults'] }, ['unusedFaults']],
  [{ ignore: ['unfinishedJobs', 'unknownParams'] }, ['unusedFaults', 'undeliveredCallbacks', 'throttledNeverRetried']],
  [{ only: ['unusedFaults', 'unknownParams'], ignore: ['unknownParams'] }, ['unusedFaults']],
  [{ ignore: [...settleSchema.shape.only.unwrap().element.options] }, []],
])('looks, told %j, at %j', async (options, found) => {
  const { account, call } = testCloud({ deliver })
  for (const { arrange } of Object.values(leftOver)) await arrange(call, account)
  const report = await account.settle(options)
  expect(kinds.filter((kind) => report[kind as 'unknownParams'].length > 0)).toEqual(found)
  expect(report.ok).toBe(found.length === 0)
})

it('says that a callback was given up, and after what', async () => {
  const { account, call } = testCloud({ deliver: async () => ({ status: 503 }) })
  await leftOver.undeliveredCallbacks?.arrange(call, account)
  await account.clock.advance('1m')
  expect((await account.settle()).problems).toEqual([
    expect.stringMatching(/^callback FileUploadComplete \S+ has not arrived at .*: it was given up \(3 times tried: 503, 503, 503\)$/),
  ])
})

it('waits for a delivery that is under way', async () => {
  let arrive: (reply: { status: number }) => void = () => {}
  const { account, call } = testCloud({ deliver: () => new Promise((resolve) => (arrive = resolve)) })
  await leftOver.undeliveredCallbacks?.arrange(call, account)
  const settled = account.settle()
  await account.turn.take(() => {})
  await new Promise((resolve) => setImmediate(resolve))
  arrive({ status: 200 })
  expect((await settled).ok).toBe(true)
})

it('names a fault whose turn has not come', async () => {
  const { account, call } = testCloud()
  account.faults.add({ action: 'GetAsyncJobResult', after: 5, error: 'Throttling.User' })
  await call('videoseg.GetAsyncJobResult', { JobId: 'x' })
  expect((await account.settle()).problems).toEqual([expect.stringContaining('it was matched once, which "after" or "every" let pass')])
})

it('names a job that is held on purpose as such', async () => {
  const { account, call } = testCloud()
  account.faults.add({ action: 'SegmentVideoBody', job: { hold: true } })
  await call('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL })
  await account.clock.advance('1h')
  const report = await account.settle()
  expect(report.unfinishedJobs).toMatchObject([
    { heldBy: 'fault-1', problem: expect.stringContaining('held there on purpose, by fault-1') },
  ])
})

describe('a throttled call is retried', () => {
  /** One call that is answered, one that is throttled, and then the last. */
  async function afterwards(last: Record<string, string>, wait = '1s') {
    const { account, call } = testCloud()
    account.settings.change({ limits: { actions: { '*': { limit: 1, per: 'second' } } } })
    const ImageURL = 'http://b.oss-cn-shanghai.aliyuncs.com/a.jpg'
    await call('imageenhan.AssessSharpness', { ImageURL: `${ImageURL}?first` })
    await call('imageenhan.AssessSharpness', { ImageURL })
    await account.clock.advance(wait)
    await call('imageenhan.AssessSharpness', last, { scheme: 'acs3' })
    return (await account.settle()).throttledNeverRetried.length
  }

  test.each<[what: string, params: Record<string, string>, wait: string, left: number]>([
    ['by the same call, however it is signed', { ImageURL: 'http://b.oss-cn-shanghai.aliyuncs.com/a.jpg' }, '1s', 0],
    ['not by one with other parameters', { ImageURL: 'http://b.oss-cn-shanghai.aliyuncs.com/c.jpg' }, '1s', 1],
    ['not by one that is throttled, too', { ImageURL: 'http://b.oss-cn-shanghai.aliyuncs.com/a.jpg' }, '1ms', 1],
  ])('%s', async (_what, params, wait, left) => {
    expect(await afterwards(params, wait)).toBe(left)
  })
})

it('remembers what calls have done wrong that are no longer in the log', async () => {
  const { account, call } = testCloud()
  await leftOver.unknownParams?.arrange(call, account)
  await leftOver.throttledNeverRetried?.arrange(call, account)
  const record = account.log.records()[0] as Parameters<typeof account.log.add>[0]
  for (let count = 0; count < 1000; count++) account.log.add(record)
  const report = await account.settle()
  expect(report.throttledNeverRetried).toMatchObject([{ calls: 2 }])
  expect(report.unknownParams).toMatchObject([{ param: 'Quality' }, { param: 'Region' }])
})

describe('over HTTP', () => {
  let emulator: Emulator
  beforeAll(async () => {
    emulator = await startEmulator({ port: 0, clock: 'manual' })
  })
  afterAll(() => emulator.close())

  it('reports what is left over, and looks where it is told to', async () => {
    const caller = await createControl({ endpoint: emulator.url }).createAccount()
    const control = createControl(caller)
    await createClient(caller).videoseg.SegmentVideoBody({ VideoUrl: VIDEO_URL })
    expect(await control.settle()).toMatchObject({ ok: false, unfinishedJobs: [{ stage: 'QUEUING' }] })
    expect(await control.settle({ ignore: ['unfinishedJobs'] })).toMatchObject({ ok: true, problems: [] })
    await expect(control.settle({ only: ['jobs' as never] })).rejects.toThrow('only.0')
  })
})
