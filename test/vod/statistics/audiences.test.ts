import { expect, onTestFinished, test } from 'vitest'
import { createControl } from '../../../src/client/index.js'
import { testEmulator } from '../../support/sdk.js'
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
  expect(made).toEqual({ videoId, date: '20260101', plays: 1_000_000, viewers: 400_000, duration: Math.round(length * 1000) * 1_000_000 })
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
