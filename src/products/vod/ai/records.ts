/** Records of AI. */

import { aiJobRecords } from './analysis/ai-job.js'
import { fingerprintRecords } from './analysis/fingerprints.js'
import { aiImageRecords } from './images/ai-image.js'

export const aiRecords = {
  aiJobs: aiJobRecords,
  fingerprints: fingerprintRecords,
  ...aiImageRecords,
}
