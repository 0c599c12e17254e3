/** What is told of workflows as a whole: an event of newer editions of the guide (user guide, "Workflow task completion"). */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { toUtcSeconds } from '../../../../base/times.js'
import { jsonText, utcSeconds } from '../../../../events/definition.js'
import { defineVodEvent } from '../notification/event.js'
import { recipientOf } from '../notification/recipient.js'
import { nameOf, type StepKind } from '../storage/workflow.js'
import type { RunStep, WorkflowRun } from './run.js'

const statuses = z.enum(['Succeed', 'Failed'])

const activityResult = z.strictObject({
  Status: statuses,
  StartTime: utcSeconds(),
  EndTime: utcSeconds(),
  ActivityId: z.string(),
  ActivityInstanceId: z.string(),
  Result: z.strictObject({
    MediaId: z.string(),
    /** The job or task; of a step that needed none, there is none. */
    JobId: z.string().optional(),
  }),
})

export const workflowTaskComplete = defineVodEvent({
  type: 'WorkflowTaskComplete',
  when: 'all steps of a workflow have ended; it failed if one of them did',
  actions: ['CreateUploadVideo', 'UploadMediaByURL', 'RegisterMedia', 'ProduceEditingProjectVideo', 'SubmitWorkflowJob'],
  fields: z.strictObject({
    WorkflowId: z.string(),
    Status: statuses,
    VideoId: z.string(),
    TaskId: z.string(),
    /** By the names of the steps; those that were skipped are left out. */
    ActivityResults: jsonText(z.record(z.string(), activityResult)),
    TaskInput: jsonText(z.strictObject({ Type: z.literal('Media'), Media: z.string(), Title: z.string(), StorageLocation: z.string() })),
    CreateTime: utcSeconds(),
    ModifiedTime: utcSeconds(),
    FinishTime: utcSeconds(),
    UserId: z.string(),
  }),
})

/** How the service calls what steps do; it has an example of snapshots, and the others are named like that. */
const ACTIVITIES: Readonly<Record<StepKind, string>> = {
  distributeSource: 'VodDistributeSource',
  transcode: 'VodTranscode',
  snapshot: 'VodSnapshot',
  dynamicImage: 'VodDynamicImage',
  review: 'VodAIMediaAudit',
  tag: 'VodAIVideoTag',
  dna: 'VodAIMediaDNA',
}

/** Tells of a run that is complete, unless its video is gone. */
export function notifyRunDone(account: Account, run: WorkflowRun): void {
  const { runId, workflowId, videoId, steps, startedAt, completedAt = startedAt } = run
  const video = account.vod.videos.get(videoId)
  if (video === undefined) return
  const ended = steps.filter(({ state }) => state === 'ended')
  const finished = toUtcSeconds(completedAt)
  account.events.notify(
    workflowTaskComplete,
    {
      WorkflowId: workflowId,
      Status: statusOf(ended.some(({ outcome }) => outcome === 'fail')),
      VideoId: videoId,
      TaskId: runId,
      ActivityResults: Object.fromEntries(ended.map((each) => [nameOf(each.step), resultOf(run, each)])),
      TaskInput: { Type: 'Media', Media: videoId, Title: video.title, StorageLocation: video.storageLocation },
      CreateTime: toUtcSeconds(startedAt),
      ModifiedTime: finished,
      FinishTime: finished,
      UserId: account.accountId,
    },
    recipientOf(video),
  )
}

const statusOf = (failed: boolean): z.output<typeof statuses> => (failed ? 'Failed' : 'Succeed')

function resultOf({ runId, videoId, startedAt: begun }: WorkflowRun, { step, outcome, workId, startedAt, endedAt }: RunStep) {
  return {
    Status: statusOf(outcome === 'fail'),
    StartTime: toUtcSeconds(startedAt ?? begun),
    EndTime: toUtcSeconds(endedAt ?? begun),
    ActivityId: ACTIVITIES[step.does],
    ActivityInstanceId: workId ?? `${runId}-${nameOf(step)}`,
    Result: { MediaId: videoId, JobId: workId },
  }
}
