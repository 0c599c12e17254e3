/** Objects in the emulated OSS: where results are downloaded from. */

import { z } from 'zod'
import { sampleBytes } from '../fixtures.js'

export const objectSchema = z.object({
  bucket: z.string(),
  /** Name of the object, not percent-encoded. */
  key: z.string(),
  contentType: z.string(),
  /** Its content: bytes, or the name of a sample in fixtures/media. */
  content: z.union([z.instanceof(Uint8Array), z.string()]),
  /** Milliseconds since 1970 on the account's clock. */
  createdAt: z.number(),
})

/** An object of a bucket. */
export type StoredObject = z.output<typeof objectSchema>

/** `bucket/key`, by which an object is found. */
export const objectKey = ({ bucket, key }: Pick<StoredObject, 'bucket' | 'key'>): string => `${bucket}/${key}`

/** Bytes of an object. */
export const contentOf = ({ content }: Pick<StoredObject, 'content'>): Uint8Array =>
  typeof content === 'string' ? sampleBytes(content) : content
