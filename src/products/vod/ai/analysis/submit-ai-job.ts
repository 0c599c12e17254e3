/** AI jobs of a video, submitted (VOD manual 11.2.1). */

import { z } from 'zod'
import { perSecond } from '../../../../actions/action.js'
import { inAnyOrder } from '../../../../actions/promises.js'
import { oneOf } from '../../../../params/scalars.js'
import { csv, json } from '../../../../params/structures.js'
import { userData } from '../../shared/media/user-data-param.js'
import { vod } from '../../shared/service/service.js'
import { refuseTooManyJobs } from '../../shared/service/too-many-jobs.js'
import { structure, textual, truth } from '../../shared/templates/structure.js'
import { id } from '../../upload/params.js'
import { videoErrors, videoNamed } from '../common/errors.js'
import { type AIJob, aiJobTypes, analyseTypes } from './ai-job.js'
import { analysisJob, startAIJob } from './analysis-job.js'
import { whereStored } from './regions.js'

type AnalyseType = (typeof analyseTypes)[number]

const isAnalyseType = (name: string): name is AnalyseType => (analyseTypes as readonly string[]).includes(name)

/** Names separated by commas. */
const analyseTypeList = textual()
  .transform((list) => list.split(',').map((name) => name.trim()))
  .refine((names) => names.every(isAnalyseType), `is not a list of ${analyseTypes.join(', ')}`)
  .transform((names) => names.filter(isAnalyseType))

/** Settings by type of job; the manual's own structure is put together from where it mentions it. */
const config = structure(() => ({
  AIVideoTag: structure(() => ({ AnalyseTypes: analyseTypeList.optional(), OrigASRData: truth().optional() })).optional(),
}))

export const submitAIJob = vod.action('SubmitAIJob', {
  summary: 'Has the fingerprint of a video taken and compared, or tags found for it.',
  source: 'VOD manual 11.2.1',
  limit: perSecond(30),
  input: () => ({
    MediaId: id(),
    // The manual does not say what is done without it; there is nothing that it could be but all.
    Types: csv(oneOf(aiJobTypes)).default([...aiJobTypes]),
    Config: json(config).optional(),
    UserData: userData().optional(),
  }),
  output: () =>
    z.object({
      AIJobList: z.object({ AIJob: inAnyOrder(z.array(z.object({ JobId: z.string(), MediaId: z.string(), Type: z.string() }))) }),
    }),
  errors: videoErrors,
  job: analysisJob,
  async run({ input: { MediaId, Types, Config, UserData }, account, fail }) {
    const video = videoNamed(account, 'MediaId', MediaId, fail)
    const types = [...new Set(Types)]
    const { AnalyseTypes: asked, OrigASRData } = Config?.AIVideoTag ?? {}
    const { region, analyses: possible } = whereStored(video)
    const impossible = types.includes('AIVideoTag')
      ? possible.length === 0
        ? 'AIVideoTag'
        : asked?.find((each) => !possible.includes(each))
      : undefined
    if (impossible !== undefined)
      fail('UnsupportedOperation', {
        param: asked?.includes(impossible as AnalyseType) ? 'Config' : 'Types',
        reason: `the video is stored in ${region}, where there is no ${impossible}`,
      })
    refuseTooManyJobs(account, fail, types.length)

    const jobs: AIJob[] = []
    for (const type of types) {
      const tagging = type === 'AIVideoTag' && { analyseTypes: [...(asked ?? possible)], withSpeech: OrigASRData ?? false }
      jobs.push(await startAIJob(account, video, { type, ...tagging, userData: UserData }))
    }
    return { AIJobList: { AIJob: jobs.map(({ jobId, type }) => ({ JobId: jobId, MediaId, Type: type })) } }
  },
})
