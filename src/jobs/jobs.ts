/** An account's jobs: started by Actions, driven by the clock. */

import type { Account } from '../account.js'
import { toIso, toMilliseconds } from '../clock.js'
import { Resources } from '../model/collection.js'
import { type Job, type JobError, jobSchema } from '../model/job.js'
import type { Ending, JobKind, Outcome } from './kind.js'

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

  constructor(private readonly account: Account) {}

  /** How many jobs have not ended. */
  get unfinished(): number {
    return this.#unfinished
  }

  get(id: string): Job | undefined {
    return this.records.get(id)
  }

  /** Starts a job; `id` is the RequestId of the call that starts it. */
  async start(kind: JobKind, id: string, input: Job['input']): Promise<Job> {
    const job = await this.records.put({
      id,
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

  #scheduleStage(kind: JobKind, id: string, index: number): void {
    const job = this.get(id)
    const stage = kind.stages[index]
    if (job === undefined || stage === undefined) return
    const { clock, settings } = this.account
    const override = settings.jobFor(kind.name)
    const until = clock.now() + milliseconds(override.stages?.[stage.name] ?? stage.duration)
    const deadline = job.submittedAt + milliseconds(override.timeout ?? kind.timeout)
    if (until > deadline) {
      this.#schedule(job, deadline, 'timedOut', () => this.#end(id, timedOut))
      return
    }
    const next = kind.stages[index + 1]
    if (next) {
      this.#schedule(job, until, next.name, async () => {
        await this.records.update(id, (draft) => {
          draft.stage = next.name
        })
        this.#scheduleStage(kind, id, index + 1)
      })
    } else this.#schedule(job, until, 'end', () => this.#attempt(kind, id, index, deadline))
  }

  #schedule(job: Job, at: number, to: string, run: () => void | Promise<void>): void {
    const from = job.stage
    this.account.clock.schedule(at, () => `job ${job.id} ${from} → ${to}`, run)
  }

  async #attempt(kind: JobKind, id: string, index: number, deadline: number): Promise<void> {
    const job = this.get(id)
    if (job === undefined) return
    const outcome: Outcome = await kind.work(this.account, job)
    if (outcome === 'endless') this.#schedule(job, deadline, 'timedOut', () => this.#end(id, timedOut))
    else if ('result' in outcome) await this.#end(id, { ending: 'succeeded', result: outcome.result })
    else if ('failed' in outcome) await this.#end(id, { ending: 'failed', error: outcome.failed })
    else if (job.attempt >= kind.attempts) await this.#end(id, { ending: 'retriesExhausted', error: outcome.retry })
    else {
      await this.records.update(id, (draft) => {
        draft.attempt++
      })
      this.#scheduleStage(kind, id, index)
    }
  }

  async #end(id: string, { ending, result, error }: End): Promise<void> {
    const ended = await this.records.update(id, (draft) => {
      draft.endedAt = this.account.clock.now()
      draft.ending = ending
      if (result !== undefined) draft.result = result as Job['result']
      if (error !== undefined) draft.error = error
    })
    if (ended) this.#unfinished--
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
