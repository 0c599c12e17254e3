/** What is told of transcoding: each stream, and the task as a whole. */

import type { Account } from '../../../../account/types.js'
import { toUtcSeconds } from '../../../../base/times.js'
import type { EventFields } from '../../../../events/definition.js'
import { plainUrl } from '../addresses/addresses.js'
import type { Stream } from '../media/stream.js'
import type { Video } from '../media/video.js'
import { type Recipient, recipientOf } from '../notification/recipient.js'
import { streamTranscodeComplete, transcodeComplete } from './events.js'
import { playDefinition } from './output.js'
import type { TranscodeJob, TranscodeTask } from './transcode-task.js'

type StreamInfo = Omit<Extract<TaskStream, { Status: 'success' }>, keyof Times> | Omit<Extract<TaskStream, { Status: 'fail' }>, keyof Times>

type TaskStream = EventFields<'TranscodeComplete'>['StreamInfos'][number]

/** What only the event of the task says of a stream. */
type Times = Record<'IsAudio' | 'StartTime' | 'FinishTime', unknown>

/** Tells of a job that has ended. Of preprocessing only the task is told of. */
export function notifyJobDone(account: Account, video: Video, task: TranscodeTask, job: TranscodeJob): void {
  if (task.preprocess) return
  account.events.notify(streamTranscodeComplete, { VideoId: video.videoId, ...infoOf(account, job) }, recipientFor(video, task))
}

/** Tells of a task whose jobs have all ended: it was a success if one of them was. */
export function notifyTaskDone(account: Account, video: Video, task: TranscodeTask): void {
  const { jobs, preprocess } = task
  account.events.notify(
    transcodeComplete,
    {
      VideoId: video.videoId,
      Status: jobs.some(({ status }) => status === 'TranscodeSuccess') ? 'success' : 'fail',
      StreamInfos: jobs.map((job) => ({ ...infoOf(account, job), ...timesOf(account, task, job) })),
      ...(preprocess && { Preprocess: true }),
    },
    recipientFor(video, task),
  )
}

/** UserData of the call counts; of a task that no call has started, or one without any, the uploader's does. */
const recipientFor = ({ appId, userData }: Video, task: TranscodeTask): Recipient =>
  recipientOf({ appId, userData: task.userData ?? userData })

/** The marks of streams without pictures. */
const AUDIO: readonly string[] = ['SQ', 'HQ']

function timesOf({ clock }: Account, { createdAt }: TranscodeTask, { output, definition, completedAt = clock.now() }: TranscodeJob) {
  return {
    IsAudio: output ? output.streamType === 'audio' : AUDIO.includes(definition ?? ''),
    StartTime: toUtcSeconds(createdAt),
    FinishTime: toUtcSeconds(completedAt),
  }
}

function infoOf(account: Account, { jobId, definition = 'OD', format = 'mp4', output, errorCode, errorMessage }: TranscodeJob): StreamInfo {
  if (output) return streamInfo(account, output)
  return {
    Status: 'fail',
    JobId: jobId,
    Definition: playDefinition(definition),
    Format: format,
    ErrorCode: errorCode ?? '',
    ErrorMessage: errorMessage ?? '',
  }
}

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
