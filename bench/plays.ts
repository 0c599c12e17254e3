/** What statistics of plays cost: counting requests of players, and asking for a day on which very many videos were played, and for months of traffic. */

import { type Account, type Cloud, createCloud } from '../src/index.js'
import { signedFor } from './in-process.js'
import { quartiles, type Spread } from './statistics.js'

const PLAYS = 1_000_000
const VIDEOS = 10_000
const VIEWERS = 500_000
const DOMAINS = ['one.example.com', 'two.example.com', 'three.example.com', 'four.example.com']
/** Milliseconds of which there is traffic in every five minutes, through each domain. */
const BUSY = 92 * 86_400_000
const ROUNDS = 15

/** Figures of plays. */
export interface PlayCosts {
  /** Of one play, in microseconds. */
  play: number
  /** Bytes of memory that all plays have taken in the end, in MB. */
  memory: number
  /** Of each Action, in milliseconds. */
  queries: Record<string, Spread>
}

/** Counts a million plays of ten thousand videos, and three months of traffic; then asks for them. */
export async function measurePlays(): Promise<PlayCosts> {
  const cloud = createCloud({
    clock: 'manual',
    settings: { limits: { enabled: false }, vod: { domains: DOMAINS.map((name) => ({ name })) } },
  })
  const account = cloud.account()
  const ids = fill(account)
  const idle = memory()
  const started = performance.now()
  for (let number = 0; number < PLAYS; number++) {
    // Some videos are played far more often than others, and hardly anybody plays one twice, so that there is much to remember.
    const share = ((number * 7919) % PLAYS) / PLAYS
    const video = account.vod.videos.get(ids[Math.floor(VIDEOS * share ** 2)] as string)
    const viewer = `viewer-${(number * 31) % VIEWERS}`
    if (video === undefined) throw new Error('there is no such video')
    account.plays.begin(video, viewer, 'Android')
    account.plays.watch(video, viewer, 30_000)
  }
  const play = ((performance.now() - started) * 1000) / PLAYS
  const taken = memory() - idle
  const now = account.clock.now()
  for (let at = now - BUSY; at < now; at += 300_000)
    for (const domain of DOMAINS) account.traffic.record(domain, { bytes: 1000, https: false, at })
  const BizDate = '2026-01-01T03:00:00Z'
  await account.clock.advanceTo('2026-01-02T02:00:00Z')
  const range = { StartTime: '2025-12-01T00:00:00Z', EndTime: '2026-01-02T00:00:00Z' }
  const months = { StartTime: '2025-10-01T03:00:00Z', EndTime: '2026-01-01T00:00:00Z' }
  const month = { StartTime: '2025-12-01T03:07:00Z', EndTime: '2026-01-01T00:00:00Z' }
  const queries: Record<string, Spread> = {
    DescribePlayTopVideos: await asking(cloud, account, 'DescribePlayTopVideos', { BizDate, PageSize: '1000' }),
    DescribePlayUserTotal: await asking(cloud, account, 'DescribePlayUserTotal', range),
    DescribePlayVideoStatis: await asking(cloud, account, 'DescribePlayVideoStatis', { ...range, VideoId: ids[0] as string }),
    DescribeVodDomainUsageData: await asking(cloud, account, 'DescribeVodDomainUsageData', { ...months, Field: 'traf' }),
    DescribeVodDomainTrafficData: await asking(cloud, account, 'DescribeVodDomainTrafficData', { ...month, Interval: '3600' }),
  }
  cloud.dispose()
  return { play, memory: taken / 1e6, queries }
}

function memory(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

async function asking(cloud: Cloud, account: Account, action: string, params: Record<string, string>): Promise<Spread> {
  const times: number[] = []
  for (let round = -5; round < ROUNDS; round++) {
    const call = signedFor(account, `vod.${action}`, params)
    const started = performance.now()
    const { status } = await cloud.handle(call)
    const elapsed = performance.now() - started
    if (status !== 200) throw new Error(`${action} answered ${status}`)
    // The first ones warm up.
    if (round >= 0) times.push(elapsed)
  }
  return quartiles(times)
}

/** Videos that nothing is known of but that they are there. */
function fill(account: Account): string[] {
  const now = account.clock.now()
  return Array.from({ length: VIDEOS }, (_, number) => {
    const { videoId } = account.vod.videos.put({
      videoId: `video-${number}`,
      title: `影片 ${number}`,
      tags: [],
      status: 'Normal',
      mediaType: 'video',
      fileName: 'film.mp4',
      file: { bucket: 'bench', key: `sv/${number}.mp4` },
      sourceStatus: 'Normal',
      storageLocation: 'bench.oss-cn-shanghai.aliyuncs.com',
      appId: 'app-1000000',
      streams: [],
      snapshots: [],
      createdAt: now,
      modifiedAt: now,
    })
    return videoId
  })
}
