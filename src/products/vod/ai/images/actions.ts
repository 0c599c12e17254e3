/** Smart covers: submitted, asked for, listed and taken back (VOD manual 11.4). */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { perSecond } from '../../../../actions/action.js'
import { whenKnown } from '../../../../actions/promises.js'
import { toUtcSeconds } from '../../../../base/times.js'
import { objectUrl } from '../../../../oss/urls.js'
import { paramType, Violated } from '../../../../params/param-type.js'
import { csv } from '../../../../params/structures.js'
import { playUrl } from '../../shared/addresses/addresses.js'
import { defaultDomain } from '../../shared/addresses/output-type.js'
import { newId } from '../../shared/media/new-id.js'
import { userData } from '../../shared/media/user-data-param.js'
import { forgetOldest } from '../../shared/service/forget-oldest.js'
import { vod } from '../../shared/service/service.js'
import { refuseTooManyJobs } from '../../shared/service/too-many-jobs.js'
import { id } from '../../upload/params.js'
import { templateErrors, videoErrors, videoNamed } from '../common/errors.js'
import type { AIImageJob } from './ai-image.js'
import { imageJob } from './image-job.js'

/** Jobs, or pictures, that one call names. */
const MAX_IDS = 10

const MAX_USER_DATA_BYTES = 512

/** UserData of these jobs is bounded as a whole, and says something. */
const shortUserData = () => {
  const any = userData()
  return paramType({ type: 'String', format: 'json', maxLength: MAX_USER_DATA_BYTES, lengthUnit: 'bytes' }, (value) => {
    const length = Buffer.byteLength(value)
    if (length > MAX_USER_DATA_BYTES) return new Violated('length', `has ${length} bytes, and at most ${MAX_USER_DATA_BYTES} are allowed`)
    const { data, error } = any.safeParse(value)
    if (data === undefined) return new Violated('value', error?.issues[0]?.message ?? '')
    const { MessageCallback, Extend } = JSON.parse(value)
    return (MessageCallback ?? Extend) == null ? new Violated('value', 'has neither MessageCallback nor Extend') : data
  })
}

export const submitAIImageJob = vod.action('SubmitAIImageJob', {
  summary: 'Has smart covers taken from a video.',
  source: 'VOD manual 11.4.1',
  limit: perSecond(30),
  input: () => ({
    VideoId: id(),
    AITemplateId: id(),
    UserData: shortUserData().optional(),
    // Only the provider sets up pipelines, and only that of an account's own has a name that could be given; all are worked off alike here.
    AIPipelineId: id().optional(),
  }),
  output: () => z.object({ JobId: z.string() }),
  errors: { ...videoErrors, ...templateErrors },
  job: imageJob,
  async run({ input: { VideoId, AITemplateId, UserData }, account, fail }) {
    videoNamed(account, 'VideoId', VideoId, fail)
    const config =
      account.vod.aiTemplates.get(AITemplateId)?.smartCover ??
      fail('NoSuchResource', { param: 'AITemplateId', reason: 'is not the id of a template for smart covers of this account' })
    refuseTooManyJobs(account, fail)
    const { jobId } = account.vod.aiImageJobs.put({
      jobId: newId(account),
      videoId: VideoId,
      templateId: AITemplateId,
      config,
      userData: UserData,
      createdAt: account.clock.now(),
    })
    await account.jobs.start(imageJob, jobId, { videoId: VideoId })
    forgetOldest(account.vod.aiImageJobs)
    return { JobId: jobId }
  },
})

export const getAIImageJobs = vod.action('GetAIImageJobs', {
  summary: 'Tells what has become of up to 10 jobs that take smart covers; ids of no job are left out.',
  source: 'VOD manual 11.4.2',
  limit: perSecond(30),
  input: () => ({ JobIds: csv(id(), { maxItems: MAX_IDS }) }),
  output: () =>
    z.object({
      AIImageJobList: z.array(
        z.object({
          JobId: z.string(),
          VideoId: z.string(),
          /** Of a job that has not ended the manual has no word; ListAIJob has. */
          Status: z.enum(['processing', 'success', 'fail']),
          Code: whenKnown(z.string()),
          Message: whenKnown(z.string()),
          CreationTime: z.string(),
          TemplateId: z.string(),
          /** JSON: the template's configuration at submission. */
          TemplateConfig: z.string(),
          UserData: z.string().optional(),
          /** JSON: scores, and addresses without authentication. */
          AIImageResult: whenKnown(z.string()),
        }),
      ),
    }),
  run({ input: { JobIds }, account }) {
    const jobs = [...new Set(JobIds)].flatMap((jobId) => account.vod.aiImageJobs.get(jobId) ?? [])
    return { AIImageJobList: jobs.map((job) => describe(account, job)) }
  },
})

function describe(account: Account, { jobId, videoId, templateId, config, userData, pictures, error, createdAt }: AIImageJob) {
  const ended = pictures ? { code: 'Success', message: 'success' } : error
  return {
    JobId: jobId,
    VideoId: videoId,
    Status: pictures ? ('success' as const) : error ? ('fail' as const) : ('processing' as const),
    Code: ended?.code,
    Message: ended?.message,
    CreationTime: toUtcSeconds(createdAt),
    TemplateId: templateId,
    TemplateConfig: JSON.stringify(config),
    UserData: userData?.text,
    AIImageResult: pictures && JSON.stringify(pictures.map(({ file, score }) => ({ Score: score, Url: objectUrl(account, file) }))),
  }
}

export const listAIImageInfo = vod.action('ListAIImageInfo', {
  summary: 'Lists the smart covers of a video, oldest first.',
  source: 'VOD manual 11.4.3',
  limit: perSecond(100),
  input: () => ({ VideoId: id() }),
  output: () =>
    z.object({
      AIImageInfoList: z.array(
        z.object({
          AIImageInfoId: z.string(),
          VideoId: z.string(),
          JobId: z.string(),
          Format: z.string(),
          FileURL: z.string(),
          Score: z.string(),
          Version: z.string(),
          CreationTime: z.string(),
        }),
      ),
    }),
  errors: videoErrors,
  run({ input: { VideoId }, account, fail }) {
    videoNamed(account, 'VideoId', VideoId, fail)
    const domain = defaultDomain(account)
    return {
      AIImageInfoList: account.vod.aiImages.list({ by: { video: VideoId } }).rows.map((image) => ({
        AIImageInfoId: image.aiImageInfoId,
        VideoId,
        JobId: image.jobId,
        Format: image.format,
        FileURL: playUrl(account, image.file, { domain }),
        Score: String(image.score),
        Version: image.version,
        CreationTime: toUtcSeconds(image.createdAt),
      })),
    }
  },
})

export const deleteAIImageInfos = vod.action('DeleteAIImageInfos', {
  summary: 'Takes up to 10 smart covers from their videos; their files stay. Ids of none do no harm.',
  source: 'VOD manual 11.4.4',
  limit: perSecond(100),
  input: () => ({ AIImageInfoIds: csv(id(), { maxItems: MAX_IDS }) }),
  output: () => z.object({}),
  run({
    input: { AIImageInfoIds },
    account: {
      vod: { aiImages },
    },
  }) {
    for (const each of AIImageInfoIds) aiImages.delete(each)
    return {}
  },
})
