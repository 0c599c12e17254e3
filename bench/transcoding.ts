/** What transcoding jobs cost an account when many of them fall due: in line for few slots, and all at one instant. */

import { readFileSync } from 'node:fs'
import { type Account, createCloud } from '../src/index.js'
import { callIn, elapsed, watchAnother } from './in-process.js'

/** Templates of the group, each of which is a job. */
const FORMATS = ['mp4', 'm3u8', 'flv', 'mp3'] as const

/** Jobs of one video. */
const JOBS_OF_VIDEO = 100

/** Milliseconds of real time, of each round. */
export interface Transcoding {
  /** 1,000 jobs of all priorities, ten at a time. */
  inLine: number[]
  /** 10,000 jobs at one instant. */
  atOnce: number[]
  /** 1,000 jobs of one video at one instant. */
  ofOneVideo: number[]
  /** The longest that a call to another account has waited for its answer meanwhile. */
  longestWait: number[]
}

/** Submits the jobs, then moves the clock until all of them have ended. */
export async function measureTranscoding(count: number): Promise<Transcoding> {
  const measured: Transcoding = { inLine: [], atOnce: [], ofOneVideo: [], longestWait: [] }
  for (let round = 0; round < count; round++) {
    const inLine = await measure({ jobs: 1000, slots: 10 })
    const atOnce = await measure({ jobs: 10_000, slots: 10_000 })
    const ofOneVideo = await measure({ jobs: 1000, slots: 1000, perVideo: 1000 })
    measured.inLine.push(inLine.time)
    measured.atOnce.push(atOnce.time)
    measured.ofOneVideo.push(ofOneVideo.time)
    measured.longestWait.push(atOnce.longestWait)
  }
  return measured
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
        await callIn(cloud, account, 'vod.SubmitTranscodeJobs', { VideoId, TemplateGroupId: 'bench', Priority: String(1 + (task % 10)) })
    }
    if (account.jobs.unfinished !== jobs) throw new Error(`${account.jobs.unfinished} jobs were started`)
    const longestWait = watchAnother(cloud)
    const time = await elapsed(() => account.clock.advance('12h'))
    if (account.jobs.unfinished > 0) throw new Error(`${account.jobs.unfinished} jobs have not ended`)
    return { time, longestWait: await longestWait() }
  } finally {
    cloud.dispose()
  }
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
