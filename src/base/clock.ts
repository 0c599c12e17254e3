/**
 * Time. Everything an account says about time comes from its {@link Clock}; this is the only file
 * that touches the machine's clock and timers (a lint rule holds the others to that).
 */

import { setImmediate as nextRound, setTimeout as wait } from 'node:timers/promises'
import ms from 'ms'
import { z } from 'zod'
import { messageOf } from './realm.js'
import { type Due, Schedule } from './schedule.js'
import { fromIso, toIso } from './times.js'
import type { Turn } from './turn.js'

/** `system`: real time, with an optional speed-up. `manual`: stands still until told to move. */
export type ClockMode = 'system' | 'manual'

/** Where a manual clock starts unless told otherwise, so that two runs with one seed agree. */
export const MANUAL_CLOCK_START = Date.parse('2026-01-01T00:00:00.000Z')

/** The last instant that the services can write, with years of four digits; a clock does not go beyond it. */
export const END_OF_TIME = Date.parse('9999-12-31T23:59:59.999Z')

/** Milliseconds of real time for which a clock that moves far lets nothing else run. */
const LONGEST_SPELL = 10

/** The longest delay that `setTimeout` takes. */
const LONGEST_TIMER = 2_147_483_647

/** The machine's own time in milliseconds since 1970: request timestamps are checked against it, never against a test's clock. */
export const machineNow = (): number => Date.now()

/** Milliseconds of real time that never jump, for measuring how long something took. */
export const stopwatch = (): number => performance.now()

/** Waits for `milliseconds` of real time, at most 24 days; rejects with an `AbortError` when the signal is aborted. */
export const pause = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  wait(Math.min(milliseconds, LONGEST_TIMER), undefined, { signal })

/** Lets whatever else waits to run go first: for work that takes long. */
export const yieldToOthers = (): Promise<void> => nextRound()

/** A length of time: milliseconds, or text such as `10m`, `1.5h`, `2 days`. */
export type Duration = number | string

/** Milliseconds of a {@link Duration}, or `undefined` if it is not one or is negative. */
export function toMilliseconds(duration: Duration): number | undefined {
  if (typeof duration === 'string' && (duration === '' || duration.length > 32)) return undefined
  const value = typeof duration === 'number' ? duration : ms(duration as ms.StringValue)
  return Number.isFinite(value) && value >= 0 && value <= END_OF_TIME ? value : undefined
}

/** Something that fell due while a clock moved. */
export interface Fired {
  /** When it was due, as an ISO 8601 time of the account's clock. */
  at: string
  /** What it was, for example `job 49E2CC28-… PROCESSING → PROCESS_SUCCESS`. */
  what: string
  /** Of something that threw, which only a bug does: the message. */
  threw?: string
}

/** What a clock is at an instant. */
export const clockStateSchema = z.strictObject({
  mode: z.enum(['system', 'manual']),
  /** Milliseconds since 1970 at which it stands, or stood at `since`. */
  now: z.number().min(0).max(END_OF_TIME),
  /** Seconds of the clock per real second. */
  speed: z.number().min(0.001).max(1_000_000),
  /** How many sequence numbers it has given out: see {@link Clock.nextSequence}. */
  sequences: z.int().min(0),
  /** The machine's time at which it stood at `now`. Left out, that is when the state is taken over. */
  since: z.number().optional(),
})

/** See {@link clockStateSchema}. */
export type ClockState = z.output<typeof clockStateSchema>

/** What to start a {@link Clock} with. */
export interface ClockOptions {
  mode?: ClockMode
  /** Milliseconds since 1970. Default: the machine's time, or {@link MANUAL_CLOCK_START} in manual mode. */
  now?: number
  /** How many seconds of the clock pass in one real second (`system` mode). Default 1. */
  speed?: number
  /**
   * Of a replay: machine time as it was, in milliseconds since 1970. Whatever its mode says, the clock then moves only when it is told to. Default:
   * real time.
   */
  replayed?: () => number
}

/**
 * An account's clock, and the list of what falls due on it.
 *
 * What falls due runs in the account's turn, in due order, each item at its own time. In `system` mode it runs when real time has come
 * that far; a call that comes first runs it before it is served.
 */
export class Clock {
  readonly #turn: Turn
  readonly #onBug: (error: unknown, about: string) => void
  readonly #replayed: boolean
  /** The instant at which it was started. */
  readonly startedAt: number
  #mode: ClockMode
  #speed: number
  #base: number
  #machineBase: number
  readonly #due = new Schedule()
  #sequences = 0
  #timer: NodeJS.Timeout | undefined
  /** What the timer waits for. */
  #armedFor: Due | undefined
  #running: number | undefined

