/** What AI jobs find out, as the service writes it (VOD manual, appendix "AIMediaDNAResult", "AIVideoTagResult"). */

import { z } from 'zod'

/** Where in a video, in seconds as text. */
const spanSchema = z.strictObject({ Start: z.string(), Duration: z.string() })

const videoDNASchema = z.strictObject({
  /** Id of the video that it resembles. */
  PrimaryKey: z.string(),
  /** From 0 to 1, which is fully alike, as text. */
  Similarity: z.string(),
  /** Which parts are alike: of the video itself, and of the one that it resembles. */
  Detail: z.array(z.strictObject({ Input: spanSchema, Duplication: spanSchema })),
})

/** A video that another one resembles. */
export type VideoDNA = z.output<typeof videoDNASchema>

export const dnaResultSchema = z.strictObject({ VideoDNA: z.array(videoDNASchema).optional() })

/** The videos that a video resembles. */
export type DNAResult = z.output<typeof dnaResultSchema>

/** Tags with the milliseconds at which they were seen or heard, as text; categories have none. */
const tagsSchema = z
  .array(z.strictObject({ Tag: z.string(), Times: z.array(z.string()).optional(), FaceUrl: z.string().optional() }))
  .optional()

const sentenceSchema = z.strictObject({
  /** Milliseconds. */
  StartTime: z.int(),
  EndTime: z.int(),
  Text: z.string(),
  ChannelId: z.int(),
  /** Words a minute. */
  SpeechRate: z.int(),
})

const speechSchema = z.strictObject({
  /** Milliseconds as text. */
  Duration: z.string(),
  AsrTextList: z.array(sentenceSchema).optional(),
})

export const tagResultSchema = z.strictObject({
  Person: tagsSchema,
  Time: tagsSchema,
  Location: tagsSchema,
  Keyword: tagsSchema,
  Category: tagsSchema,
  /** What was said. The manual's table has it as an array, its sample of ListAIJob as the one object; here it is an array, as events have it. */
  OrigASRData: z.array(speechSchema).optional(),
})

/** The tags of a video, by kind. */
export type TagResult = z.output<typeof tagResultSchema>
