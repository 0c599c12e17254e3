/** Steps of workflows: making the source playable, transcoding it, taking snapshots of it. */

import type { Account } from '../../../../account/types.js'
import { objectOf } from '../media/files.js'
import type { Video } from '../media/video.js'
import { NO_TRANSCODE } from '../templates/template-group.js'
import { defineWorkflowStep, type StepStart } from '../workflows/step.js'
import { isSource } from './delete-files.js'
import { startSnapshots } from './snapshots.js'
import { playSource } from './source-stream.js'
import { startTranscoding } from './transcoding.js'

function distribute(account: Account, video: Video): StepStart {
  const source = objectOf(account, video.file)
  if (source === undefined || video.facts === undefined) return { outcome: 'fail' }
  // An upload by the workflow has made it playable already.
  if (!video.streams.some((stream) => isSource(video, stream))) playSource(account, video, source, video.facts)
  return { outcome: 'success' }
}

export const workflowSteps = [
  defineWorkflowStep({ does: 'distributeSource', start: distribute }),
  defineWorkflowStep({
    does: 'transcode',
    async start(account, video, { templateGroupId }) {
      if (templateGroupId === NO_TRANSCODE) return distribute(account, video)
      const group = account.vod.templateGroups.get(templateGroupId)
      if (group === undefined || group.templates.length === 0) return { outcome: 'fail' }
      const { taskId, completedAt } = await startTranscoding(account, video, group, 'Auto')
      return completedAt === undefined ? { workId: taskId } : { outcome: 'fail' }
    },
  }),
  defineWorkflowStep({
    does: 'snapshot',
    async start(account, video, { templateId }) {
      const config = account.vod.vodTemplates.get(templateId)?.snapshot
      return config ? { workId: await startSnapshots(account, video, { config, templateId }) } : { outcome: 'fail' }
    },
  }),
]
