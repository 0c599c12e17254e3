/** Editing: subtitles, logos, size, faces (videoenhan manual, chapter 4). */

import { float, integer, oneOf } from '../../../params/scalars.js'
import { repeatedObject, url } from '../../../params/structures.js'
import { perMinute, publicBeta } from '../../../usage/billing.js'
import { type BrokenRule, defineMediaAction } from '../common/async.js'
import { type MediaLimits, madeFrom } from '../common/media.js'
import { GIGABYTE, OUTPUT_SIDE } from './limits.js'
import { videoenhan } from './service.js'
import { buckets, byChinaHour, byHour, byJob, type OutputTarget, storeCover, storeVideo } from './store.js'

/** A share of the video's width or height. */
const share = () => float({ min: 0, max: 1 })

const UP_TO_1080P: MediaLimits = {
  formats: ['MP4'],
  maxBytes: GIGABYTE,
  maxPixels: { width: 1920, height: 1080, eitherWay: true },
}

export const eraseVideoSubtitles = defineMediaAction(videoenhan, 'EraseVideoSubtitles', {
  summary: 'Removes standard subtitles from an area of a video.',
  source: 'videoenhan manual 4.1',
  // The lower quarter, unless told otherwise.
  input: () => ({ VideoUrl: url(), BX: share().default(0), BY: share().default(0.75), BW: share().default(1), BH: share().default(0.25) }),
  param: 'VideoUrl',
  limits: UP_TO_1080P,
  billing: perMinute('output', 0.4),
  result: async (finished) => ({
    VideoUrl: await storeVideo(finished, { bucket: buckets.algo, name: byHour('video-desubtitle') }),
  }),
})

export const eraseVideoLogo = defineMediaAction(videoenhan, 'EraseVideoLogo', {
  summary: 'Removes common logos from a video.',
  source: 'videoenhan manual 4.2',
  input: () => ({
    VideoUrl: url(),
    Boxes: repeatedObject(
      { W: share().optional(), H: share().optional(), Y: share().optional(), X: share().optional() },
      { minItems: 0 },
    ).optional(),
  }),
  param: 'VideoUrl',
  limits: UP_TO_1080P,
  billing: perMinute('input', 0.8),
  result: async (finished) => ({
    VideoUrl: await storeVideo(finished, { bucket: buckets.algo, name: byHour('video-delogo') }),
  }),
})

/** A part of an RGB colour. */
const colour = () => integer({ min: 0, max: 255 }).optional()

const resizedPlace: OutputTarget = { bucket: buckets.video, name: byChinaHour('video-crop') }

export const changeVideoSize = defineMediaAction(videoenhan, 'ChangeVideoSize', {
  summary: 'Crops and fills a video so that it has any wanted size.',
  source: 'videoenhan manual 4.3',
  input: () => ({
    VideoUrl: url(),
    Width: integer(OUTPUT_SIDE),
    Height: integer(OUTPUT_SIDE),
    CropType: oneOf(['smart', 'fill', 'cut']).optional(),
    FillType: oneOf(['image', 'color', 'stretch']).optional(),
    Tightness: share().default(0.6),
    R: colour(),
    G: colour(),
    B: colour(),
  }),
  param: 'VideoUrl',
  limits: { formats: ['MP4', 'AVI', 'MOV', 'FLV'], maxBytes: GIGABYTE, cutAfter: 7200 },
  billing: perMinute('output', 0.4),
  check({ FillType, ...rest }): BrokenRule | undefined {
    if (FillType !== 'color') return undefined
    const missing = (['R', 'G', 'B'] as const).find((part) => rest[part] === undefined)
    return missing && { param: missing, violation: 'missing', reason: 'is needed with FillType=color' }
  },
  output: ({ input: { Width, Height }, media }) => madeFrom(media, { width: Width, height: Height }),
  async result(finished) {
    return { VideoCoverUrl: await storeCover(finished, resizedPlace), VideoUrl: await storeVideo(finished, resizedPlace) }
  },
})

const FACE_VIDEO: MediaLimits = {
  formats: ['MP4', 'AVI', 'MKV', 'MOV', 'FLV', 'TS', 'MPG'],
  maxBytes: 120 * 1024 ** 2,
  minPixels: { width: 360, height: 360, exclusive: true },
  maxPixels: { width: 1920, height: 1280, exclusive: true },
}

const FACE_IMAGE: MediaLimits = {
  formats: ['JPEG', 'JPG', 'PNG', 'BMP'],
  maxBytes: 3 * 1024 ** 2,
  minPixels: { width: 128, height: 128, exclusive: true },
  maxPixels: { width: 2000, height: 2000, exclusive: true },
}

export const mergeVideoFace = defineMediaAction(videoenhan, 'MergeVideoFace', {
  summary: 'Blends the features of one face into a face in a video.',
  source: 'videoenhan manual 4.4',
  // PostURL is needed if the video shows several people. The manual wants it in any case; several official clients do not know it.
  input: () => ({ VideoURL: url(), PostURL: url({ allowEmpty: true }).default(''), ReferenceURL: url() }),
  accepts: ['AddWatermark', 'Enhance', 'WatermarkType'],
  files: ({ VideoURL, PostURL, ReferenceURL }) => [
    { param: 'VideoURL', url: VideoURL, limits: FACE_VIDEO },
    ...(PostURL === '' ? [] : [{ param: 'PostURL', url: PostURL, limits: FACE_IMAGE }]),
    { param: 'ReferenceURL', url: ReferenceURL, limits: FACE_IMAGE },
  ],
  billing: publicBeta,
  result: async (finished) => ({
    VideoURL: await storeVideo(finished, { bucket: buckets.face, name: byJob('video-face-fusion') }),
  }),
})
