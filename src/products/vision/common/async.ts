/** Asynchronous Actions of the vision services: a call starts a job, GetAsyncJobResult tells what became of it. */

import { z } from 'zod'
import type { Account } from '../../../account/types.js'
import type { Action, defineService } from '../../../actions/action.js'
import { encodeParams } from '../../../actions/encode.js'
import { whenKnown } from '../../../actions/promises.js'
import { type ErrorSpec, type ErrorTable, type Refusal, refuse } from '../../../base/errors.js'
import { gatewayErrors } from '../../../base/gateway-errors.js'
import { lazily } from '../../../base/lazily.js'
import type { Job, JobError } from '../../../jobs/job.js'
import type { Ending, JobKind, Outcome } from '../../../jobs/kind.js'
import { asSeenBy } from '../../../oss/urls.js'
import type { InputOf, InputShape } from '../../../params/decoder.js'
import { paramType, Violated, type Violation } from '../../../params/param-type.js'
import { type Billing, free } from '../../../usage/billing.js'
import { type OpenedFile, openFile } from './content.js'
import { checkUrl, type InputFile, type Media, type MediaCodes, type MediaLimits } from './media.js'

/** Files that a job makes can be downloaded for this many seconds. */
export const RESULT_TTL = 1800

/** A call that starts a job answers with its RequestId, which is the job's id, and says so: clients tell by the Message that there is a job. */
export const submitted = z.object({ Message: z.string() })

const SUBMITTED: z.input<typeof submitted> = {
  Message:
    'The call is asynchronous, and its job has been accepted: call GetAsyncJobResult with the RequestId as JobId for its state and result.',
}

/** Which codes a service has for what can happen to a job. */
export interface JobCodes<Code extends string> {
  media: MediaCodes<Code>
  /** Every attempt at the job has failed, or it took too long. */
  algorithm: Code
  /** The account has as many unfinished jobs as it may have. */
  busy: Code
}

/** A service with asynchronous Actions. */
export type VisionService<Errors extends ErrorTable> = Pick<
  ReturnType<typeof defineService<string, Errors>>,
  'action' | 'name' | 'errors' | 'violations'
> & {
  readonly jobCodes: JobCodes<keyof Errors & string>
  /** How what its jobs make falls short of what the service makes, if it does. */
  readonly note?: string
}

/** A parameter that breaks a rule which its kind alone cannot check. */
export interface BrokenRule {
  /** Name on the wire. */
  param: string
  violation: Violation
  /** Why, as a continuation of the parameter's name. */
  reason: string
}

/** What a job has to work with. */
export interface JobContext<Shape extends InputShape> {
  account: Account
  job: Job
  input: InputOf<Shape>
  /** The input file; of several, the first. */
  media: OpenedFile
  /** All input files, in the order in which the definition names them. */
  files: readonly OpenedFile[]
}

/** An asynchronous Action that works on files. */
export type MediaActionSpec<Shape extends InputShape> = {
  summary: string
  source: string
  /** Made with the first call. */
  input: () => Shape
  /** Parameters that official clients know and the manual does not; they change nothing here. */
  accepts?: readonly string[]
  /** A rule that takes several parameters to check; the call is refused. */
  check?: (input: InputOf<Shape>) => BrokenRule | undefined
  /** A rule that takes the opened files to check; the job fails. */
  checkMedia?: (material: JobContext<Shape>) => BrokenRule | undefined
  /** What the job makes of its files. Default: something of the same size and length as the first. */
  output?: (material: JobContext<Shape>) => Media
  /** What stands as JSON in `Data.Result` once the job is done. */
  result: (material: JobContext<Shape> & { output: Media }) => unknown | Promise<unknown>
  /** What a successful job costs. Default: jobs are not counted. */
  billing?: Billing
  /** Stages of the job, by the service's names for them. Default: QUEUING for a second, PROCESSING for four. */
  stages?: JobKind['stages']
} & (
  | {
      /** Name of the parameter with the URL of the one input file. */
      param: keyof Shape & string
      limits: MediaLimits
    }
  | {
      /** The input files, where there are several or where they depend on the parameters. */
      files: (input: InputOf<Shape>) => readonly InputFile[]
    }
)

