/** DescribePlayUserTotal, DescribePlayUserAvg (VOD manual 14.2.2, 14.2.3). Days on which nothing was played have no entry. */

import { z } from 'zod'
import { perSecond } from '../../../../actions/action.js'
import { vod } from '../../shared/service/service.js'
import { players, writeRanges } from '../../shared/statistics/play-counts.js'
import type { PlayDay } from '../../shared/statistics/plays.js'
import { writeDay } from '../../shared/traffic/slices.js'
import { dayErrors, dayParams, daysAsked } from './days.js'

export const describePlayUserAvg = vod.action('DescribePlayUserAvg', {
  summary: 'Tells how often and how long a viewer played something, on average, day by day.',
  source: 'VOD manual 14.2.2',
  limit: perSecond(100),
  input: () => dayParams,
  output: () =>
    z.object({
      UserPlayStatisAvgs: z.object({
        /** Numbers as text, with one decimal; the duration in milliseconds. */
        UserPlayStatisAvg: z.array(z.object({ Date: z.string(), AvgPlayDuration: z.string(), AvgPlayCount: z.string() })),
      }),
    }),
  errors: dayErrors,
  run({ input, account, fail }) {
    const { from, until } = daysAsked(account, input, fail)
    return {
      UserPlayStatisAvgs: {
        UserPlayStatisAvg: account.plays.days(from, until).map(({ day, vv, uv, duration }) => ({
          Date: writeDay(day),
          AvgPlayDuration: (duration / uv).toFixed(1),
          AvgPlayCount: (vv / uv).toFixed(1),
        })),
      },
    }
  },
})

/** Numbers by player, as text; players that nobody used are left out, as in the manual's example. */
const byPlayer = z.object({
  Flash: z.string().optional(),
  iOS: z.string().optional(),
  HTML5: z.string().optional(),
  Android: z.string().optional(),
})

export const describePlayUserTotal = vod.action('DescribePlayUserTotal', {
  summary: 'Tells how often and how long everything was played, and by how many viewers, day by day.',
  source: 'VOD manual 14.2.3',
  limit: perSecond(100),
  input: () => dayParams,
  output: () =>
    z.object({
      UserPlayStatisTotals: z.object({
        UserPlayStatisTotal: z.array(
          z.object({
            Date: z.string(),
            /** Milliseconds, as text. */
            PlayDuration: z.string(),
            /** Shares of plays by how long they lasted. */
            PlayRange: z.string(),
            VV: byPlayer,
            UV: byPlayer,
          }),
        ),
      }),
    }),
  errors: dayErrors,
  run({ input, account, fail }) {
    const { from, until } = daysAsked(account, input, fail)
    return {
      UserPlayStatisTotals: {
        UserPlayStatisTotal: account.plays.days(from, until).map((day) => ({
          Date: writeDay(day.day),
          PlayDuration: String(day.duration),
          PlayRange: writeRanges(day),
          VV: numbersOf(day, 'vv'),
          UV: numbersOf(day, 'uv'),
        })),
      },
    }
  },
})

const numbersOf = (day: PlayDay, what: 'vv' | 'uv'): z.input<typeof byPlayer> =>
  Object.fromEntries(
    players.map((player) => [player, day.players[player]?.[what]]).flatMap(([player, count]) => (count ? [[player, String(count)]] : [])),
  )
