/**
 * The library of fingerprints: which videos resemble each other. Frames are not looked at here: videos are alike if their source files hold the
 * same bytes, under whatever name and however they were uploaded.
 */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { timestampSchema } from '../../../../base/time-schemas.js'
import type { StoredObject } from '../../../../oss/object.js'
import { appOfVideo } from '../../shared/apps/rule.js'
import type { Video } from '../../shared/media/video.js'
import { type DNAResult, dnaResultSchema, type VideoDNA } from '../results.js'

/** Videos that one is said to resemble: the oldest, which are likely the originals. */
const MAX_SIMILAR = 100

/** Fingerprints that an account keeps; beyond that the oldest are forgotten. */
const MAX_FINGERPRINTS = 100_000

const fingerprintSchema = z.object({
  videoId: z.string(),
  /** What files of the same bytes have in common. */
  content: z.string(),
  /** Seconds. */
  duration: z.number(),
  /** What a test has said that it resembles, in place of what the library says. */
  dictated: dnaResultSchema.optional(),
  createdAt: timestampSchema,
})

type Fingerprint = z.output<typeof fingerprintSchema>

export const fingerprintRecords = {
  name: 'vod.fingerprints',
  schema: fingerprintSchema,
  keyOf: ({ videoId }: Fingerprint) => videoId,
  app: appOfVideo,
  indexes: {
    content: ({ content }: Fingerprint) => content,
    /** What a test has said that it resembles. */
    resembles: ({ dictated }: Fingerprint) => dictated?.VideoDNA?.map(({ PrimaryKey }) => PrimaryKey),
    any: () => 'any',
  },
}

/** Takes the fingerprint of a video's source file into the library. */
export function addFingerprint(
  { vod, clock }: Account,
  { videoId, facts }: Video,
  { crc64, size }: StoredObject,
  dictated: DNAResult | undefined,
): void {
  vod.fingerprints.put({ videoId, content: `${size} ${crc64}`, duration: facts?.duration ?? 0, dictated, createdAt: clock.now() })
  vod.fingerprints.forgetOldest(MAX_FINGERPRINTS, { any: 'any' })
}

/** Takes the fingerprint of a video out of the library: nothing resembles it any more. */
export function deleteFingerprint({ vod: { fingerprints } }: Account, videoId: string): void {
  fingerprints.delete(videoId)
  for (const other of fingerprints.list({ by: { resembles: videoId } }).rows)
    fingerprints.update(other.videoId, ({ dictated }) => {
      if (dictated) dictated.VideoDNA = dictated.VideoDNA?.filter(({ PrimaryKey }) => PrimaryKey !== videoId)
    })
}

/** The videos of the library that a video resembles, itself left out; none if its own fingerprint is not there. */
export function similarTo({ vod }: Account, videoId: string): DNAResult {
  const own = vod.fingerprints.get(videoId)
  if (own === undefined) return { VideoDNA: [] }
  if (own.dictated) return own.dictated
  const { rows } = vod.fingerprints.list({ by: { content: own.content }, take: MAX_SIMILAR + 1 })
  return {
    VideoDNA: rows
      .filter((other) => other.videoId !== videoId)
      .slice(0, MAX_SIMILAR)
      .map((other) => alike(own, other)),
  }
}

/** All of both is the same. */
const alike = (own: Fingerprint, { videoId, duration }: Fingerprint): VideoDNA => ({
  PrimaryKey: videoId,
  Similarity: '1.00',
  Detail: [{ Input: wholeOf(own.duration), Duplication: wholeOf(duration) }],
})

const wholeOf = (duration: number) => ({ Start: '0.0', Duration: duration.toFixed(1) })
