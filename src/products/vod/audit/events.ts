/** Events of reviews, by people and by machines. */

import { z } from 'zod'
import { utcSeconds } from '../../../events/definition.js'
import { aiJob } from '../shared/notification/ai-job.js'
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

const suggestion = z.enum(['block', 'review', 'pass'])

/** A score from 0 to 100, as text. */
const score = z.string()

const porn = z.enum(['porn', 'sexy', 'normal'])
const terrorism = z.enum(['terrorism', 'outfit', 'logo', 'weapon', 'politics', 'others', 'normal'])

/** What one scene was found in a video. */
const sceneResult = <Label extends z.ZodType>(label: Label) =>
  z.strictObject({
    Suggestion: suggestion,
    Label: label,
    MaxScore: score,
    AverageScore: score,
    CounterList: z.array(z.strictObject({ Label: label, Count: z.int() })),
    /** The pictures with the highest scores, ten at most; Timestamp in milliseconds. */
    TopList: z.array(z.strictObject({ Label: label, Score: score, Timestamp: z.string(), Url: z.string() })).max(10),
  })

const imageResult = z.strictObject({
  Suggestion: suggestion,
  Label: z.string(),
  Type: z.literal('cover').default('cover'),
  Url: z.string(),
  Result: z.array(
    z.discriminatedUnion('Scene', [
      z.strictObject({ Suggestion: suggestion, Score: score, Label: porn, Scene: z.literal('porn') }),
      z.strictObject({ Suggestion: suggestion, Score: score, Label: terrorism, Scene: z.literal('terrorism') }),
    ]),
  ),
})

const textResult = z.strictObject({
  Suggestion: suggestion,
  Label: z.enum(['spam', 'ad', 'abuse', 'flood', 'contraband', 'meaningless', 'normal']),
  Score: score,
  Scene: z.literal('antispam').default('antispam'),
  Type: z.literal('title').default('title'),
  Content: z.string().optional(),
})

/** Labels are separated by commas where a result has several. */
const auditResult = z.strictObject({
  Suggestion: suggestion,
  AbnormalModules: z.string().optional(),
  Label: z.string(),
  VideoResult: z
    .strictObject({
      Suggestion: suggestion,
      Label: z.string(),
      TerrorismResult: sceneResult(terrorism).optional(),
      PornResult: sceneResult(porn).optional(),
    })
    .optional(),
  ImageResult: z.array(imageResult).optional(),
  TextResult: z.array(textResult).optional(),
})

export const aiMediaAuditComplete = defineVodEvent({
  type: 'AIMediaAuditComplete',
  when: 'an automated review has ended',
  actions: ['SubmitAIMediaAuditJob'],
  fields: aiJob(auditResult),
  switch: 'AIComplete',
})
