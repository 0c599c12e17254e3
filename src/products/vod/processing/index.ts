/** Media processing (VOD manual 8). */

import { defineChapter } from '../shared/chapter.js'
import { seedDynamicImageTemplate } from './dynamic-images/built-in.js'
import { dynamicImageComplete } from './dynamic-images/events.js'
import { submitDynamicImageJob } from './dynamic-images/submit-dynamic-image-job.js'
import { submitSnapshotJob } from './snapshots/submit-snapshot-job.js'
import { getTranscodeSummary } from './transcoding/get-transcode-summary.js'
import { submitPreprocessJobs } from './transcoding/submit-preprocess-jobs.js'
import { submitTranscodeJobs } from './transcoding/submit-transcode-jobs.js'
import { getTranscodeTask, listTranscodeTask } from './transcoding/transcode-tasks.js'

export const processing = defineChapter({
  name: 'processing',
  actions: [
    submitTranscodeJobs,
    submitSnapshotJob,
    submitPreprocessJobs,
    submitDynamicImageJob,
    getTranscodeSummary,
    listTranscodeTask,
    getTranscodeTask,
  ],
  events: [dynamicImageComplete],
  seed: seedDynamicImageTemplate,
})
