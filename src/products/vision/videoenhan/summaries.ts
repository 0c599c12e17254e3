/** Summaries (videoenhan manual, chapter 3). */

import { float, integer } from '../../../params/scalars.js'
import { url } from '../../../params/structures.js'
import { perMinute } from '../../../usage/billing.js'
import { defineMediaAction } from '../common/async.js'
import { type Media, madeFrom } from '../common/media.js'
import { GIGABYTE, OUTPUT_SIDE } from './limits.js'
import { videoenhan } from './service.js'
import { buckets, byChinaHour, byJob, type OutputTarget, storeCover, storeVideo } from './store.js'

const ecommercePlace: OutputTarget = { bucket: buckets.algo, name: byChinaHour('shop-video-abs') }

export const abstractEcommerceVideo = defineMediaAction(videoenhan, 'AbstractEcommerceVideo', {
  summary: 'Makes a summary of a given length from an e-commerce video.',
  source: 'videoenhan manual 3.1',
  input: () => ({
    VideoUrl: url(),
    Duration: float(),
    Width: integer(OUTPUT_SIDE).optional(),
    Height: integer(OUTPUT_SIDE).optional(),
  }),
  param: 'VideoUrl',
  limits: { formats: ['MP4', 'AVI', 'MKV', 'MOV'], maxBytes: GIGABYTE, cutAfter: 180 },
  billing: perMinute('input', 0.4),
  // The manual sets no bounds; a summary has some length, and cannot be longer than what it sums up.
  check: ({ Duration }) => (Duration > 0 ? undefined : { param: 'Duration', violation: 'value', reason: 'is not more than 0' }),
  output: ({ input: { Duration, Width, Height }, media }) =>
    madeFrom(media, { ...scaled(media, Width, Height), duration: Math.min(Duration, media.duration) }),
  async result(finished) {
    return { VideoCoverUrl: await storeCover(finished, ecommercePlace), VideoUrl: await storeVideo(finished, ecommercePlace) }
  },
})

/** Without a width and height the size stays; with one of them the other one follows in proportion. */
function scaled({ width, height }: Media, newWidth: number | undefined, newHeight: number | undefined): Pick<Media, 'width' | 'height'> {
  const inProportion = (side: number, from: number, to: number): number => Math.max(1, Math.round((side * to) / from))
  if (newWidth !== undefined) return { width: newWidth, height: newHeight ?? inProportion(height, width, newWidth) }
  if (newHeight !== undefined) return { width: inProportion(width, height, newHeight), height: newHeight }
  return { width, height }
}

export const abstractFilmVideo = defineMediaAction(videoenhan, 'AbstractFilmVideo', {
  summary: 'Extracts a video of a given length from a film or series.',
  source: 'videoenhan manual 3.2',
  // A whole number of more than 1 second.
  input: () => ({ VideoUrl: url(), Length: integer({ min: 2 }) }),
  param: 'VideoUrl',
  limits: {
    formats: ['MP4', 'AVI', 'MOV', 'FLV', 'MXF'],
    maxBytes: GIGABYTE,
    minDuration: 120,
    cutAfter: 7200,
    assume: { duration: 3600 },
  },
  billing: perMinute('input', 0.8),
  checkMedia({ account, input: { VideoUrl, Length }, media: { duration } }) {
    if (Length < duration) return undefined
    const assumed = account.assetOf(VideoUrl) ? '' : ', as is assumed of a film that no asset describes'
    return { param: 'Length', violation: 'value', reason: `is ${Length}, and the video lasts ${duration} seconds${assumed}` }
  },
  output: ({ input: { Length }, media }) => madeFrom(media, { duration: Length }),
  result: async (finished) => ({
    VideoUrl: await storeVideo(finished, { bucket: buckets.algo, name: byJob('film-summary', '_gb27k00') }),
  }),
})
