/** Records of reviews by people. */

import { z } from 'zod'
import { timestampSchema } from '../../../base/time-schemas.js'
import { appOfVideo } from '../shared/apps/rule.js'

const manualAuditSchema = z.object({
  auditId: z.string(),
  videoId: z.string(),
  status: z.enum(['Normal', 'Blocked']),
  reason: z.string(),
  comment: z.string(),
  /** Name of who called. */
  auditor: z.string(),
  /** Milliseconds since 1970 on the account's clock. */
  createdAt: timestampSchema,
})

type ManualAudit = z.output<typeof manualAuditSchema>

export const auditRecords = {
  /** Reviews of videos by people, oldest first. */
  manualAudits: {
    name: 'vod.manualAudits',
    schema: manualAuditSchema,
    keyOf: ({ auditId }: ManualAudit) => auditId,
    app: appOfVideo,
    indexes: {
      video: ({ videoId }: ManualAudit) => videoId,
      /** None goes on: the oldest can be forgotten. */
      state: () => 'finished',
    },
  },
}
