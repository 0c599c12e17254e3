/** The event of reviews by people; that of automated ones stands with what they find. */

import { z } from 'zod'
import { utcSeconds } from '../../../events/definition.js'
import { defineVodEvent } from '../shared/notification/event.js'

export const createAuditComplete = defineVodEvent({
  type: 'CreateAuditComplete',
  when: 'someone has reviewed a medium',
  actions: ['CreateAudit'],
  fields: z.strictObject({
    MediaId: z.string(),
    Status: z.enum(['success', 'fail']),
    CreationTime: utcSeconds(),
    SubType: z.literal('video').default('video'),
    AuditStatus: z.enum(['Normal', 'Blocked']),
    Auditor: z.string().optional(),
    Reason: z.string().optional(),
  }),
})
