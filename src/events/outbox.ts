/**
 * Deliveries on their way. They happen outside the account's turn: a receiver may call the account before it answers, and one that
 * never answers holds nobody up but the deliveries behind it.
 */

import type { Account } from '../account/types.js'
import { pause, stopwatch } from '../base/clock.js'
import type { Table } from '../state/table.js'
import { describeFailure } from './deliver.js'
import type { DeliveryFault, EventRecord } from './record.js'

/** How often a delivery is tried in all (developer guide, event notification). */
const MAX_ATTEMPTS = 3

/** Milliseconds of the account's clock between a failed attempt and the next. */
const PAUSE = 1000

/** Addresses that are delivered to at one time. */
const MAX_ADDRESSES = 8

/** Makes one attempt, at an instant of the account's clock. Resolves with what became of it, or rejects if there is no answer. */
export type Send = (record: EventRecord, at: number, signal: AbortSignal) => Promise<{ delivered: boolean; status?: number }>

/** A delivery under way. Once it is called off, what comes of it is of no interest. */
interface UnderWay {
  id: string
  ending: AbortController
}

export class Outbox {
  /** Ids of the events that are to be delivered. */
  #ready: string[] = []
  /** Deliveries under way by address: one at a time to each, so that it gets its events in order. */
  readonly #busy = new Map<string, UnderWay>()
  /** What calls off deliveries that wait for their next attempt, by event. */
  readonly #later = new Map<string, () => void>()
  #waiting: (() => void)[] = []
  #flushScheduled = false

  constructor(
    private readonly account: Account,
    private readonly records: Table<EventRecord>,
    private readonly send: Send,
  ) {}

