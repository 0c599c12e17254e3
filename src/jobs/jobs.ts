/** An account's jobs: started by Actions, driven by the clock. */

import type { Account } from '../account/types.js'
import { pause } from '../base/clock.js'
import { gatewayErrors } from '../base/gateway-errors.js'
import { refuseBrokenText } from '../base/well-formed.js'
import { type JobScriptInput, jobScriptSchema } from '../faults/fault.js'
import { flattenParams } from '../http/flatten-params.js'
import type { Collection } from '../state/collection.js'
import type { Job, JobError, JobQueue, jobSchema, Script } from './job.js'
import type { Ending, JobKind, Outcome, Outside, Stage } from './kind.js'
import { Queues } from './queues.js'
import { jobRecords } from './records.js'
import { resolveScript, scripted } from './script.js'
import { deadlineOf, enterStage, indexOf, isHeld, isLast, leaveStage, passStage, TIMED_OUT, timeoutOf } from './stages.js'

/** Jobs kept per account; beyond that the oldest finished ones are forgotten. */
const MAX_JOBS = 10_000

/** How a job ended, and with what. */
interface End {
  ending: Ending
  result?: unknown
  error?: JobError
}

/** Work at the end of a stage. */
type Work = () => Outcome | undefined | Promise<Outcome | undefined>

/** Products may be of another realm. */
const isPromise = (value: unknown): value is PromiseLike<unknown> => typeof (value as PromiseLike<unknown> | undefined)?.then === 'function'

/** What work outside has come to. */
interface Result {
  /** Goes on with the job, in the account's turn. */
  proceed: () => Promise<void>
  /** The job does not go on with it. */
  discard: () => void
}

export class Jobs {
  readonly records: Collection<typeof jobSchema, 'state' | 'cause' | 'line' | 'running'>
  readonly #queues: Queues
  /** What each unfinished job waits for; called, it stops waiting. */
  readonly #waiting = new Map<string, () => void>()
  /** Work outside the turn that is under way, by job. */
  readonly #outside = new Map<string, Promise<unknown>>()

