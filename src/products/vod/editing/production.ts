/** Productions: the making of one video from a timeline. */

import { z } from 'zod'
import { timestampSchema } from '../../../base/time-schemas.js'

export const productionSchema = z.object({
  /** Job that makes the video. */
  jobId: z.string(),
  projectId: z.string(),
  /** The video that it becomes. */
  videoId: z.string(),
  /** JSON, as it was when the production was submitted: what is saved later counts for the next one. */
  timeline: z.string(),
  /** Pixels that were asked for. */
  width: z.int().optional(),
  height: z.int().optional(),
  /** Milliseconds since 1970 on the account's clock. */
  createdAt: timestampSchema,
})

/** A video that is being made. It is forgotten once its job has ended. */
export type Production = z.output<typeof productionSchema>
