/** Covers and shots (videorecog manual, chapters 2 to 4). */

import { SimpleFaker } from '@faker-js/faker'
import type { Account } from '../../../account/types.js'
import { fingerprint, seedOf } from '../../../base/ids.js'
import { toIso } from '../../../base/times.js'
import { storeResult } from '../../../oss/urls.js'
import { boolean } from '../../../params/scalars.js'
import { url } from '../../../params/structures.js'
import { free } from '../../../usage/billing.js'
import { defineGetAsyncJobResult, defineMediaAction, RESULT_TTL } from '../common/async.js'
import type { Media, MediaLimits } from '../common/media.js'
import { videorecog } from './service.js'

/** Made-up values that are the same whenever the same input is looked at. */
const fakerFor = (...input: readonly (string | number)[]): SimpleFaker => new SimpleFaker({ seed: seedOf(...input) })

/**
 * The manual has codes for a wrong type and a wrong resolution but no limits; these are what its sister services take, with room on both sides.
 */
const LIMITS: MediaLimits = {
  formats: ['MP4', 'AVI', 'MKV', 'MOV', 'FLV', 'TS', 'MPG', 'MXF', 'WMV', 'WEBM', 'M4V', '3GP'],
  minPixels: { width: 64, height: 64 },
  maxPixels: { width: 4096, height: 4096 },
}

const billing = free('the manual has no price list')

/** Most covers that a video yields. */
const MAX_COVERS = 4

export const generateVideoCover = defineMediaAction(videorecog, 'GenerateVideoCover', {
  summary: 'Picks one or more cover pictures, still or moving, from a video.',
  source: 'videorecog manual 2',
  input: () => ({ IsGif: boolean(), VideoUrl: url() }),
  param: 'VideoUrl',
  limits: LIMITS,
  billing,
  async result({ account, job, input, media }) {
    const faker = fakerFor(job.kind, input.VideoUrl)
    const count = Math.min(faker.number.int({ min: 1, max: MAX_COVERS }), media.frames)
    const confidences = faker.helpers.multiple(() => faker.number.float({ min: 4, max: 10, fractionDigits: 15 }), { count })
    // The manual's example lists the best cover first.
    confidences.sort((a, b) => b - a)
    const Outputs = []
    for (const Confidence of confidences) {
      const frame = faker.number.int({ min: 0, max: media.frames - 1 })
      Outputs.push({
        ImageURL: await storeCover(account, { ...media, frame, moving: input.IsGif, video: faker.string.alphanumeric(16), salt: job.id }),
        Confidence,
      })
    }
    return { Outputs }
  },
})

/** Stores a cover under a name in the form of the manual's examples: video, frame, width and height. */
function storeCover(
  account: Account,
  { width, height, frame, moving, video, salt }: Media & { frame: number; moving: boolean; video: string; salt: string },
): Promise<string> {
  const extension = moving ? 'gif' : 'png'
  const hour = toIso(account.clock.now()).slice(0, 13).replace('T', '-')
  const key = `video-cover/${hour}/pic_${video}.mp4_${frame}_${width}_${height}_${fingerprint(salt, video).slice(0, 32)}_beautified.${extension}`
  return storeResult(
    account,
    { bucket: 'algo-app-aic-vd-cn-shanghai-prod', key, contentType: `image/${extension}`, content: `sample.${extension}` },
    RESULT_TTL,
  )
}

/** A shot lasts about this many frames on average, going by the manual's example. */
const FRAMES_PER_SHOT = 85

export const detectVideoShot = defineMediaAction(videorecog, 'DetectVideoShot', {
  summary: 'Splits a video into shots and tells the frame numbers of the cuts.',
  source: 'videorecog manual 3',
  input: () => ({ VideoUrl: url() }),
  param: 'VideoUrl',
  limits: LIMITS,
  billing,
  result({ job, input, media }) {
    const faker = fakerFor(job.kind, input.VideoUrl)
    const ShotFrameIds = [0]
    const step = { min: 1, max: 2 * FRAMES_PER_SHOT }
    for (let frame = faker.number.int(step); frame < media.frames && ShotFrameIds.length < MAX_SHOTS; frame += faker.number.int(step))
      ShotFrameIds.push(frame)
    return { ShotFrameIds }
  },
})

/** Declared assets can claim any number of frames; the answer stays within reason. */
const MAX_SHOTS = 2000

export const getAsyncJobResult = defineGetAsyncJobResult(videorecog, 'videorecog manual 4')
