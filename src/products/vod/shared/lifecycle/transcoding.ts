/** Transcoding: one job per template of a group, and an end once all of them have ended. */

import type { Account } from '../../../../account/types.js'
import { type Job, PRIORITIES } from '../../../../jobs/job.js'
import type { JobKind, Outcome } from '../../../../jobs/kind.js'
import { objectOf } from '../media/files.js'
import { updateVideo } from '../media/medium.js'
import { newId } from '../media/new-id.js'
import type { Stream } from '../media/stream.js'
import type { UserData } from '../media/user-data.js'
import type { Video } from '../media/video.js'
import { forgetOldest } from '../service/forget-oldest.js'
import type { EncryptionRequest } from '../streams/encryption.js'
import { formatOf } from '../streams/names.js'
import type { EncryptConfig, OverrideParams } from '../templates/job-params.js'
import type { TemplateGroup } from '../templates/template-group.js'
import { stepEnded } from '../workflows/engine.js'
import { addStream } from './add-stream.js'
import { examine, sourceAsset } from './examine.js'
import { videoFaultParams } from './fault-params.js'
import { makeStream } from './make-stream.js'
import { type Order, ordersFor } from './order.js'
import { markOf } from './output.js'
import { DEFAULT_PIPELINE, slotsOf } from './pipelines.js'
import { storing } from './storing.js'
import { notifyJobDone, notifyTaskDone } from './transcode-events.js'
import { type TranscodeJob, type TranscodeTask, taskStatusOf } from './transcode-task.js'

const NOT_IN_TIME = { code: 'JobTimeout', message: 'The job was not finished within the time allowed.' }

const GONE = { code: 'InvalidFile.NotFound', message: 'The file does not exist.' }

/** What all transcoding jobs have in common, whichever Action they are named after. */
export const transcodingWork = {
  stages: [
    { name: 'Queuing', duration: '1s' },
    { name: 'Transcoding', duration: '4s' },
  ],
  queueing: { slots: slotsOf },
  timeout: '24h',
  attempts: 3,
  failure: { code: 'TranscodeFail', message: 'The transcoding failed.' },
  faultParams: {
    ...videoFaultParams,
    TemplateGroupId: ({ vod }, job) => vod.transcodeTasks.get(inputOf(job).taskId)?.templateGroupId,
    TranscodeTemplateId: (_account, job) => inputOf(job).order.template.TranscodeTemplateId,
  },
  async work(account, job): Promise<Outcome> {
    const { videoId, order, overrideParams } = inputOf(job)
    const video = account.vod.videos.get(videoId)
    const source = video && objectOf(account, video.file)
    if (video === undefined || source === undefined) return { failed: GONE }
    if (video.damage) return { failed: video.damage }
    const defect = sourceAsset(account, video)?.defect
    if (defect === 'fails every time') return { retry: { code: 'TranscodeFail', message: `The file has the defect "${defect}".` } }
    // The analysis may take longer than this.
    const facts = video.facts ?? (await examine(account, video, source))
    return storing(() => makeStream(account, job.id, { ...video, facts }, order, overrideParams))
  },
  ended: (account, job) => jobDone(account, job),
} as const satisfies Omit<JobKind, 'name'>

export const transcoding: JobKind = { name: 'vod.SubmitTranscodeJobs', ...transcodingWork }

/** What a job works on. */
interface Input {
  videoId: string
  taskId: string
  order: Order
  overrideParams?: OverrideParams | undefined
}

const inputOf = ({ input }: Job): Input => input as unknown as Input

/** What a call can say of a task. */
export interface TranscodeOptions {
  /** From 1 to 10, the highest. Default: 6. */
  priority?: number | undefined
  /** Default: the one that every account has. */
  pipelineId?: string | undefined
  userData?: UserData | undefined
  overrideParams?: OverrideParams | undefined
  encryptConfig?: EncryptConfig | undefined
}

/** Transcodes a video by a group. Of a source that is damaged, or that no template suits, the task fails without starting any job. */
export async function startTranscoding(
  account: Account,
  video: Video,
  group: TemplateGroup,
  trigger: TranscodeTask['trigger'],
  options: TranscodeOptions = {},
): Promise<TranscodeTask> {
  const { encryptConfig, ...rest } = options
  const orders = await suitableOrders(account, video, group, { trigger, encryptConfig })
  const task = await startTask(account, transcoding, video, orders, { trigger, templateGroupId: group.templateGroupId, ...rest })
  if (task.jobs.length > 0)
    updateVideo(account, video.videoId, (draft) => {
      // What can be played already stays playable meanwhile.
      if (draft.status === 'UploadSucc') draft.status = 'Transcoding'
    })
  return task
}

/** What is to be made of a source by a group; of one that is of no use nothing is. */
export async function suitableOrders(
  account: Account,
  video: Video,
  group: Pick<TemplateGroup, 'templates'>,
  request: EncryptionRequest,
): Promise<Order[]> {
  const source = objectOf(account, video.file)
  if (video.damage || source === undefined) return []
  // It may be that its analysis has not ended yet.
  return ordersFor(group, video.facts ?? (await examine(account, video, source)), request)
}

