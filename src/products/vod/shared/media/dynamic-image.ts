/** Animated images made of videos. */

import { z } from 'zod'
import { timestampSchema } from '../../../../base/time-schemas.js'
import { fileSchema } from './file.js'

export const dynamicImageSchema = z.object({
  dynamicImageId: z.string(),
  /** The video that it was made of. */
  videoId: z.string(),
  /** Job that has made it. */
  jobId: z.string(),
  format: z.enum(['gif', 'webp']),
  file: fileSchema,
  /** Bytes. */
  size: z.int(),
  /** Pixels. */
  width: z.int(),
  height: z.int(),
  /** Frames per second. */
  fps: z.number(),
  /** Seconds. */
  duration: z.number(),
  /** Milliseconds since 1970 on the account's clock. */
  createdAt: timestampSchema,
})

/** See {@link dynamicImageSchema}. */
export type DynamicImage = z.output<typeof dynamicImageSchema>
