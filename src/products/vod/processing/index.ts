/** Media processing (VOD manual 8). */

import { defineChapter } from '../shared/chapter.js'
import * as events from './events.js'
import { getTranscodeSummary } from './transcoding/get-transcode-summary.js'
import { submitPreprocessJobs } from './transcoding/submit-preprocess-jobs.js'
import { submitTranscodeJobs } from './transcoding/submit-transcode-jobs.js'
import { getTranscodeTask, listTranscodeTask } from './transcoding/transcode-tasks.js'

export const processing = defineChapter({
  name: 'processing',
  actions: [submitTranscodeJobs, submitPreprocessJobs, getTranscodeSummary, listTranscodeTask, getTranscodeTask],
  events: Object.values(events),
})