  readonly #outside: (() => Promise<void>)[] = []

  /** Called when the clock was set or moved, or when something has fallen due: with what. */
  onMove: ((fired: readonly Fired[]) => void) | undefined

  /**
   * RequestId of the call that all that happens at present goes back to: the one being served, or the one that scheduled what has fallen due.
   * What a call leads to is remembered with it, however much later it happens.
   */
  cause: string | undefined

  /** `onBug` is told of items that throw; the others run all the same. */
  constructor({ mode = 'system', now, speed = 1, replayed }: ClockOptions, turn: Turn, onBug: (error: unknown, about: string) => void) {
    this.#turn = turn
    this.#onBug = onBug
    this.#replayed = replayed !== undefined
    this.#mode = mode
    this.#speed = speed
    this.#machineBase = replayed?.() ?? machineNow()
    this.#base = now ?? (mode === 'manual' ? MANUAL_CLOCK_START : this.#machineBase)
    this.startedAt = this.#base
  }

  get mode(): ClockMode {
    return this.#mode
  }

  /** What the clock is, without what is to fall due on it. It says the same until the clock is set, moved, or given something to do. */
  get state(): ClockState {
    const common = { mode: this.#mode, now: this.#base, speed: this.#speed, sequences: this.#sequences }
    return this.#mode === 'manual' ? common : { ...common, since: this.#machineBase }
  }

  /** Goes on from a state. Only of a clock on which nothing waits. */
  set state({ mode, now, speed, sequences, since = machineNow() }: ClockState) {
    this.#mode = mode
    this.#speed = speed
    this.#sequences = sequences
    this.#base = now
    // The machine's clock may have been set back meanwhile; this one does not go back, nor wait for it.
    this.#machineBase = Math.min(since, machineNow())
  }

  get speed(): number {
    return this.#speed
  }

  /** True if it moves only when it is told to. */
  get #still(): boolean {
    return this.#replayed || this.#mode === 'manual'
  }