  constructor(private readonly account: Account) {
    this.records = account.state.collection(jobRecords)
    this.#queues = new Queues(account, {
      records: this.records,
      slotsOf: (job) => this.#kindOf(job).queueing?.slots(account, (job.queue as JobQueue).name) ?? 0,
      describe: (job) => `job ${job.id} ${job.stage} → ${this.#kindOf(job).stages[1]?.name}`,
      goOn: (job) => this.#leaveLine(job),
    })
    account.state.onRestore(() => {
      for (const job of this.records.list({ by: { state: 'unfinished' } }).rows) {
        this.#await(job)
        if (job.queue?.place === 'waiting') this.#queues.join(job.queue)
      }
    })
  }

  /** How many jobs have not ended. */
  get unfinished(): number {
    return this.records.countBy('state', 'unfinished')
  }

  get(id: string): Job | undefined {
    return this.records.get(id)
  }

  /**
   * Starts a job of a kind that an Action declares; `id` is its own, which is often the RequestId of the call that starts it. Of a kind that has
   * queues, `queue` says which one it is in, and with which priority.
   */
  async start(kind: JobKind, id: string, input: Job['input'], queue?: Omit<JobQueue, 'place'>): Promise<Job> {
    const { cause } = this.account.clock
    // Who goes on with it knows only its name.
    if (this.#kindOf({ kind: kind.name }) !== kind) throw new Error(`another kind of job is called ${kind.name}`)
    const [{ name: stage }] = kind.stages
    const submittedAt = this.account.clock.now()
    const job: Job = {
      id,
      ...(cause !== undefined && { cause }),
      kind: kind.name,
      submittedAt,
      stage,
      ...(queue && kind.queueing && { queue: { ...queue, place: 'arriving' } }),
      attempt: 1,
      input,
    }
    Object.assign(job, this.#scriptFromFault(kind, job))
    enterStage(this.account, kind, job, 0)
    const started = this.records.put(job)
    this.#await(started)
    this.records.forgetOldest(MAX_JOBS, { state: 'ended' })
    return started
  }

  /** Forgets a job that has not ended; false if there is none. */
  cancel(id: string): boolean {
    const job = this.get(id)
    if (job === undefined || job.ending !== undefined) return false
    this.#waiting.get(id)?.()
    this.#waiting.delete(id)
    this.records.delete(id)
    this.#freeSlot(job)
    return true
  }

  /**
   * Lets a job go on that is held, or that was to be held later. The stage takes as long as it has left; the time that the job was held does not
   * count. Rejects with a `RangeError` if there is no such job.
   */
  release(id: string): Promise<Job> {
    return this.#change(() => {
      const job = this.#running(id)
      if (job.script?.does !== 'hold') throw new RangeError(`the job ${id} is not held`)
      return this.#direct(job, undefined)
    })
  }

  /** Lets all jobs go on that are held, or that were to be held later; answers which these are. */
  releaseAll(): Promise<Job[]> {
    return this.#change(() => this.records.list({ by: { state: 'held' } }).rows.map((job) => this.#direct(job, undefined)))
  }

  /**
   * Decides what becomes of a job that has not ended, in place of what was decided before: of one that is held, it goes on. Rejects with a
   * `ZodError` if the script is not as {@link JobScriptInput} says, and with a `RangeError` if it cannot be: there is no such job, or it has no
   * such stage, code or result, or has left the stage. `custom`: the code need not be a documented one.
   */
  script(id: string, input: JobScriptInput, { custom = false }: { custom?: boolean } = {}): Promise<Job> {
    return this.#change(() => {
      const job = this.#running(id)
      const script = jobScriptSchema.parse(input)
      refuseBrokenText(script)
      const fitted = resolveScript(this.#kindOf(job), script, { custom, job })
      if ('problem' in fitted) throw new RangeError(`${fitted.wrong}: ${fitted.problem}`)
      return this.#direct(job, fitted.script)
    })
  }

  /** Resolves when no job waits for work outside the turn of those that do now. */
  async settled(): Promise<void> {
    await Promise.all(this.#outside.values())
  }

  /** Calls off what is under way. */
  dispose(): void {
    for (const stop of this.#waiting.values()) stop()
    this.#waiting.clear()
  }

  /** What a fault makes of a job that starts. */
  #scriptFromFault(kind: JobKind, job: Job): Pick<Job, 'fault' | 'script'> {
    const { account } = this
    if (account.faults.none) return {}
    const params = Object.entries(kind.faultParams ?? {}).map(([name, of]) => [name, of(account, job)] as const)
    const match = account.faults.forJob(kind.name, new Map(flattenParams(Object.fromEntries(params))), (script, custom) => {
      const fitted = resolveScript(kind, script, { custom, job })
      return 'script' in fitted ? fitted.script : undefined
    })
    return match ? { fault: match.id, script: match.effect } : {}
  }

  /** Changes jobs in the account's turn, once all that has fallen due has happened. */
  #change<T>(work: () => T | Promise<T>): Promise<T> {
    const { clock, turn } = this.account
    return turn.take(async () => {
      await clock.catchUp()
      return work()
    })
  }

  #running(id: string): Job {
    const job = this.get(id)
    if (job === undefined) throw new RangeError(`there is no job ${id}`)
    if (job.ending !== undefined) throw new RangeError(`the job ${id} has ended (${job.ending})`)
    return job
  }

  #kindOf({ kind: name }: Pick<Job, 'kind'>): JobKind {
    const kind = this.account.cloud.jobKinds.get(name)
    if (kind === undefined) throw new Error(`no Action declares jobs of ${name}`)
    return kind
  }

  /** Has a job go on by another script, or by none. */
  #direct(job: Job, script: Script | undefined): Job {
    const kind = this.#kindOf(job)
    const now = this.account.clock.now()
    const changed = this.records.update(job.id, (draft) => {
      if (draft.held !== undefined) {
        const heldFor = now - draft.held
        draft.heldFor = (draft.heldFor ?? 0) + heldFor
        draft.dueAt = (draft.dueAt ?? now) + heldFor
        if (draft.span) draft.span = { from: draft.span.from + heldFor, until: draft.span.until + heldFor }
        draft.held = undefined
      }
      if (script !== undefined) draft.fault = undefined
      draft.script = script
      draft.sequence = this.account.clock.nextSequence()
      // Whoever waits for a slot goes on waiting, unless the script is for that stage.
      if (draft.queue?.place === 'waiting' && script?.stage !== draft.stage) return
      // What had no time left, or waited for that in vain, starts its stage again.
      if (draft.next === TIMED_OUT) enterStage(this.account, kind, draft, indexOf(kind, draft))
      else if (isHeld(draft)) draft.held = now
    })
    this.#waiting.get(job.id)?.()
    this.#await(changed as Job)
    return changed as Job
  }

  /** Has the clock go on with a job, as its record says. */
  #await({ id, cause, stage, next, dueAt, sequence, held }: Job): void {
    this.#waiting.delete(id)
    if (dueAt === undefined || held !== undefined) return
    const what = (): string => `job ${id} ${stage} → ${next}`
    this.#waiting.set(
      id,
      this.account.clock.schedule(dueAt, what, () => this.#advance(id), { sequence, cause }),
    )
  }

  async #advance(id: string): Promise<void> {
    const job = this.get(id)
    if (job === undefined) return
    const kind = this.#kindOf(job)
    if (job.next === TIMED_OUT) return this.#end(kind, id, { ending: 'timedOut' })
    const decided = scripted(job)
    if (decided !== undefined) return this.#settle(kind, job, decided)
    const { work, outside } = kind.stages[indexOf(kind, job)] as Stage
    if (outside) return this.#begin(kind, job, outside)
    const { account } = this
    await this.#settle(kind, job, await this.#work(kind, job, () => (isLast(kind, job) ? kind.work : work)?.(account, job)))
  }

  /** Begins work outside the turn, and goes on with what is there at once. */
  #begin(kind: JobKind, job: Job, { begin, work, discard }: Outside): Promise<void> {
    const { account } = this
    const ending = new AbortController()
    const goOn = (found: unknown): Result => ({
      proceed: async () => this.#settle(kind, job, await this.#work(kind, job, () => work(account, job, found as never))),
      discard: () => discard?.(found as never),
    })
    const fail = (error: unknown): Result => ({
      proceed: async () => void (await this.#work(kind, job, () => Promise.reject(error))),
      discard: () => {},
    })
    const timeOut = (): Result => ({ proceed: () => this.#end(kind, job.id, { ending: 'timedOut' }), discard: () => {} })
    try {
      const found = begin(account, job, ending.signal)
      if (!isPromise(found)) return goOn(found).proceed()
      this.#waitFor(job, ending, Promise.resolve(found).then(goOn, fail))
      // Nothing is waited for longer than the job may take, were it by the machine's clock.
      pause(timeoutOf(this.account, kind), ending.signal).then(
        () => this.#came(job, ending, timeOut()),
        () => {},
      )
    } catch (error) {
      return fail(error).proceed()
    }
    return Promise.resolve()
  }

  /** Has a job go on with a result once there is one. */
  #waitFor(job: Job, ending: AbortController, result: Promise<Result>): void {
    const calledOff = new Promise((resolve) => ending.signal.addEventListener('abort', resolve, { once: true }))
    this.#outside.set(job.id, Promise.race([result.then((came) => this.#came(job, ending, came)), calledOff]))
    this.#waiting.set(job.id, () => {
      this.#outside.delete(job.id)
      ending.abort()
    })
  }

  /** Work outside has come to something: in a turn of its own, this falls due at the instant at which it was begun. */
  #came(job: Job, ending: AbortController, { proceed, discard }: Result): Promise<void> {
    return this.account.turn.take(() => {
      if (ending.signal.aborted) return discard()
      this.#waiting.get(job.id)?.()
      const { id, stage, next, dueAt = this.account.clock.now(), sequence, cause } = job
      const what = (): string => `job ${id} ${stage} → ${next}, now that its work outside is done`
      const cancel = this.account.clock.schedule(dueAt, what, proceed, { sequence, cause })
      this.#waiting.set(id, () => {
        cancel()
        discard()
      })
    })
  }

  /** `undefined`: the stage has ended, and the next one begins. */
  async #settle(kind: JobKind, { id, attempt }: Job, outcome: Outcome | undefined): Promise<void> {
    if (outcome === undefined) {
      const next = this.#transition(id, (draft) => leaveStage(this.account, kind, draft))
      if (next?.queue?.place === 'waiting') this.#queues.join(next.queue)
    } else if (outcome === 'endless')
      this.#transition(id, (draft) => {
        draft.dueAt = deadlineOf(this.account, kind, draft)
        draft.sequence = this.account.clock.nextSequence()
        draft.next = TIMED_OUT
      })
    else if ('result' in outcome) {
      await this.#end(kind, id, { ending: 'succeeded', result: outcome.result })
      if (kind.billing) this.account.usage.record(kind.name, kind.billing, outcome.footages)
    } else if ('failed' in outcome) await this.#end(kind, id, { ending: 'failed', error: outcome.failed })
    else if (attempt >= kind.attempts) await this.#end(kind, id, { ending: 'retriesExhausted', error: outcome.retry })
    else
      this.#transition(id, (draft) => {
        draft.attempt++
        enterStage(this.account, kind, draft, indexOf(kind, draft))
      })
  }

  /** A job that has waited for a slot has one. */
  #leaveLine({ id, kind: name }: Job): void {
    const kind = this.#kindOf({ kind: name })
    this.#waiting.get(id)?.()
    this.#transition(id, (draft) => enterStage(this.account, kind, draft, 1))
  }

  /** A job needs its slot no more. */
  #freeSlot({ queue }: Job): void {
    if (queue?.place === 'running') this.#queues.decide(queue.name)
  }

  #transition(id: string, change: (draft: Job) => void): Job | undefined {
    const job = this.records.update(id, change)
    if (job !== undefined) this.#await(job)
    return job
  }

  /** Does the work at the end of a stage. A bug in it is for the clock to report; the job has failed all the same. */
  async #work(kind: JobKind, job: Job, work: Work): Promise<Outcome | undefined> {
    try {
      const outcome = await work()
      if (outcome === undefined && isLast(kind, job)) throw new Error(`nothing has come of ${kind.name}`)
      if (!isLast(kind, job) || job.script?.does !== 'finish') return outcome
      // It costs what it would have cost.
      return { ...(typeof outcome === 'object' && 'result' in outcome && outcome), result: job.script.result }
    } catch (error) {
      await this.#end(kind, job.id, { ending: 'failed', error: { code: 'InternalError', message: gatewayErrors.InternalError.message } })
      throw error
    }
  }

  async #end(kind: JobKind, id: string, { ending, result, error }: End): Promise<void> {
    this.#waiting.delete(id)
    const ended = this.records.update(id, (draft) => {
      draft.endedAt = this.account.clock.now()
      passStage(draft, draft.endedAt)
      draft.ending = ending
      draft.dueAt = undefined
      draft.sequence = undefined
      draft.next = undefined
      if (result !== undefined) draft.result = result as Job['result']
      if (error !== undefined) draft.error = error
    })
    if (ended === undefined) return
    this.#freeSlot(ended)
    await kind.ended?.(this.account, ended)
  }
}
