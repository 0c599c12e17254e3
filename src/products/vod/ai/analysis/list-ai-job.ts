/** AI jobs by their ids (VOD manual 11.2.2). */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { perSecond } from '../../../../actions/action.js'
import { inAnyOrder, whenKnown } from '../../../../actions/promises.js'
import { toUtcSeconds } from '../../../../base/times.js'
import { csv } from '../../../../params/structures.js'
import { vod } from '../../shared/service/service.js'
import { id } from '../../upload/params.js'
import type { AIJob } from './ai-job.js'
import { toldOf } from './fingerprints.js'

/** Ids of one call. */
const MAX_JOBS = 10

export const listAIJob = vod.action('ListAIJob', {
  summary: 'Tells the states of up to 10 AI jobs, and what came of those that have succeeded.',
  source: 'VOD manual 11.2.2',
  limit: perSecond(30),
  input: () => ({ JobIds: csv(id(), { maxItems: MAX_JOBS }) }),
  output: () =>
    z.object({
      NonExistAIJobIds: z.object({ String: inAnyOrder(z.array(z.string())) }),
      AIJobList: z.object({
        AIJob: inAnyOrder(
          z.array(
            z.object({
              JobId: z.string(),
              MediaId: z.string(),
              Type: z.string(),
              Status: z.enum(['init', 'processing', 'success', 'fail']),
              /** `0` and `OK` unless it has failed; of jobs that have ended. */
              Code: whenKnown(z.string()),
              Message: whenKnown(z.string()),
              /** JSON text; of jobs that have succeeded. */
              Data: whenKnown(z.string()),
              CreationTime: z.string(),
              CompleteTime: z.string().optional(),
            }),
          ),
        ),
      }),
    }),
  run({ input: { JobIds }, account }) {
    const { aiJobs } = account.vod
    const distinct = [...new Set(JobIds)]
    const jobs = distinct.flatMap((jobId) => aiJobs.get(jobId) ?? [])
    return {
      NonExistAIJobIds: { String: distinct.filter((jobId) => aiJobs.get(jobId) === undefined) },
      AIJobList: { AIJob: jobs.map((job) => describe(account, job)) },
    }
  },
})

function describe(account: Account, job: AIJob) {
  const { jobId, videoId, type, error, createdAt, completedAt } = job
  return {
    JobId: jobId,
    MediaId: videoId,
    Type: type,
    Status: statusOf(account, job),
    ...(completedAt !== undefined && {
      Code: error?.code ?? '0',
      Message: error?.message ?? 'OK',
      CompleteTime: toUtcSeconds(completedAt),
    }),
    Data: dataOf(account, job),
    CreationTime: toUtcSeconds(createdAt),
  }
}

function statusOf({ jobs }: Account, { jobId, error, completedAt }: AIJob): 'init' | 'processing' | 'success' | 'fail' {
  if (completedAt !== undefined) return error ? 'fail' : 'success'
  return jobs.get(jobId)?.stage === 'processing' ? 'processing' : 'init'
}

/** What was said is the one object here that the manual's example shows, and not an array as in events. */
function dataOf(account: Account, { dna, tags }: AIJob): string | undefined {
  if (dna) return JSON.stringify(toldOf(account, dna))
  if (tags === undefined) return undefined
  const { OrigASRData, ...rest } = tags
  return JSON.stringify({ ...rest, OrigASRData: OrigASRData?.[0] })
}
