/** What was played: plays, viewers and durations, by the day in China, where the service is. */

import { z } from 'zod'
import { definePart } from '../../../../account/part.js'
import type { Account } from '../../../../account/types.js'
import type { Table } from '../../../../state/table.js'
import type { Video } from '../media/video.js'
import { startOfDay, writeDay } from '../traffic/slices.js'
import { type Audience, type AudienceInput, audienceSchema, playsOf, type SimulatedPlays } from './audience.js'
import { countBytes } from './audience-traffic.js'
import { NO_PLAYS, type PlayCounts, type Player, playCountsSchema, players, plus, rangeOf } from './play-counts.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** When statistics of a day are made: at nine the next morning (VOD manual 14.2). */
const MADE_AFTER = DAY + 9 * HOUR

/** Days that an account remembers: more than two years. Beyond that the oldest are forgotten, as of all lists here. */
const MAX_DAYS = 1000

/** Videos, by the day. */
const MAX_VIDEO_DAYS = 100_000

/** Who has watched what. Who is forgotten, and watches again on the same day, is taken for somebody else. */
const MAX_VIEWS = 100_000

const playerCounts = z.strictObject({ vv: z.number(), uv: z.number() })

const daySchema = playCountsSchema.extend({
  /** Its beginning, in milliseconds since 1970. */
  day: z.int(),
  players: z.partialRecord(z.enum(players), playerCounts),
})

const videoDaySchema = playCountsSchema.extend({
  day: z.int(),
  videoId: z.string(),
  /** As it was when it was played. */
  title: z.string(),
})

const viewSchema = z.strictObject({
  viewer: z.string(),
  /** Left out: whatever the viewer has watched. */
  videoId: z.string().optional(),
  day: z.int(),
  /** Milliseconds of the latest play. */
  duration: z.number(),
})

/** What was played on one day. */
export type PlayDay = z.output<typeof daySchema>

/** What was played of one video on one day. */
export type VideoPlayDay = z.output<typeof videoDaySchema>

type View = z.output<typeof viewSchema>

const viewKey = ({ viewer, videoId = '' }: Pick<View, 'viewer' | 'videoId'>): string => `${viewer} ${videoId}`
const videoKey = ({ day, videoId }: Pick<VideoPlayDay, 'day' | 'videoId'>): string => `${day} ${videoId}`

/**
 * A class of videos by how often they were played: the more often, the higher. There are about ninety for each further digit, so that those of all that
 * were played on a day are looked through in no time, and few videos share one unless they were played equally often.
 */
function rankOf(vv: number): number {
  const plays = Math.floor(Math.min(vv, Number.MAX_SAFE_INTEGER))
  const digits = Math.max(0, String(plays).length - 2)
  return digits * 90 + Math.floor(plays / 10 ** digits)
}

const rankKey = (day: number, rank: number): string => `${day} ${rank}`

/** What is added to the counts of a day. */
interface More {
  counts: PlayCounts
  players: PlayDay['players']
  /** Viewers of the day in all, where they are others than those of the video. */
  uv: number
}

/** The plays of one account. */
export class Plays {
  readonly #days: Table<PlayDay>
  readonly #videos: Table<VideoPlayDay>
  readonly #views: Table<View>

