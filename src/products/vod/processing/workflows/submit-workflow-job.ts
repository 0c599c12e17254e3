/** Workflows that are asked for (VOD manual 8.1.5). */

import { z } from 'zod'
import { perSecond } from '../../../../actions/action.js'
import { vod } from '../../shared/service/service.js'
import { refuseTooManyJobs } from '../../shared/service/too-many-jobs.js'
import { workflowOf } from '../../shared/storage/storages.js'
import { startWorkflow } from '../../shared/workflows/engine.js'
import { id } from '../../upload/params.js'
import { noSuchResource, sourceErrors, videoToProcess } from '../transcoding/source.js'

export const submitWorkflowJob = vod.action('SubmitWorkflowJob', {
  summary: 'Has a video worked through by a workflow, step by step.',
  source: 'VOD manual 8.1.5',
  limit: perSecond(20),
  input: () => ({
    WorkflowId: id(),
    /** The video. The table has it optional, and nothing else says which video is meant. */
    MediaId: id().optional(),
  }),
  output: () => z.object({}),
  // The manual has none of its own; these are those of the Actions beside it.
  errors: sourceErrors,
  async run({ input: { WorkflowId, MediaId }, account, fail }) {
    const mediaId =
      MediaId ?? fail('MissingParameter', { param: 'MediaId', reason: 'is not given, and nothing else says which video is meant' })
    const workflow =
      workflowOf(account, WorkflowId) ??
      fail(
        'NoSuchResource',
        noSuchResource(WorkflowId, 'WorkflowId', 'is not the id of a workflow; the setting vod.workflows holds those there are'),
      )
    const video = videoToProcess(
      account,
      mediaId,
      ['UploadSucc', 'Transcoding', 'TranscodeFail', 'Normal', 'Checking', 'Blocked'],
      fail,
      'MediaId',
    )
    refuseTooManyJobs(account, fail)
    await startWorkflow(account, video, workflow)
    return {}
  },
})