  /** The clock's time in milliseconds since 1970. While a due item runs, this is the instant at which it was due. */
  now(): number {
    if (this.#running !== undefined) return this.#running
    if (this.#still) return this.#base
    return Math.min(this.#base + Math.floor((machineNow() - this.#machineBase) * this.#speed), END_OF_TIME)
  }

  /** Stops at the present instant while a call is served: all that one call does happens at one time. Followed by {@link unfreeze}. */
  freeze(): void {
    this.#running = this.now()
  }

  /** The call that {@link freeze} was for has been served. */
  unfreeze(): void {
    this.#running = undefined
    this.cause = undefined
    // Most calls change nothing about what is due next.
    if (this.#due.first !== this.#armedFor) this.#arm()
  }

  /** How many items wait to fall due. */
  get pending(): number {
    return this.#due.size
  }

  /** The instant at which the next item falls due, or `undefined` if none waits. */
  get nextDue(): number | undefined {
    return this.#due.first?.at
  }

  /** What falls due next, in that order: so many items at most. */
  upcoming(limit: number): Fired[] {
    return this.#due.upcoming(limit).map(({ at, what }) => ({ at: toIso(at), what: what() }))
  }

  /**
   * Has `run` called when the clock reaches `at`; items that fall due at one instant run in the order of their sequence numbers, by default in the order
   * in which they were scheduled; infinity is behind all others. Who may have to schedule the same thing again, in a copy of the account, keeps the
   * sequence number and passes it then, with the cause. Returns a function that cancels it.
   */
  schedule(
    at: number,
    what: () => string,
    run: () => void | Promise<void>,
    { sequence = this.nextSequence(), cause = this.cause }: { sequence?: number | undefined; cause?: string | undefined } = {},
  ): () => void {
    const due: Due = { at, sequence, cause, what, run }
    const cancel = this.#due.add(due)
    if (this.#due.first === due) this.#arm()
    return cancel
  }

  /** A place in the order of what falls due at one instant: behind all that were given out before. */
  nextSequence(): number {
    return ++this.#sequences
  }

  /** True if something has fallen due that has not run yet. */
  get hasOverdue(): boolean {
    const next = this.#due.first
    return next !== undefined && next.at <= this.now()
  }

  /** Runs what has fallen due by now. Only for who has the account's turn. */
  async catchUp(): Promise<Fired[]> {
    const fired = await this.#runUntil(this.now())
    if (fired.length > 0) this.onMove?.(fired)
    return fired
  }

  /** Moves the clock forward, and answers what fell due on the way. Rejects with a `RangeError` if that is no length of time. */
  advance(by: Duration): Promise<Fired[]> {
    return this.#move(() => {
      const milliseconds = toMilliseconds(by)
      if (milliseconds === undefined) throw new RangeError(`"${by}" is not a length of time such as "10m", or milliseconds.`)
      return this.#moveTo(this.now() + milliseconds)
    })
  }

  /**
   * Moves the clock forward to an instant, given in milliseconds since 1970 or as an ISO 8601 UTC time, and answers what fell due on the way.
   * Rejects with a `RangeError` if it has passed or is no instant.
   */
  advanceTo(to: number | string): Promise<Fired[]> {
    return this.#move(() => {
      const instant = typeof to === 'string' ? fromIso(to) : to
      if (instant === undefined) throw new RangeError(`"${to}" is not a time such as 2026-01-01T00:00:00Z.`)
      return this.#moveTo(instant)
    })
  }

  /** Has moves of the clock wait for what due items have begun outside the turn, such as deliveries: `settled` resolves when nothing is under way. */
  waitFor(settled: () => Promise<void>): void {
    this.#outside.push(settled)
  }

  /** Resolves when nothing is under way that due items have begun outside the turn. A move ends only after this, and after what that made due in turn. */
  async settle(): Promise<void> {
    for (const settled of this.#outside) await settled()
  }

  /** Changes mode, time or speed, and answers what fell due. Time only goes forward: rejects with a `RangeError` if `now` has passed. */
  set(options: ClockOptions): Promise<Fired[]> {
    return this.#move(() => this.change(options))
  }

  /** The same as {@link set}, only for who has the account's turn; what due items have begun outside the turn is not waited for. */
  async change({ mode, now, speed }: ClockOptions): Promise<Fired[]> {
    const fired = now === undefined ? await this.catchUp() : await this.#moveTo(now)
    this.#rebase(this.now())
    this.#mode = mode ?? this.#mode
    this.#speed = speed ?? this.#speed
    this.#arm()
    this.onMove?.([])
    return fired
  }

  /** Forgets everything that waits and stops the timer. */
  dispose(): void {
    this.#due.clear()
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#armedFor = undefined
  }

  async #move(work: () => Promise<Fired[]>): Promise<Fired[]> {
    const fired = await this.#turn.take(work)
    for (;;) {
      await this.settle()
      if (!this.hasOverdue) return fired
      fired.push(...(await this.#turn.take(() => this.catchUp())))
    }
  }

  async #moveTo(instant: number): Promise<Fired[]> {
    if (!Number.isFinite(instant) || instant > END_OF_TIME) throw new RangeError('The clock cannot go that far.')
    const now = this.now()
    if (instant < now) throw new RangeError(`The clock stands at ${toIso(now)} and does not go back to ${toIso(instant)}.`)
    const fired = await this.#runUntil(instant)
    // Real time may have gone further while the items ran.
    this.#rebase(Math.max(instant, this.now()))
    this.onMove?.(fired)
    return fired
  }

  #rebase(now: number): void {
    this.#base = now
    this.#machineBase = machineNow()
    this.#arm()
  }

  async #runUntil(limit: number): Promise<Fired[]> {
    const fired: Fired[] = []
    const standing = this.#running
    let resumed = stopwatch()
    try {
      for (let next = this.#due.first; next !== undefined && next.at <= limit; next = this.#due.first) {
        if (stopwatch() - resumed > LONGEST_SPELL) {
          this.cause = undefined
          await yieldToOthers()
          resumed = stopwatch()
          continue
        }
        this.#due.shift()
        this.#running = next.at
        this.cause = next.cause
        const what = next.what()
        let threw: string | undefined
        try {
          await next.run()
        } catch (error) {
          this.#onBug(error, what)
          threw = messageOf(error)
        }
        fired.push({ at: toIso(next.at), what, ...(threw !== undefined && { threw }) })
      }
    } finally {
      this.#running = standing
      this.cause = undefined
      this.#arm()
    }
    return fired
  }

  #arm(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#armedFor = undefined
    const next = this.#due.first
    if (this.#still || next === undefined || this.#running !== undefined) return
    const delay = Math.min(Math.max(Math.ceil((next.at - this.now()) / this.#speed), 1), LONGEST_TIMER)
    this.#armedFor = next
    this.#timer = setTimeout(() => void this.#turn.take(() => this.catchUp()), delay)
    this.#timer.unref()
  }
}
