import { describe, expect, onTestFinished, test } from 'vitest'
import { createControl } from '../../../src/client/index.js'
import { testEmulator } from '../../support/sdk.js'
import { cdnWorld } from '../cdn/support.js'
import { statisticsWorld } from './support.js'

const DAY = '2026-01-01T03:00:00Z'
const MADE = '2026-01-02T01:00:00Z'
const range = { StartTime: '2026-01-01T00:00:00Z', EndTime: MADE }

test('an audience of any size plays a video, by player, as long as it is told', async () => {
  const { account, film, totals, averages, ofVideo, top } = await statisticsWorld()
  const videoId = await film({ Title: 'film' })
  const length = account.vod.videos.get(videoId)?.facts?.duration ?? 0
  const players = { Android: 2, iOS: 1, Flash: 1 }
  const made = await account.plays.simulate({ videoId, viewers: 400_000, plays: 1_000_000, players, watched: 1 })
  const duration = Math.round(length * 1000) * 1_000_000
  expect(made).toEqual({ videoId, date: '20260101', plays: 1_000_000, viewers: 400_000, duration, bytes: expect.any(Number) })
  await account.clock.advanceTo(MADE)
  expect(await totals(range)).toEqual([
    {
      Date: '20260101',
      PlayDuration: String(made.duration),
      PlayRange: '<=1m:100.0%',
      VV: { Android: '500000', iOS: '250000', Flash: '250000' },
      UV: { Android: '200000', iOS: '100000', Flash: '100000' },
    },
  ])
  expect(await averages(range)).toMatchObject([{ AvgPlayCount: '2.5', AvgPlayDuration: (made.duration / 400_000).toFixed(1) }])
  expect(await ofVideo(videoId, range)).toMatchObject([{ VV: '1000000', UV: '400000' }])
  expect(await top(DAY)).toMatchObject([{ VideoId: videoId, VV: '1000000', PlayDuration: String(made.duration) }])
})

test('the same seed has the same audience watch the same, another one has it watch something else', async () => {
  const { account, film } = await statisticsWorld()
  const videoId = await film()
  const durations = []
  for (const seed of ['one', 'one', 'other']) durations.push((await account.plays.simulate({ videoId, viewers: 500, seed })).duration)
  expect(durations[0]).toBe(durations[1])
  expect(durations[0]).not.toBe(durations[2])
  const length = (account.vod.videos.get(videoId)?.facts?.duration ?? 0) * 1000
  expect((durations[0] as number) / 500 / length).toBeCloseTo(0.5, 1)
})

test('a long film is watched for ranges of time whose shares make up all', async () => {
  const { account, film, totals } = await statisticsWorld()
  const videoId = await film()
  account.vod.videos.update(videoId, (draft) => {
    if (draft.facts) draft.facts = { ...draft.facts, duration: 7200 }
  })
  await account.plays.simulate({ videoId, viewers: 10_000 })
  await account.clock.advanceTo(MADE)
  const [{ PlayRange }] = await totals(range)
  expect(PlayRange).toMatch(/^<=1m:[\d.]+%;>1<=5m:[\d.]+%;>5<=10m:[\d.]+%;>10<=15m:[\d.]+%;>15<=30m:[\d.]+%;>30m:[\d.]+%$/)
  const shares = [...(PlayRange as string).matchAll(/:([\d.]+)%/g)].map(([, share]) => Number(share))
  expect(shares.reduce((sum, each) => sum + each, 0)).toBeCloseTo(100, 0)
})

test('days that have passed can be filled', async () => {
  const { account, film, totals } = await statisticsWorld()
  const videoId = await film()
  await account.plays.simulate({ videoId, viewers: 7, at: '2025-12-01T00:00:00Z' })
  await account.plays.simulate({ videoId, viewers: 5, at: '2025-11-30T00:00:00Z' })
  const days = await totals({ StartTime: '2025-11-01T00:00:00Z', EndTime: '2026-01-01T00:00:00Z' })
  expect(days.map(({ Date: date }: { Date: string }) => date)).toEqual(['20251130', '20251201'])
})

