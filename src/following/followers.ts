/** Tells those who follow a cloud of what changes in it. Where nobody does, nothing is done for it. */

import type { Account } from '../account/types.js'
import { yieldToOthers } from '../base/clock.js'
import { toIso } from '../base/times.js'
import { describeEvent } from '../events/record.js'
import { describeJob } from '../jobs/records.js'
import { follow } from '../state/follow.js'
import type { StateTable } from '../state/part.js'
import type { AccountChange, ChangeOf, OnChange } from './change.js'

/** Tables that every call changes, and nobody looks at. */
const UNSEEN: ReadonlySet<string> = new Set(['nonces', 'throttle'])

/** How an entry of a table is told, where it is told by itself. */
const TOLD: Readonly<Record<string, (account: Account, id: string) => ChangeOf>> = {
  jobs({ jobs }, id) {
    const job = jobs.get(id)
    return { type: 'job', id, ...(job && { job: describeJob(job) }) }
  },
  events({ events }, id) {
    const event = events.get(id)
    return { type: 'event', id, ...(event && { event: describeEvent(event) }) }
  },
  faults({ faults }, id) {
    const fault = faults.get(id)
    return { type: 'fault', id, ...(fault && { fault }) }
  },
}

export class Followers {
  readonly #listeners = new Set<OnChange>()
  /** What ends the following of each account. */
  readonly #followed = new Map<Account, () => void>()
  /** Tables that have changed since it was told last. */
  readonly #touched = new Map<Account, Set<string>>()

  /** `onBug` is told of what a listener throws. */
  constructor(
    private readonly accounts: ReadonlySet<Account>,
    private readonly onBug: (error: unknown, about: string) => void,
  ) {}

  /** Has `listener` told of all changes from now on; what it is told never changes. Returns a function that ends this. */
  add(listener: OnChange): () => void {
    if (this.#listeners.size === 0) for (const account of this.accounts) this.#follow(account)
    // The same function may be given twice.
    const own: OnChange = (change, account) => listener(change, account)
    this.#listeners.add(own)
    return () => {
      if (this.#listeners.delete(own) && this.#listeners.size === 0) for (const account of [...this.#followed.keys()]) this.#leave(account)
    }
  }

  /** An account has a state that was made anew. */
  opened(account: Account, what: AccountChange): void {
    if (this.#listeners.size === 0) return
    this.#leave(account)
    this.#follow(account)
    this.#tell(account, { type: 'account', what })
  }

  /** An account is gone. */
  closed(account: Account): void {
    if (this.#listeners.size === 0) return
    this.#leave(account)
    this.#tell(account, { type: 'account', what: 'disposed' })
  }

  #follow(account: Account): void {
    const { state, log, clock, settings } = account
    const stops = state.parts.flatMap((table) => this.#followTable(account, table) ?? [])
    stops.push(settings.onChange(() => this.#tell(account, { type: 'settings' })))
    log.onAdd = (entry) => this.#tell(account, { type: 'call', call: entry() })
    clock.onMove = (fired) => {
      const { mode, speed, pending } = clock
      this.#tell(account, { type: 'clock', mode, now: toIso(clock.now()), speed, pending, fired })
    }
    this.#followed.set(account, () => {
      for (const stop of stops) stop()
      log.onAdd = undefined
      clock.onMove = undefined
    })
  }

  #followTable(account: Account, table: StateTable): (() => void) | undefined {
    const { name } = table
    if (UNSEEN.has(name)) return undefined
    const told = TOLD[name]
    return follow(table, told ? (id) => this.#tell(account, told(account, id)) : () => this.#touch(account, name))
  }

  #leave(account: Account): void {
    this.#followed.get(account)?.()
    this.#followed.delete(account)
    this.#touched.delete(account)
  }

  /** Many records change at a time: it is told once which tables they are in. */
  #touch(account: Account, table: string): void {
    const tables = this.#touched.get(account)
    if (tables) {
      tables.add(table)
      return
    }
    const first = new Set([table])
    this.#touched.set(account, first)
    void yieldToOthers().then(() => {
      if (this.#touched.get(account) !== first) return
      this.#touched.delete(account)
      this.#tell(account, { type: 'records', tables: [...first] })
    })
  }

  #tell(account: Account, change: ChangeOf): void {
    const { accountId } = account
    const { accessKeyId } = account.credentials
    for (const listener of [...this.#listeners]) {
      try {
        listener({ ...change, accountId, accessKeyId }, account)
      } catch (error) {
        this.onBug(error, `telling of a change (${change.type})`)
      }
    }
  }
}
