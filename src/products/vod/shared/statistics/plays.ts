/** What was played: plays, viewers and durations, by the day in China, where the service is. */

import { z } from 'zod'
import { definePart } from '../../../../account/part.js'
import type { Account } from '../../../../account/types.js'
import type { Table } from '../../../../state/table.js'
import type { Video } from '../media/video.js'
import { startOfDay, writeDay } from '../traffic/slices.js'
import { type Audience, type AudienceInput, audienceSchema, playsOf, type SimulatedPlays } from './audience.js'
import { NO_PLAYS, type PlayCounts, type Player, playCountsSchema, players, plus, rangeOf } from './play-counts.js'

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
      indexes: { day: ({ day }) => String(day), video: ({ videoId }) => videoId },
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

  /** A viewer has been sent so many milliseconds more of what is playing. Of what has not begun, or was forgotten, nothing is counted. */
  watch(video: Video, viewer: string, milliseconds: number): void {
    const view = this.#views.get(viewKey({ viewer, videoId: video.videoId }))
    if (view === undefined || milliseconds === 0) return
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
      const { day, video, counts, byPlayer } = playsOf(account, audience)
      this.#add(day, video, { counts, players: byPlayer, uv: counts.uv })
      const { vv, uv, duration } = counts
      return { videoId: video.videoId, date: writeDay(day), plays: vv, viewers: uv, duration }
    })
  }

  /** What was played on days that begin from `from` to before `until`, in the order of time. */
  days(from: number, until: number): PlayDay[] {
    const days = [...this.#days.values()].filter(({ day }) => day >= from && day < until)
    return days.sort((one, other) => one.day - other.day)
  }

  /** What was played of each video on the day that begins at `day`. */
  videosOn(day: number): VideoPlayDay[] {
    return this.#videos.pairsBy('day', String(day)).map(([, row]) => row)
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
    forgetOldest(this.#days, MAX_DAYS)
    forgetOldest(this.#videos, MAX_VIDEO_DAYS)
  }

  #view(view: View): void {
    this.#views.set(viewKey(view), view)
    forgetOldest(this.#views, MAX_VIEWS)
  }
}

function forgetOldest<Row>(table: Table<Row>, most: number): void {
  if (table.size <= most) return
  for (const key of table.keys()) {
    if (table.size <= most) return
    table.delete(key)
  }
}

export const playsPart = definePart({ name: 'plays', needs: ['vod'], create: (account) => new Plays(account) })
