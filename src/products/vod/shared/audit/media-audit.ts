/** Automated reviews of media, as their jobs have left them. */

import { z } from 'zod'
import { findingsSchema } from '../../../../assets/findings.js'
import { timestampSchema } from '../../../../base/time-schemas.js'
import { appOfMedium } from '../apps/rule.js'
import { userDataSchema } from '../media/user-data.js'
import { auditConfigSchema } from '../templates/ai-template.js'

/** What was reviewed, as it was at the end of the job. */
const subjectSchema = z.object({
  /** Title of a video. */
  title: z.string().optional(),
  /** Address of the cover of a video, or of an image. */
  imageUrl: z.string().optional(),
  /** Seconds; of a video with pictures. */
  pictures: z.number().optional(),
  /** Whether something can be heard. */
  sound: z.boolean(),
})

/** See {@link subjectSchema}. */
export type AuditSubject = z.output<typeof subjectSchema>

export const mediaAuditSchema = z.object({
  jobId: z.string(),
  /** Id of the video or image. */
  mediaId: z.string(),
  templateId: z.string(),
  /** The configuration of the template when the job was submitted. */
  config: auditConfigSchema,
  /** What the job was given: its event hands it back. */
  userData: userDataSchema.optional(),
  /** Milliseconds since 1970 on the account's clock, as all instants here. */
  createdAt: timestampSchema,
  completedAt: timestampSchema.optional(),
  /** Why it failed, if it did. */
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  /** What was reviewed, and what was found; once it has succeeded. */
  result: z.object({ subject: subjectSchema, findings: findingsSchema }).optional(),
})

/** See {@link mediaAuditSchema}. */
export type MediaAudit = z.output<typeof mediaAuditSchema>

/** A review that has succeeded. */
export type SuccessfulAudit = MediaAudit & Required<Pick<MediaAudit, 'completedAt' | 'result'>>

/** True for a review that has succeeded. */
export const hasSucceeded = (audit: MediaAudit): audit is SuccessfulAudit => audit.completedAt !== undefined && audit.result !== undefined

/** The records of automated reviews: `account.vod.mediaAudits`. */
export const mediaAuditRecords = {
  name: 'vod.mediaAudits',
  schema: mediaAuditSchema,
  keyOf: ({ jobId }: MediaAudit) => jobId,
  app: appOfMedium,
  indexes: {
    state: ({ completedAt }: MediaAudit) => (completedAt === undefined ? undefined : 'finished'),
    /** Those that have succeeded, by the medium. */
    succeeded: (audit: MediaAudit) => (hasSucceeded(audit) ? audit.mediaId : undefined),
  },
}
