/** Auxiliary media: watermarks, subtitles and materials that are worked into videos. */

import { z } from 'zod'
import { timestampSchema } from '../../../../base/time-schemas.js'
import { fileSchema } from './file.js'
import { uploadStatuses } from './image.js'
import { userDataSchema } from './user-data.js'

/** What an auxiliary medium is for, and which files may be it (VOD manual 5.4). */
export const businessTypes = {
  watermark: ['png', 'gif', 'apng', 'mov'],
  subtitle: ['srt', 'ass', 'stl', 'ttml', 'vtt'],
  material: ['jpg', 'gif', 'png', 'mp4', 'mat', 'zip'],
} as const

/** `watermark`, `subtitle` or `material`. */
export type BusinessType = keyof typeof businessTypes

/** Categories that an auxiliary medium may be in (VOD manual 5.4). */
export const MAX_CATEGORIES = 5

export const attachedMediaSchema = z.object({
  mediaId: z.string(),
  businessType: z.enum(['watermark', 'subtitle', 'material']),
  title: z.string().optional(),
  description: z.string().optional(),
  tags: z.array(z.string()),
  cateIds: z.array(z.int()),
  status: z.enum(uploadStatuses),
  /** Name of the file at the uploader's. */
  fileName: z.string().optional(),
  /** Bytes, as the uploader has declared them. */
  declaredSize: z.number().optional(),
  file: fileSchema,
  /** Bytes, once it is uploaded. */
  size: z.number().optional(),
  storageLocation: z.string(),
  appId: z.string(),
  userData: userDataSchema.optional(),
  /** Milliseconds since 1970 on the account's clock, as all instants here. */
  createdAt: timestampSchema,
  modifiedAt: timestampSchema,
})

/** See {@link attachedMediaSchema}. */
export type AttachedMedia = z.output<typeof attachedMediaSchema>
