/** AI: templates, fingerprints, tags, pictures (VOD manual 11). */

import { defineChapter } from '../shared/chapter.js'
import { seedAITemplates } from '../shared/templates/ai-template.js'
import { fingerprintAutomatically } from './analysis/analysis-job.js'
import { listAIJob } from './analysis/list-ai-job.js'
import { getAIVideoTagResult, getMediaDNAResult, submitMediaDNADeleteJob } from './analysis/results.js'
import { analysisSteps } from './analysis/steps.js'
import { submitAIJob } from './analysis/submit-ai-job.js'
import * as events from './common/events.js'
import { deleteAIImageInfos, getAIImageJobs, listAIImageInfo, submitAIImageJob } from './images/actions.js'
import { deletePictures } from './images/image-job.js'
import { aiRecords } from './records.js'
import { aiStates } from './states.js'
import { aiTemplateActions } from './templates/index.js'
import { aiTemplateStates } from './templates/states.js'

export const ai = defineChapter({
  name: 'ai',
  actions: [
    ...aiTemplateActions,
    submitAIJob,
    listAIJob,
    getMediaDNAResult,
    submitMediaDNADeleteJob,
    getAIVideoTagResult,
    submitAIImageJob,
    getAIImageJobs,
    listAIImageInfo,
    deleteAIImageInfos,
  ],
  records: aiRecords,
  events: Object.values(events),
  states: [...aiTemplateStates, ...aiStates],
  seed: seedAITemplates,
  workflowSteps: analysisSteps,
  videoDeleted: deletePictures,
  transcodedToMp4: fingerprintAutomatically,
})