  /** Has an event delivered as soon as the turn that it is due in is over, unless a fault delays it. Only for who has the account's turn. */
  post(record: EventRecord): void {
    // Decided in the turn: which of two deliveries under way gets its answer first must make no difference.
    const fault = record.deliveryFault ?? this.account.faults.forCallback(fieldsOf(record))
    if (fault !== undefined) {
      const { id, effect } = fault
      const delayed = typeof effect === 'object' && 'delay' in effect
      const changed: EventRecord = { ...record, deliveryFault: { id, ...(effect !== undefined && !delayed && { effect }) } }
      if (delayed) {
        this.#wait(changed, this.account.clock.now() + effect.delay)
        return
      }
      this.records.set(record.id, changed)
    }
    this.#ready.push(record.id)
    if (this.#flushScheduled) return
    this.#flushScheduled = true
    void this.account.turn
      .take(() => {
        this.#flushScheduled = false
      })
      .then(() => this.#next())
  }

  /** Gives the delivery of an event up, or of all; attempts that are under way are broken off. */
  callOff(id?: string): void {
    const isMeant = (each: string): boolean => id === undefined || each === id
    for (const [each, cancel] of this.#later) {
      if (!isMeant(each)) continue
      cancel()
      this.#later.delete(each)
    }
    for (const [address, underWay] of this.#busy) {
      if (!isMeant(underWay.id)) continue
      underWay.ending.abort()
      this.#busy.delete(address)
    }
    this.#ready = this.#ready.filter((each) => !isMeant(each))
    this.#next()
  }

  /** Takes up again what was to be delivered when the account's state was captured; what was under way then is tried anew. */
  resume(): void {
    const now = this.account.clock.now()
    for (const record of this.records.values()) {
      if (record.state !== 'due') continue
      if (record.dueAt > now) this.#schedule(record)
      else this.post(record)
    }
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
    if (this.#flushScheduled) return
    for (const id of [...this.#ready]) {
      if (this.#busy.size >= MAX_ADDRESSES) return
      const record = this.records.get(id)
      if (record && this.#busy.has(addressOf(record))) continue
      this.#ready.splice(this.#ready.indexOf(id), 1)
      if (record) void this.#attempt(record)
    }
    if (!this.#quiet) return
    for (const resolve of this.#waiting.splice(0)) resolve()
  }

  /** Makes an attempt, and decides what follows from it. */
  async #attempt(record: EventRecord): Promise<void> {
    const { id, deliveryFault } = record
    const address = addressOf(record)
    const underWay: UnderWay = { id, ending: new AbortController() }
    this.#busy.set(address, underWay)
    const { effect } = deliveryFault ?? {}
    let tried = await this.#try(record, underWay, effect === 'duplicate' ? undefined : effect)
    const { delivered } = tried
    // What arrives twice has arrived, whatever the second time comes to.
    if (delivered && effect === 'duplicate' && this.#busy.get(address) === underWay)
      tried = await this.#try(tried.record, underWay, undefined)
    if (this.#busy.get(address) !== underWay) return
    this.#busy.delete(address)
    // What has come of it and what follows are put down at once, so that nobody finds the one without the other.
    const { deliveryFault: _, ...over } = tried.record
    if (delivered) this.records.set(id, { ...over, state: 'delivered' })
    else if (over.attempts.length >= MAX_ATTEMPTS) this.records.set(id, { ...over, state: 'dropped' })
    else this.#wait(over, this.#now(over) + PAUSE)
    this.#next()
  }

  /** Makes an attempt once, and answers the event with it. */
  async #try(
    record: EventRecord,
    underWay: UnderWay,
    effect: DeliveryFault['effect'],
  ): Promise<{ record: EventRecord; delivered: boolean }> {
    underWay.ending = new AbortController()
    const { ending } = underWay
    const at = this.#now(record)
    const started = stopwatch()
    const { delivered, ...result } = await (effect === undefined ? this.#send(record, at, ending.signal) : this.#simulate(record, effect))
    ending.abort()
    const fault = record.deliveryFault?.id
    const attempt = { at, ...result, elapsedMs: stopwatch() - started, ...(fault !== undefined && { fault }) }
    return { record: { ...record, attempts: [...record.attempts, attempt] }, delivered }
  }

  /** Sends an event, and gives its receiver so much time to answer. */
  #send(record: EventRecord, at: number, signal: AbortSignal): Promise<Result> {
    const tooLate = pause(this.#limit, signal).then(() => Promise.reject(new Error(this.#noAnswer)))
    return Promise.race([this.send(record, at, signal), tooLate]).catch((error: unknown) => ({
      delivered: false,
      error: describeFailure(error),
    }))
  }

  /** What an attempt comes to that is not made. */
  #simulate({ route: { to } }: EventRecord, effect: NonNullable<DeliveryFault['effect']>): Result {
    if (effect === 'timeout') return { delivered: false, error: this.#noAnswer }
    if (effect === 'reset') return { delivered: false, error: 'the connection was reset' }
    // The queue service answers 201 to what it takes.
    const taken = to === 'HTTP' ? 200 : 201
    const status = typeof effect === 'object' ? effect.status : taken
    return { delivered: status === taken, status }
  }

  get #limit(): number {
    return this.account.settings.values.callbackTimeout
  }

  get #noAnswer(): string {
    return `no answer within ${this.#limit} ms`
  }

  /** The time at which an attempt is made. A manual clock stands still meanwhile, and may have been moved past the instant at which it was due. */
  #now({ dueAt }: EventRecord): number {
    const { clock } = this.account
    return clock.mode === 'manual' ? dueAt : clock.now()
  }

  /** Has an event posted again when that is due. */
  #wait(record: EventRecord, dueAt: number): void {
    const changed = { ...record, dueAt, sequence: this.account.clock.nextSequence() }
    this.records.set(record.id, changed)
    this.#schedule(changed)
  }

  #schedule({ id, type, attempts, dueAt, sequence, cause }: EventRecord): void {
    const what = `event ${id} ${type} attempt ${attempts.length + 1}`
    const post = (): void => {
      this.#later.delete(id)
      const record = this.records.get(id)
      if (record) this.post(record)
    }
    this.#later.set(
      id,
      this.account.clock.schedule(dueAt, () => what, post, { sequence, cause }),
    )
  }
}

/** What came of an attempt. */
interface Result {
  delivered: boolean
  status?: number
  error?: string
}

/** What faults can tell an event by: its fields, but for those that are structures. */
const fieldsOf = ({ payload }: EventRecord): Map<string, string> =>
  new Map(Object.entries(payload).flatMap(([name, value]) => (typeof value === 'object' ? [] : [[name, String(value)]])))

/** What deliveries to one receiver have in common. */
const addressOf = ({ route }: EventRecord): string => (route.to === 'HTTP' ? route.url : route.to === 'MNS' ? `mns ${route.queue}` : '')
