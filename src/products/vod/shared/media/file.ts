/** Where a medium's bytes are. */

import { z } from 'zod'

export const fileSchema = z.object({
  bucket: z.string(),
  /** Name of the object, not percent-encoded. */
  key: z.string(),
})

/** A place in a bucket. */
export type File = z.output<typeof fileSchema>

/** `bucket/key`, by which the medium of an object is found. */
export const filePath = ({ bucket, key }: File): string => `${bucket}/${key}`
