/** Recordings of live streams (VOD manual 12.1). */

import { z } from 'zod'
import type { Account } from '../../../account/types.js'
import { perSecond } from '../../../actions/action.js'
import type { ErrorTable } from '../../../base/errors.js'
import { toUtcSeconds } from '../../../base/times.js'
import { integer, text, utcTime } from '../../../params/scalars.js'
import { creationOrder } from '../media-assets/common/paging.js'
import { checkTimeRange, isWithin } from '../media-assets/common/times.js'
import { infoOf, snapshotUrls, videoInfo } from '../media-assets/videos/info.js'
import type { Video } from '../shared/media/video.js'
import { vod } from '../shared/service/service.js'

/** No page leads beyond this many of the videos that match. */
const MAX_LISTED = 5000

/** The manual prints the table of SetAuditSecurityIp here. */
const faultOnly = 'Speaks of IP addresses, of which this Action has none: the manual has the table from SetAuditSecurityIp.'

const errors = {
  IpsIsEmpty: { status: 400, message: 'The specified "Ips" can not be empty.', faultOnly },
  IpsExceededMax: { status: 403, message: 'The specified Ips count has exceeded 100.', faultOnly },
  SecurityIpGroupExceededMax: { status: 403, message: 'The audit security group count has exceeded 10.', faultOnly },
} as const satisfies ErrorTable

const recordedVideo = videoInfo.omit({ StorageLocation: true, AppId: true, UserData: true, ModificationTime: true }).extend({
  /** Called ModificationTime everywhere else. */
  ModifyTime: z.string(),
  TemplateGroupId: z.string().optional(),
  Snapshots: z.object({ Snapshot: z.array(z.string()) }),
})

const recordedVideoOf = (account: Account, video: Video): z.input<typeof recordedVideo> => {
  const { StorageLocation: _location, AppId: _app, UserData: _data, ModificationTime: ModifyTime, ...info } = infoOf(account, video)
  return { ...info, ModifyTime, TemplateGroupId: video.templateGroupId, Snapshots: { Snapshot: snapshotUrls(account, video) } }
}

export const listLiveRecordVideo = vod.action('ListLiveRecordVideo', {
  summary: 'Lists the videos that were recorded of live streams, by stream and time of the recording, a page at a time.',
  source: 'VOD manual 12.1',
  limit: perSecond(50),
  input: () => ({
    StreamName: text({ maxLength: 256, ownLimit: true }).optional(),
    DomainName: text({ maxLength: 256, ownLimit: true }).optional(),
    AppName: text({ maxLength: 256, ownLimit: true }).optional(),
    PageNo: integer({ min: 1 }).default(1),
    PageSize: integer({ min: 1, max: 100 }).default(10),
    SortBy: creationOrder(),
    StartTime: utcTime().optional(),
    EndTime: utcTime().optional(),
  }),
  output: () =>
    z.object({
      /** How many match, on all pages. */
      Total: z.number(),
      LiveRecordVideoList: z.object({
        LiveRecordVideo: z.array(
          z.object({
            StreamName: z.string(),
            DomainName: z.string(),
            AppName: z.string(),
            PlaylistId: z.string(),
            RecordStartTime: z.string(),
            RecordEndTime: z.string(),
            Video: recordedVideo,
          }),
        ),
      }),
    }),
  errors,
  run({ input, account, fail }) {
    const { StreamName, DomainName, AppName, PageNo, PageSize } = input
    checkTimeRange(input, fail)
    const within = isWithin(input)
    const domainName = DomainName?.toLowerCase()
    const skip = (PageNo - 1) * PageSize
    const { total, rows } = account.vod.videos.list({
      by: { mediaSource: 'live' },
      where: ({ liveRecording }) =>
        liveRecording !== undefined &&
        (StreamName === undefined || liveRecording.streamName === StreamName) &&
        (domainName === undefined || liveRecording.domainName === domainName) &&
        (AppName === undefined || liveRecording.appName === AppName) &&
        // When the recording was begun.
        within(liveRecording.startedAt),
      orderBy: ({ createdAt }) => createdAt,
      descending: input.SortBy === 'CreationTime:Desc',
      skip,
      take: Math.max(0, Math.min(PageSize, MAX_LISTED - skip)),
    })
    return { Total: total, LiveRecordVideoList: { LiveRecordVideo: rows.flatMap((video) => rowOf(account, video)) } }
  },
})

function rowOf(account: Account, video: Video) {
  const { liveRecording } = video
  if (liveRecording === undefined) return []
  return [
    {
      StreamName: liveRecording.streamName,
      DomainName: liveRecording.domainName,
      AppName: liveRecording.appName,
      PlaylistId: liveRecording.playlistId,
      RecordStartTime: toUtcSeconds(liveRecording.startedAt),
      RecordEndTime: toUtcSeconds(liveRecording.endedAt),
      Video: recordedVideoOf(account, video),
    },
  ]
}