/** Defines an asynchronous Action: what the URLs show is checked at once, what only the content shows makes the job fail. */
export function defineMediaAction<const Name extends string, Shape extends InputShape, Errors extends ErrorTable>(
  service: VisionService<Errors>,
  name: Name,
  spec: MediaActionSpec<Shape>,
): Action<Name, Shape, typeof submitted> {
  const filesOf: FilesOf = (input) =>
    'files' in spec
      ? spec.files(input as InputOf<Shape>)
      : [{ param: spec.param, url: (input as Record<string, string>)[spec.param] as string, limits: spec.limits }]
  const input = lazily(spec.input)
  const job = mediaJob(service, name, { ...(spec as unknown as MediaActionSpec<InputShape>), input }, filesOf)
  const { jobCodes, violations } = service
  const refuseWith = (code: string, refusal: Refusal): never => refuse<ErrorTable>(service.errors, code, refusal)

  return service.action(name, {
    summary: spec.summary,
    source: spec.source,
    ...(service.note !== undefined && { note: service.note }),
    input,
    accepts: spec.accepts ?? [],
    output: () => submitted,
    job,
    async run({ input, account, requestId }) {
      const broken = spec.check?.(input)
      if (broken) refuseWith(violations[broken.violation], broken)
      for (const { param, url, limits } of filesOf(input)) {
        const problem = checkUrl(account, url, limits)
        if (problem) refuseWith(jobCodes.media[problem.fault], { param, reason: problem.reason })
      }
      const { unfinished } = account.jobs
      if (unfinished >= account.settings.values.maxUnfinishedJobs)
        refuseWith(jobCodes.busy, { reason: `the account has ${unfinished} unfinished jobs, and its settings allow no more` })
      await account.jobs.start(job, requestId, input as Job['input'])
      return SUBMITTED
    },
  })
}

const USUAL_STAGES: JobKind['stages'] = [
  { name: 'QUEUING', duration: '1s' },
  { name: 'PROCESSING', duration: '4s' },
]

type FilesOf = (input: unknown) => readonly InputFile[]

function mediaJob<Errors extends ErrorTable>(
  { name: service, errors, jobCodes }: VisionService<Errors>,
  name: string,
  { input: shapeOf, checkMedia, output, result, billing, stages = USUAL_STAGES }: MediaActionSpec<InputShape>,
  filesOf: FilesOf,
): JobKind {
  const described = (code: string, param: string, reason: string): JobError => ({
    code,
    message: (errors[code] as ErrorSpec).message.replace('{param}', param),
    reason: `${param} ${reason}`,
  })
  return {
    name: `${service}.${name}`,
    stages,
    timeout: '1h',
    attempts: 3,
    errors: jobErrors(errors),
    param: ({ input }) => filesOf(input)[0]?.param,
    failure: { code: jobCodes.algorithm, message: (errors[jobCodes.algorithm] as ErrorSpec).message },
    result: z.json(),
    get faultParams() {
      const shape = shapeOf()
      return Object.fromEntries(
        Object.keys(shape).map((name) => [name, (_account: Account, { input }: Job) => encodeParams(shape, input)[name]]),
      )
    },
    ...(billing && { billing }),
    async work(account, job): Promise<Outcome> {
      const files: OpenedFile[] = []
      for (const { param, url, limits } of filesOf(job.input)) {
        const defect = account.assetOf(url)?.defect
        if (defect === 'never finishes') return 'endless'
        if (defect === 'fails every time')
          return { retry: described(jobCodes.algorithm, param, `refers to a file with the defect "${defect}"`) }
        const media = await openFile(account, { url, limits })
        if ('fault' in media) return { failed: described(jobCodes.media[media.fault], param, media.reason) }
        files.push(media)
      }
      const media = files[0] as OpenedFile
      const material = { account, job, input: job.input, media, files }
      const broken = checkMedia?.(material)
      if (broken) return { failed: { ...ILLEGAL_PARAMETER, reason: `${broken.param} ${broken.reason}` } }
      const made = output?.(material) ?? media
      return { result: await result({ ...material, output: made }), footages: { input: media, output: made } }
    },
  }
}

