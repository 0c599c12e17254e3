/** Reviews by people (VOD manual 10.3). */

import { z } from 'zod'
import type { Account } from '../../../account/types.js'
import { perSecond } from '../../../actions/action.js'
import { toUtcSeconds } from '../../../base/times.js'
import { long } from '../../../params/scalars.js'
import { jsonList } from '../../../params/structures.js'
import { change } from '../media-assets/common/changes.js'
import { videoErrors, videoNamed } from '../media-assets/common/errors.js'
import { creationOrder } from '../media-assets/common/paging.js'
import { decide } from '../shared/audit/verdict.js'
import { newId } from '../shared/media/new-id.js'
import type { Video } from '../shared/media/video.js'
import { recipientOf } from '../shared/notification/recipient.js'
import { forgetOldest } from '../shared/service/forget-oldest.js'
import { vod } from '../shared/service/service.js'
import { bytes } from '../upload/metadata.js'
import { id } from '../upload/params.js'
import { createAuditComplete } from './events.js'

/** Videos that one call may review. */
const MAX_VIDEOS = 20

const auditSchema = z
  .object({
    VideoId: z.string().min(1).max(64),
    Status: z.enum(['Blocked', 'Normal']),
    Reason: change(bytes(128)),
    Comment: change(bytes(512)),
  })
  .refine(({ Status, Reason }) => Status === 'Normal' || Boolean(Reason), {
    message: 'must be given where Status is Blocked',
    path: ['Reason'],
  })

export const createAudit = vod.action('CreateAudit', {
  summary: 'Puts down how somebody has reviewed up to 20 videos and audios: blocks them, or has them play.',
  source: 'VOD manual 10.3.1',
  limit: perSecond(100),
  input: () => ({ AuditContent: jsonList(auditSchema, { maxItems: MAX_VIDEOS }) }),
  output: () => z.object({}),
  errors: videoErrors,
  run({ input: { AuditContent }, account, key, fail }) {
    // The answer has no room for those that are missing: they are passed over, as long as there are others.
    const there = AuditContent.filter(({ VideoId }) => canBeReviewed(account.vod.videos.get(VideoId)))
    if (there.length === 0)
      fail('InvalidVideo.NotFound', { param: 'AuditContent', reason: 'holds no id of a video of this account whose file has arrived' })
    for (const audit of there) putDown(account, key.identity.name, audit)
    return {}
  },
})

const canBeReviewed = (video: Video | undefined): boolean => video !== undefined && video.sourceStatus !== 'Uploading'

function putDown(account: Account, auditor: string, { VideoId, Status, Reason = '', Comment = '' }: z.output<typeof auditSchema>): void {
  const { vod, clock, events } = account
  const createdAt = clock.now()
  vod.manualAudits.put({ auditId: newId(account), videoId: VideoId, status: Status, reason: Reason, comment: Comment, auditor, createdAt })
  forgetOldest(vod.manualAudits)
  const video = decide(account, VideoId, { status: Status, by: 'person' })
  if (video === undefined) return
  const said = { MediaId: VideoId, AuditStatus: Status, Auditor: auditor, ...(Reason && { Reason }) }
  events.notify(createAuditComplete, { Status: 'success', CreationTime: toUtcSeconds(createdAt), ...said }, recipientOf(video))
}

const status = z.enum(['Normal', 'Blocked'])

export const getAuditHistory = vod.action('GetAuditHistory', {
  summary: 'Lists how people have reviewed a video or audio.',
  source: 'VOD manual 10.3.2',
  limit: perSecond(100),
  input: () => ({
    VideoId: id(),
    PageNo: long({ min: 1 }).default(1),
    PageSize: long({ min: 1, max: 100 }).default(10),
    SortBy: creationOrder(),
  }),
  output: () =>
    z.object({
      /** Of the latest review; of a video that nobody has reviewed, what nothing speaks against. */
      Status: status,
      Total: z.number(),
      Histories: z.array(
        z.object({ Status: status, CreationTime: z.string(), Reason: z.string(), Comment: z.string(), Auditor: z.string() }),
      ),
    }),
  errors: videoErrors,
  run({ input: { VideoId, PageNo, PageSize, SortBy }, account, fail }) {
    videoNamed(account, VideoId, fail)
    const { manualAudits } = account.vod
    const { total, rows } = manualAudits.list({
      by: { video: VideoId },
      descending: SortBy === 'CreationTime:Desc',
      skip: (PageNo - 1) * PageSize,
      take: PageSize,
    })
    return {
      Status: manualAudits.getBy('video', VideoId)?.status ?? 'Normal',
      Total: total,
      Histories: rows.map(({ status: Status, createdAt, reason, comment, auditor }) => ({
        Status,
        CreationTime: toUtcSeconds(createdAt),
        Reason: reason,
        Comment: comment,
        Auditor: auditor,
      })),
    }
  },
})
