import { describe, expect, test } from 'vitest'
import { buildApp } from '../../emulator/server/app.js'
import type { ParamValue } from '../../src/http/flatten-params.js'
import type { Account, Asset } from '../../src/index.js'
import { testCloud } from '../support/cloud.js'

type Params = { readonly [name: string]: ParamValue }

const url = (name: string): string => `http://bucket.oss-cn-shanghai.aliyuncs.com/${name}`
const IN = url('in.mp4')
const PHOTO = url('photo.jpg')

/** A cloud with a function that calls an Action, and sees its job through if it starts one. */
function world(options: Parameters<typeof testCloud>[0] = {}) {
  const base = testCloud(options)
  const { call, cloud } = base
  const use = async (id: string, params: Params, facts: Partial<Asset> = {}, account: Account = base.account): Promise<void> => {
    await account.putAssets([{ ...facts, url: IN }])
    await call(id, params, { account })
    if (cloud.catalogue.byId.get(id)?.job) await account.clock.advance(5000)
  }
  const rowOf = (id: string, account: Account = base.account) => account.usage.report().actions.find(({ action }) => action === id)
  return { ...base, use, rowOf }
}

describe('a run of 20 calls', () => {
  const VideoUrl = IN
  const VideoURL = IN
  const hd = { width: 1280, height: 720, frames: 1500, duration: 60 }

  /** Call, what its file is, and what it costs by the price lists, in CNY. */
  const script: [id: string, params: Params, facts: Partial<Asset>, cost: number, units: number][] = [
    // Input: 90.2 seconds are 91, at 0.4 a minute.
    ['videoenhan.AbstractEcommerceVideo', { VideoUrl, Duration: 5 }, { duration: 90.2 }, 0.606667, 91],
    // Input: 10 minutes at 0.8.
    ['videoenhan.AbstractFilmVideo', { VideoUrl, Length: 30 }, { duration: 600 }, 8, 600],
    // Output, as long as the input: half a minute at 0.4.
    ['videoenhan.EraseVideoSubtitles', { VideoUrl }, { duration: 30 }, 0.2, 30],
    // Input: 30.5 seconds are 31, at 0.8.
    ['videoenhan.EraseVideoLogo', { VideoUrl }, { duration: 30.5 }, 0.413333, 31],
    ['videoenhan.ChangeVideoSize', { VideoUrl, Width: 100, Height: 100 }, { duration: 61 }, 0.406667, 61],
    ['videoenhan.MergeVideoFace', { VideoURL, PostURL: '', ReferenceURL: PHOTO }, { duration: 60 }, 0, 1],
    // 640 x 360 becomes 720P; 30 frames a second: 4 a minute.
    ['videoenhan.EnhanceVideoQuality', { VideoURL, FrameRate: 30 }, { ...hd, width: 640, height: 360 }, 4, 60],
    // 1280 x 720 becomes 1440P; 25 frames a second: 0.8 a minute.
    ['videoenhan.SuperResolveVideo', { VideoUrl }, hd, 0.8, 60],
    // 1080P at 120 frames a second: 24 a minute, for 10 seconds.
    ['videoenhan.InterpolateVideoFrame', { VideoURL, FrameRate: 120 }, { width: 1920, height: 1080, duration: 10 }, 4, 10],
    // A second of three things at 0.4 a minute each; a part of one counts as a whole.
    ['videoenhan.ToneSdrVideo', { VideoURL }, { duration: 1 }, 0.006667, 1],
    ['videoenhan.AdjustVideoColor', { VideoUrl }, { duration: 0.5 }, 0.006667, 1],
    ['videoenhan.ConvertHdrVideo', { VideoURL }, { duration: 0.001 }, 0.006667, 1],
    // Output: 7.5 seconds are 8, at 0.8 a minute.
    [
      'videoenhan.GenerateVideo',
      { Duration: '7.5', FileList: [{ Type: 'video', FileUrl: IN, FileName: 'in.mp4' }] },
      { duration: 60 },
      0.106667,
      8,
    ],
    // 100 seconds at 1.2 a minute.
    ['videoseg.SegmentVideoBody', { VideoUrl }, { duration: 100, frames: 2000 }, 2, 100],
    ['videoseg.SegmentHalfBody', { VideoUrl }, { duration: 100 }, 0, 1],
    ['videoseg.SegmentGreenScreenVideo', { VideoURL }, { duration: 100 }, 0, 1],
    ['videorecog.DetectVideoShot', { VideoUrl }, { duration: 100 }, 0, 1],
    // The one ability of imageenhan without free calls.
    ['imageenhan.AssessSharpness', { ImageURL: PHOTO }, {}, 0.002, 1],
    // Among the first hundred of the month.
    ['imageenhan.AssessExposure', { ImageURL: PHOTO }, {}, 0, 1],
    ['imageenhan.RecolorHDImage', { Url: PHOTO, Mode: 'AUTO', ColorCount: 2, Degree: '0.4' }, {}, 0, 1],
  ]

  test('costs what the price lists say, call by call and in all', async () => {
    const { use, rowOf, account } = world()
    for (const [id, params, facts] of script) await use(id, params, facts)
    const costs = script.map(([id]) => [id, rowOf(id)?.units, rowOf(id)?.cost])
    expect(costs).toEqual(script.map(([id, , , cost, units]) => [id, units, cost]))
    // 0.60666… + 8 + 0.2 + 0.41333… + 0.40666… + 4 + 0.8 + 4 + 3 × 0.00666… + 0.10666… + 2 + 0.002
    expect(account.usage.report().total).toBe(20.555333)
  })

  test('is answered by GET /_emulator/usage, for the account that is asked for', async () => {
    const { use, cloud, account } = world()
    const app = buildApp(cloud)
    const usageOf = async (query = '') => (await app.inject(`/_emulator/usage${query}`)).json()
    const other = cloud.createAccount()
    await use('videoenhan.EraseVideoSubtitles', { VideoUrl }, { duration: 90 }, other)
    expect(await usageOf()).toEqual({ accountId: account.accountId, currency: 'CNY', month: '2026-01', actions: [], total: 0 })
    expect(await usageOf(`?accessKeyId=${other.credentials.accessKeyId}`)).toEqual({
      accountId: other.accountId,
      currency: 'CNY',
      month: '2026-01',
      actions: [
        {
          action: 'videoenhan.EraseVideoSubtitles',
          calls: 1,
          callsThisMonth: 1,
          unit: 'second',
          units: 90,
          cost: 0.6,
          charges: [{ price: 0.4, units: 90, cost: 0.6 }],
          billing: { unit: 'second', per: 'minute', of: 'output', rates: [{ upToP: null, upToFps: null, price: 0.4 }] },
        },
      ],
      total: 0.6,
    })
    await app.close()
  })
})

