/** What lists of media cost, however many there are: signed calls of GetVideoList in the process, by index and without. */

import { type Cloud, createCloud } from '../src/index.js'
import type { Video } from '../src/products/vod/shared/media/video.js'
import { signedFor } from './in-process.js'
import { quartiles, type Spread } from './statistics.js'

const SIZES = [100, 10_000, 100_000] as const

const ROUNDS = 25

const STORAGES = ['bench-a', 'bench-b'].map((bucket) => ({ location: `${bucket}.oss-cn-shanghai.aliyuncs.com` }))

/** Lists by what they are found by; the videos are spread over ten categories and two storages, and nine of ten are Normal. */
const LISTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'of a category': { CateId: '3' },
  'of a status': { Status: 'Normal' },
  'of a storage, oldest first': { StorageLocation: STORAGES[1]?.location ?? '', SortBy: 'CreationTime:Asc' },
  'of two statuses (all of them)': { Status: 'Normal,Uploading' },
  'of category, status and storage': { CateId: '3', Status: 'Normal', StorageLocation: STORAGES[1]?.location ?? '' },
  'of all, a page of 100 far behind': {},
  'of a time (looks at all of them)': { StartTime: '2026-01-01T00:00:00Z', EndTime: '2026-01-01T00:00:50Z' },
}

/** One list: milliseconds at each size, from 100 videos to 100,000. */
export type MediaLists = Record<string, Spread[]>

/** All sizes in turn. */
export async function measureMedia(): Promise<MediaLists> {
  const lists: MediaLists = Object.fromEntries(Object.keys(LISTS).map((name) => [name, []]))
  for (const size of SIZES) {
    const cloud = createCloud({ clock: 'manual', settings: { limits: { enabled: false }, vod: { storages: STORAGES } } })
    const { videos } = cloud.account().vod
    for (let number = 0; number < size; number++) videos.put(videoOf(number))
    for (const [name, params] of Object.entries(LISTS)) {
      const page: Record<string, string> = name.includes('far') ? { PageSize: '100', PageNo: String(Math.min(size, 5000) / 100) } : {}
      lists[name]?.push(await measure(cloud, { ...params, ...page }))
    }
    cloud.dispose()
  }
  return lists
}

/** Milliseconds of a call of GetVideoList. */
async function measure(cloud: Cloud, params: Readonly<Record<string, string>>): Promise<Spread> {
  const times: number[] = []
  for (let round = -5; round < ROUNDS; round++) {
    const call = signedFor(cloud.account(), 'vod.GetVideoList', params)
    const started = performance.now()
    const { status, body } = await cloud.handle(call)
    const time = performance.now() - started
    if (status !== 200) throw new Error(`Answered ${status}: ${body}`)
    // The first ones warm up, and build the indexes.
    if (round >= 0) times.push(time)
  }
  return quartiles(times)
}

/** A video with a set of covers, one created a millisecond after the other. */
function videoOf(number: number): Video {
  const videoId = `video-${number}`
  const bucket = `bench-${number % 2 === 0 ? 'a' : 'b'}`
  const createdAt = 1_767_225_600_000 + number
  const pattern = `${videoId}/covers/{SnapshotCount}.jpg`
  return {
    videoId,
    title: `film ${number}`,
    tags: ['synthetic', 'bench'],
    cateId: number % 10,
    status: number % 10 === 7 ? 'Uploading' : 'Normal',
    mediaType: 'video',
    fileName: 'film.mp4',
    file: { bucket, key: `sv/${number}.mp4` },
    sourceStatus: 'Normal',
    storageLocation: `${bucket}.oss-cn-shanghai.aliyuncs.com`,
    appId: 'app-1000000',
    streams: [],
    snapshots: [{ jobId: `covers-${number}`, type: 'CoverSnapshot', count: 8, bucket, pattern, createdAt }],
    cover: { bucket, key: `${videoId}/covers/00004.jpg` },
    createdAt,
    modifiedAt: createdAt,
  }
}
