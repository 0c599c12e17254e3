/** The job behind SubmitAIJob: takes the fingerprint of a video and compares it, or finds tags for it. */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import type { Job, JobError } from '../../../../jobs/job.js'
import type { JobKind, Outcome } from '../../../../jobs/kind.js'
import type { StoredObject } from '../../../../oss/object.js'
import { plainUrl } from '../../shared/addresses/addresses.js'
import { videoFaultParams } from '../../shared/lifecycle/fault-params.js'
import { storing } from '../../shared/lifecycle/storing.js'
import type { File } from '../../shared/media/file.js'
import { objectOf, storeSample } from '../../shared/media/files.js'
import { newId } from '../../shared/media/new-id.js'
import type { Video } from '../../shared/media/video.js'
import { recipientOf } from '../../shared/notification/recipient.js'
import { forgetOldest } from '../../shared/service/forget-oldest.js'
import { countAISeconds } from '../../shared/statistics/ai-seconds.js'
import { stepEnded } from '../../shared/workflows/engine.js'
import { aiMediaDNAComplete, aiVideoTagComplete } from '../common/events.js'
import { type DNAResult, dnaResultSchema, type TagResult, tagResultSchema } from '../common/results.js'
import type { AIJob } from './ai-job.js'
import { addFingerprint, isKnown, similarTo, toldIn } from './fingerprints.js'
import { tagsOf } from './tags.js'

/** The video has no source file that could be looked at: it was not uploaded, cannot be read, or is deleted. */
const NO_SOURCE: JobError = { code: 'InvalidFile.NotFound', message: 'The file does not exist.' }

const NOT_IN_TIME: JobError = { code: 'JobTimeout', message: 'The job was not finished within the time allowed.' }

export const analysisJob: JobKind = {
  name: 'vod.SubmitAIJob',
  // As the service writes the states of a job.
  stages: [
    { name: 'init', duration: '1s' },
    { name: 'processing', duration: '5s' },
  ],
  timeout: '24h',
  attempts: 1,
  failure: { code: 'InternalError', message: 'The AI job failed.' },
  result: z.union([dnaResultSchema, tagResultSchema]),
  faultParams: {
    ...videoFaultParams,
    MediaId: (account, job) => recordOf(account, job)?.videoId,
    Types: (account, job) => recordOf(account, job)?.type,
  },
  async work(account, job): Promise<Outcome> {
    const subject = subjectOf(account, job)
    if (subject === undefined) return { failed: NO_SOURCE }
    const { record, video, source } = subject
    if (record.type === 'AIMediaDNA') {
      await addFingerprint(account, video, source, dictatedBy(job))
      return { result: similarTo(account, video.videoId) }
    }
    return storing(() => findTags(account, record, video, source))
  },
  ended: (account, job) => finish(account, job),
}

/** What a job is started with. */
export type AnalysisOrder = Pick<AIJob, 'type' | 'analyseTypes' | 'withSpeech' | 'userData'>

/** Starts a job for a video. */
export async function startAIJob(account: Account, { videoId }: Video, order: AnalysisOrder): Promise<AIJob> {
  const { vod, jobs, clock } = account
  const job = vod.aiJobs.put({ ...order, jobId: newId(account), videoId, createdAt: clock.now() })
  forgetOldest(vod.aiJobs)
  await jobs.start(analysisJob, job.jobId, { videoId })
  return job
}

/** Has the fingerprint of a video taken that has just been transcoded, where the settings say so, unless it has been already. */
export async function fingerprintAutomatically(account: Account, video: Video): Promise<void> {
  const source = objectOf(account, video.file)
  if (!account.settings.values.vod.dna?.automatic || source === undefined || isKnown(account, video, source)) return
  await startAIJob(account, video, { type: 'AIMediaDNA', userData: video.userData })
}

const recordOf = ({ vod }: Account, { id }: Job): AIJob | undefined => vod.aiJobs.get(id)

/** What a test has decided that the video resembles. */
const dictatedBy = ({ script }: Job): DNAResult | undefined =>
  script?.does === 'finish' ? dnaResultSchema.safeParse(script.result).data : undefined

interface Subject {
  record: AIJob
  video: Video
  source: StoredObject
}

function subjectOf(account: Account, job: Job): Subject | undefined {
  const record = recordOf(account, job)
  const video = record && account.vod.videos.get(record.videoId)
  const source = video && objectOf(account, video.file)
  return video?.facts && source ? { record: record as AIJob, video, source } : undefined
}

async function findTags(account: Account, record: AIJob, video: Video, source: StoredObject): Promise<Outcome> {
  const faceFile = (number: number): File => ({
    bucket: video.file.bucket,
    key: `${video.videoId}/aivideotag/${record.jobId}/Index_${String(number).padStart(5, '0')}.jpg`,
  })
  const tags = tagsOf(
    {
      seed: `${account.accountId} ${source.crc64}`,
      duration: video.facts?.duration ?? 0,
      faceUrl: (number) => plainUrl(account, faceFile(number)),
    },
    record.analyseTypes ?? [],
    record.withSpeech ?? false,
  )
  for (const index of tags.Person?.keys() ?? []) await storeSample(account, faceFile(index + 1), 'cover.jpg')
  return { result: tags }
}

/** What came of a job. A test that gives it a result may have given it one of the other type. */
function endOf(type: AIJob['type'], { ending, result, error = NOT_IN_TIME }: Job): Pick<AIJob, 'dna' | 'tags' | 'error'> {
  if (ending !== 'succeeded') return { error: { code: error.code, message: error.message } }
  const { data, success } = (type === 'AIMediaDNA' ? dnaResultSchema : tagResultSchema).safeParse(result)
  if (!success) return { error: { code: 'InternalError', message: `The result that the job was given is none of ${type}.` } }
  return type === 'AIMediaDNA' ? { dna: data as DNAResult } : { tags: data as TagResult }
}

async function finish(account: Account, job: Job): Promise<void> {
  const record = account.vod.aiJobs.update(job.id, (draft) => {
    draft.completedAt = account.clock.now()
    Object.assign(draft, endOf(draft.type, job))
  })
  const video = record && account.vod.videos.get(record.videoId)
  if (video && !record.error) countAISeconds(account, video, record.type === 'AIMediaDNA' ? 'AIVideoFPShot' : 'AIVideoTag')
  if (record) tell(account, record)
  await stepEnded(account, job.id, record && !record.error ? 'success' : 'fail')
}

/** Tells what has come of a job; of a video that was deleted meanwhile, there is nobody left to tell. */
function tell(account: Account, record: AIJob): void {
  const { vod, events } = account
  const { jobId: JobId } = record
  const video = vod.videos.get(record.videoId)
  if (video === undefined) return
  const recipient = recipientOf({ appId: video.appId, userData: record.userData ?? video.userData })
  const common = { JobId, MediaId: record.videoId }
  const { dna, tags } = record
  if (dna) events.notify(aiMediaDNAComplete, { Status: 'success', ...common, Data: toldIn(account, video.appId, dna) }, recipient)
  else if (tags) events.notify(aiVideoTagComplete, { Status: 'success', ...common, Data: tags }, recipient)
  else {
    const { code: Code, message: Message } = record.error ?? NOT_IN_TIME
    const failed = { Status: 'fail', ...common, Code, Message } as const
    if (record.type === 'AIMediaDNA') events.notify(aiMediaDNAComplete, failed, recipient)
    else events.notify(aiVideoTagComplete, failed, recipient)
  }
}
