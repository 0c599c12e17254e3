/** Asynchronous Actions of the vision services: a call starts a job, GetAsyncJobResult tells what became of it. */

import { z } from 'zod'
import type { Account } from '../../account.js'
import type { Ending, JobKind, Outcome } from '../../jobs/kind.js'
import type { Job, JobError } from '../../model/job.js'
import type { InputOf, InputShape } from '../../params/decoder.js'
import { text } from '../../params/scalars.js'
import type { Action, defineService } from '../action.js'
import { videoErrors, videoMediaCodes } from './errors.js'
import { assetOf, checkUrl, type Media, type MediaLimits, openMedia } from './media.js'

/** Files that a job makes can be downloaded for this many seconds. */
export const RESULT_TTL = 1800

/** A call that starts a job answers with its RequestId alone, which is the job's id. */
export const submitted = z.object({})

/** An asynchronous Action that works on one input file. */
export interface MediaActionSpec<Shape extends InputShape> {
  summary: string
  source: string
  input: Shape
  /** Name of the parameter with the input's URL. */
  param: keyof Shape & string
  limits: MediaLimits
  /** What stands as JSON in `Data.Result` once the job is done. */
  result: (made: { account: Account; job: Job; input: InputOf<Shape>; media: Media }) => unknown | Promise<unknown>
}

/** Defines an asynchronous Action: what the URL shows is checked at once, what only the content shows makes the job fail. */
export function defineMediaAction<const Name extends string, Shape extends InputShape>(
  service: VisionService,
  name: Name,
  { param, limits, result, ...spec }: MediaActionSpec<Shape>,
): Action<Name, Shape, typeof submitted> {
  const job = mediaJob(`${service.name}.${name}`, { param, limits, result: result as MediaActionSpec<InputShape>['result'] })
  return service.action(name, {
    ...spec,
    output: submitted,
    job,
    async run({ input, account, requestId, fail }) {
      const values = input as Job['input']
      const problem = checkUrl(account, values[param] as string, limits)
      if (problem) fail(videoMediaCodes[problem.fault], { param, reason: problem.reason })
      const { unfinished } = account.jobs
      if (unfinished >= account.settings.maxUnfinishedJobs)
        fail('InternalServerError.Busy', { reason: `the account has ${unfinished} unfinished jobs, and its settings allow no more` })
      await account.jobs.start(job, requestId, values)
      return {}
    },
  })
}

function mediaJob(name: string, { param, limits, result }: Pick<MediaActionSpec<InputShape>, 'param' | 'limits' | 'result'>): JobKind {
  const described = (code: keyof typeof videoErrors, reason: string): JobError => ({
    code,
    message: videoErrors[code].message.replace('{param}', param),
    reason: `${param} ${reason}`,
  })
  return {
    name,
    stages: [
      { name: 'QUEUING', duration: '1s' },
      { name: 'PROCESSING', duration: '4s' },
    ],
    timeout: '1h',
    attempts: 3,
    async work(account, job): Promise<Outcome> {
      const url = job.input[param] as string
      const defect = assetOf(account, url)?.defect
      if (defect === 'never finishes') return 'endless'
      if (defect === 'fails every time')
        return { retry: described('InternalServerError.Algo', `refers to an asset that was declared with the defect "${defect}"`) }
      const media = openMedia(account, url, limits)
      if ('fault' in media) return { failed: described(videoMediaCodes[media.fault], media.reason) }
      return { result: await result({ account, job, input: job.input, media }) }
    },
  }
}

/** How the vision services write the state of a job that has ended. */
const STATUS: Record<Ending, string> = {
  succeeded: 'PROCESS_SUCCESS',
  failed: 'PROCESS_FAILED',
  timedOut: 'TIMEOUT_FAILED',
  retriesExhausted: 'LIMIT_RETRY_FAILED',
}

const statuses = ['QUEUING', 'PROCESSING', ...Object.values(STATUS)]

/** What a job that was not finished in time is told to have died of: no table has a code of its own for it. */
const NOT_IN_TIME = { code: 'InternalServerError.Algo', message: 'The job was not finished within the time allowed.' }

type VisionService = Pick<ReturnType<typeof defineService<typeof videoErrors>>, 'action' | 'name'>

/** Defines GetAsyncJobResult for a service. Any vision service answers for the jobs of all: the oldest manual lists their Actions together. */
export function defineGetAsyncJobResult(service: VisionService, source: string) {
  return service.action('GetAsyncJobResult', {
    summary: 'Tells the state of an asynchronous job, and its result once it has ended.',
    source,
    input: { JobId: text({ maxLength: 128 }) },
    output: z.object({
      Data: z.object({
        JobId: z.string(),
        Status: z.enum(statuses),
        Result: z.string().optional(),
        ErrorCode: z.string().optional(),
        ErrorMessage: z.string().optional(),
      }),
    }),
    claims: (account, params) => account.jobs.get(params.get('JobId') ?? '')?.kind.startsWith(`${service.name}.`) ?? false,
    run({ input: { JobId }, account, fail }) {
      const job = account.jobs.get(JobId) ?? fail('InvalidParameter', { param: 'JobId', reason: 'is not the id of a job of this account' })
      const { ending, result } = job
      if (ending === undefined) return { Data: { JobId, Status: job.stage } }
      if (ending === 'succeeded') return { Data: { JobId, Status: STATUS.succeeded, Result: JSON.stringify(result) } }
      const { code, message } = job.error ?? NOT_IN_TIME
      return { Data: { JobId, Status: STATUS[ending], ErrorCode: code, ErrorMessage: message } }
    },
  })
}