  constructor(private readonly account: Account) {
    const { state } = account
    this.#days = state.table({ name: 'vod.plays.days', schema: daySchema, keyOf: ({ day }: PlayDay) => String(day) })
    this.#videos = state.table({
      name: 'vod.plays.videos',
      schema: videoDaySchema,
      keyOf: (row: VideoPlayDay) => videoKey(row),
      indexes: { video: ({ videoId }) => videoId, rank: ({ day, vv }) => rankKey(day, rankOf(vv)) },
    })
    this.#views = state.table({ name: 'vod.plays.views', schema: viewSchema, keyOf: (row: View) => viewKey(row) })
  }

  /** A viewer begins to play a video. */
  begin(video: Video, viewer: string, player: Player): void {
    const { videoId } = video
    const day = startOfDay(this.account.clock.now())
    const isNew = this.#views.get(viewKey({ viewer, videoId }))?.day !== day
    const isNewToday = this.#views.get(viewKey({ viewer }))?.day !== day
    const uv = isNewToday ? 1 : 0
    const ranges = NO_PLAYS.ranges.map((_, index) => (index === rangeOf(0) ? 1 : 0))
    const counts = { vv: 1, uv: isNew ? 1 : 0, duration: 0, ranges }
    this.#add(day, video, { counts, players: { [player]: { vv: 1, uv } }, uv })
    if (isNewToday) this.#view({ viewer, day, duration: 0 })
    this.#view({ viewer, videoId, day, duration: 0 })
  }

  /**
   * A viewer has been sent so many milliseconds more of what is playing. Nothing is counted of what has not begun or was forgotten, nor of a day of which
   * there are statistics already.
   */
  watch(video: Video, viewer: string, milliseconds: number): void {
    const { videoId } = video
    const view = this.#views.get(viewKey({ viewer, videoId }))
    if (view === undefined || milliseconds === 0 || view.day < this.madeUntil()) return
    if (!this.#videos.has(videoKey({ day: view.day, videoId }))) return
    const duration = view.duration + milliseconds
    const [from, to] = [rangeOf(view.duration), rangeOf(duration)]
    const ranges = NO_PLAYS.ranges.map((_, index) => Number(index === to) - Number(index === from))
    this.#add(view.day, video, { counts: { vv: 0, uv: 0, duration: milliseconds, ranges }, players: {}, uv: 0 })
    this.#view({ ...view, duration })
  }

  /**
   * Has an audience of any size play a video, at one time and at no cost per viewer. Rejects with a `ZodError` or a `RangeError` that says what cannot
   * be; then nothing has changed.
   */
  simulate(input: AudienceInput): Promise<SimulatedPlays> {
    const { account } = this
    return account.turn.take(async () => {
      await account.clock.catchUp()
      const audience: Audience = audienceSchema.parse(input)
      const { at, video, counts, byPlayer } = playsOf(account, audience)
      const day = startOfDay(at)
      const { vv, uv, duration } = counts
      this.#add(day, video, { counts, players: byPlayer, uv })
      const bytes = countBytes(account, video, { duration, at })
      return { videoId: video.videoId, date: writeDay(day), plays: vv, viewers: uv, duration, bytes }
    })
  }

  /** What was played on days that begin from `from` to before `until`, in the order of time. */
  days(from: number, until: number): PlayDay[] {
    const days = [...this.#days.values()].filter(({ day }) => day >= from && day < until)
    return days.sort((one, other) => one.day - other.day)
  }

  /** What was played of each video on the day that begins at `day`, the most played first; of equals, the one that was played first. */
  *top(day: number): Generator<VideoPlayDay> {
    // None was played more often than all together.
    for (let rank = rankOf(this.#days.get(String(day))?.vv ?? 0); rank > 0; rank--) {
      const rows = this.#videos.pairsBy('rank', rankKey(day, rank)).map(([, row]) => row)
      yield* rows.sort((one, other) => other.vv - one.vv)
    }
  }

  /** The end of the last day that there are statistics of, in milliseconds since 1970. */
  madeUntil(): number {
    return startOfDay(this.account.clock.now() - MADE_AFTER) + DAY
  }

  /** What was played of one video on such days. */
  daysOf(videoId: string, from: number, until: number): VideoPlayDay[] {
    const days = this.#videos.pairsBy('video', videoId).map(([, row]) => row)
    return days.filter(({ day }) => day >= from && day < until).sort((one, other) => one.day - other.day)
  }

  #add(day: number, { videoId, title }: Video, { counts, players: more, uv }: More): void {
    const former = this.#days.get(String(day))
    const byPlayer = { ...former?.players }
    for (const player of players) {
      const added = more[player]
      const known = byPlayer[player] ?? { vv: 0, uv: 0 }
      if (added) byPlayer[player] = { vv: known.vv + added.vv, uv: known.uv + added.uv }
    }
    const { vv, uv: viewers, duration, ranges } = plus(former ?? NO_PLAYS, { ...counts, uv })
    this.#days.set(String(day), { vv, uv: viewers, duration, ranges, day, players: byPlayer })
    const key = videoKey({ day, videoId })
    this.#videos.set(key, { ...plus(this.#videos.get(key) ?? NO_PLAYS, counts), day, videoId, title })
    this.#days.forgetOldest(MAX_DAYS)
    this.#videos.forgetOldest(MAX_VIDEO_DAYS)
  }

  #view(view: View): void {
    const key = viewKey(view)
    const former = this.#views.get(key)
    // Who comes back is not among the oldest any more.
    if (former && former.day !== view.day) this.#views.delete(key)
    this.#views.set(key, view)
    this.#views.forgetOldest(MAX_VIEWS)
  }
}

export const playsPart = definePart({ name: 'plays', needs: ['vod'], create: (account) => new Plays(account) })
