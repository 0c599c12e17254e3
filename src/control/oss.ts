/** Routes: what is in the buckets of an account, for who does not sign requests to OSS. */

import { z } from 'zod'
import { declareRoutes, timeSchema } from './route.js'

const objectSchema = z
  .strictObject({
    key: z.string(),
    size: z.int().describe('Bytes.'),
    contentType: z.string(),
    etag: z.string(),
    type: z.enum(['Normal', 'Appendable', 'Multipart']).describe('How it came to be.'),
    modifiedAt: timeSchema,
  })
  .meta({ id: 'ObjectInfo' })

const uploadSchema = z
  .strictObject({
    uploadId: z.string(),
    bucket: z.string(),
    key: z.string(),
    initiatedAt: timeSchema,
    parts: z.array(z.strictObject({ number: z.int(), size: z.int(), modifiedAt: timeSchema })),
  })
  .meta({ id: 'UploadInfo' })

const bucketName = z.string().max(100)

export const ossRoutes = declareRoutes({
  'GET /oss/buckets': {
    chapter: 'oss',
    id: 'listBuckets',
    summary: 'The buckets of the account.',
    answer: z.array(
      z
        .strictObject({ name: z.string(), region: z.string(), createdAt: timeSchema, objects: z.int().describe('How many there are.') })
        .meta({ id: 'BucketInfo' }),
    ),
    pagedBy: 'name',
  },
  'GET /oss/objects': {
    chapter: 'oss',
    id: 'listObjects',
    summary: 'The objects of a bucket, oldest first.',
    query: z.object({
      bucket: bucketName,
      prefix: z.string().max(1023).default('').describe('Only those whose key begins so.'),
    }),
    answer: z.array(objectSchema),
    pagedBy: 'key',
    example: { query: { bucket: 'test-uploads' } },
  },
  'GET /oss/uploads': {
    chapter: 'oss',
    id: 'listUploads',
    summary: 'The uploads in parts that are under way, with what has arrived.',
    answer: z.array(uploadSchema),
    pagedBy: 'uploadId',
  },
  'GET /oss/url': {
    chapter: 'oss',
    id: 'getObjectUrl',
    summary:
      'Where an object can be had without a signature of one’s own, for an hour of the account’s clock: a path at the emulator’s own address.',
    query: z.object({ bucket: bucketName, key: z.string().max(1023) }),
    answer: z.strictObject({ url: z.string().describe('Such as `/test-uploads/film.mp4?Expires=…`.') }),
    example: { query: { bucket: 'test-uploads', key: 'film.mp4' } },
  },
})
