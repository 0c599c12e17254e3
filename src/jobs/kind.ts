/** What an asynchronous job is: stages that take time, and a function for how it ends. */

import type { z } from 'zod'
import type { Account } from '../account/types.js'
import type { Duration } from '../base/clock.js'
import type { ErrorTable } from '../base/errors.js'
import type { ParamValue } from '../http/flatten-params.js'
import type { Billing, Footages } from '../usage/billing.js'
import type { Job, JobError } from './job.js'

/** How a job ended, in words that belong to no service. */
export type Ending = 'succeeded' | 'failed' | 'timedOut' | 'retriesExhausted'

/** What came of an attempt at a job's work. */
export type Outcome =
  /** Done; `result` is JSON that the Actions make their answer of, `footages` are what a job billed by length has read and made. */
  | { result: unknown; footages?: Footages }
  /** Wrong for good. */
  | { failed: JobError }
  /** Wrong this time: tried again, until the attempts are used up. */
  | { retry: JobError }
  /** Not finished, and never will be: the job ends when its time is up. */
  | 'endless'

/**
 * Work that waits for something outside, such as a host that is asked. It is begun in the account's turn when the stage is over, and nobody waits for
 * it there: the job goes on in another turn, at the instant at which the stage was over. Whatever ends the job, or changes it, calls it off; a copy
 * of the account, and a process that is started again, begin it anew.
 */
export interface Outside {
  /**
   * Begins it. What is no promise is there at once, and the job goes on in the same turn. What is found must be complete: then, too, the signal is
   * aborted, after which nobody waits for anything any more.
   */
  begin: (account: Account, job: Job, signal: AbortSignal) => unknown
  /** Does the work with what was found, as {@link Stage.work} does. */
  work: (account: Account, job: Job, found: never) => Outcome | undefined | Promise<Outcome | undefined>
  /** Gives back what was found and nobody wants any more. */
  discard?: (found: never) => void
}

/** Defines work that waits for something outside; what `begin` finds is given to `work`. */
export const outside = <Found>(definition: {
  begin: (account: Account, job: Job, signal: AbortSignal) => Found | Promise<Found>
  work: (account: Account, job: Job, found: Found) => Outcome | undefined | Promise<Outcome | undefined>
  discard?: (found: Found) => void
}): Outside => definition

/** One stage of a job. */
export interface Stage {
  /** Name as the service writes the status: `QUEUING`. */
  name: string
  /** How long it takes unless the account's settings say otherwise. */
  duration: Duration
  /** What is done at its end, of a stage before the last; an outcome ends the job there. */
  work?: (account: Account, job: Job) => Outcome | undefined | Promise<Outcome | undefined>
  /** The same, where it waits for something outside: in place of `work`. */
  outside?: Outside
}

/** Queues, of whose jobs only so many go on at a time. The others wait at the end of their first stage: by priority, and then in the order of submission. */
export interface Queueing {
  /** How many jobs of a queue may have left their first stage at a time; 0: for now, none leaves it. */
  slots: (account: Account, queue: string) => number
}

/** A kind of job. The same kind serves all accounts; what differs from job to job is in its record. */
export interface JobKind {
  /** `<service>.<Action>` of the Action that starts it. */
  name: string
  /** Stages in order; the last one is where the work is done, and is repeated when an attempt is to be retried. */
  stages: readonly [Stage, ...Stage[]]
  /** Of jobs that are queued; which queue a job is in is said when it starts. */
  queueing?: Queueing
  /** How long a job may take in all before it is given up. */
  timeout: Duration
  /** How often the work is tried. */
  attempts: number
  /** The codes with which it fails. Default: none are documented, so there may be any. */
  errors?: ErrorTable
  /** The parameter of a job that `{param}` in their messages stands for. */
  param?: (job: Job) => string | undefined
  /** What a test may have it succeed with. Default: its result cannot be given. */
  result?: z.ZodType
  /** What faults can tell a job by: parameters by their names in the manual, and what each is for a job. Default: nothing. */
  faultParams?: Readonly<Record<string, (account: Account, job: Job) => ParamValue>>
  /** Stages at whose end a test can have it fail or hang, the usual one first. Default: every stage, the last one first. */
  failsIn?: readonly [string, ...string[]]
  /** What a test has it die of that does not say of what. Default: an internal error. */
  failure?: JobError
  /** What a job costs that succeeds. Default: jobs are not counted. */
  billing?: Billing
  /** Does the work at the end of the last stage, unless that waits for something outside. */
  work?: (account: Account, job: Job) => Outcome | Promise<Outcome>
  /** What follows once the job has ended, however it did. */
  ended?: (account: Account, job: Job) => void | Promise<void>
}
