/** The event of automated reviews. */

import { z } from 'zod'
import { parseJson } from '../../../../params/structures.js'
import { aiJob } from '../notification/ai-job.js'
import { defineVodEvent } from '../notification/event.js'
import { type AuditResult, auditResultSchema } from './result-schema.js'

/** Who lets the event happen may have the result as JSON text, as Actions answer it. */
const result = z.preprocess((given) => (typeof given === 'string' ? parseJson(given) : given), auditResultSchema) as z.ZodType<
  z.output<typeof auditResultSchema>,
  AuditResult | string
>

export const aiMediaAuditComplete = defineVodEvent({
  type: 'AIMediaAuditComplete',
  when: 'an automated review has ended',
  // The guide does not say whether reviews of images are told of, too.
  actions: ['SubmitAIMediaAuditJob', 'SubmitAIImageAuditJob'],
  fields: aiJob(result),
  switch: 'AIComplete',
})
