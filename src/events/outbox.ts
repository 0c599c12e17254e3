/**
 * Deliveries on their way. They happen outside the account's turn: a receiver may call the account before it answers, and one that
 * never answers holds nobody up but the deliveries behind it.
 */

import type { Account } from '../account.js'
import { pause, stopwatch } from '../clock.js'
import { describeFailure } from './deliver.js'
import type { EventRecord } from './record.js'

/** How often a delivery is tried in all (developer guide, event notification). */
const MOST_ATTEMPTS = 3

/** Milliseconds of the account's clock between a failed attempt and the next. */
const PAUSE = 1000

/** Addresses that are delivered to at one time. */
const MOST_ADDRESSES = 8

/** Makes one attempt, at an instant of the account's clock. Resolves with what became of it, or rejects if there is no answer. */
export type Send = (record: EventRecord, at: number, signal: AbortSignal) => Promise<{ delivered: boolean; status?: number }>

export class Outbox {
  #ready: EventRecord[] = []
  /** Deliveries under way by address: one at a time to each, so that it gets its events in order. */
  readonly #busy = new Map<string, { record: EventRecord; ending: AbortController }>()
  /** Deliveries that wait for their next attempt, with what calls it off. */
  readonly #later = new Map<EventRecord, () => void>()
  #waiting: (() => void)[] = []
  #woken = false

  constructor(
    private readonly account: Account,
    private readonly send: Send,
  ) {}

  /** Has an event delivered as soon as the turn that it happens in is over. */
  post(record: EventRecord): void {
    this.#ready.push(record)
    if (this.#woken) return
    this.#woken = true
    void this.account.turn
      .take(() => {
        this.#woken = false
      })
      .then(() => this.#next())
  }

  /** Gives deliveries up; attempts that are under way are broken off. */
  callOff(records: readonly EventRecord[]): void {
    for (const record of records) {
      record.state = 'dropped'
      this.#later.get(record)?.()
      this.#later.delete(record)
      const busy = this.#busy.get(addressOf(record))
      if (busy?.record === record) busy.ending.abort()
    }
    this.#ready = this.#ready.filter(({ state }) => state === 'due')
    this.#next()
  }

  /** Resolves when no delivery is under way and none is due; those that wait for a later attempt do not count. */
  settled(): Promise<void> {
    return this.#quiet ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve))
  }

  get #quiet(): boolean {
    return this.#ready.length === 0 && this.#busy.size === 0
  }

  /** Begins what can begin. */
  #next(): void {
    if (this.#woken) return
    for (const record of [...this.#ready]) {
      if (this.#busy.size >= MOST_ADDRESSES) return
      if (this.#busy.has(addressOf(record))) continue
      this.#ready.splice(this.#ready.indexOf(record), 1)
      void this.#attempt(record)
    }
    if (!this.#quiet) return
    for (const resolve of this.#waiting.splice(0)) resolve()
  }

  async #attempt(record: EventRecord): Promise<void> {
    const { clock, settings } = this.account
    // A manual clock stands still while an attempt is made, and may have been moved past the instant at which it was due.
    const now = (): number => (clock.mode === 'manual' ? record.dueAt : clock.now())
    const ending = new AbortController()
    this.#busy.set(addressOf(record), { record, ending })
    const at = now()
    const started = stopwatch()
    const limit = settings.callbackTimeout
    const tooLate = pause(limit, ending.signal).then(() => Promise.reject(new Error(`no answer within ${limit} ms`)))
    const { delivered, ...result } = await Promise.race([this.send(record, at, ending.signal), tooLate]).catch((error: unknown) => ({
      delivered: false,
      error: describeFailure(error),
    }))
    ending.abort()
    this.#busy.delete(addressOf(record))
    if (record.state === 'due') {
      record.attempts.push({ at, ...result, elapsedMs: stopwatch() - started })
      if (delivered) record.state = 'delivered'
      else if (record.attempts.length >= MOST_ATTEMPTS) record.state = 'dropped'
      else this.#tryAgain(record, now() + PAUSE)
    }
    this.#next()
  }

  #tryAgain(record: EventRecord, at: number): void {
    const what = `event ${record.id} ${record.type} attempt ${record.attempts.length + 1}`
    record.dueAt = at
    const cancel = this.account.clock.schedule(
      at,
      () => what,
      () => {
        this.#later.delete(record)
        this.post(record)
      },
    )
    this.#later.set(record, cancel)
  }
}

/** What deliveries to one receiver have in common. */
const addressOf = ({ route }: EventRecord): string => (route.to === 'HTTP' ? route.url : route.to === 'MNS' ? `mns ${route.queue}` : '')
