/** What is counted of plays, for a day and for a video on a day. */

import { z } from 'zod'

/** Kinds of players, as the service tells them apart. */
export const players = ['Flash', 'iOS', 'HTML5', 'Android'] as const

/** A kind of player. */
export type Player = (typeof players)[number]

const MINUTE = 60_000

/** How long plays lasted: names of the ranges as the service writes them, and where they end, in milliseconds. */
const RANGES = [
  { name: '<=1m', end: MINUTE },
  { name: '>1<=5m', end: 5 * MINUTE },
  { name: '>5<=10m', end: 10 * MINUTE },
  { name: '>10<=15m', end: 15 * MINUTE },
  { name: '>15<=30m', end: 30 * MINUTE },
  // The manual's examples end there.
  { name: '>30m', end: Number.POSITIVE_INFINITY },
] as const

/** The range that a play of so many milliseconds is in. */
export const rangeOf = (duration: number): number => RANGES.findIndex(({ end }) => duration <= end)

const count = () => z.number().min(0)

export const playCountsSchema = z.strictObject({
  /** Plays. */
  vv: count(),
  /** Viewers. */
  uv: count(),
  /** Milliseconds that were watched. */
  duration: count(),
  /** Plays by how long they lasted: see {@link rangeOf}. */
  ranges: z.array(count()).length(RANGES.length),
})

/** See {@link playCountsSchema}. */
export type PlayCounts = z.output<typeof playCountsSchema>

/** No plays at all. */
export const NO_PLAYS: PlayCounts = { vv: 0, uv: 0, duration: 0, ranges: RANGES.map(() => 0) }

/** Both together. */
export const plus = (counts: PlayCounts, more: PlayCounts): PlayCounts => ({
  vv: counts.vv + more.vv,
  uv: counts.uv + more.uv,
  duration: counts.duration + more.duration,
  ranges: counts.ranges.map((each, index) => each + (more.ranges[index] ?? 0)),
})

/** Shares of the ranges, those without plays left out: `<=1m:74.3%;>1<=5m:25.7%`. */
export const writeRanges = ({ vv, ranges }: PlayCounts): string =>
  RANGES.map(({ name }, index) => ({ name, plays: ranges[index] ?? 0 }))
    .filter(({ plays }) => plays > 0)
    .map(({ name, plays }) => `${name}:${((plays * 100) / vv).toFixed(1)}%`)
    .join(';')
