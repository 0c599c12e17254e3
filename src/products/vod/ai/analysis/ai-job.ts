/** Jobs that find out what a video resembles, or what is in it. */

import { z } from 'zod'
import { timestampSchema } from '../../../../base/time-schemas.js'
import { userDataSchema } from '../../shared/media/user-data.js'
import { stateOf } from '../../shared/records.js'
import { dnaResultSchema, tagResultSchema } from '../common/results.js'

/** What a job looks for: a fingerprint and what is like it, or tags. */
export const aiJobTypes = ['AIMediaDNA', 'AIVideoTag'] as const

/** What tags can be made of. */
export const analyseTypes = ['Face', 'ASR', 'OCR', 'Category', 'Annotation'] as const

export const aiJobSchema = z.object({
  jobId: z.string(),
  type: z.enum(aiJobTypes),
  videoId: z.string(),
  /** Of tags only. */
  analyseTypes: z.array(z.enum(analyseTypes)).optional(),
  /** Whether what was said is answered as well; of tags only. */
  withSpeech: z.boolean().optional(),
  userData: userDataSchema.optional(),
  /** What came of it, if it succeeded. */
  dna: dnaResultSchema.optional(),
  tags: tagResultSchema.optional(),
  /** Why it failed. */
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  /** Milliseconds since 1970 on the account's clock, as all instants here. */
  createdAt: timestampSchema,
  completedAt: timestampSchema.optional(),
})

/** See {@link aiJobSchema}. */
export type AIJob = z.output<typeof aiJobSchema>

/** Finds the jobs of one type that have succeeded for a video. */
export const successKey = (videoId: string, type: AIJob['type']): string => `${videoId} ${type}`

export const aiJobRecords = {
  name: 'vod.aiJobs',
  schema: aiJobSchema,
  keyOf: ({ jobId }: AIJob) => jobId,
  indexes: {
    state: stateOf,
    success: ({ videoId, type, dna, tags }: AIJob) => (dna !== undefined || tags !== undefined ? successKey(videoId, type) : undefined),
  },
}
