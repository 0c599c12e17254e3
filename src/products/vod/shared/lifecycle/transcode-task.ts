/** Transcoding tasks: the jobs that one upload, or one call, has started for a video. */

import { z } from 'zod'
import { timestampSchema } from '../../../../base/time-schemas.js'
import { PRIORITIES } from '../../../../jobs/job.js'
import { fileSchema } from '../media/file.js'
import { streamFormats, streamSchema } from '../media/stream.js'
import { userDataSchema } from '../media/user-data.js'
import { templateDefinitions } from '../templates/transcode-template.js'

const jobSchema = z.object({
  jobId: z.string(),
  templateId: z.string(),
  /** What its template says: the mark, and the container. */
  definition: z.enum(templateDefinitions).optional(),
  format: z.enum(streamFormats).optional(),
  watermarkIds: z.array(z.string()).optional(),
  status: z.enum(['Transcoding', 'TranscodeSuccess', 'TranscodeFail']),
  errorCode: z.string().optional(),
  errorMessage: z.string().optional(),
  /** The stream that it has made, which is not forgotten with the stream. */
  output: streamSchema.optional(),
  completedAt: timestampSchema.optional(),
})

/** A job of a task, as far as it is remembered. */
export type TranscodeJob = z.output<typeof jobSchema>

export const transcodeTaskSchema = z.object({
  taskId: z.string(),
  videoId: z.string(),
  /** Started by an upload, or by a call. */
  trigger: z.enum(['Auto', 'Manual']),
  /** Of SubmitPreprocessJobs: no task of the video's history. */
  preprocess: z.literal(true).optional(),
  templateGroupId: z.string(),
  /** The source, at the time. */
  inputFile: fileSchema.optional(),
  priority: z.int().min(PRIORITIES.lowest).max(PRIORITIES.highest).optional(),
  /** Of the call that has started it; without any, the video's counts. */
  userData: userDataSchema.optional(),
  jobs: z.array(jobSchema),
  /** Milliseconds since 1970 on the account's clock, as all instants here. */
  createdAt: timestampSchema,
  completedAt: timestampSchema.optional(),
})

/** See {@link transcodeTaskSchema}. */
export type TranscodeTask = z.output<typeof transcodeTaskSchema>

/** What has become of a task, as the services write it. */
export type TaskStatus = 'Processing' | 'Partial' | 'CompleteAllSucc' | 'CompleteAllFail' | 'CompletePartialSucc'

/** What has become of a task; one without jobs, of a source that is of no use, has failed. */
export function taskStatusOf({ jobs, completedAt }: TranscodeTask): TaskStatus {
  const succeeded = jobs.filter(({ status }) => status === 'TranscodeSuccess').length
  if (completedAt === undefined) return jobs.every(({ status }) => status === 'Transcoding') ? 'Processing' : 'Partial'
  if (succeeded === 0) return 'CompleteAllFail'
  return succeeded === jobs.length ? 'CompleteAllSucc' : 'CompletePartialSucc'
}

/** Where tasks are found. */
export const transcodeTaskIndexes = {
  /** The history of a video. */
  video: ({ videoId, preprocess }: TranscodeTask) => (preprocess ? undefined : videoId),
  /** What may yet make a video one that can be played. */
  underWay: ({ videoId, preprocess, completedAt }: TranscodeTask) => (preprocess || completedAt !== undefined ? undefined : videoId),
}
