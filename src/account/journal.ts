/**
 * Keeps in a store what accounts remember: what a turn has changed is committed as a whole once the turn is over. While that is under way, what
 * further turns change gathers for the next commit.
 */

import { messageOf } from '../base/realm.js'
import type { Blobs } from '../bytes/blobs.js'
import { documentOf } from '../state/state.js'
import { NoSpaceError, type Store } from '../state/store.js'
import { type CloudRecord, keyOf, type StoredAccount } from '../state/stored.js'
import { ChangeTracker } from './follower.js'
import type { Account } from './types.js'

/** Files that nothing needs any more, and the turns that were under way then, which have perhaps changed just that: first this must be stored. */
interface Removal {
  paths: readonly string[]
  /** Turns that had ended, by account. */
  after: ReadonlyMap<Account, number>
}

export class Journal {
  readonly #followers = new Map<Account, ChangeTracker>()
  /** Stored accounts that are to be opened. */
  readonly #stored = new Map<string, StoredAccount>()
  #accounts = 0
  #cloud = ''
  #changes = new Map<string, string | undefined>()
  /** The commit that is under way, and the one that will store what has been gathered since. */
  #running: Promise<void> | undefined
  #next: Promise<void> | undefined
  #removal: Removal | undefined
  #full = false
  #closing = false
  /** Why something cannot be put into words, which is a bug: from then on nothing is stored, and nothing acknowledged. */
  #bug: unknown

  /** `cloud`: what is to be stored of the cloud itself. `onFailure` is told why a commit has failed. */
  constructor(
    private readonly store: Store,
    private readonly blobs: Blobs,
    private readonly cloud: () => CloudRecord,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** True if there was no room for what was to be stored last. */
  get full(): boolean {
    return this.#full
  }

  /** Brings an account back as it was stored, in a store of this version or an older one, in which there is nothing yet. Rejects with an `Error` if that cannot be read. */
  async resume(account: Account, stored: StoredAccount, version: number): Promise<void> {
    const { id, order, record, cells, parts } = stored
    this.#accounts = Math.max(this.#accounts, order)
    this.#stored.set(id, stored)
    const tables = Array.from(parts, ([name, { entries }]) => [name, entries] as const).filter(([name]) => name !== account.snapshots.name)
    await account.turn.take(async () => {
      const state = await account.read(documentOf(record.tenant, cells, tables, version))
      try {
        await account.restore(state)
      } finally {
        account.state.release(state)
      }
      await account.snapshots.load(parts.get(account.snapshots.name)?.entries ?? [])
    })
  }

  /** An account has a state that is not followed yet: it is new, was brought back from the store, or was given another state. */
  opened(account: Account): void {
    const known = this.#followers.get(account)
    if (known) {
      known.follow({ stored: false })
      return
    }
    const stored = this.#stored.get(account.credentials.accessKeyId)
    const follower = new ChangeTracker(account, ++this.#accounts, stored)
    this.#stored.delete(follower.id)
    this.#followers.set(account, follower)
    account.turn.ended = () => {
      try {
        follower.collect(this.#changes)
        this.#gather()
      } catch (error) {
        this.#bug ??= error
        this.onFailure(error)
      }
    }
    follower.follow({ stored: stored !== undefined })
  }

  /** An account is gone. */
  closed(account: Account): void {
    const follower = this.#followers.get(account)
    if (follower === undefined) return
    account.turn.ended = undefined
    this.#followers.delete(account)
    follower.release()
    follower.forget(this.#changes)
    this.#gather()
  }

  /** Resolves when all that turns have changed is stored; rejects if it cannot be. What could not be stored is tried again with the next change. */
  written(): Promise<void> {
    if (this.#bug !== undefined) return Promise.reject(notStored(this.#bug))
    this.#gather()
    return this.#next ?? this.#running ?? Promise.resolve()
  }

  /** The same, for changes that were not made in a turn too: of this account, and of those that are new. */
  async settled(account?: Account): Promise<void> {
    for (const [each, follower] of this.#followers)
      if (follower.anew || (each === account && follower.changed)) await each.turn.take(() => {})
    await this.written()
  }

  /** Stores what there is to store, and follows the accounts no longer. What there is no room for was not acknowledged, and is forgotten. */
  async close(): Promise<void> {
    this.#closing = true
    for (const { turn } of this.#followers.keys()) await turn.take(() => {})
    this.release()
    try {
      await this.written()
    } catch (error) {
      if (!this.#full) throw error
    }
  }

  /** Follows the accounts no longer: what becomes of them is not stored. */
  release(): void {
    for (const [account, follower] of this.#followers) {
      account.turn.ended = undefined
      follower.release()
    }
  }

  #gather(): void {
    const cloud = JSON.stringify(this.cloud())
    if (cloud !== this.#cloud) {
      this.#cloud = cloud
      this.#changes.set(keyOf.cloud, cloud)
    }
    if (this.#changes.size === 0 || this.#next !== undefined) return
    const before = this.#running ?? Promise.resolve()
    this.#next = before.then(
      () => this.#commit(),
      () => this.#commit(),
    )
    // Who waits for it is told; a change by a timer has nobody who waits.
    this.#next.catch(() => {})
  }

  async #commit(): Promise<void> {
    const mine = this.#next
    this.#running = mine
    this.#next = undefined
    const changes = this.#changes
    this.#changes = new Map()
    const unneeded = this.#removable()
    try {
      if (this.#bug !== undefined) throw this.#bug
      await this.store.commit(changes, { unneeded, last: this.#closing })
      this.#full = false
    } catch (error) {
      // Whatever has changed since counts more.
      this.#changes = new Map([...changes, ...this.#changes])
      if (unneeded.length > 0)
        this.#removal = { paths: [...unneeded, ...(this.#removal?.paths ?? [])], after: this.#removal?.after ?? new Map() }
      this.#full = error instanceof NoSpaceError
      this.onFailure(error)
      throw notStored(error)
    } finally {
      if (this.#running === mine) this.#running = undefined
    }
  }

  /** Files that nothing names any more once what has been gathered is stored. */
  #removable(): readonly string[] {
    if (this.#removal === undefined) {
      const paths = this.blobs.takeUnneeded()
      if (paths.length === 0) return paths
      const busy = [...this.#followers].filter(([{ turn }]) => turn.busy)
      this.#removal = { paths, after: new Map(busy.map(([account, { turns }]) => [account, turns])) }
    }
    const { paths, after } = this.#removal
    for (const [account, turns] of after) if ((this.#followers.get(account)?.turns ?? Number.POSITIVE_INFINITY) <= turns) return []
    this.#removal = undefined
    return paths
  }
}

const notStored = (error: unknown): Error => new Error(`the change could not be stored: ${messageOf(error)}`, { cause: error })
