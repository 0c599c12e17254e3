/** Images of the media library. */

import { z } from 'zod'
import { timestampSchema } from '../../../../base/time-schemas.js'
import { fileSchema } from './file.js'
import { userDataSchema } from './user-data.js'

/** States of an image or of an auxiliary medium; a failed upload can be resumed, so none is ever given up. */
export const uploadStatuses = ['Uploading', 'Normal', 'UploadFail'] as const

export const imageSchema = z.object({
  imageId: z.string(),
  title: z.string().optional(),
  description: z.string().optional(),
  tags: z.array(z.string()),
  cateId: z.int().optional(),
  imageType: z.enum(['default', 'cover']),
  status: z.enum(uploadStatuses),
  /** Name of the file at the uploader's. */
  fileName: z.string().optional(),
  file: fileSchema,
  /** Bytes, once it is uploaded. */
  size: z.number().optional(),
  /** Pixels, if its bytes show them. */
  width: z.int().optional(),
  height: z.int().optional(),
  storageLocation: z.string(),
  appId: z.string(),
  userData: userDataSchema.optional(),
  /** Milliseconds since 1970 on the account's clock, as all instants here. */
  createdAt: timestampSchema,
  modifiedAt: timestampSchema,
})

/** See {@link imageSchema}. */
export type Image = z.output<typeof imageSchema>
