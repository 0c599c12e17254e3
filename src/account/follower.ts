/** Follows the state of one account, and says what of it is to be stored. */

import { follow } from '../state/follow.js'
import type { TrackedTable } from '../state/part.js'
import { type AccountRecord, keyOf, type StoredAccount } from '../state/stored.js'
import type { Account } from './types.js'

/** Changes that gather until they are committed. */
type ChangeSet = Map<string, string | undefined>

export class ChangeTracker {
  readonly id: string
  /** Turns of the account that have ended so far. */
  turns = 0
  readonly #order: number
  /** Numbers of the stored entries, by part and key: entries are in their order. */
  readonly #numbers = new Map<string, Map<string, number>>()
  #last = 0
  /** Other values that are stored, by key of the store. */
  readonly #values = new Map<string, string>()
  /** Keys that have changed since the turn began, and whether they stand behind all others now. */
  readonly #changed = new Map<TrackedTable, Map<string, boolean>>()
  #anew = false
  #record = ''
  #parts: readonly TrackedTable[] = []
  /** What ends the following of each part. */
  readonly #stops = new Map<TrackedTable, () => void>()

  /** `order`: number of the account. `stored`: what the store has of it already. */
  constructor(
    private readonly account: Account,
    order: number,
    stored?: StoredAccount,
  ) {
    this.id = account.credentials.accessKeyId
    this.#order = stored?.order ?? order
    this.#follow(account.snapshots)
    if (stored === undefined) return
    this.#values.set(keyOf.account(this.id), JSON.stringify([stored.order, stored.record]))
    for (const [cell, value] of Object.entries(stored.cells)) this.#values.set(keyOf.cell(this.id, cell), JSON.stringify(value))
    for (const [name, { numbers }] of stored.parts) {
      this.#numbers.set(name, numbers)
      for (const number of numbers.values()) this.#last = Math.max(this.#last, number)
    }
  }

  /** True if something is to be stored that no turn has brought to its end yet. */
  get changed(): boolean {
    return this.#anew || this.#changed.size > 0
  }

  /** True if the account has another state altogether than was stored. */
  get anew(): boolean {
    return this.#anew
  }

  /** Follows the state that the account has now; `stored`, if it is the one in the store. */
  follow({ stored }: { stored: boolean }): void {
    // What still goes on in the former state does not count any more.
    for (const part of this.#parts) {
      this.#leave(part)
      this.#changed.delete(part)
    }
    this.#parts = this.account.state.parts
    for (const part of this.#parts) this.#follow(part)
    this.#record = JSON.stringify([this.#order, recordOf(this.account)])
    if (stored) return
    this.#anew = true
    this.#wake()
  }

  /** Follows no longer. */
  release(): void {
    for (const part of [...this.#stops.keys()]) this.#leave(part)
  }

  /** Has everything removed that is stored of the account. */
  forget(gathering: ChangeSet): void {
    for (const key of this.#values.keys()) gathering.set(key, undefined)
    for (const [part, numbers] of this.#numbers) for (const key of numbers.keys()) gathering.set(keyOf.entry(this.id, part, key), undefined)
  }

  /** A turn has ended: adds what it has changed. */
  collect(gathering: ChangeSet): void {
    this.turns++
    if (this.#anew) for (const part of this.#parts) this.#collectAll(part, gathering)
    for (const [part, keys] of this.#changed) this.#collect(part, keys, gathering)
    this.#anew = false
    this.#changed.clear()
    this.#set(keyOf.account(this.id), this.#record, gathering)
    for (const cell of this.account.state.cells) this.#set(keyOf.cell(this.id, cell.name), JSON.stringify(cell.get()), gathering)
  }

  #set(key: string, text: string, gathering: ChangeSet): void {
    if (this.#values.get(key) === text) return
    this.#values.set(key, text)
    gathering.set(key, text)
  }

  /** The entries of a part that has other ones altogether. */
  #collectAll(part: TrackedTable, gathering: ChangeSet): void {
    this.#changed.delete(part)
    for (const key of this.#numbersOf(part).keys()) gathering.set(keyOf.entry(this.id, part.name, key), undefined)
    const numbers = new Map<string, number>()
    this.#numbers.set(part.name, numbers)
    for (const [key, value] of part.entries()) {
      numbers.set(key, ++this.#last)
      gathering.set(keyOf.entry(this.id, part.name, key), JSON.stringify([this.#last, value]))
    }
  }

  /** Some entries of a part. */
  #collect(part: TrackedTable, keys: ReadonlyMap<string, boolean>, gathering: ChangeSet): void {
    const numbers = this.#numbersOf(part)
    for (const [key, placed] of keys) {
      const value = part.entry(key)
      const number = (placed ? undefined : numbers.get(key)) ?? ++this.#last
      if (value === undefined) numbers.delete(key)
      else numbers.set(key, number)
      gathering.set(keyOf.entry(this.id, part.name, key), value === undefined ? undefined : JSON.stringify([number, value]))
    }
  }

  #numbersOf({ name }: TrackedTable): Map<string, number> {
    let numbers = this.#numbers.get(name)
    if (numbers === undefined) {
      numbers = new Map()
      this.#numbers.set(name, numbers)
    }
    return numbers
  }

  #follow(part: TrackedTable): void {
    const stop = follow(part, (key, placed) => {
      let keys = this.#changed.get(part)
      if (keys === undefined) {
        keys = new Map()
        this.#changed.set(part, keys)
      }
      if (placed) keys.delete(key)
      if (!keys.has(key)) keys.set(key, placed)
      this.#wake()
    })
    this.#stops.set(part, stop)
  }

  #leave(part: TrackedTable): void {
    this.#stops.get(part)?.()
    this.#stops.delete(part)
  }

  /** What changes outside of a turn is collected in one of its own. */
  #wake(): void {
    const { turn } = this.account
    if (!turn.busy) void turn.take(() => {})
  }
}

function recordOf({ accountId, ids, options, identity }: Account): AccountRecord {
  const { keySeed, rootKeys, resultKey } = identity
  return {
    place: { accountId: identity.accountId, keySeed, rootKeys: [...rootKeys], resultKey },
    options: { ...options },
    tenant: { accountId, seed: ids.seed },
  }
}
