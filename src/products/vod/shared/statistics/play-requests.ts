/** Plays, as they show in what players ask for. The service counts those that its player SDK reports; here, each player counts. */

import type { Account } from '../../../../account/types.js'
import { fingerprint } from '../../../../base/ids.js'
import type { Call, Reply } from '../../../../http/call.js'
import { readCopyName } from '../../../../oss/copies.js'
import type { StoredObject } from '../../../../oss/object.js'
import { filePath } from '../media/file.js'
import { videoOfFile } from '../media/file-owner.js'
import type { Player } from './play-counts.js'

/** A player that asks for no more wants to know what there is. */
const PROBE_BYTES = 2

/** A file that a player was sent. */
export interface Sent {
  object: StoredObject
  call: Call
  reply: Reply
  /** Of the body. */
  bytes: number
  /** Where the player is. */
  address: string | undefined
}

/**
 * Counts what a player was sent. A play begins with the playlist of a stream, or with the first bytes of its file; what follows adds to how long it
 * lasted: the part of the stream that the bytes are.
 */
export function countSent(account: Account, { object, call, reply, bytes, address }: Sent): void {
  if (call.method !== 'GET' || (reply.status !== 200 && reply.status !== 206)) return
  const { bucket, key, size, copies = 1 } = object
  const path = filePath({ bucket, key: readCopyName(key)?.first ?? key })
  const video = videoOfFile(account, { bucket, key })
  const stream = video?.streams.find(({ file, segments = [] }) => [file, ...segments].some((each) => filePath(each) === path))
  if (video === undefined || stream === undefined) return
  const agent = call.headers['user-agent'] ?? ''
  const viewer = fingerprint('viewer', address ?? '', agent).slice(0, 16)
  const isPlaylist = /\.(m3u8|mpd)$/.test(key)
  const isStart = filePath(stream.file) === path && (isPlaylist || (bytes > PROBE_BYTES && startsAt(call, reply) === 0))
  if (isStart) account.plays.begin(video, viewer, playerOf(agent))
  // Subtitles and playlists last no time.
  if (isPlaylist || key.endsWith('.vtt') || size === 0) return
  account.plays.watch(video, viewer, Math.round((stream.duration * 1000 * bytes) / (size * copies)))
}

/** Where in a file an answer begins; of what was asked for from a time on, only that it is not the start. */
function startsAt({ query }: Call, { headers }: Reply): number {
  if (/(^|&)start=(?!0(&|$))/.test(query)) return Number.POSITIVE_INFINITY
  return Number(/^bytes (\d+)-/.exec(headers['content-range'] ?? '')?.[1] ?? 0)
}

/** What kind of player says so of itself. */
function playerOf(agent: string): Player {
  if (/flash/i.test(agent)) return 'Flash'
  if (/android/i.test(agent)) return 'Android'
  if (/iphone|ipad|ipod|ios|cfnetwork|darwin/i.test(agent)) return 'iOS'
  return 'HTML5'
}
