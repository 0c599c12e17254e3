/** What automated reviews have found, as a whole (VOD manual 10.2.3, 10.2.4). */

import { z } from 'zod'
import type { Account } from '../../../account/types.js'
import { perSecond } from '../../../actions/action.js'
import { whenKnown } from '../../../actions/promises.js'
import type { Refusal } from '../../../base/errors.js'
import { toUtcSeconds } from '../../../base/times.js'
import { resourceErrors } from '../media-assets/common/errors.js'
import { hasSucceeded, type MediaAudit, type SuccessfulAudit } from '../shared/audit/media-audit.js'
import { resultOf } from '../shared/audit/result-of.js'
import { auditResultSchema } from '../shared/audit/result-schema.js'
import { vod } from '../shared/service/service.js'
import { id } from '../upload/params.js'

const jobInfo = z.object({
  JobId: z.string(),
  MediaId: z.string(),
  Type: z.literal('AIMediaAudit'),
  Status: z.enum(['init', 'processing', 'success', 'fail']),
  /** `0` and `OK` of one that has succeeded; none of one that goes on. */
  Code: whenKnown(z.string()),
  Message: whenKnown(z.string()),
  CreationTime: z.string(),
  CompleteTime: z.string().optional(),
  Data: whenKnown(auditResultSchema),
})

export const getAIMediaAuditJob = vod.action('GetAIMediaAuditJob', {
  summary: 'Answers how far an automated review is, and what it has found.',
  source: 'VOD manual 10.2.3',
  limit: perSecond(20),
  input: () => ({ JobId: id() }),
  output: () => z.object({ MediaAuditJob: jobInfo }),
  errors: resourceErrors,
  run({ input: { JobId }, account, fail }) {
    const audit =
      account.vod.mediaAudits.get(JobId) ??
      fail('NoSuchResource', { param: 'JobId', reason: 'is not the id of an automated review of this account' })
    return { MediaAuditJob: infoOf(account, audit) }
  },
})

function infoOf(account: Account, audit: MediaAudit): z.input<typeof jobInfo> {
  const { jobId, mediaId, createdAt, completedAt, error } = audit
  const info = { JobId: jobId, MediaId: mediaId, Type: 'AIMediaAudit', CreationTime: toUtcSeconds(createdAt) } as const
  if (completedAt === undefined) return { ...info, Status: account.jobs.get(jobId)?.stage === 'init' ? 'init' : 'processing' }
  const ended = { ...info, CompleteTime: toUtcSeconds(completedAt) }
  return hasSucceeded(audit)
    ? { ...ended, Status: 'success', Code: '0', Message: 'OK', Data: resultOf(account, audit) }
    : { ...ended, Status: 'fail', Code: error?.code, Message: error?.message }
}

/** The latest review of a medium that has succeeded; the manual does not say what is answered where there is none. */
export function auditOf(
  { vod: records }: Account,
  mediaId: string,
  fail: (code: 'NoSuchResource', refusal: Refusal) => never,
): SuccessfulAudit {
  if (records.videos.get(mediaId) === undefined && records.images.get(mediaId) === undefined)
    fail('NoSuchResource', { param: 'MediaId', reason: 'is not the id of a video or image of this account' })
  const audit = records.mediaAudits.getBy('succeeded', mediaId)
  if (audit && hasSucceeded(audit)) return audit
  return fail('NoSuchResource', { param: 'MediaId', reason: 'is a medium that no automated review has come to an end of' })
}

export const getMediaAuditResult = vod.action('GetMediaAuditResult', {
  summary: 'Answers what the latest automated review of a video, audio or image has found.',
  source: 'VOD manual 10.2.4',
  limit: perSecond(20),
  input: () => ({ MediaId: id() }),
  output: () => z.object({ MediaAuditResult: auditResultSchema }),
  errors: resourceErrors,
  run: ({ input: { MediaId }, account, fail }) => ({ MediaAuditResult: resultOf(account, auditOf(account, MediaId, fail)) }),
})
