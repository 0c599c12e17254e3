/** The job behind SubmitAIImageJob: takes smart covers from a video. Nobody looks at the video: the pictures are samples, and their scores made up. */

import type { Account } from '../../../../account/types.js'
import { seedOf } from '../../../../base/ids.js'
import type { Job, JobError } from '../../../../jobs/job.js'
import type { JobKind, Outcome } from '../../../../jobs/kind.js'
import { notifyBaseChange } from '../../shared/lifecycle/base-change.js'
import { deleteFiles } from '../../shared/lifecycle/delete-files.js'
import { videoFaultParams } from '../../shared/lifecycle/fault-params.js'
import { storing } from '../../shared/lifecycle/storing.js'
import { objectOf, storeSample } from '../../shared/media/files.js'
import { updateVideo } from '../../shared/media/medium.js'
import { newId } from '../../shared/media/new-id.js'
import type { Video } from '../../shared/media/video.js'
import type { AIImageJob, Picture } from './ai-image.js'

/** Pictures of one job. */
const PICTURES = 3

/** Pictures that a video keeps; beyond that the oldest are forgotten. */
const MAX_PICTURES = 100

const NO_SOURCE: JobError = { code: 'InvalidFile.NotFound', message: 'The file does not exist.' }

const NOT_IN_TIME: JobError = { code: 'JobTimeout', message: 'The job was not finished within the time allowed.' }

export const imageJob: JobKind = {
  name: 'vod.SubmitAIImageJob',
  stages: [{ name: 'processing', duration: '5s' }],
  timeout: '24h',
  attempts: 1,
  failure: { code: 'InternalError', message: 'The AI image job failed.' },
  faultParams: {
    ...videoFaultParams,
    AITemplateId: ({ vod }, { id }) => vod.aiImageJobs.get(id)?.templateId,
  },
  work(account, job): Outcome | Promise<Outcome> {
    const record = account.vod.aiImageJobs.get(job.id)
    const video = record && account.vod.videos.get(record.videoId)
    if (record === undefined || video?.facts?.picture === undefined || objectOf(account, video.file) === undefined)
      return { failed: NO_SOURCE }
    return storing(async () => ({ result: await takePictures(account, record, video) }))
  },
  ended: (account, job) => finish(account, job),
}

async function takePictures(account: Account, { jobId, config }: AIImageJob, video: Video): Promise<Picture[]> {
  const name = `${video.videoId}/image/ai/${newId(account)}`
  const pictures: Picture[] = []
  for (let number = 1; number <= PICTURES; number++) {
    const file = { bucket: video.file.bucket, key: `${name}-${String(number).padStart(5, '0')}.${config.Format}` }
    await storeSample(account, file, `sample.${config.Format}`)
    pictures.push({ file, score: (seedOf(jobId, number) % 10_000_000) / 1_000_000 })
  }
  return pictures.sort((a, b) => b.score - a.score)
}

function finish(account: Account, { id: jobId, ending, result, error = NOT_IN_TIME }: Job): void {
  const { vod, clock } = account
  const pictures = ending === 'succeeded' ? (result as Picture[]) : undefined
  const record = vod.aiImageJobs.update(jobId, (draft) => {
    draft.completedAt = clock.now()
    if (pictures) draft.pictures = pictures
    else draft.error = { code: error.code, message: error.message }
  })
  const before = record && vod.videos.get(record.videoId)
  if (record === undefined || before === undefined || pictures === undefined) return
  const { videoId, config } = record
  const version = newId(account)
  for (const { file, score } of pictures)
    vod.aiImages.put({ aiImageInfoId: newId(account), videoId, jobId, format: config.Format, file, score, version, createdAt: clock.now() })
  const { rows } = vod.aiImages.list({ by: { video: videoId } })
  for (const { aiImageInfoId } of rows.slice(0, Math.max(0, rows.length - MAX_PICTURES))) vod.aiImages.delete(aiImageInfoId)
  if (config.SetDefaultCover !== 'true') return
  const after = updateVideo(account, videoId, (draft) => {
    draft.cover = pictures[0]?.file
    draft.coverUrl = undefined
  })
  if (before.coverUrl !== undefined) notifyBaseChange(account, before, after)
}

/** Deletes the pictures of a video with it. */
export function deletePictures(account: Account, { videoId }: Video): void {
  const { aiImages } = account.vod
  const { rows } = aiImages.list({ by: { video: videoId } })
  deleteFiles(
    account,
    rows.map(({ file }) => file),
  )
  for (const { aiImageInfoId } of rows) aiImages.delete(aiImageInfoId)
}
