/** Enhancement: quality, size, frame rate, colours, dynamic range (videoenhan manual, chapter 5). */

import { integer, long, oneOf } from '../../../params/scalars.js'
import { url } from '../../../params/structures.js'
import { perMinute, perMinuteByQuality } from '../../../usage/billing.js'
import { type BrokenRule, defineMediaAction } from '../common/async.js'
import { type Media, type MediaLimits, madeFrom } from '../common/media.js'
import { ENHANCEABLE, GIGABYTE } from './limits.js'
import { videoenhan } from './service.js'
import { buckets, byDay, byHour, storeVideo } from './store.js'

// The price tables do not say whose resolution and frame rate they mean; as the output's length is billed, the output's are taken.

/** Mbit/s; the manual writes the unit in three ways. */
const BIT_RATE = { min: 8, max: 200 } as const

const ANY_SIZE: MediaLimits = { formats: ENHANCEABLE, maxBytes: GIGABYTE }

const FROM_360_TO_4K: MediaLimits = {
  ...ANY_SIZE,
  minPixels: { width: 360, height: 360 },
  maxPixels: { width: 3840, height: 2160 },
}

const hdrFormat = () => oneOf(['PQ', 'HLG']).default('PQ')

/** With PQ the brightness is fixed at 600 nit and what the call says is ignored, so only HLG can have a wrong one. */
const illuminance = { min: 500, max: 1000 } as const

const checkIlluminance = ({ HDRFormat, MaxIlluminance }: { HDRFormat: string; MaxIlluminance: number }): BrokenRule | undefined =>
  HDRFormat === 'HLG' && (MaxIlluminance < illuminance.min || MaxIlluminance > illuminance.max)
    ? {
        param: 'MaxIlluminance',
        violation: 'value',
        reason: `is ${MaxIlluminance}, outside ${illuminance.min} to ${illuminance.max} for HLG`,
      }
    : undefined

/** Sides longer than this are shortened in the result of EnhanceVideoQuality, if the input has one that is: pixels. */
const LONGEST_SIDE = 1300

export const enhanceVideoQuality = defineMediaAction(videoenhan, 'EnhanceVideoQuality', {
  summary: 'Enhances an SDR video: more frames, more pixels, and HDR.',
  source: 'videoenhan manual 5.1',
  input: () => ({
    VideoURL: url(),
    OutPutWidth: integer({ min: 180, max: 7680 }).optional(),
    OutPutHeight: integer({ min: 180, max: 4320 }).optional(),
    FrameRate: integer({ min: 1, max: 120 }).default(50),
    HDRFormat: hdrFormat(),
    MaxIlluminance: integer().default(1000),
    Bitrate: integer(BIT_RATE).default(20),
  }),
  param: 'VideoURL',
  limits: ANY_SIZE,
  billing: perMinuteByQuality('output', { 720: [4, 8, 16], 1440: [8, 16, 32], 2160: [24, 48, 96] }),
  check: checkIlluminance,
  output({ input: { OutPutWidth, OutPutHeight, FrameRate }, media }) {
    const width = OutPutWidth ?? 2 * media.width
    const height = OutPutHeight ?? 2 * media.height
    const factor = Math.max(media.width, media.height) > LONGEST_SIDE ? Math.min(1, LONGEST_SIDE / Math.max(width, height)) : 1
    return madeFrom(media, { ...scaledBy({ width, height }, factor), framesPerSecond: FrameRate })
  },
  result: async (finished) => ({
    VideoURL: await storeVideo(finished, { bucket: buckets.video, name: byDay('uhd-enhance') }),
  }),
})

const scaledBy = ({ width, height }: Pick<Media, 'width' | 'height'>, factor: number): Pick<Media, 'width' | 'height'> => ({
  width: Math.max(1, Math.round(width * factor)),
  height: Math.max(1, Math.round(height * factor)),
})

