/** Bytes that an audience would have been sent, had each of it asked for them. */

import type { Account } from '../../../../account/types.js'
import type { Video } from '../media/video.js'
import { BYTES_SENT } from './storage-history.js'

/**
 * Counts what it takes to watch so many milliseconds of a video in all: of its first stream that can be played, through the domain that players are sent to,
 * or from the bucket if the account has none. Answers how many bytes that is; none if there is no such stream.
 */
export function countBytes(
  { playDomains, traffic, usage }: Account,
  { streams }: Video,
  { duration, at }: { duration: number; at: number },
): number {
  const stream = streams.find(({ status }) => status === 'Normal')
  if (stream === undefined || stream.duration === 0) return 0
  const bytes = Math.round((stream.size * duration) / (stream.duration * 1000))
  const domain = playDomains.choose()
  if (domain) traffic.record(domain.name, { bytes, https: domain.secure, at })
  else usage.meters.count(BYTES_SENT, { bucket: stream.file.bucket }, bytes, at)
  return bytes
}
