/**
 * Time. Everything an account says about time comes from its {@link Clock}; this is the only file
 * that touches the machine's clock and timers (a lint rule holds the others to that).
 */

import ms from 'ms'

/** `system`: real time, with an optional speed-up. `manual`: stands still until told to move. */
export type ClockMode = 'system' | 'manual'

/** Where a manual clock starts unless told otherwise, so that two runs with one seed agree. */
export const MANUAL_CLOCK_START = Date.parse('2026-01-01T00:00:00.000Z')

/** The last instant a JavaScript date can hold; a clock refuses to go beyond it. */
const END_OF_TIME = 8_640_000_000_000_000

/** The longest delay that `setTimeout` takes. */
const LONGEST_TIMER = 2_147_483_647

/** The machine's own time in milliseconds since 1970: request timestamps are checked against it, never against a test's clock. */
export const machineNow = (): number => Date.now()

/** Milliseconds of real time that never jump, for measuring how long something took. */
export const stopwatch = (): number => performance.now()

/** `2026-01-01T00:00:00.000Z` for an instant in milliseconds since 1970. */
export const toIso = (instant: number): string => new Date(instant).toISOString()

/** `2026-01-01T00:00:00Z`: the form in which the services write UTC times. */
export const toUtcSeconds = (instant: number): string => `${toIso(instant).slice(0, 19)}Z`

/** Milliseconds since 1970 of an ISO 8601 UTC time such as `2026-01-01T00:00:00Z` (fraction optional), or `undefined` if it is not one. */
export function fromIso(text: string): number | undefined {
  // The manuals' own examples have months and days of one digit (2017-3-29T12:00:00Z).
  const parts = /^(\d{4})-(\d{1,2})-(\d{1,2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,3})\d*)?Z$/.exec(text)
  if (!parts) return undefined
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [number, number, number, number, number, number]
  const instant = Date.UTC(year, month - 1, day, hour, minute, second, Number((parts[7] ?? '0').padEnd(3, '0')))
  const date = new Date(instant)
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60
  return exists ? instant : undefined
}

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
}

interface Due {
  at: number
  what: () => string
  run: () => void | Promise<void>
}

/** What to start a {@link Clock} with. */
export interface ClockOptions {
  mode?: ClockMode
  /** Milliseconds since 1970. Default: the machine's time, or {@link MANUAL_CLOCK_START} in manual mode. */
  now?: number
  /** How many seconds of the clock pass in one real second (`system` mode). Default 1. */
  speed?: number
}

/**
 * An account's clock, and the list of what falls due on it.
 *
 * The clock runs nothing by itself: {@link Clock.catchUp} and {@link Clock.advanceTo} do, and whoever owns the clock calls them
 * inside the account's turn. In `system` mode `onDue` is called when real time has reached the next due item.
 */
export class Clock {
  #mode: ClockMode
  #speed: number
  #base: number
  #machineBase: number
  #due: Due[] = []
  #timer: NodeJS.Timeout | undefined
  #running: number | undefined

  /** Called when something has fallen due in `system` mode; the owner answers by calling {@link Clock.catchUp} in its turn. */
  onDue: () => void = () => {}

  constructor({ mode = 'system', now, speed = 1 }: ClockOptions = {}) {
    this.#mode = mode
    this.#speed = speed
    this.#machineBase = machineNow()
    this.#base = now ?? (mode === 'manual' ? MANUAL_CLOCK_START : this.#machineBase)
  }

  get mode(): ClockMode {
    return this.#mode
  }

  get speed(): number {
    return this.#speed
  }

  /** The clock's time in milliseconds since 1970. While a due item runs, this is the instant at which it was due. */
  now(): number {
    if (this.#running !== undefined) return this.#running
    return this.#mode === 'manual' ? this.#base : this.#base + Math.floor((machineNow() - this.#machineBase) * this.#speed)
  }

  /** How many items wait to fall due. */
  get pending(): number {
    return this.#due.length
  }

  /** The instant at which the next item falls due, or `undefined` if none waits. */
  get nextDue(): number | undefined {
    return this.#due[0]?.at
  }

  /**
   * Has `run` called when the clock reaches `at`; items that fall due at one instant run in the order in which they were scheduled.
   * Returns a function that cancels it.
   */
  schedule(at: number, what: () => string, run: () => void | Promise<void>): () => void {
    const due: Due = { at, what, run }
    // Sorted insertion from the end: what is scheduled is usually due later than what waits already.
    let index = this.#due.length
    while (index > 0 && (this.#due[index - 1] as Due).at > at) index--
    this.#due.splice(index, 0, due)
    if (index === 0) this.#arm()
    return () => {
      const position = this.#due.indexOf(due)
      if (position >= 0) this.#due.splice(position, 1)
    }
  }

  /** Runs what has fallen due by now. */
  async catchUp(): Promise<Fired[]> {
    return this.#runUntil(this.now())
  }

  /** True if {@link Clock.catchUp} has something to do. */
  get behind(): boolean {
    const next = this.#due[0]
    return next !== undefined && next.at <= this.now()
  }

  /** Moves the clock forward to `instant`, running what falls due on the way, each item at its own time. Throws a `RangeError` if the instant has passed. */
  async advanceTo(instant: number): Promise<Fired[]> {
    if (!Number.isFinite(instant) || instant > END_OF_TIME) throw new RangeError('The clock cannot go that far.')
    const now = this.now()
    if (instant < now) throw new RangeError(`The clock stands at ${toIso(now)} and does not go back to ${toIso(instant)}.`)
    const fired = await this.#runUntil(instant)
    this.#set(Math.max(instant, this.#mode === 'system' ? this.now() : instant))
    return fired
  }

  /** Changes mode, time or speed. Time only goes forward, and what falls due on the way runs. */
  async set({ mode, now, speed }: ClockOptions): Promise<Fired[]> {
    const fired = now === undefined ? await this.catchUp() : await this.advanceTo(now)
    this.#set(this.now())
    this.#mode = mode ?? this.#mode
    this.#speed = speed ?? this.#speed
    this.#arm()
    return fired
  }

  /** Forgets everything that waits and stops the timer. */
  dispose(): void {
    this.#due = []
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #set(now: number): void {
    this.#base = now
    this.#machineBase = machineNow()
    this.#arm()
  }

  async #runUntil(limit: number): Promise<Fired[]> {
    const fired: Fired[] = []
    try {
      for (let next = this.#due[0]; next !== undefined && next.at <= limit; next = this.#due[0]) {
        this.#due.shift()
        this.#running = next.at
        const what = next.what()
        await next.run()
        fired.push({ at: toIso(next.at), what })
      }
    } finally {
      this.#running = undefined
      this.#arm()
    }
    return fired
  }

  #arm(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const next = this.#due[0]
    if (this.#mode === 'manual' || next === undefined || this.#running !== undefined) return
    const delay = Math.min(Math.max(Math.ceil((next.at - this.now()) / this.#speed), 1), LONGEST_TIMER)
    this.#timer = setTimeout(() => this.onDue(), delay)
    this.#timer.unref()
  }
}