export const superResolveVideo = defineMediaAction(videoenhan, 'SuperResolveVideo', {
  summary: 'Doubles the size of a video and sharpens its detail.',
  source: 'videoenhan manual 5.2',
  input: () => ({ VideoUrl: url(), BitRate: integer({ min: 1, max: 100 }).default(10) }),
  param: 'VideoUrl',
  limits: {
    ...ANY_SIZE,
    minPixels: { width: 360, height: 360, exclusive: true },
    maxPixels: { width: 1920, height: 1080, exclusive: true },
  },
  billing: perMinuteByQuality('output', { 720: [0.4, 0.8, 1.6], 1440: [0.8, 1.6, 3.2], 2160: [2.4, 4.8, 9.6] }),
  output: ({ media }) => madeFrom(media, scaledBy(media, 2)),
  result: async (finished) => ({
    VideoUrl: await storeVideo(finished, { bucket: buckets.algo, name: byHour('video-super-resolution') }),
  }),
})

export const interpolateVideoFrame = defineMediaAction(videoenhan, 'InterpolateVideoFrame', {
  summary: 'Raises the frame rate of a video with frames made for in between.',
  source: 'videoenhan manual 5.3',
  input: () => ({ VideoURL: url(), FrameRate: integer({ min: 1, max: 120 }).default(50), Bitrate: integer(BIT_RATE).default(20) }),
  param: 'VideoURL',
  limits: { ...ANY_SIZE, minPixels: { width: 360, height: 360 }, maxPixels: { width: 1920, height: 1080 } },
  billing: perMinuteByQuality('output', { 720: [3, 6, 12], 1440: [6, 12, 24], 2160: [18, 36, 72] }),
  output: ({ input: { FrameRate }, media }) => madeFrom(media, { framesPerSecond: FrameRate }),
  result: async (finished) => ({
    VideoURL: await storeVideo(finished, { bucket: buckets.video, name: byDay('video-interp') }),
  }),
})

export const toneSdrVideo = defineMediaAction(videoenhan, 'ToneSdrVideo', {
  summary: 'Optimises the colours of an SDR video.',
  source: 'videoenhan manual 5.4',
  input: () => ({
    VideoURL: url(),
    Bitrate: integer(BIT_RATE).default(20),
    RecolorModel: oneOf(['auto_l1', 'auto_l2']).default('auto_l2'),
  }),
  param: 'VideoURL',
  limits: FROM_360_TO_4K,
  billing: perMinute('output', 0.4),
  result: async (finished) => ({
    VideoURL: await storeVideo(finished, { bucket: buckets.video, name: byDay('sdr-color-enhance') }),
  }),
})

export const adjustVideoColor = defineMediaAction(videoenhan, 'AdjustVideoColor', {
  summary: 'Grades the colours of a video.',
  source: 'videoenhan manual 5.5',
  input: () => ({
    VideoUrl: url(),
    VideoBitrate: long(BIT_RATE).default(20),
    VideoCodec: oneOf(['h264', 'hevc', 'prores']).default('h264'),
    VideoFormat: oneOf(['mp4', 'mov']).default('mp4'),
    Mode: oneOf(['LogC', 'Rec709']).default('LogC'),
  }),
  param: 'VideoUrl',
  // Videos of other sizes than from 360 x 360 to 3840 x 2160 are scaled, not refused.
  limits: ANY_SIZE,
  billing: perMinute('output', 0.4),
  output({ media }) {
    const { width, height } = media
    const factor = Math.min(Math.max(1, 360 / width, 360 / height), 3840 / width, 2160 / height)
    return madeFrom(media, scaledBy(media, factor))
  },
  result: async (finished) => ({
    VideoUrl: await storeVideo(finished, {
      bucket: buckets.algo,
      name: byHour('video-recolor'),
      container: finished.input.VideoFormat,
    }),
  }),
})

export const convertHdrVideo = defineMediaAction(videoenhan, 'ConvertHdrVideo', {
  summary: 'Converts an SDR video to HDR.',
  source: 'videoenhan manual 5.6',
  input: () => ({
    VideoURL: url(),
    HDRFormat: hdrFormat(),
    MaxIlluminance: integer().default(1000),
    Bitrate: integer(BIT_RATE).default(20),
  }),
  param: 'VideoURL',
  limits: FROM_360_TO_4K,
  billing: perMinute('output', 0.4),
  check: checkIlluminance,
  result: async (finished) => ({
    VideoURL: await storeVideo(finished, { bucket: buckets.video, name: byDay('hdr-enhance') }),
  }),
})
