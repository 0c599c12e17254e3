/** Videos made ready for the live director desk (VOD manual 8.1.3). */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { perSecond } from '../../../../actions/action.js'
import { inAnyOrder } from '../../../../actions/promises.js'
import type { JobKind } from '../../../../jobs/kind.js'
import { oneOf } from '../../../../params/scalars.js'
import { startTask, suitableOrders, transcodingWork } from '../../shared/lifecycle/transcoding.js'
import { updateVideo } from '../../shared/media/medium.js'
import type { Video } from '../../shared/media/video.js'
import { vod } from '../../shared/service/service.js'
import { refuseTooManyJobs } from '../../shared/service/too-many-jobs.js'
import type { Template } from '../../shared/templates/template-group.js'
import { id } from '../../upload/params.js'
import { sourceErrors, videoToProcess } from './source.js'

export const preprocessing: JobKind = { name: 'vod.SubmitPreprocessJobs', ...transcodingWork }

const Audio = { Codec: 'AAC', Bitrate: '128', Samplerate: '44100' } as const

/** The desk takes two streams (console guide); what they are like is not documented. */
const TEMPLATES: Template[] = [
  {
    TranscodeTemplateId: 'LivePreprocess-HD',
    TemplateName: 'LivePreprocess-HD',
    Definition: 'HD',
    Container: { Format: 'mp4' },
    Video: { Codec: 'H.264', Width: '1280', Bitrate: '1500', Fps: '25' },
    Audio,
  },
  {
    TranscodeTemplateId: 'LivePreprocess-LD',
    TemplateName: 'LivePreprocess-LD',
    Definition: 'LD',
    Container: { Format: 'mp4' },
    Video: { Codec: 'H.264', Width: '640', Bitrate: '400', Fps: '25' },
    Audio,
  },
]

export const submitPreprocessJobs = vod.action('SubmitPreprocessJobs', {
  summary: 'Has a video transcoded to what the live director desk plays; no other player sees these streams.',
  source: 'VOD manual 8.1.3',
  limit: perSecond(15),
  input: () => ({ VideoId: id(), PreprocessType: oneOf(['LivePreprocess']) }),
  output: () => z.object({ PreprocessJobs: z.object({ PreprocessJob: inAnyOrder(z.array(z.object({ JobId: z.string() }))) }) }),
  errors: sourceErrors,
  job: preprocessing,
  async run({ input: { VideoId }, account, fail }) {
    const video = videoToProcess(account, VideoId, ['UploadSucc', 'Normal', 'Checking', 'Transcoding'], fail)
    refuseTooManyJobs(account, fail, TEMPLATES.length)
    const jobs = await startPreprocessing(account, video)
    return { PreprocessJobs: { PreprocessJob: jobs.map(({ jobId }) => ({ JobId: jobId })) } }
  },
})

/** Of a source that is damaged, or that has no picture, the task fails without starting any job. */
async function startPreprocessing(account: Account, video: Video) {
  updateVideo(account, video.videoId, (draft) => {
    draft.preprocessStatus = 'Preprocessing'
  })
  const orders = await suitableOrders(account, video, { templates: TEMPLATES }, { trigger: 'Manual' })
  const { jobs } = await startTask(account, preprocessing, video, orders, { trigger: 'Manual', templateGroupId: '', preprocess: true })
  return jobs
}
