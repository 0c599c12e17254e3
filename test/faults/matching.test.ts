/** Which calls a fault is for, how often it happens, and what happens where several match. */

import { beforeEach, describe, expect, it } from 'vitest'
import type { Account, FaultInput } from '../../src/index.js'
import { type CallOptions, testCloud, VIDEO_URL } from '../support/cloud.js'

const OTHER_URL = VIDEO_URL.replace('sample', 'other')
const BUSY = { error: 'Throttling.User' } as const

let cloud: ReturnType<typeof testCloud>
let account: Account

beforeEach(() => {
  cloud = testCloud({ settings: { limits: { enabled: false } } })
  account = cloud.account
})

/** The code that a call is refused with, or `ok`. */
async function outcome(id = 'videoseg.SegmentVideoBody', params: Record<string, string> = { VideoUrl: VIDEO_URL }, options?: CallOptions) {
  const { status, body } = await cloud.call(id, params, options)
  return status === 200 ? 'ok' : body.Code
}

/** The outcomes of so many calls, one after the other. */
async function outcomes(count: number): Promise<string> {
  const letters: string[] = []
  for (let call = 0; call < count; call++) letters.push((await outcome()) === 'ok' ? '.' : 'x')
  return letters.join('')
}

describe('service and Action', () => {
  it.each<{ fault: Partial<FaultInput>; meet: string[] }>([
    { fault: {}, meet: ['videoseg.SegmentVideoBody', 'videoseg.GetAsyncJobResult', 'vod.CreateUploadImage'] },
    { fault: { service: 'vod' }, meet: ['vod.CreateUploadImage'] },
    { fault: { service: 'video*' }, meet: ['videoseg.SegmentVideoBody', 'videoseg.GetAsyncJobResult'] },
    { fault: { action: 'SegmentVideoBody' }, meet: ['videoseg.SegmentVideoBody'] },
    { fault: { action: '*Video*' }, meet: ['videoseg.SegmentVideoBody'] },
    { fault: { action: '*Result' }, meet: ['videoseg.GetAsyncJobResult'] },
    {
      fault: { service: 'v*', action: '*e*t*' },
      meet: ['videoseg.SegmentVideoBody', 'videoseg.GetAsyncJobResult', 'vod.CreateUploadImage'],
    },
  ])('$fault', async ({ fault, meet }) => {
    account.faults.add({ ...fault, ...BUSY })
    const met: string[] = []
    for (const id of ['videoseg.SegmentVideoBody', 'videoseg.GetAsyncJobResult', 'vod.CreateUploadImage'])
      if ((await outcome(id, {})) === BUSY.error) met.push(id)
    expect(met).toEqual(meet)
  })

  it.each<{ effect: Partial<FaultInput> }>([
    { effect: { error: 'InvalidFile.URL' } },
    { effect: { loseReply: { see: { error: 'InvalidFile.URL' } } } },
  ])('$effect is only for Actions that document the error', async ({ effect }) => {
    account.faults.add({ service: 'v*', ...effect })
    expect(await outcome()).toBe('InvalidFile.URL')
    expect(await outcome('vod.CreateUploadImage', { ImageType: 'default' })).toBe('ok')
    expect(account.faults.list()).toMatchObject([{ matched: 1, applied: 1 }])
  })
})

describe('parameters', () => {
  it.each<{ when: NonNullable<FaultInput['when']>; meets: [sample: boolean, other: boolean] }>([
    { when: { VideoUrl: VIDEO_URL }, meets: [true, false] },
    { when: { VideoUrl: 'sample' }, meets: [false, false] },
    { when: { VideoUrl: /SAMPLE/i }, meets: [true, false] },
    { when: { VideoUrl: /e/g }, meets: [true, true] },
    { when: { VideoUrl: { matches: '^http://.*other\\.mp4$' } }, meets: [false, true] },
    { when: { VideoUrl: { matches: 'OTHER', flags: 'i' } }, meets: [false, true] },
    { when: {}, meets: [true, true] },
  ])('$when', async ({ when, meets }) => {
    account.faults.add({ when, ...BUSY })
    for (const [index, VideoUrl] of [VIDEO_URL, OTHER_URL, VIDEO_URL, OTHER_URL].entries())
      expect(await outcome('videoseg.SegmentVideoBody', { VideoUrl })).toBe(meets[index % 2] ? BUSY.error : 'ok')
  })

  it('a number or a truth value is what is written on the wire', async () => {
    account.faults.add({ when: { FileSize: 10 }, ...BUSY })
    const file = { Title: 'a', FileName: 'a.mp4' }
    expect(await outcome('vod.CreateUploadVideo', { ...file, FileSize: '100' })).toBe('ok')
    expect(await outcome('vod.CreateUploadVideo', { ...file, FileSize: '10' })).toBe(BUSY.error)
  })

  it('all of them must match', async () => {
    account.faults.add({ action: 'CreateUploadVideo', when: { Title: 'a', FileName: 'a.mp4' }, ...BUSY })
    expect(await outcome('vod.CreateUploadVideo', { Title: 'a', FileName: 'b.mp4' })).toBe('ok')
    expect(await outcome('vod.CreateUploadVideo', { Title: 'a', FileName: 'a.mp4' })).toBe(BUSY.error)
  })

  it('a fault comes before parameters are read', async () => {
    account.faults.add({ action: 'SegmentVideoBody', ...BUSY })
    expect(await outcome('videoseg.SegmentVideoBody', {})).toBe(BUSY.error)
  })

  it('a fault comes after signature, permission and limit', async () => {
    account.ram.putUser('alice', { deny: ['*'] })
    account.faults.add(BUSY)
    expect(await outcome('videoseg.SegmentVideoBody', {}, { key: account.ram.createAccessKey('alice') })).toBe('NoPermission')
    expect(account.faults.list()).toMatchObject([{ matched: 0 }])
  })
})

