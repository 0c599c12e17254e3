/** Videos by status, category, time and storage (VOD manual 7.3.3). */

import { z } from 'zod'
import { perSecond } from '../../../../actions/action.js'
import { integer, long, oneOf, utcTime } from '../../../../params/scalars.js'
import { csv } from '../../../../params/structures.js'
import { videoStatuses } from '../../shared/media/video.js'
import { vod } from '../../shared/service/service.js'
import { storageLocation } from '../../upload/params.js'
import { videoErrors } from '../common/errors.js'
import { creationOrder } from '../common/paging.js'
import { checkTimeRange, isWithin } from '../common/times.js'
import { infoOf, snapshotUrls, videoInfo } from './info.js'

/** No page leads beyond this many of the videos that match. */
const MAX_LISTED = 5000

export const getVideoList = vod.action('GetVideoList', {
  summary: 'Lists videos and audios by status, category, time of creation and storage, a page at a time.',
  source: 'VOD manual 7.3.3',
  limit: perSecond(100),
  input: () => ({
    CateId: long().optional(),
    Status: csv(oneOf(videoStatuses)).optional(),
    PageNo: integer({ min: 1 }).default(1),
    PageSize: integer({ min: 1, max: 100 }).default(10),
    SortBy: creationOrder(),
    StartTime: utcTime().optional(),
    EndTime: utcTime().optional(),
    StorageLocation: storageLocation().optional(),
  }),
  output: () =>
    z.object({
      /** How many match, on all pages. */
      Total: z.number(),
      VideoList: z.object({ Video: z.array(videoInfo.extend({ Snapshots: z.object({ Snapshot: z.array(z.string()) }) })) }),
    }),
  errors: {
    VideoListExceededMax: { status: 400, message: 'The video list exceeded maximum.' },
    ...videoErrors,
  },
  run({ input, account, fail }) {
    const { CateId, Status, PageNo, PageSize, StartTime, EndTime, StorageLocation } = input
    checkTimeRange(input, fail)
    const skip = (PageNo - 1) * PageSize
    if (skip >= MAX_LISTED)
      fail('VideoListExceededMax', {
        reason: `the page begins behind ${skip} videos, and only the first ${MAX_LISTED} can be listed; SearchMedia reaches all, and StartTime and EndTime divide them`,
      })
    const within = isWithin(input)
    const { total, rows } = account.vod.videos.list({
      by: { category: CateId === undefined ? undefined : String(CateId), status: Status, storage: StorageLocation?.toLowerCase() },
      ...((StartTime !== undefined || EndTime !== undefined) && { where: ({ createdAt }) => within(createdAt) }),
      orderBy: ({ createdAt }) => createdAt,
      descending: input.SortBy === 'CreationTime:Desc',
      skip,
      take: Math.min(PageSize, MAX_LISTED - skip),
    })
    // The one way in which the row of the manual can be meant: the Action names no video.
    if (total === 0) fail('InvalidVideo.NotFound', { reason: 'no video of the account matches' })
    return {
      Total: total,
      VideoList: {
        Video: rows.map((video) => Object.assign(infoOf(account, video), { Snapshots: { Snapshot: snapshotUrls(account, video) } })),
      },
    }
  },
})
