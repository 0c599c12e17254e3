/** Reviews by machine as a step of workflows. */

import { startVideoAudit } from '../shared/lifecycle/media-audit.js'
import { objectOf } from '../shared/media/files.js'
import { defaultAITemplateOf } from '../shared/templates/ai-template.js'
import { defineWorkflowStep } from '../shared/workflows/step.js'

export const reviewStep = defineWorkflowStep({
  does: 'review',
  async start(account, video, { templateId }) {
    const template = templateId === undefined ? defaultAITemplateOf(account, 'AIMediaAudit') : account.vod.aiTemplates.get(templateId)
    if (template?.audit === undefined || objectOf(account, video.file) === undefined) return { outcome: 'fail' }
    return { workId: await startVideoAudit(account, video, { template, userData: video.userData }) }
  },
})