describe('identity', () => {
  it.each<{ by: string; identity: (alice: { id: string; arn: string }) => string; alice: boolean; bob: boolean }>([
    { by: 'AccessKeyId', identity: ({ id }) => id, alice: true, bob: false },
    { by: 'ARN', identity: ({ arn }) => arn, alice: true, bob: false },
    { by: 'ARN with wildcards', identity: () => '*:user/*', alice: true, bob: true },
    { by: 'name', identity: () => 'alice', alice: true, bob: false },
    { by: 'name with a wildcard', identity: () => 'a*', alice: true, bob: false },
    { by: 'name of somebody else', identity: () => 'root', alice: false, bob: false },
  ])('by $by', async ({ identity, alice, bob }) => {
    const keys = ['alice', 'bob'].map((name) => {
      account.ram.putUser(name, { allow: ['*'] })
      return account.ram.createAccessKey(name)
    })
    const [first] = keys
    account.faults.add({ identity: identity({ id: first?.accessKeyId ?? '', arn: first?.identity.arn ?? '' }), ...BUSY })
    for (const [index, key] of keys.entries())
      expect(await outcome('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL }, { key })).toBe([alice, bob][index] ? BUSY.error : 'ok')
  })
})

describe('how often', () => {
  it.each<{ fault: Partial<FaultInput>; calls: string }>([
    { fault: {}, calls: 'xxxxxx' },
    { fault: { times: 2 }, calls: 'xx....' },
    { fault: { after: 2 }, calls: '..xxxx' },
    { fault: { every: 3 }, calls: '..x..x' },
    { fault: { every: 2, times: 2 }, calls: '.x.x..' },
    { fault: { after: 1, every: 2 }, calls: '..x.x.' },
    { fault: { after: 1, times: 1 }, calls: '.x....' },
  ])('$fault', async ({ fault, calls }) => {
    account.faults.add({ ...fault, ...BUSY })
    expect(await outcomes(calls.length)).toBe(calls)
    expect(account.faults.list()).toMatchObject([{ matched: calls.length, applied: [...calls].filter((call) => call === 'x').length }])
  })

  it('between two times of the clock', async () => {
    account.faults.add({ between: { from: '2026-01-01T01:00:00Z', until: '2026-01-01T02:00:00Z' }, ...BUSY })
    const met: string[] = []
    for (let move = 0; move < 5; move++) {
      met.push(await outcomes(1))
      await account.clock.advance('30m')
    }
    expect(met.join('')).toBe('..xx.')
    expect(account.faults.list()).toMatchObject([{ matched: 2, applied: 2 }])
  })

  it('from a time on, or until one', async () => {
    account.faults.add({ between: { until: '2026-01-01T01:00:00Z' }, error: 'Throttling.User' })
    account.faults.add({ between: { from: '2026-01-01T02:00:00Z' }, error: 'ServiceUnavailable' })
    const met: string[] = []
    for (let move = 0; move < 3; move++) {
      met.push(await outcome())
      await account.clock.advance('1h')
    }
    expect(met).toEqual(['Throttling.User', 'ok', 'ServiceUnavailable'])
  })

  it('until it is taken back', async () => {
    const { id } = account.faults.add(BUSY)
    expect(await outcomes(1)).toBe('x')
    expect([account.faults.remove(id), account.faults.remove(id)]).toEqual([true, false])
    expect(await outcomes(1)).toBe('.')
  })
})

describe('of several faults', () => {
  it('the first happens, and the others wait', async () => {
    account.faults.addAll([
      { times: 2, error: 'Throttling.User' },
      { times: 1, error: 'ServiceUnavailable' },
    ])
    expect([await outcome(), await outcome(), await outcome(), await outcome()]).toEqual([
      'Throttling.User',
      'Throttling.User',
      'ServiceUnavailable',
      'ok',
    ])
  })

  it('latencies add up, and come with what else happens', async () => {
    account.faults.addAll([{ latency: 100 }, BUSY, { latency: '0.5s' }, { error: 'ServiceUnavailable' }])
    const { status, headers, delay } = await cloud.send('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL })
    expect({ status, delay }).toEqual({ status: 400, delay: 600 })
    expect(headers['x-emulator-fault']).toBe('fault-1, fault-2, fault-3')
    expect(account.log.all()).toMatchObject([{ faults: ['fault-1', 'fault-2', 'fault-3'] }])
  })

  it('a latency out of a range follows from the seed', async () => {
    const delays = async (seed: number): Promise<(number | undefined)[]> => {
      const { account, send } = testCloud({ seed })
      account.faults.add({ latency: { from: '100ms', to: '2s' } })
      return Promise.all(Array.from({ length: 4 }, async () => (await send('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL })).delay))
    }
    const [first, again, other] = [await delays(7), await delays(7), await delays(8)]
    expect(again).toEqual(first)
    expect(other).not.toEqual(first)
    expect(new Set(first).size).toBe(4)
    for (const delay of first) expect(delay).toSatisfy((length: number) => length >= 100 && length <= 2000)
  })
})
