/** Audiences that a test has play a video: of any size, for which nobody has to send requests. */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { seedOf } from '../../../../base/ids.js'
import { strict } from '../../../../base/strict.js'
import { instantSchema } from '../../../../base/time-schemas.js'
import { toIso } from '../../../../base/times.js'
import type { Video } from '../media/video.js'
import { NO_PLAYS, type PlayCounts, type Player, players, rangeOf } from './play-counts.js'

const DAY = 86_400_000

/** How far back the service tells of plays. */
const DAYS_BACK = 730

/** Plays of one audience. */
const MAX_PLAYS = 1_000_000_000

/** How many different lengths plays have, however many there are. */
const LENGTHS = 1000

/** See the comments of its fields. */
export const audienceSchema = strict({
  videoId: z.string().max(64),
  /** How many people. */
  viewers: z.int().min(1).max(MAX_PLAYS),
  /** How often they play it in all. Default: once each. */
  plays: z.int().min(1).max(MAX_PLAYS).optional(),
  /** On which day, of which this is an instant. Default: now. */
  at: instantSchema.optional(),
  /** Parts of them by player, in any unit. Default: half Android, the other half iOS and HTML5. */
  players: z
    .partialRecord(z.enum(players), z.number().min(0).max(1_000_000))
    .refine((parts) => Object.values(parts).some((part) => part > 0), 'has no part above 0')
    .default({ Android: 2, iOS: 1, HTML5: 1 }),
  /** How much of the video they watch on average, from 0 to 1. Default: half of it. */
  watched: z.number().min(0).max(1).default(0.5),
  /** Decides who watches how much. Default: the same for the same audience. */
  seed: z.union([z.string().max(256), z.number()]).optional(),
}).refine(({ viewers, plays = viewers }) => plays >= viewers, { path: ['plays'], error: 'is less than once for each of the viewers' })

/** An audience, as a test tells of it. */
export type AudienceInput = z.input<typeof audienceSchema>

/** The same, read. */
export type Audience = z.output<typeof audienceSchema>

/** What has come of an audience. */
export interface SimulatedPlays {
  videoId: string
  /** Day in China: `20260102`. */
  date: string
  plays: number
  viewers: number
  /** Milliseconds that were watched. */
  duration: number
  /** Bytes that were sent for it. */
  bytes: number
}

/** The plays of an audience, counted. Throws a `RangeError` if there cannot be any. */
export function playsOf(
  { vod, clock }: Account,
  audience: Audience,
): { at: number; video: Video; counts: PlayCounts; byPlayer: Partial<Record<Player, { vv: number; uv: number }>> } {
  const { videoId, viewers, plays = viewers, at = clock.now(), watched } = audience
  const now = clock.now()
  const video = vod.videos.get(videoId)
  if (video === undefined) throw new RangeError(`there is no video ${videoId}`)
  if (at > now) throw new RangeError(`at: ${toIso(at)} has not come yet; it is ${toIso(now)}`)
  if (at < now - DAYS_BACK * DAY) throw new RangeError(`at: ${toIso(at)} is more than ${DAYS_BACK} days ago`)
  const length = (video.facts?.duration ?? video.streams[0]?.duration ?? 0) * 1000
  const counts: PlayCounts = { ...NO_PLAYS, vv: plays, uv: viewers, ranges: [...NO_PLAYS.ranges] }
  const lengths = Math.min(plays, LENGTHS)
  const seed = audience.seed ?? `${videoId} ${viewers} ${plays}`
  for (let index = 0; index < lengths; index++) {
    const duration = Math.round(length * share(watched, seed, index))
    const times = Math.floor(plays / lengths) + (index < plays % lengths ? 1 : 0)
    const range = rangeOf(duration)
    counts.duration += duration * times
    counts.ranges[range] = (counts.ranges[range] ?? 0) + times
  }
  // Each viewer plays it once, and some of them play it again.
  const [uvs, again] = [apportion(viewers, audience.players), apportion(plays - viewers, audience.players)]
  const byPlayer: Partial<Record<Player, { vv: number; uv: number }>> = {}
  for (const player of players) if (uvs[player]) byPlayer[player] = { vv: uvs[player] + (again[player] ?? 0), uv: uvs[player] }
  return { at, video, counts, byPlayer }
}

/** How much of a video one play is: from nothing to all of it, `mean` on average. */
function share(mean: number, seed: string | number, index: number): number {
  if (mean === 0 || mean === 1) return mean
  return (seedOf('audience', seed, index) / 2 ** 32) ** (1 / mean - 1)
}

/** Shares a whole number out by parts; what is left over goes to the largest remainders. */
function apportion(whole: number, parts: Audience['players']): Partial<Record<Player, number>> {
  const all = players.reduce((sum, player) => sum + (parts[player] ?? 0), 0)
  const exact = players.map((player) => ({ player, share: (whole * (parts[player] ?? 0)) / all }))
  const shares: Partial<Record<Player, number>> = Object.fromEntries(exact.map(({ player, share: each }) => [player, Math.floor(each)]))
  const left = whole - exact.reduce((sum, { share: each }) => sum + Math.floor(each), 0)
  const byRemainder = exact.filter(({ share: each }) => each > 0).sort((one, other) => (other.share % 1) - (one.share % 1))
  for (let index = 0; index < left; index++) {
    const { player } = byRemainder[index % byRemainder.length] as { player: Player }
    shares[player] = (shares[player] ?? 0) + 1
  }
  return shares
}
