/** What transcoding jobs cost an account when many of them fall due: in line for few slots, and all at one instant. */

import { readFileSync } from 'node:fs'
import { type Account, type Cloud, createCloud } from '../src/index.js'
import { sign } from '../src/signing/sign.js'
import { median } from './throughput.js'

/** Templates of the group, each of which is a job. */
const FORMATS = ['mp4', 'm3u8', 'flv', 'mp3'] as const

/** Jobs of one video. */
const JOBS_OF_VIDEO = 100

/** Milliseconds of real time. */
export interface Transcoding {
  /** 1,000 jobs of all priorities, ten at a time. */
  inLine: number
  /** 10,000 jobs at one instant. */
  atOnce: number
  /** 1,000 jobs of one video at one instant. */
  ofOneVideo: number
  /** The longest that a call to another account has waited for its answer meanwhile. */
  longestWait: number
}

/** Submits the jobs, then moves the clock until all of them have ended. */
export async function measureTranscoding(count: number): Promise<Transcoding> {
  const rounds: Transcoding[] = []
  for (let round = 0; round < count; round++) {
    const inLine = await measure({ jobs: 1000, slots: 10 })
    const atOnce = await measure({ jobs: 10_000, slots: 10_000 })
    const ofOneVideo = await measure({ jobs: 1000, slots: 1000, perVideo: 1000 })
    rounds.push({ inLine: inLine.elapsed, atOnce: atOnce.elapsed, ofOneVideo: ofOneVideo.elapsed, longestWait: atOnce.longestWait })
  }
  const of = (what: keyof Transcoding): number => median(rounds.map((round) => round[what]))
  return { inLine: of('inLine'), atOnce: of('atOnce'), ofOneVideo: of('ofOneVideo'), longestWait: of('longestWait') }
}

async function measure({ jobs, slots, perVideo = JOBS_OF_VIDEO }: { jobs: number; slots: number; perVideo?: number }) {
  const settings = { limits: { enabled: false }, maxUnfinishedJobs: 10_000, vod: { pipelines: [{ id: 'default', slots }] } }
  const cloud = createCloud({ clock: 'manual', settings })
  try {
    const account = cloud.account()
    addGroup(account)
    for (let video = 0; video < jobs / perVideo; video++) {
      const VideoId = await addVideo(account, video)
      for (let task = 0; task < perVideo / FORMATS.length; task++)
        await call(cloud, account, 'SubmitTranscodeJobs', { VideoId, TemplateGroupId: 'bench', Priority: String(1 + (task % 10)) })
    }
    if (account.jobs.unfinished !== jobs) throw new Error(`${account.jobs.unfinished} jobs were started`)
    const longestWait = watchOther(cloud)
    const started = performance.now()
    await account.clock.advance('12h')
    const elapsed = performance.now() - started
    if (account.jobs.unfinished > 0) throw new Error(`${account.jobs.unfinished} jobs have not ended`)
    return { elapsed, longestWait: await longestWait() }
  } finally {
    cloud.dispose()
  }
}

/** Calls for another account now and then; answers a function that stops it, and tells the longest that one has waited for its answer. */
function watchOther(cloud: Cloud): () => Promise<number> {
  const other = cloud.createAccount()
  let ended = false
  const watching = (async () => {
    let longest = 0
    while (!ended) {
      const asked = performance.now()
      await call(cloud, other, 'GetVideoList', {}, 404)
      longest = Math.max(longest, performance.now() - asked)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return longest
  })()
  return () => {
    ended = true
    return watching
  }
}

async function call(cloud: Cloud, account: Account, action: string, params: Record<string, string>, expected = 200): Promise<void> {
  const key = account.credentials
  const host = 'vod.cn-shanghai.aliyuncs.com'
  const reply = await cloud.handle(sign('rpc', { host, version: '2017-03-21', action, params: { Format: 'JSON', ...params }, key }))
  if (reply.status !== expected) throw new Error(`${action} answered ${reply.status}: ${reply.body}`)
}

function addGroup(account: Account): void {
  const now = account.clock.now()
  account.vod.templateGroups.put({
    templateGroupId: 'bench',
    name: 'bench',
    isDefault: false,
    locked: false,
    appId: 'app-1000000',
    createdAt: now,
    modifiedAt: now,
    templates: FORMATS.map((Format, index) => ({
      TranscodeTemplateId: `template-${index}`,
      TemplateName: Format,
      Definition: 'SD',
      Container: { Format },
      Video: { Codec: 'H.264', Width: '640', Bitrate: '400', Fps: '25' },
      Audio: { Codec: 'AAC', Bitrate: '64', Samplerate: '44100' },
    })),
  })
}

const film = readFileSync(new URL('../fixtures/media/sample.mp4', import.meta.url))

/** A video that has been analysed, with its source. */
async function addVideo(account: Account, number: number): Promise<string> {
  const now = account.clock.now()
  const file = { bucket: 'bench', key: `sv/${number}.mp4` }
  account.oss.createBucket(file.bucket, 'cn-shanghai')
  await account.turn.take(() => account.oss.putObject(file.bucket, file.key, film))
  return account.vod.videos.put({
    videoId: `video-${number}`,
    title: `film ${number}`,
    tags: [],
    status: 'Normal',
    mediaType: 'video',
    fileName: 'film.mp4',
    file,
    sourceStatus: 'Normal',
    size: film.byteLength,
    facts: { duration: 10, picture: { codec: 'h264', width: 1280, height: 720, fps: 25, bitDepth: 8, rotation: 0 } },
    storageLocation: 'bench.oss-cn-shanghai.aliyuncs.com',
    appId: 'app-1000000',
    streams: [],
    snapshots: [],
    createdAt: now,
    modifiedAt: now,
  }).videoId
}
