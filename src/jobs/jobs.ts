/** An account's jobs: started by Actions, driven by the clock. */

import type { Account } from '../account.js'
import { toIso, toMilliseconds } from '../clock.js'
import { gatewayErrors } from '../gateway/errors.js'
import { Resources } from '../model/collection.js'
import { type Job, type JobError, jobSchema } from '../model/job.js'
import type { Ending, JobKind, Outcome, Stage } from './kind.js'

/** Jobs kept per account; beyond that the oldest finished ones are forgotten. */
const MOST_JOBS = 10_000

/** A job with its instants as ISO 8601 times, as the control API shows it. */
export const describeJob = ({ submittedAt, endedAt, ...job }: Job) => ({
  ...job,
  submittedAt: toIso(submittedAt),
  ...(endedAt !== undefined && { endedAt: toIso(endedAt) }),
})

/** How a job ended, and with what. */
interface End {
  ending: Ending
  result?: unknown
  error?: JobError
}

export class Jobs {
  readonly records = new Resources(jobSchema, (job) => job.id)
  #unfinished = 0
  /** What each unfinished job waits for; called, it stops waiting. */
  readonly #waiting = new Map<string, () => void>()

  constructor(private readonly account: Account) {}

  /** How many jobs have not ended. */
  get unfinished(): number {
    return this.#unfinished
  }

  get(id: string): Job | undefined {
    return this.records.get(id)
  }

  /** Starts a job; `id` is its own, which is often the RequestId of the call that starts it. */
  async start(kind: JobKind, id: string, input: Job['input']): Promise<Job> {
    const { cause } = this.account.clock
    const job = await this.records.put({
      id,
      ...(cause !== undefined && { cause }),
      kind: kind.name,
      submittedAt: this.account.clock.now(),
      stage: kind.stages[0].name,
      attempt: 1,
      input,
    })
    this.#unfinished++
    this.#scheduleStage(kind, id, 0)
    this.#forgetOldest()
    return job
  }

  /** Forgets a job that has not ended; false if there is none. */
  cancel(id: string): boolean {
    const job = this.get(id)
    if (job === undefined || job.ending !== undefined) return false
    this.#waiting.get(id)?.()
    this.#waiting.delete(id)
    this.#unfinished--
    return this.records.delete(id)
  }

  #scheduleStage(kind: JobKind, id: string, index: number): void {
    const job = this.get(id)
    const stage = kind.stages[index]
    if (job === undefined || stage === undefined) return
    const { clock, settings } = this.account
    const override = settings.jobFor(kind.name)
    const until = clock.now() + milliseconds(override.stages?.[stage.name] ?? stage.duration)
    const deadline = job.submittedAt + milliseconds(override.timeout ?? kind.timeout)
    if (until > deadline) {
      this.#schedule(job, deadline, 'timedOut', () => this.#end(kind, id, timedOut))
      return
    }
    const next = kind.stages[index + 1]
    if (next === undefined) {
      this.#schedule(job, until, 'end', () => this.#attempt(kind, id, index, deadline))
      return
    }
    this.#schedule(job, until, next.name, async () => {
      const outcome = stage.work && (await this.#work(kind, id, stage.work))
      if (outcome !== undefined) return this.#settle(kind, id, index, deadline, outcome)
      await this.records.update(id, (draft) => {
        draft.stage = next.name
      })
      this.#scheduleStage(kind, id, index + 1)
    })
  }

  #schedule({ id, stage }: Job, at: number, to: string, run: () => void | Promise<void>): void {
    this.#waiting.set(
      id,
      this.account.clock.schedule(at, () => `job ${id} ${stage} → ${to}`, run),
    )
  }

  async #attempt(kind: JobKind, id: string, index: number, deadline: number): Promise<void> {
    const outcome = await this.#work(kind, id, kind.work)
    if (outcome !== undefined) await this.#settle(kind, id, index, deadline, outcome)
  }

  async #settle(kind: JobKind, id: string, index: number, deadline: number, outcome: Outcome): Promise<void> {
    const job = this.get(id)
    if (job === undefined) return
    if (outcome === 'endless') this.#schedule(job, deadline, 'timedOut', () => this.#end(kind, id, timedOut))
    else if ('result' in outcome) {
      await this.#end(kind, id, { ending: 'succeeded', result: outcome.result })
      if (kind.billing) this.account.usage.record(kind.name, kind.billing, outcome.footages)
    } else if ('failed' in outcome) await this.#end(kind, id, { ending: 'failed', error: outcome.failed })
    else if (job.attempt >= kind.attempts) await this.#end(kind, id, { ending: 'retriesExhausted', error: outcome.retry })
    else {
      await this.records.update(id, (draft) => {
        draft.attempt++
      })
      this.#scheduleStage(kind, id, index)
    }
  }

  /** A bug in the work is for the clock to report; the job has failed all the same. */
  async #work(kind: JobKind, id: string, work: NonNullable<Stage['work']>): Promise<Outcome | undefined> {
    const job = this.get(id)
    try {
      return job && (await work(this.account, job))
    } catch (error) {
      await this.#end(kind, id, { ending: 'failed', error: { code: 'InternalError', message: gatewayErrors.InternalError.message } })
      throw error
    }
  }

  async #end(kind: JobKind, id: string, { ending, result, error }: End): Promise<void> {
    this.#waiting.delete(id)
    const ended = await this.records.update(id, (draft) => {
      draft.endedAt = this.account.clock.now()
      draft.ending = ending
      if (result !== undefined) draft.result = result as Job['result']
      if (error !== undefined) draft.error = error
    })
    if (ended === undefined) return
    this.#unfinished--
    await kind.ended?.(this.account, ended)
  }

  #forgetOldest(): void {
    // In batches, because finding the finished ones means looking at all.
    if (this.records.count < MOST_JOBS * 1.1) return
    const { rows } = this.records.list({ where: (job) => job.ending !== undefined, take: this.records.count - MOST_JOBS })
    for (const job of rows) this.records.delete(job.id)
  }
}

const timedOut: End = { ending: 'timedOut' }

/** Durations of definitions and settings are checked where they come in. */
const milliseconds = (duration: number | string): number => toMilliseconds(duration) ?? 0
