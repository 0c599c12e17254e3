/** Animated images as a step of workflows. */

import { defineWorkflowStep } from '../../shared/workflows/step.js'
import { startDynamicImage } from './job.js'

export const dynamicImageStep = defineWorkflowStep({
  does: 'dynamicImage',
  async start(account, video, { templateId }) {
    const config = account.vod.vodTemplates.get(templateId)?.dynamicImage
    return config ? { workId: await startDynamicImage(account, video, templateId, config) } : { outcome: 'fail' }
  },
})
