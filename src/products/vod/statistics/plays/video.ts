/** DescribePlayVideoStatis (VOD manual 14.2.4). Days on which the video was not played have no entry. */

import { z } from 'zod'
import { perSecond } from '../../../../actions/action.js'
import { text } from '../../../../params/scalars.js'
import { seesVideo } from '../../shared/apps/seen.js'
import { vod } from '../../shared/service/service.js'
import { writeRanges } from '../../shared/statistics/play-counts.js'
import { startOfDay, writeDay } from '../../shared/traffic/slices.js'
import { dayErrors, dayParams, daysAsked } from './days.js'

/** How far back this Action tells of. */
const LAST = 730 * 86_400_000

export const describePlayVideoStatis = vod.action('DescribePlayVideoStatis', {
  summary: 'Tells how often and how long a video was played, and by how many viewers, day by day.',
  source: 'VOD manual 14.2.4',
  limit: perSecond(100),
  // The manual has no error for a video that there is not: nobody has played it.
  input: () => ({ ...dayParams, VideoId: text({ maxLength: 64, ownLimit: true }) }),
  output: () =>
    z.object({
      VideoPlayStatisDetails: z.object({
        VideoPlayStatisDetail: z.array(
          z.object({
            Date: z.string(),
            Title: z.string(),
            /** Numbers as text; the duration in milliseconds. */
            VV: z.string(),
            UV: z.string(),
            PlayDuration: z.string(),
            /** Shares of plays by how long they lasted. */
            PlayRange: z.string(),
          }),
        ),
      }),
    }),
  errors: dayErrors,
  run({ input, account, fail }) {
    const { VideoId } = input
    const { from, until } = daysAsked(account, input, fail)
    const since = Math.max(from, startOfDay(account.clock.now() - LAST))
    const days = seesVideo(account, VideoId) ? account.plays.daysOf(VideoId, since, until) : []
    return {
      VideoPlayStatisDetails: {
        VideoPlayStatisDetail: days.map((counts) => ({
          Date: writeDay(counts.day),
          Title: account.vod.videos.get(VideoId)?.title ?? counts.title,
          VV: String(counts.vv),
          UV: String(counts.uv),
          PlayDuration: String(counts.duration),
          PlayRange: writeRanges(counts),
        })),
      },
    }
  },
})
