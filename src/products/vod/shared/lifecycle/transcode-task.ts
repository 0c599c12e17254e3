/** Transcoding tasks: the jobs that one upload, or one call, has started for a video. */

import { z } from 'zod'
import { timestampSchema } from '../../../../base/time-schemas.js'

export const transcodeTaskSchema = z.object({
  taskId: z.string(),
  videoId: z.string(),
  /** Started by an upload, or by a call. */
  trigger: z.enum(['Auto', 'Manual']),
  templateGroupId: z.string(),
  jobs: z.array(
    z.object({
      jobId: z.string(),
      templateId: z.string(),
      status: z.enum(['Transcoding', 'TranscodeSuccess', 'TranscodeFail']),
      errorCode: z.string().optional(),
      errorMessage: z.string().optional(),
    }),
  ),
  /** Milliseconds since 1970 on the account's clock, as all instants here. */
  createdAt: timestampSchema,
  completedAt: timestampSchema.optional(),
})

/** See {@link transcodeTaskSchema}. */
export type TranscodeTask = z.output<typeof transcodeTaskSchema>
