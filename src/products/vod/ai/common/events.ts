/** Events of the AI jobs, but for reviews. */

import { jsonText } from '../../../../events/definition.js'
import { aiJob } from '../../shared/notification/ai-job.js'
import { defineVodEvent } from '../../shared/notification/event.js'
import { dnaResultSchema, tagResultSchema } from './results.js'

export const aiMediaDNAComplete = defineVodEvent({
  type: 'AIMediaDNAComplete',
  when: 'a video fingerprint job has ended',
  actions: ['SubmitAIJob'],
  fields: aiJob(jsonText(dnaResultSchema)),
  switch: 'AIComplete',
})

export const aiVideoTagComplete = defineVodEvent({
  type: 'AIVideoTagComplete',
  when: 'a smart tag job has ended',
  actions: ['SubmitAIJob'],
  fields: aiJob(jsonText(tagResultSchema)),
  switch: 'AIComplete',
})