/** What is said of a task. */
type NewTask = Pick<TranscodeTask, 'trigger' | 'templateGroupId' | 'preprocess'> & Omit<TranscodeOptions, 'encryptConfig'>

/** Starts a task with a job per order. */
export async function startTask(
  account: Account,
  kind: JobKind,
  video: Video,
  orders: readonly Order[],
  { pipelineId = DEFAULT_PIPELINE, overrideParams, ...rest }: NewTask,
): Promise<TranscodeTask> {
  const { vod, jobs, clock } = account
  const { videoId, file } = video
  const { priority = PRIORITIES.usual } = rest
  const started = orders.map((order) => ({ order, jobId: newId(account) }))
  const task = vod.transcodeTasks.put({
    ...rest,
    taskId: newId(account),
    videoId,
    priority,
    inputFile: file,
    jobs: started.map(({ jobId, order: { template } }) => ({
      jobId,
      templateId: template.TranscodeTemplateId,
      definition: markOf(template),
      format: formatOf(template),
      watermarkIds: template.WatermarkIds,
      status: 'Transcoding',
    })),
    createdAt: clock.now(),
  })
  forgetOldest(vod.transcodeTasks)
  for (const { jobId, order } of started) {
    const input: Input = { videoId, taskId: task.taskId, order, ...(overrideParams && { overrideParams }) }
    await jobs.start(kind, jobId, input as unknown as Job['input'], { name: pipelineId, priority })
  }
  if (started.length === 0) await taskDone(account, task)
  return vod.transcodeTasks.get(task.taskId) ?? task
}

/** A job has ended, however it did. */
async function jobDone(account: Account, job: Job): Promise<void> {
  const { vod, clock } = account
  const { videoId, taskId } = inputOf(job)
  const { code: errorCode, message: errorMessage } = job.error ?? NOT_IN_TIME
  const task = vod.transcodeTasks.get(taskId)
  if (task === undefined) return
  const stream = job.ending === 'succeeded' ? streamOf(task, job) : undefined
  const video = stream ? addStream(account, videoId, stream) : vod.videos.get(videoId)
  if (stream) countTranscoded(account, { bucket: stream.file.bucket, ...stream })
  const entry = task.jobs.find(({ jobId }) => jobId === job.id)
  if (entry === undefined) return
  const outcome = stream
    ? ({ status: 'TranscodeSuccess', output: stream } as const)
    : ({ status: 'TranscodeFail', errorCode, errorMessage } as const)
  const ended: TranscodeJob = { ...entry, ...outcome, completedAt: clock.now() }
  const changed = vod.transcodeTasks.update(taskId, (draft) => {
    draft.jobs = task.jobs.map((each) => (each === entry ? ended : each))
  })
  if (changed === undefined) return
  // A task ends, even if its video was deleted meanwhile; there is nobody left to tell.
  if (video) notifyJobDone(account, video, changed, ended)
  if (video && stream?.format === 'mp4' && isFirstMp4(changed))
    for (const transcodedToMp4 of account.cloud.transcodedToMp4) await transcodedToMp4(account, video)
  if (changed.jobs.every(({ status }) => status !== 'Transcoding')) await taskDone(account, changed)
}

/** True while a task has made one MP4 for players; what is made for the director desk is none. */
const isFirstMp4 = ({ preprocess, jobs }: TranscodeTask): boolean =>
  !preprocess && jobs.filter(({ output }) => output?.format === 'mp4').length === 1

/** Counts what is billed: seconds, by what they were transcoded to. Prices are in no manual. */
export const countTranscoded = (
  { usage }: Account,
  { bucket, specification, duration }: { bucket: string } & Pick<Stream, 'specification' | 'duration'>,
): void => usage.meters.count(TRANSCODED_SECONDS, { bucket, specification }, Math.ceil(duration))

/** The meter of seconds that were transcoded, by `bucket` and `specification`. */
export const TRANSCODED_SECONDS = 'vod.transcoding'

/** What a job has made. What is made for the director desk is not for players. */
function streamOf({ preprocess }: TranscodeTask, { result }: Job): Stream {
  const stream = result as unknown as Stream
  return preprocess ? { ...stream, status: 'Invisible' } : stream
}

/** All jobs of a task have ended. */
async function taskDone(account: Account, { taskId, videoId, preprocess }: TranscodeTask): Promise<void> {
  const { vod } = account
  const task = vod.transcodeTasks.update(taskId, (draft) => {
    draft.completedAt = account.clock.now()
  })
  if (task === undefined) return
  const failed = taskStatusOf(task) === 'CompleteAllFail'
  const last = vod.transcodeTasks.countBy('underWay', videoId) === 0
  const video = updateVideo(account, videoId, (draft) => {
    if (preprocess) draft.preprocessStatus = failed ? 'PreprocessFailed' : 'PreprocessSucceed'
    // Where another task is under way, there may yet be something to play.
    else if (failed && last && (draft.status === 'UploadSucc' || draft.status === 'Transcoding')) draft.status = 'TranscodeFail'
  })
  if (video) notifyTaskDone(account, video, task)
  await stepEnded(account, taskId, failed ? 'fail' : 'success')
}
