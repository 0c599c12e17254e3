/** What an account was before each of its last calls: kept if the setting `history` says so, to be copied into accounts of their own. */

import { z } from 'zod'
import { definePart } from '../account/part.js'
import { defineSettings } from '../account/settings.js'
import type { Account } from '../account/types.js'
import { follow } from '../state/follow.js'
import type { Capture, StateTable } from '../state/part.js'
import type { CapturedState } from '../state/state.js'

/** States that are kept at most: the call log has no more calls than that. */
const MAX_STATES = 1000

/** Bytes of objects that may have come in since the oldest state that is kept, which perhaps only older states have any more. */
const MAX_BYTES = 256 * 1024 * 1024

export const historySettings = defineSettings({
  /** Of how many of the last calls it is kept what the account was before them. Default: of none. */
  schema: z.int().min(0).max(MAX_STATES),
  defaults: 0,
})

/** What a table held at some time; all states between two of its changes have it in common. */
class SharedCapture {
  #owners = 1

  constructor(readonly capture: Capture) {}

  retain(): SharedCapture {
    this.#owners++
    return this
  }

  release(): void {
    if (--this.#owners === 0) this.capture.dispose()
  }
}

/** A state. */
interface Kept {
  state: CapturedState
  /** What its tables held. */
  captures: readonly SharedCapture[]
  /** How many bytes of objects had come in by then. */
  bytes: number
}

/** A call, as who serves it knows it. */
type Served = object

/** The states of one account. Whoever serves calls tells of them; the call log forgets them with the calls. */
export class History {
  /** By RequestId, oldest first. */
  readonly #kept = new Map<string, Kept>()
  /** Of calls that are being served. */
  readonly #begun = new Map<Served, Kept>()
  /** What each table holds, as long as it has not changed since. */
  readonly #latest = new Map<StateTable, SharedCapture>()
  #stops: (() => void)[] = []
  #bytes: () => number = () => 0
  #ended = false

  constructor(private readonly account: Account) {
    account.settings.onChange(() => this.#trim())
  }

  /** Has the bytes of objects counted: `bytes` says how many have come in so far. */
  weighBy(bytes: () => number): void {
    this.#bytes = bytes
  }

  /** A call is about to be served, in one turn or in several. Only for who has the account's turn. */
  before(call: Served): void {
    if (this.#most === 0 || this.#ended || this.#begun.has(call)) return
    if (this.#stops.length === 0) this.#stops = this.account.state.parts.map((table) => follow(table, () => this.#outdate(table)))
    const captures: SharedCapture[] = []
    const state = this.account.capture((table) => {
      const held = this.#latestOf(table).retain()
      captures.push(held)
      return held.capture
    })
    this.#begun.set(call, { state, captures, bytes: this.#bytes() })
  }

  /** A call that {@link before} was told of has been served; without a RequestId, what the account was before it is of no interest. */
  after(call: Served, requestId?: string): void {
    const kept = this.#begun.get(call)
    if (kept === undefined) return
    this.#begun.delete(call)
    if (requestId === undefined || requestId === '') {
      release(kept)
      return
    }
    this.forget(requestId)
    this.#kept.set(requestId, kept)
    this.#trim()
  }

  /** True if it is kept what the account was before a call. */
  has(requestId: string): boolean {
    return this.#kept.has(requestId)
  }

  /** Creates a copy of the account as it was before a call. Rejects with a `RangeError` if that is not kept. */
  async forkAt(requestId: string): Promise<Account> {
    const kept = this.#kept.get(requestId)
    if (kept === undefined) throw new RangeError(`what the account was before the call "${requestId}" is not kept; ${this.#why}`)
    // It may be forgotten meanwhile.
    for (const each of kept.captures) each.retain()
    try {
      return await this.account.copyOf(kept.state)
    } finally {
      release(kept)
    }
  }

  /** The log no longer has a call. */
  forget(requestId: string): void {
    const kept = this.#kept.get(requestId)
    if (kept === undefined) return
    this.#kept.delete(requestId)
    release(kept)
  }

  /** The account has another state from now on, or is gone. */
  dispose(): void {
    this.#ended = true
    this.#clear()
  }

  /** Forgets all, and follows the account no longer. */
  #clear(): void {
    for (const kept of [...this.#kept.values(), ...this.#begun.values()]) release(kept)
    this.#kept.clear()
    this.#begun.clear()
    for (const stop of this.#stops.splice(0)) stop()
    for (const table of [...this.#latest.keys()]) this.#outdate(table)
  }

  get #most(): number {
    return this.account.settings.values.history
  }

  get #why(): string {
    const most = this.#most
    if (most === 0) return 'the setting "history" says of how many of the last calls it is, and is 0'
    return `it is of the last ${most} calls in the log since the account was made, reset or restored, as long as there is room`
  }

  #trim(): void {
    const most = this.#most
    if (most === 0) {
      this.#clear()
      return
    }
    const bytes = this.#bytes()
    for (const [requestId, kept] of this.#kept) {
      if (this.#kept.size <= most && bytes - kept.bytes <= MAX_BYTES) return
      this.forget(requestId)
    }
  }

  #latestOf(table: StateTable): SharedCapture {
    let latest = this.#latest.get(table)
    if (latest === undefined) {
      latest = new SharedCapture(table.capture())
      this.#latest.set(table, latest)
    }
    return latest
  }

  #outdate(table: StateTable): void {
    this.#latest.get(table)?.release()
    this.#latest.delete(table)
  }
}

function release({ captures }: Kept): void {
  for (const each of captures) each.release()
}

export const historyPart = definePart({
  name: 'history',
  create: (account) => new History(account),
  dispose: ({ history }) => history.dispose(),
})

/** Creates a copy of the account as it was before a call, its clock included. */
export type ForkAt = (requestId: string) => Promise<Account>

export const forkAtPart = definePart({
  name: 'forkAt',
  needs: ['history'],
  create: (account) => (requestId) => account.history.forkAt(requestId),
})
