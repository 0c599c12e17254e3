/** Upload jobs: files that the service fetches from a URL. */

import { z } from 'zod'
import { timestampSchema } from '../../../../base/time-schemas.js'
import { userDataSchema } from '../../shared/media/user-data.js'

/** States of an upload job (VOD manual, appendix "Status: URL upload job status"). */
export const uploadJobStatuses = [
  'PENDING',
  'PROCESSING',
  'DOWNLOADING',
  'DOWNLOAD_SUCCESS',
  'DOWNLOAD_FAIL',
  'UPLOADING',
  'UPLOAD_SUCCESS',
  'UPLOAD_FAIL',
  'SUCCESS',
] as const

export const uploadJobSchema = z.object({
  jobId: z.string(),
  sourceUrl: z.string().refine((url) => URL.canParse(url), 'is not a URL'),
  /** Extension of the file, lower case. */
  extension: z.string(),
  title: z.string(),
  description: z.string().optional(),
  tags: z.array(z.string()),
  cateId: z.int().optional(),
  coverUrl: z.string().optional(),
  /** Bytes, as the caller has declared them. */
  declaredSize: z.number().optional(),
  templateGroupId: z.string().optional(),
  workflowId: z.string().optional(),
  storageLocation: z.string(),
  appId: z.string(),
  userData: userDataSchema.optional(),
  /** Why it failed. */
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  /** How it failed, if it did. */
  failedAs: z.enum(['DOWNLOAD_FAIL', 'UPLOAD_FAIL']).optional(),
  /** The video that the file became, once it has been downloaded. */
  videoId: z.string().optional(),
  /** Bytes, once it has been downloaded. */
  size: z.number().optional(),
  /** Milliseconds since 1970 on the account's clock, as all instants here. */
  createdAt: timestampSchema,
  completedAt: timestampSchema.optional(),
})

/** See {@link uploadJobSchema}. */
export type UploadJob = z.output<typeof uploadJobSchema>
