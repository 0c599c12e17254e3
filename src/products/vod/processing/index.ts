/** Media processing (VOD manual 8). */

import { defineChapter } from '../shared/chapter.js'
import { seedDynamicImageTemplate } from './dynamic-images/built-in.js'
import { dynamicImageComplete } from './dynamic-images/events.js'
import { dynamicImageStep } from './dynamic-images/step.js'
import { submitDynamicImageJob } from './dynamic-images/submit-dynamic-image-job.js'
import * as kms from './kms/actions.js'
import { keyRoute } from './kms/key-server.js'
import { kmsStates } from './kms/states.js'
import { submitSnapshotJob } from './snapshots/submit-snapshot-job.js'
import { submittingStates } from './submitting-states.js'
import { templateStates } from './template-states.js'
import { transcodeTemplateActions } from './transcode-templates/index.js'
import { getTranscodeSummary } from './transcoding/get-transcode-summary.js'
import { transcodingTask } from './transcoding/state.js'
import { submitPreprocessJobs } from './transcoding/submit-preprocess-jobs.js'
import { submitTranscodeJobs } from './transcoding/submit-transcode-jobs.js'
import { getTranscodeTask, listTranscodeTask } from './transcoding/transcode-tasks.js'
import * as vodTemplates from './vod-templates/actions.js'
import * as watermarks from './watermarks/actions.js'
import { submitWorkflowJob } from './workflows/submit-workflow-job.js'

export const processing = defineChapter({
  name: 'processing',
  actions: [
    submitTranscodeJobs, // 8.1
    submitSnapshotJob,
    submitPreprocessJobs,
    submitDynamicImageJob,
    submitWorkflowJob,
    ...transcodeTemplateActions, // 8.2
    ...Object.values(vodTemplates), // 8.3
    ...Object.values(watermarks), // 8.4
    getTranscodeSummary, // 8.5
    listTranscodeTask,
    getTranscodeTask,
    ...Object.values(kms), // in no chapter
  ],
  events: [dynamicImageComplete],
  routes: [keyRoute],
  states: [
    ...submittingStates, // 8.1
    ...templateStates, // 8.2 to 8.4
    transcodingTask, // 8.5
    ...kmsStates, // in no chapter
  ],
  workflowSteps: [dynamicImageStep],
  seed: seedDynamicImageTemplate,
})
