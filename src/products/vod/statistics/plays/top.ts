/** DescribePlayTopVideos (VOD manual 14.2.1). */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { perSecond } from '../../../../actions/action.js'
import { long, utcTime } from '../../../../params/scalars.js'
import { seesVideo } from '../../shared/apps/seen.js'
import { vod } from '../../shared/service/service.js'
import type { VideoPlayDay } from '../../shared/statistics/plays.js'
import { startOfDay } from '../../shared/traffic/slices.js'

/** Videos of a day that can be asked for. */
const MAX_TOP = 1000

export const describePlayTopVideos = vod.action('DescribePlayTopVideos', {
  summary: 'Lists the videos that were played most on a day.',
  source: 'VOD manual 14.2.1',
  limit: perSecond(100),
  input: () => ({
    BizDate: utcTime({ codes: { format: 'InvalidBizDate.Malformed' } }),
    PageNo: long({ min: 1 }).default(1),
    PageSize: long({ min: 1, max: MAX_TOP }).default(100),
  }),
  output: () =>
    z.object({
      PageNo: z.number(),
      PageSize: z.number(),
      TotalNum: z.number(),
      TopPlayVideos: z.object({
        TopPlayVideoStatis: z.array(
          z.object({
            VideoId: z.string(),
            Title: z.string(),
            /** Numbers as text; the duration in milliseconds. */
            VV: z.string(),
            UV: z.string(),
            PlayDuration: z.string(),
          }),
        ),
      }),
    }),
  errors: {
    'InvalidBizDate.Malformed': { status: 400, message: 'Specified BizDate is malformed.' },
    'InvalidBizDate.BeyondCurrent': { status: 400, message: 'EndTime beyond current time.' },
  },
  run({ input: { BizDate, PageNo, PageSize }, account, fail }) {
    if (BizDate > account.clock.now()) fail('InvalidBizDate.BeyondCurrent', { param: 'BizDate', reason: 'has not come yet' })
    const top = topOf(account, startOfDay(BizDate))
    const page = top.slice((PageNo - 1) * PageSize, PageNo * PageSize)
    return {
      PageNo,
      PageSize,
      TotalNum: top.length,
      TopPlayVideos: {
        TopPlayVideoStatis: page.map(({ videoId, title, vv, uv, duration }) => ({
          VideoId: videoId,
          Title: account.vod.videos.get(videoId)?.title ?? title,
          VV: String(vv),
          UV: String(uv),
          PlayDuration: String(duration),
        })),
      },
    }
  },
})

/** The most played videos of a day, as far as who asks may be told of them. None before there are statistics. */
function topOf(account: Account, day: number): VideoPlayDay[] {
  const top: VideoPlayDay[] = []
  if (day >= account.plays.madeUntil()) return top
  for (const video of account.plays.top(day)) {
    if (seesVideo(account, video.videoId)) top.push(video)
    if (top.length === MAX_TOP) break
  }
  return top
}
