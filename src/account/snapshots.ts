/** Snapshots of an account: states by name, to come back to. */

import { z } from 'zod'
import { toIso } from '../base/times.js'
import type { Json, JsonEntry, TrackedTable } from '../state/part.js'
import { type CapturedState, readDocument } from '../state/state.js'
import type { Account, SnapshotInfo, Snapshots } from './types.js'

/** Snapshots per account. */
const MAX_SNAPSHOTS = 100

const LONGEST_NAME = 100

/** A name can be part of a URL, and of a key in a store. */
const isName = (name: string): boolean => name !== '' && name.length <= LONGEST_NAME && name !== '.' && name !== '..' && name.isWellFormed()

interface Snapshot {
  time: string
  state: CapturedState
}

/** A snapshot, as it is stored. */
const storedSchema = z.strictObject({ time: z.string(), state: z.unknown() })

/** See {@link Snapshots}: in memory, they share with the account, and with one another, all that has not changed since. */
export class AccountSnapshots implements Snapshots {
  readonly name = 'snapshots'
  onChange: TrackedTable['onChange']
  readonly #snapshots = new Map<string, Snapshot>()
  /** What is needed still, even if it is forgotten meanwhile. */
  #restoring: Snapshot | undefined

  constructor(private readonly account: Account) {}

  async save(name: string): Promise<SnapshotInfo> {
    if (!isName(name)) throw new RangeError(`The name of a snapshot has 1 to ${LONGEST_NAME} characters, and is not "." or "..".`)
    return this.account.turn.take(() => {
      if (!this.#snapshots.has(name) && this.#snapshots.size >= MAX_SNAPSHOTS)
        throw new RangeError(`An account has at most ${MAX_SNAPSHOTS} snapshots; delete one first.`)
      const snapshot = { time: toIso(this.account.clock.now()), state: this.account.capture() }
      this.#forget(name)
      this.#snapshots.set(name, snapshot)
      this.onChange?.(name, true)
      return { name, time: snapshot.time }
    })
  }

  async restore(name: string): Promise<SnapshotInfo> {
    return this.account.turn.take(async () => {
      const snapshot = this.#find(name)
      this.#restoring = snapshot
      try {
        await this.account.restore(snapshot.state)
      } finally {
        this.#restoring = undefined
        if (this.#snapshots.get(name) !== snapshot) this.account.state.release(snapshot.state)
      }
      return { name, time: snapshot.time }
    })
  }

  *entries(): Generator<JsonEntry> {
    for (const [name, snapshot] of this.#snapshots) yield [name, this.#write(snapshot)]
  }

  entry(name: string): Json | undefined {
    const snapshot = this.#snapshots.get(name)
    return snapshot && this.#write(snapshot)
  }

  async load(entries: Iterable<JsonEntry>): Promise<void> {
    for (const [name, stored] of entries) {
      const { time, state } = storedSchema.parse(stored)
      this.#snapshots.set(name, { time, state: await this.account.read(readDocument(state)) })
    }
  }

  list(): SnapshotInfo[] {
    return Array.from(this.#snapshots, ([name, { time }]) => ({ name, time }))
  }

  delete(name: string): void {
    this.#find(name)
    this.#forget(name)
  }

  clear(): void {
    for (const name of [...this.#snapshots.keys()]) this.#forget(name)
  }

  #find(name: string): Snapshot {
    const snapshot = this.#snapshots.get(name)
    if (snapshot) return snapshot
    const there = [...this.#snapshots.keys()].map((each) => `"${each}"`).join(', ')
    throw new RangeError(`The account has no snapshot "${name}"; ${there === '' ? 'it has none' : `it has ${there}`}.`)
  }

  #forget(name: string): void {
    const snapshot = this.#snapshots.get(name)
    if (snapshot === undefined) return
    this.#snapshots.delete(name)
    this.onChange?.(name, false)
    if (snapshot !== this.#restoring) this.account.state.release(snapshot.state)
  }

  #write({ time, state }: Snapshot): Json {
    return { time, state: this.account.state.write(state) as unknown as Json }
  }
}
