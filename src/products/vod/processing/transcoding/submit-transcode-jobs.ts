/** Transcoding on demand (VOD manual 8.1.1). */

import { z } from 'zod'
import { perSecond } from '../../../../actions/action.js'
import { inAnyOrder, whenKnown } from '../../../../actions/promises.js'
import { oneOf } from '../../../../params/scalars.js'
import { json } from '../../../../params/structures.js'
import { DEFAULT_PIPELINE, pipelineOf } from '../../shared/lifecycle/pipelines.js'
import { startTranscoding } from '../../shared/lifecycle/transcoding.js'
import { userData } from '../../shared/media/user-data-param.js'
import { vod } from '../../shared/service/service.js'
import { refuseTooManyJobs } from '../../shared/service/too-many-jobs.js'
import { encryptConfig, overrideParams } from '../../shared/templates/job-params.js'
import { id } from '../../upload/params.js'
import { checkOverrides } from './check-overrides.js'
import { noSuchResource, sourceErrors, videoToProcess } from './source.js'

/** Characters of a structure; far more than a group of templates takes. */
const MAX_CHARACTERS = 65_536

export const submitTranscodeJobs = vod.action('SubmitTranscodeJobs', {
  summary: 'Has a video or audio transcoded by a template group.',
  source: 'VOD manual 8.1.1',
  limit: perSecond(30),
  accepts: ['ReferenceId', 'SessionId'],
  input: () => ({
    // The table has it optional, and says below that it is mandatory.
    VideoId: id(),
    TemplateGroupId: id(),
    PipelineId: id().default(DEFAULT_PIPELINE),
    /** The key of HLS standard encryption. */
    EncryptConfig: json(encryptConfig, { maxLength: MAX_CHARACTERS }).optional(),
    OverrideParams: json(overrideParams, { maxLength: MAX_CHARACTERS }).optional(),
    /** Among the jobs that wait in the pipeline; 10 is the highest. */
    Priority: oneOf(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']).default('6'),
    UserData: userData().optional(),
  }),
  output: () =>
    z.object({
      TranscodeTaskId: z.string(),
      /** Not of a task that packages. */
      TranscodeJobs: whenKnown(z.object({ TranscodeJob: inAnyOrder(z.array(z.object({ JobId: z.string() }))) })),
    }),
  errors: sourceErrors,
  async run({ input, account, fail }) {
    const { VideoId, TemplateGroupId, PipelineId, Priority } = input
    const video = videoToProcess(account, VideoId, ['UploadSucc', 'Normal', 'Checking'], fail)
    const group =
      account.vod.templateGroups.get(TemplateGroupId) ??
      fail('NoSuchResource', noSuchResource(TemplateGroupId, 'TemplateGroupId', 'is not the id of a template group of this account'))
    // The manual is silent about the group that does not transcode, and about one that is empty.
    if (group.templates.length === 0)
      fail('InvalidParameter', {
        param: 'TemplateGroupId',
        reason: 'is a group without templates, so that there is nothing to transcode to',
      })
    if (pipelineOf(account, PipelineId) === undefined)
      fail('NoSuchResource', noSuchResource(PipelineId, 'PipelineId', 'is not the id of a pipeline; the setting vod.pipelines makes some'))
    if (input.OverrideParams) checkOverrides(account, video, group, input.OverrideParams, fail)
    refuseTooManyJobs(account, fail, group.templates.length)

    const { taskId, jobs } = await startTranscoding(account, video, group, 'Manual', {
      priority: Number(Priority),
      pipelineId: PipelineId,
      userData: input.UserData,
      overrideParams: input.OverrideParams,
      encryptConfig: input.EncryptConfig,
    })
    const packages = group.templates.some(({ Type }) => Type === 'VideoPackage')
    return {
      TranscodeTaskId: taskId,
      TranscodeJobs: packages ? undefined : { TranscodeJob: jobs.map(({ jobId }) => ({ JobId: jobId })) },
    }
  },
})
