/** Events of the AI jobs, but for reviews. */

import { z } from 'zod'
import { jsonText } from '../../../events/definition.js'
import { aiJob } from '../shared/notification/ai-job.js'
import { defineVodEvent } from '../shared/notification/event.js'

/** Where in a video, in seconds as text. */
const span = z.strictObject({ Start: z.string(), Duration: z.string() })

const dnaResult = z.strictObject({
  VideoDNA: z
    .array(
      z.strictObject({
        /** Id of the video that it resembles. */
        PrimaryKey: z.string(),
        Similarity: z.string(),
        Detail: z.array(z.strictObject({ Input: span, Duplication: span })),
      }),
    )
    .optional(),
})

/** Tags with the milliseconds at which they were seen or heard, as text. */
const tags = z.array(z.strictObject({ Tag: z.string(), Times: z.array(z.string()).optional(), FaceUrl: z.string().optional() })).optional()

const speech = z.strictObject({
  StartTime: z.int(),
  EndTime: z.int(),
  Text: z.string(),
  ChannelId: z.int(),
  /** Words a minute. */
  SpeechRate: z.int(),
})

const tagResult = z.strictObject({
  Person: tags,
  Time: tags,
  Location: tags,
  Keyword: tags,
  Category: tags,
  OrigASRData: z.array(z.strictObject({ Duration: z.string(), AsrTextList: z.array(speech).optional() })).optional(),
})

export const aiMediaDNAComplete = defineVodEvent({
  type: 'AIMediaDNAComplete',
  when: 'a video fingerprint job has ended',
  actions: ['SubmitAIJob'],
  fields: aiJob(jsonText(dnaResult)),
  switch: 'AIComplete',
})

export const aiVideoTagComplete = defineVodEvent({
  type: 'AIVideoTagComplete',
  when: 'a smart tag job has ended',
  actions: ['SubmitAIJob'],
  fields: aiJob(jsonText(tagResult)),
  switch: 'AIComplete',
})