describe('what is counted', () => {
  test('not a call that was refused, nor a job that failed or was not finished in time', async () => {
    const { use, account } = world()
    await use('videoenhan.EraseVideoLogo', { VideoUrl: 'nowhere' })
    await use('videoenhan.EraseVideoLogo', { VideoUrl: IN }, { defect: 'cannot be decoded' })
    await use('videoenhan.EraseVideoLogo', { VideoUrl: IN }, { defect: 'fails every time' })
    await use('videoenhan.EraseVideoLogo', { VideoUrl: IN }, { defect: 'never finishes' })
    await use('imageenhan.AssessSharpness', { ImageURL: url('photo.txt') })
    await account.clock.advance(2 * 3_600_000)
    expect(account.usage.report()).toMatchObject({ actions: [], total: 0 })
  })

  test('a job when it is done, not when it is started', async () => {
    const { call, account, rowOf } = world()
    await call('videoenhan.EraseVideoLogo', { VideoUrl: IN })
    await account.clock.advance(4999)
    expect(rowOf('videoenhan.EraseVideoLogo')).toBeUndefined()
    await account.clock.advance(1)
    expect(rowOf('videoenhan.EraseVideoLogo')?.calls).toBe(1)
  })

  test.each(['imageenhan', 'videoenhan', 'videorecog', 'videoseg'])('fetching results from %s, for nothing', async (service) => {
    const { call, account, rowOf } = world()
    const JobId = (await call('videoenhan.EraseVideoLogo', { VideoUrl: IN })).body.RequestId
    await account.clock.advance(5000)
    for (let times = 0; times < 3; times++) await call(`${service}.GetAsyncJobResult`, { JobId })
    expect(rowOf(`${service}.GetAsyncJobResult`)).toMatchObject({ calls: 3, cost: 0, billing: { note: expect.any(String) } })
  })

  test('each account on its own, and nothing from before a reset', async () => {
    const { use, cloud, account, rowOf } = world()
    const other = cloud.createAccount()
    const id = 'videoenhan.EraseVideoLogo'
    await use(id, { VideoUrl: IN })
    await use(id, { VideoUrl: IN }, {}, other)
    await use(id, { VideoUrl: IN }, {}, other)
    await account.reset()
    expect(rowOf(id)).toBeUndefined()
    expect(rowOf(id, other)?.calls).toBe(2)
  })
})