/** The codes with which a job can fail: those of the service that are not about calls, and the one that only jobs have. */
const jobErrors = (errors: ErrorTable): ErrorTable => ({
  ...Object.fromEntries(Object.entries(errors).filter(([code]) => !Object.hasOwn(gatewayErrors, code))),
  [ILLEGAL_PARAMETER.code]: { status: 400, message: ILLEGAL_PARAMETER.message },
})

/** What a job is told to have died of whose parameters do not suit its files, as the manuals' tables on GetAsyncJobResult show it. */
const ILLEGAL_PARAMETER = { code: 'InvalidParameter', message: 'paramsIllegal' }

/** How the vision services write the state of a job that has ended. */
const STATUS: Record<Ending, string> = {
  succeeded: 'PROCESS_SUCCESS',
  failed: 'PROCESS_FAILED',
  timedOut: 'TIMEOUT_FAILED',
  retriesExhausted: 'LIMIT_RETRY_FAILED',
}

const statuses = ['QUEUING', 'PROCESSING', ...Object.values(STATUS)]

/** What the caller is told of a job that was not finished in time: no table has a code of its own for it. */
const NOT_IN_TIME = 'The job was not finished within the time allowed.'

const JOB_ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** The RequestId of the call that started a job. */
const jobId = paramType({ type: 'String', maxLength: 36, lengthUnit: 'characters', ownLimit: true }, (value) =>
  JOB_ID.test(value)
    ? value
    : new Violated('format', 'does not have the form of a RequestId, such as 49E2CC28-ED1D-4CC5-854D-7D0AE2B20976'),
)

/** Defines GetAsyncJobResult for a service. Any vision service answers for the jobs of all: the oldest manual lists their Actions together. */
export function defineGetAsyncJobResult<Errors extends ErrorTable>(service: VisionService<Errors>, source: string) {
  return service.action('GetAsyncJobResult', {
    summary: 'Tells the state of an asynchronous job, and its result once it has ended.',
    source,
    input: () => ({ JobId: jobId }),
    output: () =>
      z.object({
        Data: z.object({
          JobId: z.string(),
          Status: z.enum(statuses),
          Result: whenKnown(z.string()),
          ErrorCode: whenKnown(z.string()),
          ErrorMessage: whenKnown(z.string()),
        }),
      }),
    billing: free('fetching results is not charged'),
    matches: (account, params) => account.jobs.get(params.get('JobId') ?? '')?.kind.startsWith(`${service.name}.`) ?? false,
    run({ input: { JobId }, account }) {
      const { errors, violations } = service
      const unknown = { param: 'JobId', reason: 'is not the id of a job of this account' }
      const job = account.jobs.get(JobId) ?? refuse<ErrorTable>(errors, violations.value, unknown)
      const { ending, result } = job
      if (ending === undefined) return { Data: { JobId, Status: job.stage } }
      // Its files have the address under which the emulator was known when they were made.
      const show = (_name: string, value: unknown): unknown => (typeof value === 'string' ? asSeenBy(account, value) : value)
      if (ending === 'succeeded') return { Data: { JobId, Status: STATUS.succeeded, Result: JSON.stringify(result, show) } }
      const { code, message } = job.error ?? { code: service.jobCodes.algorithm, message: NOT_IN_TIME }
      return { Data: { JobId, Status: STATUS[ending], ErrorCode: code, ErrorMessage: message } }
    },
  })
}
