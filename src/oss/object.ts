/** Objects in the emulated OSS: uploads, and what the services have made. */

import { z } from 'zod'
import { timestampSchema } from '../base/time-schemas.js'
import { Content } from '../bytes/content.js'
import { type Tags, tagsSchema } from './tags.js'

/** How many objects one record can stand for: their numbers have five digits. */
export const MAX_COPIES = 99_999

export const objectSchema = z.object({
  bucket: z.string(),
  /** Name of the object, not percent-encoded. */
  key: z.string(),
  contentType: z.string(),
  /** How it came to be: in one piece, by appending, or in parts. */
  type: z.enum(['Normal', 'Appendable', 'Multipart']),
  /** Bytes. */
  size: z.int(),
  /** Upper-case hex, without quotes: the MD5 of an object that came in one piece, else a value of its own. */
  etag: z.string(),
  /** CRC-64 (ECMA-182) of the content, as a decimal number. */
  crc64: z.string(),
  /** Headers that are kept with it and sent along with it, by lower-case name: `cache-control`, `x-oss-meta-author`, … */
  headers: z.record(z.string(), z.string()),
  /** True if it can be read without a signature (the ACL `public-read`). */
  publicRead: z.boolean().optional(),
  tags: tagsSchema.optional(),
  /** The client that has uploaded it: what it calls itself, and its IP address where it is known. */
  uploader: z.object({ client: z.string().optional(), address: z.string().optional() }).optional(),
  content: z.instanceof(Content),
  /** How many objects of this content the record stands for, if it is more than this one: see copies.ts. */
  copies: z.int().min(2).max(MAX_COPIES).optional(),
  /** Of a sample that stands for what a service would have made: what that file would be. Pixels, seconds, number of frames. */
  mediaInfo: z.object({ width: z.number(), height: z.number(), duration: z.number(), frames: z.number() }).optional(),
  /** Milliseconds since 1970 on the account's clock. */
  modifiedAt: timestampSchema,
  /** When it is forgotten, of a result; milliseconds since 1970 on the account's clock. */
  expiresAt: timestampSchema.optional(),
})

/** An object of a bucket. */
export type StoredObject = z.output<typeof objectSchema>

/** `bucket/key`, by which an object is found. */
export const objectKey = ({ bucket, key }: Pick<StoredObject, 'bucket' | 'key'>): string => `${bucket}/${key}`

/** What an object has beside its content. */
export interface Attributes {
  contentType: string
  /** Headers that are kept, by lower-case name. */
  headers: Readonly<Record<string, string>>
  /** True if the object can be read without a signature. */
  publicRead?: boolean | undefined
  tags?: Tags | undefined
  uploader?: StoredObject['uploader']
}
