/** Transcoding: one job per template of a group, and an end once all of them have ended. */

import type { Account } from '../../../../account/types.js'
import type { EventFields } from '../../../../events/definition.js'
import type { Job } from '../../../../jobs/job.js'
import type { JobKind, Outcome } from '../../../../jobs/kind.js'
import { plainUrl } from '../addresses/addresses.js'
import { updateVideo } from '../media/medium.js'
import { newId } from '../media/new-id.js'
import type { Stream } from '../media/stream.js'
import type { Video } from '../media/video.js'
import { recipientOf } from '../notification/recipient.js'
import { forgetOldest } from '../service/forget-oldest.js'
import type { Template, TemplateGroup } from '../templates/template-group.js'
import { addStream } from './add-stream.js'
import { streamTranscodeComplete, transcodeComplete } from './events.js'
import { sourceAsset } from './examine.js'
import { videoFaultParams } from './fault-params.js'
import { makeStream } from './make-stream.js'
import { playDefinition, templatesFor } from './output.js'
import { storing } from './storing.js'
import type { TranscodeTask } from './transcode-task.js'

const NOT_IN_TIME = { code: 'JobTimeout', message: 'The job was not finished within the time allowed.' }

export const transcoding: JobKind = {
  name: 'vod.SubmitTranscodeJobs',
  stages: [
    { name: 'Queuing', duration: '1s' },
    { name: 'Transcoding', duration: '4s' },
  ],
  timeout: '24h',
  attempts: 3,
  failure: { code: 'TranscodeFail', message: 'The transcoding failed.' },
  faultParams: {
    ...videoFaultParams,
    TemplateGroupId: ({ vod }, job) => vod.transcodeTasks.get(inputOf(job).taskId)?.templateGroupId,
    TranscodeTemplateId: (_account, job) => inputOf(job).template.TranscodeTemplateId,
  },
  async work(account, job): Promise<Outcome> {
    const { videoId, template } = inputOf(job)
    const video = account.vod.videos.get(videoId)
    if (video?.facts === undefined || video.size === undefined) return { failed: GONE }
    const defect = sourceAsset(account, video)?.defect
    if (defect === 'fails every time') return { retry: { code: 'TranscodeFail', message: `The file has the defect "${defect}".` } }
    return storing(async () => {
      const stream = await makeStream(account, job.id, video, template)
      return stream ? { result: stream } : { failed: GONE }
    })
  },
  ended: (account, job) => streamDone(account, job),
}

const GONE = { code: 'InvalidFile.NotFound', message: 'The file does not exist.' }

interface Input {
  videoId: string
  taskId: string
  template: Template
}

const inputOf = ({ input }: Job): Input => input as unknown as Input

/** Transcodes a video by a group. Of a source that is damaged, or that no template suits, the task fails without starting any job. */
export async function startTranscoding(
  account: Account,
  video: Video,
  group: TemplateGroup,
  trigger: TranscodeTask['trigger'],
): Promise<TranscodeTask> {
  const { vod, jobs, clock } = account
  const { videoId, facts } = video
  const wanted = facts ? templatesFor(group, facts) : []
  const started = wanted.map((template) => ({ template, jobId: newId(account) }))
  const task = vod.transcodeTasks.put({
    taskId: newId(account),
    videoId,
    trigger,
    templateGroupId: group.templateGroupId,
    jobs: started.map(({ jobId, template }) => ({ jobId, templateId: template.TranscodeTemplateId, status: 'Transcoding' })),
    createdAt: clock.now(),
  })
  forgetOldest(vod.transcodeTasks)
  if (started.length === 0) {
    taskDone(account, task)
    return task
  }
  updateVideo(account, videoId, (draft) => {
    // What can be played already stays playable meanwhile.
    if (draft.status === 'UploadSucc') draft.status = 'Transcoding'
  })
  for (const { jobId, template } of started) {
    const input: Input = { videoId, taskId: task.taskId, template }
    await jobs.start(transcoding, jobId, { ...input } as unknown as Job['input'])
  }
  return task
}

type StreamInfo = EventFields<'TranscodeComplete'>['StreamInfos'][number]

/** A stream as events describe it. */
function streamInfo(account: Account, stream: Stream): StreamInfo {
  const { jobId, definition, format, bitrate, duration, encryptType, file, size, width, height, fps } = stream
  return {
    Status: 'success',
    JobId: jobId,
    Definition: definition,
    Format: format,
    Bitrate: bitrate,
    Duration: duration,
    Encrypt: encryptType !== undefined,
    FileUrl: plainUrl(account, file),
    Size: size,
    ...(width !== undefined && { Width: width }),
    ...(height !== undefined && { Height: height }),
    ...(fps !== undefined && { Fps: fps }),
  }
}

function failedInfo({ id: JobId, error = NOT_IN_TIME, ...job }: Job): StreamInfo {
  const { template } = inputOf(job as Job)
  return {
    Status: 'fail',
    JobId,
    Definition: playDefinition(template),
    Format: template.Container.Format,
    ErrorCode: error.code,
    ErrorMessage: error.message,
  }
}

function streamDone(account: Account, job: Job): void {
  const { videoId, taskId } = inputOf(job)
  const { vod, events } = account
  const stream = job.ending === 'succeeded' ? (job.result as unknown as Stream) : undefined
  const video = stream ? addStream(account, videoId, stream) : vod.videos.get(videoId)
  const { code: errorCode, message: errorMessage } = job.error ?? NOT_IN_TIME
  const task = vod.transcodeTasks.update(taskId, (draft) => {
    const entry = draft.jobs.find(({ jobId }) => jobId === job.id)
    if (entry) Object.assign(entry, stream ? { status: 'TranscodeSuccess' } : { status: 'TranscodeFail', errorCode, errorMessage })
  })
  if (task === undefined) return
  // A task ends, even if its video was deleted meanwhile; there is nobody left to tell.
  if (video) {
    const info = stream ? streamInfo(account, stream) : failedInfo(job)
    events.notify(streamTranscodeComplete, { VideoId: videoId, ...info }, recipientOf(video))
  }
  if (task.jobs.every(({ status }) => status !== 'Transcoding')) taskDone(account, task)
}

/** All jobs of a task have ended: it was a success if one of them was. */
function taskDone(account: Account, { taskId, videoId, jobs }: TranscodeTask): void {
  const { vod, events } = account
  vod.transcodeTasks.update(taskId, (draft) => {
    draft.completedAt = account.clock.now()
  })
  const succeeded = jobs.some(({ status }) => status === 'TranscodeSuccess')
  const video = updateVideo(account, videoId, (draft) => {
    // What can be played, or waits for or has had its review, stays as it is.
    if (!succeeded && (draft.status === 'UploadSucc' || draft.status === 'Transcoding')) draft.status = 'TranscodeFail'
  })
  if (video === undefined) return
  const StreamInfos = jobs.flatMap(({ jobId }): StreamInfo[] => {
    const stream = video.streams.find((each) => each.jobId === jobId)
    const job = account.jobs.get(jobId)
    return stream ? [streamInfo(account, stream)] : job ? [failedInfo(job)] : []
  })
  events.notify(transcodeComplete, { VideoId: videoId, Status: succeeded ? 'success' : 'fail', StreamInfos }, recipientOf(video))
}
