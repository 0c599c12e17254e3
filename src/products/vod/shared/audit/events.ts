/** The event of automated reviews. */

import { aiJob } from '../notification/ai-job.js'
import { defineVodEvent } from '../notification/event.js'
import { auditResultSchema } from './result-schema.js'

export const aiMediaAuditComplete = defineVodEvent({
  type: 'AIMediaAuditComplete',
  when: 'an automated review has ended',
  // The guide does not say whether reviews of images are told of, too.
  actions: ['SubmitAIMediaAuditJob', 'SubmitAIImageAuditJob'],
  fields: aiJob(auditResultSchema),
  switch: 'AIComplete',
})
