/** Tags and fingerprints as steps of workflows. */

import { defineWorkflowStep } from '../../shared/workflows/step.js'
import { startAIJob } from './analysis-job.js'
import { whereStored } from './regions.js'

export const analysisSteps = [
  defineWorkflowStep({
    does: 'tag',
    async start(account, video) {
      const analyseTypes = [...whereStored(video).analyses]
      if (analyseTypes.length === 0) return { outcome: 'fail' }
      const { jobId } = await startAIJob(account, video, { type: 'AIVideoTag', analyseTypes, withSpeech: false })
      return { workId: jobId }
    },
  }),
  defineWorkflowStep({
    does: 'dna',
    async start(account, video) {
      const { jobId } = await startAIJob(account, video, { type: 'AIMediaDNA' })
      return { workId: jobId }
    },
  }),
]
