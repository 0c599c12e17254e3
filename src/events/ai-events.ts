/** Events of the AI jobs; EventTypeList turns them on together, as AIComplete. */

import { z } from 'zod'
import { defineEvent, jsonText, outcome } from './definition.js'

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

/** Fields of an AI job; Code and Message are `0` and `OK` where nothing went wrong. */
const aiJob = <Data extends z.ZodType>(Data: Data) =>
  outcome(
    { JobId: z.string(), MediaId: z.string() },
    { Code: z.string().default('0'), Message: z.string().default('OK'), Data },
    { Code: z.string(), Message: z.string() },
  )

export const aiMediaAuditComplete = defineEvent({
  when: 'an automated review has ended',
  actions: ['SubmitAIMediaAuditJob'],
  fields: aiJob(auditResult),
  switch: 'AIComplete',
})

export const aiMediaDNAComplete = defineEvent({
  when: 'a video fingerprint job has ended',
  actions: ['SubmitAIJob'],
  fields: aiJob(jsonText(dnaResult)),
  switch: 'AIComplete',
})

export const aiVideoTagComplete = defineEvent({
  when: 'a smart tag job has ended',
  actions: ['SubmitAIJob'],
  fields: aiJob(jsonText(tagResult)),
  switch: 'AIComplete',
})
