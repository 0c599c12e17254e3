/** Queues: jobs of which only so many go on at a time. */

import type { Account } from '../account/types.js'
import type { Collection } from '../state/collection.js'
import { type Job, type jobSchema, PRIORITIES } from './job.js'

/** Keys by which the jobs of a queue are found. */
export const queueIndexes = {
  /** Those that wait for a slot, by queue and priority. */
  line: ({ queue, ending }: Job) => (queue?.place === 'waiting' && ending === undefined ? lineOf(queue.name, queue.priority) : undefined),
  /** Those that have a slot, by queue. */
  running: ({ queue, ending }: Job) => (queue?.place === 'running' && ending === undefined ? queue.name : undefined),
}

const lineOf = (queue: string, priority: number): string => `${priority} ${queue}`

/** What queues need of the jobs. */
interface QueuedJobs {
  records: Collection<typeof jobSchema, 'line' | 'running'>
  /** How many jobs of the queue of this one may run at a time. */
  slotsOf: (job: Job) => number
  /** What is said of a job that goes on. */
  describe: (job: Job) => string
  /** Has a job leave its first stage. */
  goOn: (job: Job) => void
}

/**
 * Gives slots to jobs that wait for one. Who gets one is decided behind all that happens at the same instant, so that of jobs that come to wait
 * at one instant the first is the one of the highest priority, whatever the order in which they have come.
 */
export class Queues {
  /** Queues in which a job may wait. */
  readonly #names = new Set<string>()
  /** Queues in which a slot is about to be given. */
  readonly #deciding = new Set<string>()

  constructor(
    private readonly account: Account,
    private readonly jobs: QueuedJobs,
  ) {
    account.settings.onChange(() => {
      for (const name of this.#names) this.decide(name)
    })
  }

  /** Gives slots in a queue, if there are jobs that wait and slots that are free. */
  decide(name: string): void {
    if (this.#deciding.has(name)) return
    if (this.#next(name) === undefined) return
    this.#deciding.add(name)
    const { clock } = this.account
    let next: Job | undefined
    const what = (): string => {
      next = this.#next(name)
      return next ? this.jobs.describe(next) : `queue ${name}: nobody waits any more`
    }
    const run = (): void => {
      this.#deciding.delete(name)
      if (next) this.jobs.goOn(next)
      this.decide(name)
    }
    clock.schedule(clock.now(), what, run, { sequence: Number.POSITIVE_INFINITY })
  }

  /** Takes note of a job that waits. */
  join({ name }: { name: string }): void {
    this.#names.add(name)
    this.decide(name)
  }

  /** The job that gets the next slot of a queue; `undefined` if none waits or no slot is free. */
  #next(name: string): Job | undefined {
    const { records, slotsOf } = this.jobs
    for (let priority: number = PRIORITIES.highest; priority >= PRIORITIES.lowest; priority--) {
      const [job] = records.list({ by: { line: lineOf(name, priority) }, take: 1 }).rows
      if (job) return records.countBy('running', name) < slotsOf(job) ? job : undefined
    }
    this.#names.delete(name)
    return undefined
  }
}
