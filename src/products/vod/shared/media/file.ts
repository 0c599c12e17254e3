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

/** What the segments of a playlist begin with that is uploaded to a place of the service's own: the folder that it alone has. `undefined` of other files. */
export const segmentsPrefix = ({ key }: Pick<File, 'key'>): string | undefined =>
  key.endsWith('.m3u8') ? /^(sv\/([0-9a-f-]+)\/)\2\.m3u8$/.exec(key)?.[1] : undefined

/** The playlist in whose folder a file is, if it is a segment that was uploaded with one: see {@link segmentsPrefix}. */
export function playlistOf({ bucket, key }: File): File | undefined {
  const folder = /^sv\/([0-9a-f-]+)\//.exec(key)
  return folder ? { bucket, key: `${folder[0]}${folder[1]}.m3u8` } : undefined
}

/** Name of a file without the folders before it. */
export const baseName = ({ key }: File): string => key.slice(key.lastIndexOf('/') + 1)

/** Name that the file of a medium had at the uploader's, or that the service has given it. */
export const originalName = ({ fileName, file }: { fileName?: string | undefined; file: File }): string => fileName ?? baseName(file)
