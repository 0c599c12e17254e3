/** What SearchMedia costs in an account with many videos: the call itself, through the cloud's own door. */

import { type Account, type Cloud, createCloud } from '../src/index.js'
import { sign } from '../src/signing/sign.js'
import { median } from './throughput.js'

const VIDEOS = 100_000

const ROUNDS = 9

const STATUSES = ['Normal', 'Transcoding', 'Blocked', 'Uploading'] as const

/** Milliseconds for one page of 100. */
export interface Search {
  /** Of the newest, without a Match. */
  newest: number
  /** What an index finds: one video in a hundred. */
  indexed: number
  /** What is looked for in every title. */
  scanned: number
}

/** Makes an account with 100,000 videos and searches it. */
export async function measureSearch(): Promise<Search> {
  const cloud = createCloud({ clock: 'manual', settings: { limits: { enabled: false } } })
  try {
    const account = cloud.account()
    fill(account)
    const measure = (params: Record<string, string>): Promise<number> => searching(cloud, account, params)
    return {
      newest: await measure({}),
      indexed: await measure({ Match: "CateId = 7 and Status = 'Blocked'" }),
      scanned: await measure({ Match: "Title = '影片 99' and Size = [10,500000]" }),
    }
  } finally {
    cloud.dispose()
  }
}

async function searching(cloud: Cloud, account: Account, params: Record<string, string>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const call = sign('rpc', {
      host: 'vod.cn-shanghai.aliyuncs.com',
      version: '2017-03-21',
      action: 'SearchMedia',
      params: { Format: 'JSON', Fields: 'Title,Status,CateId,Size,Tags', PageSize: '100', ...params },
      key: account.credentials,
    })
    const started = performance.now()
    const { status } = await cloud.handle(call)
    times.push(performance.now() - started)
    if (status !== 200) throw new Error(`SearchMedia answered ${status}`)
  }
  return median(times)
}

function fill(account: Account): void {
  const now = account.clock.now()
  for (let number = 0; number < VIDEOS; number++)
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
      createdAt: now - VIDEOS + number,
      modifiedAt: now,
    })
}
