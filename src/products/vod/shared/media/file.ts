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

/** Name of a file without the folders before it. */
export const baseName = ({ key }: File): string => key.slice(key.lastIndexOf('/') + 1)

/** Name that the file of a medium had at the uploader's, or that the service has given it. */
export const originalName = ({ fileName, file }: { fileName?: string | undefined; file: File }): string => fileName ?? baseName(file)
