/** Transcoding jobs as the Actions that look for them answer (VOD manual 17, "TranscodeJobInfoSummary", "TranscodeJobInfo", "OutputFile"). */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { whenKnown } from '../../../../actions/promises.js'
import { toUtcSeconds } from '../../../../base/times.js'
import { progressOf } from '../../../../jobs/stages.js'
import { objectUrl } from '../../../../oss/urls.js'
import { audioStreams, videoStreams } from '../../media-assets/videos/mezzanine-streams.js'
import type { TranscodeJob, TranscodeTask } from '../../shared/lifecycle/transcode-task.js'
import type { Stream } from '../../shared/media/stream.js'

/** What is said of a job, whichever Action says it. */
export const jobFields = {
  TranscodeTemplateId: z.string(),
  TranscodeJobStatus: z.string(),
  /** Percent. */
  TranscodeProgress: z.number(),
  CreationTime: z.string(),
  CompleteTime: z.string().optional(),
  ErrorCode: whenKnown(z.string()),
  ErrorMessage: whenKnown(z.string()),
}

/** See {@link jobFields}. */
export function jobFieldsOf(account: Account, { createdAt }: TranscodeTask, job: TranscodeJob): z.input<z.ZodObject<typeof jobFields>> {
  const { templateId, status, errorCode, errorMessage } = job
  return {
    TranscodeTemplateId: templateId,
    TranscodeJobStatus: status,
    TranscodeProgress: percentOf(account, job),
    CreationTime: toUtcSeconds(createdAt),
    CompleteTime: timeOf(job.completedAt),
    ErrorCode: errorCode,
    ErrorMessage: errorMessage,
  }
}

/** A time, of what has one. */
export const timeOf = (instant: number | undefined): string | undefined => (instant === undefined ? undefined : toUtcSeconds(instant))

/** How far a job has come with its transcoding: nothing while it waits; all of it only once it has ended; nothing has come of one that has failed. */
function percentOf(account: Account, { jobId, status }: TranscodeJob): number {
  if (status !== 'Transcoding') return status === 'TranscodeSuccess' ? 100 : 0
  const job = account.jobs.get(jobId)
  return job?.stage === 'Transcoding' ? Math.min(99, Math.floor(100 * progressOf(account, job))) : 0
}

/** What is said of a stream that a job has made: numbers as text. */
export const outputFields = {
  Format: z.string().optional(),
  Filesize: z.number().optional(),
  /** Seconds. */
  Duration: z.string().optional(),
  /** Kbit/s. */
  Bitrate: z.string().optional(),
  Width: z.string().optional(),
  Height: z.string().optional(),
  Fps: z.string().optional(),
  /** JSON: `{}`, or the EncryptType. */
  Encryption: z.string().optional(),
  WatermarkIdList: z.array(z.string()).optional(),
}

/** See {@link outputFields}; of a job that has made none yet, what is known beforehand. */
export function outputFieldsOf({ format, watermarkIds = [], output }: TranscodeJob): z.input<z.ZodObject<typeof outputFields>> {
  const watermarks = { WatermarkIdList: watermarkIds.length > 0 ? watermarkIds : undefined }
  if (output === undefined) return { Format: format, ...watermarks }
  const { size, duration, bitrate, width, height, fps, encryptType } = output
  const text = (value: number | undefined): string | undefined => (value === undefined ? undefined : String(value))
  return {
    Format: output.format,
    Filesize: size,
    // As in the manual's samples, without decimals.
    Duration: text(Math.round(duration)),
    Bitrate: text(Math.round(bitrate)),
    Width: text(width),
    Height: text(height),
    Fps: text(fps && Math.round(fps * 1000) / 1000),
    Encryption: JSON.stringify(encryptType ? { EncryptType: encryptType } : {}),
    ...watermarks,
  }
}

/** A file that a job has made: where it is, and the streams in it as JSON. */
export const outputFile = z.object({
  ...outputFields,
  OutputFileUrl: z.string(),
  VideoStreamList: z.string(),
  AudioStreamList: z.string(),
  SubtitleStreamList: z.string(),
})

/** See {@link outputFile}. */
export function outputFileOf(account: Account, job: TranscodeJob): z.input<typeof outputFile> | undefined {
  if (job.output === undefined) return undefined
  return {
    ...outputFieldsOf(job),
    OutputFileUrl: objectUrl(account, job.output.file),
    VideoStreamList: JSON.stringify(videoStreamsOf(job.output)),
    AudioStreamList: JSON.stringify(audioStreamsOf(job.output)),
    // Subtitles become part of the picture, or files of their own.
    SubtitleStreamList: '[]',
  }
}

/** What was asked for: nothing is encoded, so there is nothing else to say. */
const factsOf = ({ duration, width, height, fps = 0, bitDepth = 8, specification, format }: Stream) => ({
  duration,
  ...(width !== undefined &&
    height !== undefined && {
      picture: { codec: specification.startsWith('H265') ? 'hevc' : 'h264', width, height, fps, bitDepth, rotation: 0 },
    }),
  sound: { codec: format === 'mp3' ? 'mp3' : 'aac', sampleRate: 44_100, channels: 2 },
})

// Other than of a source, the samples have neither a number of frames nor a rotation, and call the sample rate otherwise.
const videoStreamsOf = (stream: Stream) => videoStreams(factsOf(stream)).map(({ NumFrames: _, Rotate: __, ...rest }) => rest)

const audioStreamsOf = (stream: Stream) =>
  audioStreams(factsOf(stream)).map(({ NumFrames: _, SampleRate: Samplerate, ...rest }) => ({ ...rest, Samplerate }))
