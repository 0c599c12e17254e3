/** Records of uploads. */

import { appOfVideoOrOwn } from '../shared/apps/rule.js'
import { stateOf } from '../shared/records.js'
import { type UploadJob, uploadJobSchema } from './pull/upload-job.js'

export const uploadRecords = {
  uploadJobs: {
    name: 'vod.uploadJobs',
    schema: uploadJobSchema,
    keyOf: ({ jobId }: UploadJob) => jobId,
    app: appOfVideoOrOwn,
    indexes: { state: stateOf, sourceUrl: ({ sourceUrl }: UploadJob) => sourceUrl },
  },
}
