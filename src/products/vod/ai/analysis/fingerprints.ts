/**
 * The library of fingerprints: which videos resemble each other. Videos are alike if their source files hold the same bytes, under whatever name and
 * however they were uploaded; and GIFs, the one kind of video whose pictures can be read here, if they show the same.
 */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { timestampSchema } from '../../../../base/time-schemas.js'
import { frameMarks, likenessOf } from '../../../../media/images/likeness.js'
import type { StoredObject } from '../../../../oss/object.js'
import { appOfVideo } from '../../shared/apps/rule.js'
import { extensionOf } from '../../shared/media/extensions.js'
import type { Video } from '../../shared/media/video.js'
import { type DNAResult, dnaResultSchema, type VideoDNA } from '../common/results.js'

/** Videos that one is said to resemble: the oldest, which are likely the originals. */
const MAX_SIMILAR = 100

/** Fingerprints with pictures that one is compared with: the latest. */
const MAX_COMPARED = 1000

/** Bytes of a file whose pictures are looked at. */
const MAX_BYTES = 16 * 1024 * 1024

/** Share of the pictures of the shorter that the longer has, too, from which on two videos resemble each other. */
const ALIKE = 0.8

/** Fingerprints that an account keeps; beyond that the oldest are forgotten. */
const MAX_FINGERPRINTS = 100_000

const fingerprintSchema = z.object({
  videoId: z.string(),
  /** What files of the same bytes have in common. */
  content: z.string(),
  /** What is left of its pictures, where they can be read: see likeness.ts. */
  frames: z.array(z.string()).optional(),
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
    /** Those that can be compared by their pictures. */
    pictures: ({ frames }: Fingerprint) => (frames ? 'read' : undefined),
  },
}

/** Takes the fingerprint of a video's source file into the library. */
export async function addFingerprint(
  { vod, clock }: Account,
  { videoId, facts }: Video,
  source: StoredObject,
  dictated: DNAResult | undefined,
): Promise<void> {
  const frames = await framesOf(source)
  const content = contentOf(source)
  vod.fingerprints.put({ videoId, content, ...(frames && { frames }), duration: facts?.duration ?? 0, dictated, createdAt: clock.now() })
  vod.fingerprints.forgetOldest(MAX_FINGERPRINTS, { any: 'any' })
}

/** What files of the same bytes have in common. */
const contentOf = ({ size, crc64 }: StoredObject): string => `${size} ${crc64}`

/** True if the library has the fingerprint of the file that a video has now. */
export const isKnown = ({ vod }: Account, { videoId }: Video, source: StoredObject): boolean =>
  vod.fingerprints.get(videoId)?.content === contentOf(source)

async function framesOf({ key, size, content }: StoredObject): Promise<string[] | undefined> {
  return extensionOf(key) === 'gif' && size <= MAX_BYTES ? frameMarks(await content.bytes(0, size)) : undefined
}

/** Takes the fingerprint of a video out of the library: nothing resembles it any more. */
export function deleteFingerprint({ vod: { fingerprints } }: Account, videoId: string): void {
  fingerprints.delete(videoId)
  for (const other of fingerprints.list({ by: { resembles: videoId } }).rows)
    fingerprints.update(other.videoId, ({ dictated }) => {
      if (dictated) dictated.VideoDNA = dictated.VideoDNA?.filter(({ PrimaryKey }) => PrimaryKey !== videoId)
    })
}

/** Of what a video resembles, what who asks may be told of: no videos of apps that are closed to them. */
export const toldOf = ({ vod: { videos, fingerprints } }: Account, { VideoDNA }: DNAResult): DNAResult => ({
  VideoDNA: VideoDNA?.filter(({ PrimaryKey }) => !videos.hides(PrimaryKey) && !fingerprints.hides(PrimaryKey)),
})

/** The videos of the library that a video resembles, itself left out; none if its own fingerprint is not there. */
export function similarTo(account: Account, videoId: string): DNAResult {
  const { vod } = account
  const own = vod.fingerprints.get(videoId)
  if (own === undefined) return { VideoDNA: [] }
  if (own.dictated) return toldOf(account, own.dictated)
  const { rows: same } = vod.fingerprints.list({ by: { content: own.content }, take: MAX_SIMILAR + 1 })
  const copies = same.filter((other) => other.videoId !== videoId).map((other) => alike(own, other))
  return { VideoDNA: [...copies, ...nearlyAlike(vod, own)].slice(0, MAX_SIMILAR) }
}

/** What of it may be told to those of one app. */
export const toldIn = ({ vod: { videos } }: Account, app: string, { VideoDNA }: DNAResult): DNAResult => ({
  VideoDNA: VideoDNA?.filter(({ PrimaryKey }) => (videos.get(PrimaryKey)?.appId ?? app) === app),
})

/** All of both is the same. */
const alike = (own: Fingerprint, { videoId, duration }: Fingerprint): VideoDNA => ({
  PrimaryKey: videoId,
  Similarity: '1.00',
  Detail: [{ Input: span(0, own.duration), Duplication: span(0, duration) }],
})

/** Videos of other bytes that show the same, the most alike first. */
function nearlyAlike({ fingerprints }: Account['vod'], own: Fingerprint): VideoDNA[] {
  const { frames } = own
  if (frames === undefined) return []
  const { rows } = fingerprints.list({ by: { pictures: 'read' }, descending: true, take: MAX_COMPARED })
  return rows
    .flatMap((other) =>
      other.content === own.content || other.frames === undefined ? [] : { other, likeness: likenessOf(frames, other.frames) },
    )
    .filter(({ likeness }) => likeness.share >= ALIKE)
    .sort((one, another) => another.likeness.share - one.likeness.share)
    .map(({ other, likeness }) => ({
      PrimaryKey: other.videoId,
      // What has been encoded anew is not quite the same.
      Similarity: Math.min(0.99, likeness.share).toFixed(2),
      Detail: [{ Input: partOf(own, likeness.own), Duplication: partOf(other, likeness.other) }],
    }))
}

/** The part of a video from one picture to another. */
function partOf({ frames = [], duration }: Fingerprint, { from, to }: { from: number; to: number }) {
  const each = duration / Math.max(1, frames.length)
  return span(from * each, (to - from) * each)
}

const span = (start: number, duration: number) => ({ Start: start.toFixed(1), Duration: duration.toFixed(1) })
