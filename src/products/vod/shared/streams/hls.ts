/** HLS streams as they are stored: a playlist, and a file for each segment. */

import type { Account } from '../../../../account/types.js'
import { sampleBytes } from '../../../../base/fixtures.js'
import { copyName } from '../../../../oss/copies.js'
import { encodePath } from '../../../../oss/urls.js'
import type { File } from '../media/file.js'
import { storeBytes, storeSample } from '../media/files.js'
import type { Template } from '../templates/template-group.js'
import { encrypted, type SegmentKey } from './encryption.js'
import { mediaPlaylist, segmentLengths } from './playlist.js'

/** What every segment shows: two seconds, however long it is said to be. */
const SAMPLE = 'sample.ts'

/** Seconds of a segment where the template does not say. */
const USUAL_SECONDS = 10

/** Seconds of the segments that a template makes. */
export const segmentSeconds = ({ MuxConfig }: Template): number => Number(MuxConfig?.Segment?.Duration ?? USUAL_SECONDS)

/** A stream that is stored. */
export interface HlsFiles {
  playlist: File
  /** The first segment, with which all others go. */
  segment: File
  /** Bytes of all segments. */
  size: number
}

/**
 * Stores a stream of so many seconds: `<stem>.m3u8`, and `<stem>-00001.ts` and so on. All segments have the same bytes, so that storing a long film takes
 * no more than storing a short one, but for the lines of its playlist.
 */
export async function storeHls(
  account: Account,
  { bucket, stem }: { bucket: string; stem: string },
  { duration, seconds, key }: { duration: number; seconds: number; key?: SegmentKey | undefined },
): Promise<HlsFiles> {
  const lengths = segmentLengths(duration, seconds)
  const segment: File = { bucket, key: `${stem}-00001.ts` }
  const stored = key
    ? await storeBytes(account, segment, encrypted(sampleBytes(SAMPLE), key), lengths.length)
    : await storeSample(account, segment, SAMPLE, lengths.length)
  const playlist: File = { bucket, key: `${stem}.m3u8` }
  const first = nameIn(segment)
  const text = mediaPlaylist({ lengths, uriOf: (number) => copyName(first, number), key })
  await storeBytes(account, playlist, Buffer.from(text))
  return { playlist, segment, size: stored.size * lengths.length }
}

/** The address of a file from beside it. */
export const nameIn = ({ key }: File): string => encodePath(key.slice(key.lastIndexOf('/') + 1))
