/** Where videoenhan puts the videos that its jobs make, and how it names them: by the examples of the manual's chapters. */

import { Ids, seedOf } from '../../../base/ids.js'
import { toChinaIso, toIso } from '../../../base/times.js'
import type { Job } from '../../../jobs/job.js'
import { flatImage } from '../../../media/images/flat.js'
import { storeResult } from '../../../oss/urls.js'
import type { InputShape } from '../../../params/decoder.js'
import { type JobContext, RESULT_TTL } from '../common/async.js'
import type { Media } from '../common/media.js'

/** The service writes to these buckets. */
export const buckets = {
  algo: 'algo-app-aic-vd-cn-shanghai-prod',
  video: 'vibktprfx-prod-prod-aic-vd-cn-shanghai',
  face: 'vibktprfx-prod-prod-aic-gd-cn-shanghai',
} as const

/** Makes the name of an object, without its extension, from the job and the time. */
type Naming = (job: Job, now: number) => string

const letters = (job: Job, count: number): string => new Ids(job.id).alphanumeric(count)

/** `shop-video-abs/2020-03-20-19/YVgDynxB`; going by the times at which the examples expire, this hour is China's. */
export const byChinaHour =
  (folder: string): Naming =>
  (job, now) =>
    `${folder}/${toChinaIso(now).slice(0, 13).replace('T', '-')}/${letters(job, 8)}`

/** `video-delogo/2020-03-20-11/53:56-DGNUGG7AcRlAylhr`, in UTC. */
export const byHour =
  (folder: string): Naming =>
  (job, now) =>
    `${folder}/${toIso(now).slice(0, 13).replace('T', '-')}/${toIso(now).slice(14, 19)}-${letters(job, 16)}`

/** `video-interp/20-12-22/mRsPNVunG7717nne_20-12-22-07-29-51`, in UTC. */
export const byDay =
  (folder: string): Naming =>
  (job, now) =>
    `${folder}/${toIso(now).slice(2, 10)}/${letters(job, 16)}_${toIso(now).slice(2, 19).replace(/[T:]/g, '-')}`

/** `film-summary/EA61D012-5F89-4102-931E-419158BE2ADA_gb27k00`, the end being optional. */
export const byJob =
  (folder: string, end = ''): Naming =>
  (job) =>
    `${folder}/${job.id}${end}`

/** Samples that stand for the videos. */
const containers = {
  mp4: { contentType: 'video/mp4', content: 'sample.mp4' },
  mov: { contentType: 'video/quicktime', content: 'sample.mov' },
} as const

/** Where and how an Action stores its video. */
export interface OutputTarget {
  bucket: string
  name: Naming
  container?: keyof typeof containers
}

type Finished = JobContext<InputShape> & { output: Media }

/** Stores the video that a job has made, and returns its URL. */
export function storeVideo({ account, job, output }: Finished, { bucket, name, container = 'mp4' }: OutputTarget): Promise<string> {
  const key = `${name(job, account.clock.now())}.${container}`
  return storeResult(account, { bucket, key, ...containers[container], mediaInfo: output }, RESULT_TTL)
}

/** Sides of covers go up to this many pixels; a video of the size of a house is possible where a test declares one. */
const LONGEST_COVER_SIDE = 4096

/** Stores a cover of the video's size under the same name, and returns its URL. */
export function storeCover({ account, job, output }: Finished, { bucket, name }: OutputTarget): Promise<string> {
  const key = `${name(job, account.clock.now())}.jpg`
  const size = { width: Math.min(output.width, LONGEST_COVER_SIDE), height: Math.min(output.height, LONGEST_COVER_SIDE) }
  const seed = seedOf(job.kind, JSON.stringify(job.input))
  const content = flatImage(size, 'jpg', [seed & 255, (seed >> 8) & 255, (seed >> 16) & 255])
  return storeResult(account, { bucket, key, contentType: 'image/jpeg', content }, RESULT_TTL)
}
