/** The call log of an account: what came in, what it was answered, why, and what has come of it. Bounded, and put into words only when it is read. */

import { definePart } from '../account/part.js'
import type { Account } from '../account/types.js'
import { type CurlOptions, curlOf } from './curl.js'
import { type Consequences, describeCall, type LogEntry } from './describe.js'
import { type Har, harOf } from './har.js'
import { PackedCall, Packer } from './packed.js'
import { type CompiledQuery, checkNames, compileQuery, type LogQuery, querySchema, type ReadQuery } from './query.js'
import { type CallRecord, sizeOf } from './record.js'
import { checkSchema, type LogCheck, timesOf, type Verification, verify } from './verify.js'
import { Watch } from './watch.js'
import { type WholeCall, wholeOf } from './whole.js'

const MAX_ENTRIES = 1000

/** Bytes of calls and answers kept in all; large ones push older ones out sooner. */
const MAX_BYTES = 4_000_000

/** The latest calls. */
export class CallLog {
  /** A ring: the oldest call is at `#oldest`. */
  #calls: (PackedCall | CallRecord | undefined)[] = []
  #packer = new Packer()
  /** What each takes. */
  readonly #sizes: number[] = []
  #oldest = 0
  #count = 0
  #size = 0
  #forgotten = 0
  #forgottenUntil = Number.NEGATIVE_INFINITY
  #watch = new Watch()

  /** Called when a call has been added, with what puts it into words. */
  onAdd: ((entry: () => LogEntry) => void) | undefined

  constructor(private readonly account: Account) {}

  /** Adds a call; `params` are those of a call of an Action. */
  add(record: CallRecord, params?: ReadonlyMap<string, string>): void {
    if (params && record.action) this.#watch.note(record.action, record, params)
    if (this.#count === MAX_ENTRIES) this.#drop()
    const place = (this.#oldest + this.#count++) % MAX_ENTRIES
    const call = this.#packer.pack(record)
    const size = call instanceof PackedCall ? call.size : sizeOf(record)
    this.#calls[place] = call
    this.#sizes[place] = size
    this.#size += size
    while (this.#size > MAX_BYTES && this.#count > 1) this.#drop()
    this.onAdd?.(() => describeCall(record, this.#consequences()(record)))
  }

  /** The calls, oldest first. */
  all(): LogEntry[] {
    const consequencesOf = this.#consequences()
    return this.records().map((record) => describeCall(record, consequencesOf(record)))
  }

  /** The calls as the log keeps them, with what it does not show: whole requests, secrets included, and the bodies of answers. Oldest first. */
  records(): CallRecord[] {
    return this.#kept().map(unpacked)
  }

  #kept(): (PackedCall | CallRecord)[] {
    return Array.from({ length: this.#count }, (_, index) => this.#calls[(this.#oldest + index) % MAX_ENTRIES] as PackedCall | CallRecord)
  }

  /** The calls that a query asks for, oldest first. Throws a `ZodError` or a `RangeError` if it cannot be asked. */
  find(query: LogQuery = {}): LogEntry[] {
    const entries = this.all()
    return entries.filter(this.#compile(querySchema.parse(query), entries).matches)
  }

  /** How many calls a query asks for. Throws as {@link find} does. */
  count(query: LogQuery = {}): number {
    return this.find(query).length
  }

  /** Whether there are as many calls as there should be: unless told otherwise, at least one. Throws as {@link find} does. */
  verify(check: LogCheck): Verification {
    const { exactly, atLeast, atMost, ...query } = checkSchema.parse(check)
    const entries = this.all()
    const { since = Number.NEGATIVE_INFINITY } = query
    const forgotten = since > this.#forgottenUntil ? 0 : this.#forgotten
    return verify(this.#compile(query, entries), timesOf({ exactly, atLeast, atMost }), entries, forgotten)
  }

  /** A query, made ready to be asked of these calls of the log. Throws as {@link find} does. */
  compile(query: LogQuery, entries: readonly LogEntry[]): CompiledQuery {
    return this.#compile(querySchema.parse(query), entries)
  }

  /** A call as a command line for curl. Throws a `RangeError` if no call has this RequestId, or if it cannot be signed anew. */
  curl(requestId: string, options: CurlOptions = {}): string {
    return curlOf(this.#record(requestId), this.account, options)
  }

  /** A call with all of its request and its answer that the log has. Throws a `RangeError` if no call has this RequestId. */
  get(requestId: string): WholeCall {
    const record = this.#record(requestId)
    return { ...describeCall(record, this.#consequences()(record)), ...wholeOf(record) }
  }

  /** The calls that a query asks for, as an HTTP archive; `creator` is the program that makes it. Throws as {@link find} does. */
  har(query: LogQuery, creator: Har['log']['creator']): Har {
    const found = new Set(this.find(query).map(({ requestId }) => requestId))
    return harOf(
      this.records().filter(({ requestId }) => found.has(requestId)),
      creator,
    )
  }

  /** How many calls are no longer in the log, because later ones took their place. */
  get forgotten(): number {
    return this.#forgotten
  }

  /** What the check at the end of a test asks of all calls. */
  get watch(): Watch {
    return this.#watch
  }

  /** Forgets all calls. */
  clear(): void {
    for (const { requestId } of this.#kept()) this.account.history.forget(requestId)
    this.#calls = []
    this.#packer = new Packer()
    this.#oldest = 0
    this.#count = 0
    this.#size = 0
    this.#forgotten = 0
    this.#forgottenUntil = Number.NEGATIVE_INFINITY
    this.#watch = new Watch()
  }

  #record(requestId: string): CallRecord {
    const call = this.#kept().findLast((each) => each.requestId === requestId)
    if (call === undefined) throw new RangeError(`no call in the log has the RequestId "${requestId}"`)
    return unpacked(call)
  }

  #compile(query: ReadQuery, entries: readonly LogEntry[]): CompiledQuery {
    checkNames(query, this.account.cloud, entries)
    return compileQuery(query)
  }

  /** What has come of a call. The events are looked through once, the jobs are found by call. */
  #consequences(): (call: CallRecord) => Consequences {
    const { jobs, events, history } = this.account
    const eventsOf = new Map<string, Consequences['events']>()
    for (const { id, type, cause } of events.list()) {
      if (cause === undefined) continue
      const known = eventsOf.get(cause)
      if (known) known.push({ id, type })
      else eventsOf.set(cause, [{ id, type }])
    }
    return ({ requestId }) => ({
      forkable: history.has(requestId),
      jobs: jobs.records.list({ by: { cause: requestId } }).rows.map(({ id, kind }) => ({ id, kind })),
      events: eventsOf.get(requestId) ?? [],
    })
  }

  #drop(): void {
    const oldest = this.#calls[this.#oldest] as PackedCall | CallRecord
    this.#size -= this.#sizes[this.#oldest] as number
    this.#calls[this.#oldest] = undefined
    this.#oldest = (this.#oldest + 1) % MAX_ENTRIES
    this.#count--
    this.#forgotten++
    this.#forgottenUntil = oldest.at
    this.account.history.forget(oldest.requestId)
    if (oldest instanceof PackedCall) this.#packer.drop(oldest)
  }
}

const unpacked = (call: PackedCall | CallRecord): CallRecord => (call instanceof PackedCall ? call.read() : call)

export const logPart = definePart({ name: 'log', needs: ['jobs', 'events', 'history'], create: (account) => new CallLog(account) })
