/** What is told of animated images. */

import { z } from 'zod'
import { jsonText, numeral, outcome } from '../../../../events/definition.js'
import { defineVodEvent } from '../../shared/notification/event.js'

const dynamicImage = z.strictObject({
  /** Bytes. */
  FileSize: numeral(),
  FileURL: z.string(),
  Fps: numeral(),
  Height: numeral(),
  JobId: z.string(),
  Status: z.literal('success').default('success'),
  Width: numeral(),
})

export const dynamicImageComplete = defineVodEvent({
  type: 'DynamicImageComplete',
  when: 'an animated image has been made of a video',
  actions: ['SubmitDynamicImageJob', 'SubmitWorkflowJob'],
  fields: outcome({ VideoId: z.string(), JobId: z.string() }, { DynamicImageJobInfo: jsonText(dynamicImage) }),
})
