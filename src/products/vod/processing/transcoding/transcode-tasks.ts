/** Transcoding tasks: those of a video, and one with its jobs (VOD manual 8.5.2, 8.5.3). */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { perSecond } from '../../../../actions/action.js'
import { inAnyOrder, whenKnown } from '../../../../actions/promises.js'
import { toUtcSeconds } from '../../../../base/times.js'
import { objectUrl } from '../../../../oss/urls.js'
import { integer, utcTime } from '../../../../params/scalars.js'
import { type TranscodeTask, taskStatusOf } from '../../shared/lifecycle/transcode-task.js'
import { vod } from '../../shared/service/service.js'
import { id } from '../../upload/params.js'
import { jobFields, jobFieldsOf, outputFile, outputFileOf, timeOf } from './job-info.js'
import { noSuchResource } from './source.js'

const taskFields = {
  TranscodeTaskId: z.string(),
  VideoId: z.string(),
  TaskStatus: z.string(),
  /** `Auto`: started by an upload; `Manual`: by a call. */
  Trigger: z.string(),
  TranscodeTemplateGroupId: z.string(),
  CreationTime: z.string(),
  CompleteTime: z.string().optional(),
}

const taskFieldsOf = (task: TranscodeTask): z.input<z.ZodObject<typeof taskFields>> => ({
  TranscodeTaskId: task.taskId,
  VideoId: task.videoId,
  TaskStatus: taskStatusOf(task),
  Trigger: task.trigger,
  TranscodeTemplateGroupId: task.templateGroupId,
  CreationTime: toUtcSeconds(task.createdAt),
  CompleteTime: timeOf(task.completedAt),
})

export const listTranscodeTask = vod.action('ListTranscodeTask', {
  summary: 'Lists the transcoding tasks of a video, the newest first, without their jobs.',
  source: 'VOD manual 8.5.2',
  limit: perSecond(15),
  input: () => ({
    VideoId: id(),
    /** Of the creation of tasks, as EndTime; the manual does not say of what. */
    StartTime: utcTime().optional(),
    EndTime: utcTime().optional(),
    PageSize: integer({ min: 1, max: 50 }).default(10),
    PageNo: integer({ min: 1 }).default(1),
  }),
  output: () => z.object({ TranscodeTaskList: z.array(z.object(taskFields)) }),
  run({ input: { VideoId, StartTime, EndTime, PageSize, PageNo }, account, fail }) {
    if (StartTime !== undefined && EndTime !== undefined && EndTime <= StartTime)
      fail('InvalidParameter', { param: 'EndTime', reason: 'is not later than StartTime' })
    const { rows } = account.vod.transcodeTasks.list({
      by: { video: VideoId },
      ...((StartTime !== undefined || EndTime !== undefined) && { where: createdWithin(StartTime, EndTime) }),
      descending: true,
      skip: (PageNo - 1) * PageSize,
      take: PageSize,
    })
    // No error is documented: of a video that does not exist, there are none.
    return { TranscodeTaskList: rows.map(taskFieldsOf) }
  },
})

/** From one second to another, both included, as in GetVideoList. */
function createdWithin(start = Number.NEGATIVE_INFINITY, end = Number.POSITIVE_INFINITY): (task: TranscodeTask) => boolean {
  return ({ createdAt }) => {
    const shown = Math.floor(createdAt / 1000) * 1000
    return shown >= start && shown <= end
  }
}

export const getTranscodeTask = vod.action('GetTranscodeTask', {
  summary: 'Tells of a transcoding task, its jobs, and what they have made.',
  source: 'VOD manual 8.5.3',
  limit: perSecond(15),
  input: () => ({ TranscodeTaskId: id() }),
  output: () =>
    z.object({
      TranscodeTask: z.object({
        ...taskFields,
        TranscodeJobInfoList: inAnyOrder(
          z.array(
            z.object({
              ...jobFields,
              TranscodeJobId: z.string(),
              /** Mark of the template. */
              Definition: z.string().optional(),
              Priority: z.string(),
              /** The source, in OSS. */
              InputFileUrl: z.string().optional(),
              OutputFile: whenKnown(outputFile),
            }),
          ),
        ),
      }),
    }),
  errors: { NoSuchResource: { status: 404, message: 'The specified resource %s does not exist.' } },
  run({ input: { TranscodeTaskId }, account, fail }) {
    const task =
      account.vod.transcodeTasks.get(TranscodeTaskId) ??
      fail('NoSuchResource', noSuchResource(TranscodeTaskId, 'TranscodeTaskId', 'is not the id of a transcoding task of this account'))
    return { TranscodeTask: { ...taskFieldsOf(task), TranscodeJobInfoList: jobsOf(account, task) } }
  },
})

const jobsOf = (account: Account, task: TranscodeTask) =>
  task.jobs.map((job) => ({
    ...jobFieldsOf(account, task, job),
    TranscodeJobId: job.jobId,
    Definition: job.definition,
    Priority: String(task.priority ?? 6),
    InputFileUrl: task.inputFile && objectUrl(account, task.inputFile),
    OutputFile: outputFileOf(account, job),
  }))
