/** Smart covers: pictures that AI takes from a video, each with a score. */

import { z } from 'zod'
import { timestampSchema } from '../../../../base/time-schemas.js'
import { appOfVideo } from '../../shared/apps/rule.js'
import { fileSchema } from '../../shared/media/file.js'
import { userDataSchema } from '../../shared/media/user-data.js'
import { stateOf } from '../../shared/records.js'
import { smartCoverConfigSchema } from '../../shared/templates/ai-template.js'

const pictureSchema = z.object({
  file: fileSchema,
  /** The higher the better. */
  score: z.number(),
})

/** A picture as its job has made it. */
export type Picture = z.output<typeof pictureSchema>

export const aiImageJobSchema = z.object({
  jobId: z.string(),
  videoId: z.string(),
  templateId: z.string(),
  /** The template's configuration at submission. */
  config: smartCoverConfigSchema,
  userData: userDataSchema.optional(),
  /** What it has made, if it succeeded; the best first. */
  pictures: z.array(pictureSchema).optional(),
  /** Why it failed. */
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  /** Milliseconds since 1970 on the account's clock, as all instants here. */
  createdAt: timestampSchema,
  completedAt: timestampSchema.optional(),
})

/** A job that takes smart covers from a video. */
export type AIImageJob = z.output<typeof aiImageJobSchema>

export const aiImageSchema = pictureSchema.extend({
  aiImageInfoId: z.string(),
  videoId: z.string(),
  /** Job that has made it. */
  jobId: z.string(),
  format: z.enum(['gif', 'png']),
  /** The same for all pictures of one job. */
  version: z.string(),
  createdAt: timestampSchema,
})

/** See {@link aiImageSchema}. */
export type AIImage = z.output<typeof aiImageSchema>

export const aiImageRecords = {
  aiImageJobs: {
    name: 'vod.aiImageJobs',
    schema: aiImageJobSchema,
    keyOf: ({ jobId }: AIImageJob) => jobId,
    app: appOfVideo,
    indexes: { state: stateOf },
  },
  aiImages: {
    name: 'vod.aiImages',
    schema: aiImageSchema,
    keyOf: ({ aiImageInfoId }: AIImage) => aiImageInfoId,
    app: appOfVideo,
    indexes: { video: ({ videoId }: AIImage) => videoId },
  },
}