describe('what an audience is sent', () => {
  const hour = { StartTime: '2026-01-01T00:00:00Z', EndTime: '2026-01-01T01:00:00Z' }

  test('goes through the domain that players are sent to, as much as each would ask for', async () => {
    const { account, film, watch, traffic, call } = await statisticsWorld()
    const videoId = await film()
    const bytes = await watch(videoId)
    const made = await account.plays.simulate({ videoId, viewers: 999, watched: 1 })
    expect(made.bytes).toBe(bytes * 999)
    expect((await traffic({ ...hour, DomainName: 'cdn.example.com' })).used.map(({ Value }) => Value)).toEqual([String(bytes * 1000)])
    const { body } = await call('DescribeVodDomainTrafficData', hour)
    expect(body.TotalTraffic).toBe(String(bytes * 1000))
  })

  test('is less if they watch less, and is traffic of the day on which they do', async () => {
    const { account, film, watch, traffic } = await statisticsWorld()
    const videoId = await film()
    const whole = await watch(videoId)
    const { bytes, duration } = await account.plays.simulate({ videoId, viewers: 1000, watched: 0.25, at: '2025-12-24T12:34:56Z' })
    const length = (account.vod.videos.get(videoId)?.streams[0]?.duration ?? 0) * 1000
    expect(bytes / whole).toBeCloseTo(duration / length, 3)
    const { used } = await traffic({ StartTime: '2025-12-24T00:00:00Z', EndTime: '2025-12-24T23:00:00Z' })
    expect(used).toEqual([{ TimeStamp: '2025-12-24T12:30:00Z', Value: String(bytes) }])
  })

  test('comes from the storage if the account has no domain', async () => {
    const { account, upload, advance, call } = cdnWorld()
    const videoId = await upload()
    await advance('1m')
    const { bytes } = await account.plays.simulate({ videoId, viewers: 10 })
    expect(bytes).toBeGreaterThan(0)
    const { body } = await call('DescribeVodStorageData', hour)
    expect(body.StorageData.StorageDataItem).toMatchObject([{ NetworkOut: String(bytes) }])
  })

  test('is nothing of a video without streams', async () => {
    const { account, create, traffic } = await statisticsWorld()
    const { VideoId: videoId } = await create()
    expect(await account.plays.simulate({ videoId, viewers: 10 })).toMatchObject({ plays: 10, duration: 0, bytes: 0 })
    expect((await traffic(hour)).used).toEqual([])
  })
})

test('however odd the parts, each viewer has one kind of player and plays at least once', async () => {
  const { account, film, totals } = await statisticsWorld()
  const videoId = await film()
  const kinds = ['Flash', 'iOS', 'HTML5', 'Android'] as const
  const [viewers, plays] = [5, 6]
  for (let first = 1; first <= 30; first++)
    await account.plays.simulate({
      videoId,
      viewers,
      plays,
      players: { Flash: first, iOS: 31 - first, HTML5: (first * 7) % 31, Android: 3 },
      at: `2025-12-${String(first).padStart(2, '0')}T00:00:00Z`,
    })
  const days = await totals({ StartTime: '2025-11-30T16:00:00Z', EndTime: '2026-01-01T00:00:00Z' })
  expect(days).toHaveLength(30)
  for (const { VV, UV } of days) {
    const sumOf = (counts: Record<string, string>) => Object.values(counts).reduce((sum, count) => sum + Number(count), 0)
    expect([sumOf(VV), sumOf(UV)]).toEqual([plays, viewers])
    expect(kinds.filter((kind) => Number(VV[kind] ?? 0) < Number(UV[kind] ?? 0))).toEqual([])
  }
})

test.each<[audience: object, problem: string]>([
  [{ videoId: 'none' }, 'there is no video none'],
  [{ viewers: 0 }, 'viewers'],
  [{ viewers: 2, plays: 1 }, 'plays'],
  [{ viewers: 2_000_000_000 }, 'viewers'],
  [{ at: '2027-01-01T00:00:00Z' }, 'has not come yet'],
  [{ at: '2020-01-01T00:00:00Z' }, 'more than 730 days ago'],
  [{ players: { Android: 0 } }, 'players'],
  [{ players: { Windows: 1 } }, 'players'],
  [{ watched: 2 }, 'watched'],
  [{ else: 1 }, 'else'],
])('what cannot be is refused, and counts nothing: %j', async (audience, problem) => {
  const { account, film } = await statisticsWorld()
  const videoId = await film()
  await expect(account.plays.simulate({ videoId, viewers: 1, ...audience } as never)).rejects.toThrow(problem)
  expect(account.plays.days(0, Number.POSITIVE_INFINITY)).toEqual([])
})

test('a control call tells of an audience, over HTTP', async () => {
  const { url, close, cloud } = await testEmulator()
  onTestFinished(close)
  const control = createControl({ endpoint: url })
  await cloud.account().liveStreams.record({ domainName: 'a', appName: 'b', streamName: 'c', duration: '10m' })
  await control.clock.advance('1m')
  const [video] = cloud.account().vod.videos.list().rows
  expect(await control.plays.simulate({ videoId: video?.videoId ?? '', viewers: 3 })).toMatchObject({ plays: 3, viewers: 3 })
  await expect(control.plays.simulate({ videoId: 'none', viewers: 3 })).rejects.toThrow('there is no video none')
})