describe('prices by the month', () => {
  const EXPOSURE = 'imageenhan.AssessExposure'
  const SHARPNESS = 'imageenhan.AssessSharpness'

  const times = async (count: number, use: () => Promise<void>) => {
    for (let done = 0; done < count; done++) await use()
  }

  test('the first hundred calls are free, those after them are not', async () => {
    const { use, rowOf } = world()
    await times(99, () => use(EXPOSURE, { ImageURL: PHOTO }))
    expect(rowOf(EXPOSURE)).toMatchObject({ calls: 99, cost: 0, freeLeftThisMonth: 1 })
    await times(4, () => use(EXPOSURE, { ImageURL: PHOTO }))
    expect(rowOf(EXPOSURE)).toMatchObject({
      calls: 103,
      freeLeftThisMonth: 0,
      cost: 0.006,
      charges: [
        { price: 0, units: 100, cost: 0 },
        { price: 0.002, units: 3, cost: 0.006 },
      ],
    })
  })

  test('a new month has a hundred free calls again; it begins at midnight in China', async () => {
    const { use, rowOf, account } = world({ clock: { mode: 'manual', now: Date.parse('2026-01-31T15:59:59Z') } })
    await times(101, () => use(EXPOSURE, { ImageURL: PHOTO }))
    expect(rowOf(EXPOSURE)).toMatchObject({ callsThisMonth: 101, freeLeftThisMonth: 0, cost: 0.002 })
    expect(account.usage.report().month).toBe('2026-01')
    await account.clock.advance(1000)
    expect(account.usage.report().month).toBe('2026-02')
    expect(rowOf(EXPOSURE)).toMatchObject({ callsThisMonth: 0, freeLeftThisMonth: 100, cost: 0.002 })
    await use(EXPOSURE, { ImageURL: PHOTO })
    expect(rowOf(EXPOSURE)).toMatchObject({ calls: 102, callsThisMonth: 1, freeLeftThisMonth: 99, cost: 0.002 })
  })

  test('more calls make the next one cheaper, of AssessSharpness', async () => {
    const { use, rowOf, account, cloud } = world()
    const billing = cloud.catalogue.byId.get(SHARPNESS)?.billing
    for (let calls = 0; calls < 9_999; calls++) account.usage.record(SHARPNESS, billing as NonNullable<typeof billing>)
    await times(2, () => use(SHARPNESS, { ImageURL: PHOTO }))
    expect(rowOf(SHARPNESS)).toMatchObject({
      charges: [
        { price: 0.002, units: 10_000, cost: 20 },
        { price: 0.0018, units: 1, cost: 0.0018 },
      ],
      cost: 20.0018,
    })
    expect(billing).toMatchObject({
      tiers: [
        { upTo: 10_000, price: 0.002 },
        { upTo: 5_000_000, price: 0.0018 },
        { upTo: null, price: 0.0016 },
      ],
    })
  })
})

