/** Segmentation: people and green screens (videoseg manual, chapters 3 to 6). */

import type { Account } from '../../../account/types.js'
import type { Job } from '../../../jobs/job.js'
import { storeResult } from '../../../oss/urls.js'
import { url } from '../../../params/structures.js'
import { perMinute, publicBeta } from '../../../usage/billing.js'
import { defineGetAsyncJobResult, defineMediaAction, RESULT_TTL } from '../common/async.js'
import type { Media } from '../common/media.js'
import { videoseg } from './service.js'

const BODY_BUCKET = 'algo-app-aic-vd-cn-shanghai-prod'

/** Stores the video that a job has made, and returns its URL. */
const storeVideo = (account: Account, bucket: string, folder: string, job: Job, mediaInfo: Media): Promise<string> =>
  storeResult(account, { bucket, key: `${folder}/${job.id}.mp4`, contentType: 'video/mp4', content: 'sample.mp4', mediaInfo }, RESULT_TTL)

export const segmentVideoBody = defineMediaAction(videoseg, 'SegmentVideoBody', {
  summary: 'Makes a video of the mask of the people in a video.',
  source: 'videoseg manual 3',
  input: () => ({ VideoUrl: url() }),
  param: 'VideoUrl',
  limits: { formats: ['MP4', 'AVI', 'FLV', 'MOV'], maxBytes: 1024 ** 3, maxFrames: 2000 },
  billing: perMinute('output', 1.2),
  result: async ({ account, job, output }) => ({
    VideoUrl: await storeVideo(account, BODY_BUCKET, 'video-human-segmentation', job, output),
  }),
})

export const segmentHalfBody = defineMediaAction(videoseg, 'SegmentHalfBody', {
  summary: 'Cuts the upper bodies of one or more people out of a video.',
  source: 'videoseg manual 4',
  input: () => ({ VideoUrl: url() }),
  param: 'VideoUrl',
  limits: {
    formats: ['MP4', 'MOV', 'AVI'],
    minPixels: { width: 100, height: 100, exclusive: true },
    maxPixels: { width: 1920, height: 1080, eitherWay: true },
  },
  billing: publicBeta,
  result: async ({ account, job, output }) => ({
    VideoUrl: await storeVideo(account, 'vibktprfx-prod-prod-aic-vd-cn-shanghai', 'segment-halfbody', job, output),
  }),
})

export const segmentGreenScreenVideo = defineMediaAction(videoseg, 'SegmentGreenScreenVideo', {
  summary: 'Removes the green screen behind the subject of a video.',
  source: 'videoseg manual 5',
  // Written VideoURL here and VideoUrl in the other two, in request and result alike.
  input: () => ({ VideoURL: url() }),
  param: 'VideoURL',
  limits: {
    formats: ['MP4', 'AVI', 'MKV', 'MOV', 'FLV', 'TS', 'MPG'],
    maxBytes: 120 * 1024 ** 2,
    minPixels: { width: 75, height: 75 },
    maxPixels: { width: 2000, height: 2000 },
  },
  billing: publicBeta,
  result: async ({ account, job, output }) => ({
    VideoURL: await storeVideo(account, 'vibktprfx-prod-prod-aic-gd-cn-shanghai', 'greenscreen-segmentation', job, output),
  }),
})

export const getAsyncJobResult = defineGetAsyncJobResult(videoseg, 'videoseg manual 6')
