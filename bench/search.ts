/** What SearchMedia costs, however many videos there are: the call itself, through the cloud's own door. */

import { type Account, type Cloud, createCloud } from '../src/index.js'
import { signedFor } from './in-process.js'
import { quartiles, type Spread } from './statistics.js'

const SIZES = [100, 10_000, 100_000] as const

const ROUNDS = 15

const STATUSES = ['Normal', 'Transcoding', 'Blocked', 'Uploading'] as const

/** Searches by what is looked at: a page of 100, where there are so many. */
const SEARCHES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'one VideoId': { Match: "VideoId = 'video-50'" },
  'by category and status': { Match: "CateId = 6 and Status = 'Blocked'" },
  'by category and status, sorted by change': { Match: "CateId = 6 and Status = 'Blocked'", SortBy: 'ModificationTime:Desc' },
  'the newest (all of them)': {},
  'the last changed (all of them)': { SortBy: 'ModificationTime:Desc' },
  'by title and size (all of them)': { Match: "Title = '影片 99' and Size = [10,500000]" },
}

/** One search: milliseconds at each size, from 100 videos to 100,000. */
export type Searches = Record<string, Spread[]>

/** All sizes in turn. */
export async function measureSearch(): Promise<Searches> {
  const searches: Searches = Object.fromEntries(Object.keys(SEARCHES).map((name) => [name, []]))
  for (const size of SIZES) {
    const cloud = createCloud({ clock: 'manual', settings: { limits: { enabled: false } } })
    const account = cloud.account()
    fill(account, size)
    for (const [name, params] of Object.entries(SEARCHES)) searches[name]?.push(await searching(cloud, account, params))
    cloud.dispose()
  }
  return searches
}

async function searching(cloud: Cloud, account: Account, params: Readonly<Record<string, string>>): Promise<Spread> {
  const times: number[] = []
  for (let round = -5; round < ROUNDS; round++) {
    const call = signedFor(account, 'vod.SearchMedia', { Fields: 'Title,Status,CateId,Size,Tags', PageSize: '100', ...params })
    const started = performance.now()
    const { status } = await cloud.handle(call)
    const elapsed = performance.now() - started
    if (status !== 200) throw new Error(`SearchMedia answered ${status}`)
    // The first ones warm up.
    if (round >= 0) times.push(elapsed)
  }
  return quartiles(times)
}

/** Videos created one second after the other, and changed in another order. */
function fill(account: Account, videos: number): void {
  const now = account.clock.now()
  for (let number = 0; number < videos; number++)
    account.vod.videos.put({
      videoId: `video-${number}`,
      title: `影片 ${number}`,
      tags: ['synthetic', 'bench'],
      cateId: number % 25,
      status: STATUSES[number % STATUSES.length] as (typeof STATUSES)[number],
      mediaType: 'video',
      fileName: 'film.mp4',
      file: { bucket: 'bench', key: `sv/${number}.mp4` },
      sourceStatus: 'Normal',
      size: number,
      storageLocation: 'bench.oss-cn-shanghai.aliyuncs.com',
      appId: 'app-1000000',
      streams: [],
      snapshots: [],
      createdAt: now + (number - videos) * 1000,
      modifiedAt: now + ((number * 7919) % videos) * 1000,
    })
}