describe('prices by resolution and frame rate', () => {
  const VideoURL = IN
  /** The price of a minute; null: by arrangement. */
  const priceOf = async (id: string, params: Params, facts: Partial<Asset>) => {
    const { use, rowOf } = world()
    await use(id, params, facts)
    return rowOf(id)?.charges.map(({ price, units }) => [price, units])
  }

  const rates = [
    [30, 0],
    [31, 1],
    [60, 1],
    [61, 2],
    [120, 2],
  ] as const
  const sizes = [
    [720, 0],
    [721, 1],
    [1440, 1],
    [1441, 2],
    [2160, 2],
  ] as const

  test.each(sizes.flatMap(([OutPutHeight, row]) => rates.map(([FrameRate, column]) => ({ OutPutHeight, FrameRate, row, column }))))(
    'EnhanceVideoQuality to $OutPutHeight P with $FrameRate frames a second',
    async ({ OutPutHeight, FrameRate, row, column }) => {
      const table = [
        [4, 8, 16],
        [8, 16, 32],
        [24, 48, 96],
      ]
      const params = { VideoURL, OutPutWidth: 4000, OutPutHeight, FrameRate }
      expect(await priceOf('videoenhan.EnhanceVideoQuality', params, { duration: 7 })).toEqual([[table[row]?.[column], 7]])
    },
  )

  test.each([
    ['upright', { OutPutWidth: 720, OutPutHeight: 1280 }, { duration: 7 }, 4],
    // The input's longest side is more than 1300, so the output's is no more: 1300 x 731 instead of 2602 x 1462.
    ['shortened', {}, { width: 1301, height: 731, duration: 7 }, 8],
    ['not shortened', {}, { width: 1300, height: 731, duration: 7 }, 24],
  ])('EnhanceVideoQuality, %s', async (_, params, facts, price) => {
    expect(await priceOf('videoenhan.EnhanceVideoQuality', { VideoURL, FrameRate: 30, ...params }, facts)).toEqual([[price, 7]])
  })

  test.each([
    [640, 360, 30, 3],
    [1280, 720, 60, 6],
    [1280, 721, 60, 12],
    [1920, 1080, 120, 24],
  ])('InterpolateVideoFrame of %i x %i to %i frames a second', async (width, height, FrameRate, price) => {
    const facts = { width, height, duration: 7 }
    expect(await priceOf('videoenhan.InterpolateVideoFrame', { VideoURL, FrameRate }, facts)).toEqual([[price, 7]])
  })

  test.each([
    [361, 361, 30, 0.8],
    [640, 361, 30, 0.8],
    [1918, 1079, 30, 2.4],
    [1918, 1079, 29.97, 2.4],
    [1918, 1079, 60, 4.8],
    [1918, 1079, 120, 9.6],
    [1918, 1079, 121, null],
  ])('SuperResolveVideo of %i x %i with %d frames a second', async (width, height, rate, price) => {
    const facts = { width, height, duration: 100, frames: Math.round(rate * 100) }
    expect(await priceOf('videoenhan.SuperResolveVideo', { VideoUrl: IN }, facts)).toEqual([[price, 100]])
  })

  test('what is beyond the table is by arrangement: counted, but not in the sums', async () => {
    const { use, account } = world()
    await use('videoenhan.EnhanceVideoQuality', { VideoURL, OutPutWidth: 4000, OutPutHeight: 2161 }, { duration: 7 })
    expect(account.usage.report()).toMatchObject({ actions: [{ units: 7, charges: [{ price: null, units: 7, cost: 0 }] }], total: 0 })
  })
})

test('sums are exact: sixty seconds cost a minute', async () => {
  const { use, account } = world()
  for (let second = 0; second < 60; second++) await use('videoenhan.EraseVideoLogo', { VideoUrl: IN }, { duration: 1 })
  expect(account.usage.report()).toMatchObject({ actions: [{ calls: 60, units: 60, cost: 0.8 }], total: 0.8 })
})
