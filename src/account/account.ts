/** One tenant of the cloud: the unit of isolation. It knows that it consists of parts, and none of them by name. */

import { Clock, clockStateSchema } from '../base/clock.js'
import { Ids } from '../base/ids.js'
import { Turn } from '../base/turn.js'
import { takeBytes, withBytes } from '../state/inline.js'
import { type CapturedState, readDocument, State, type StateDocument, type Tenant } from '../state/state.js'
import type { AccountIdentity, KeyPair } from './options.js'
import type { Part } from './part.js'
import type { Account, AccountOptions, CloudServices } from './registry.js'
import { Settings } from './settings.js'
import { Snapshots } from './snapshots.js'

/** What an account is made of, beside its parts. */
export interface AccountSetup {
  options: AccountOptions
  identity: AccountIdentity
  cloud: CloudServices
  /** In order; the same for all accounts of a cloud. */
  parts: readonly Part[]
}

/** Creates an account. `empty`: with nothing in it, because it is about to take over a state. */
export const createAccount = (setup: AccountSetup, empty = false): Account => new AccountCore(setup, empty) as Account

/** What every account is, whatever parts it has: see {@link Account}. */
export class AccountCore {
  /** Changes what others have begun: calls, clock moves and control calls take turns. */
  readonly turn = new Turn()

  /** States to come back to. They outlive resets. */
  readonly snapshots: Snapshots

  readonly options: AccountOptions
  readonly identity: AccountIdentity
  readonly cloud: CloudServices

  // Everything below, and every part, is made anew by `reset`, and when the account takes over another state.
  /** Everything of the account that outlives a call. */
  state!: State
  ids!: Ids
  clock!: Clock
  settings!: Settings

  readonly #parts: readonly Part[]
  #tenant: Tenant
  #disposed = false

  constructor({ options, identity, cloud, parts }: AccountSetup, empty: boolean) {
    this.options = options
    this.identity = identity
    this.cloud = cloud
    this.#parts = parts
    this.snapshots = new Snapshots(this.#account)
    this.#tenant = { accountId: identity.accountId, seed: options.seed }
    this.#start()
    if (empty) return
    try {
      // Tests make many accounts, and this takes longer than all the rest: it is done once something is asked.
      this.turn.before(() => this.#seed())
      this.#open(false)
    } catch (error) {
      this.dispose()
      throw error
    }
  }

  /** Sixteen digits. A copy of an account has the id of the account itself. */
  get accountId(): string {
    return this.#tenant.accountId
  }

  /** The pair of keys that the account was created with. */
  get credentials(): KeyPair {
    const { accessKeyId, accessKeySecret } = this.identity.rootKeys[0] as KeyPair
    return { accessKeyId, accessKeySecret }
  }

  /** Back to the state in which the account was created: no resources, no RAM users, the clock and the settings as they were. */
  async reset(): Promise<void> {
    await this.turn.take(async () => {
      this.#checkAlive()
      this.#stop()
      this.#tenant = { accountId: this.identity.accountId, seed: this.options.seed }
      this.#start()
      // At once, because this turn is stored as a whole.
      await this.#seed()
      if (this.#disposed) this.#stop()
      else this.#open(true)
    })
    for (const part of this.#parts) await part.afterReset?.(this.#account)
  }

  /**
   * The account's state as one JSON document. It names the bytes of objects by ids that only this cloud knows; with `bytes: 'inline'` it holds
   * them, which rejects with a `RangeError` if they are more than 64 MiB.
   */
  export({ bytes = 'named' }: { bytes?: 'named' | 'inline' } = {}): Promise<StateDocument> {
    return this.turn.take(() => {
      this.#checkAlive()
      const { account, cells } = this.#header()
      const document = this.state.export(account, cells)
      return bytes === 'inline' ? withBytes(document, this.cloud.blobs) : document
    })
  }

  /**
   * Replaces everything in the account by the state in a document, as {@link export} has made it, here or in another cloud; keys of the account
   * itself stay. RAM users whose keys another account has get new ones. Rejects with a `RangeError` that says why if the document cannot be
   * read, names bytes that the cloud does not have, or a bucket that belongs to another tenant; then nothing has changed.
   */
  import(input: unknown): Promise<void> {
    return this.turn.take(async () => {
      const { document, discard } = takeBytes(readDocument(input), this.cloud.blobs)
      try {
        const read = this.state.read(document)
        try {
          this.cloud.settings.check(document.cells.settings as object, this.cloud)
          for (const part of this.#parts) part.checkState?.(this.#account, document)
          await this.restore(read)
        } finally {
          this.state.release(read)
        }
      } finally {
        discard()
      }
    })
  }

  /**
   * Creates a copy of the account as it is now: the same tenant, with a key pair of its own. Whatever happens to one from now on does not happen
   * to the other. RAM users get keys of their own, and STS sessions stay with this account.
   */
  async fork(): Promise<Account> {
    const captured = await this.turn.take(() => this.capture())
    try {
      const fork = this.cloud.fork(this.#account)
      await fork.turn.take(() => fork.restore(captured))
      return fork
    } finally {
      this.state.release(captured)
    }
  }

  /** What there is now, in memory: to be given back with `state.release`. Only for who has the account's turn. */
  capture(): CapturedState {
    this.#checkAlive()
    const { account, cells } = this.#header()
    return this.state.capture(account, cells)
  }

  /** Replaces everything in the account by what was captured or read, here or in another account. Only for who has the account's turn. */
  async restore(state: CapturedState): Promise<void> {
    this.#checkAlive()
    this.#stop()
    this.#tenant = state.account
    this.#start()
    await this.state.restore(state)
    if (this.#disposed) this.#stop()
    else this.cloud.opened(this.#account)
  }

  /** Ends everything the account has under way. */
  dispose(): void {
    this.#disposed = true
    this.#stop()
    this.snapshots.clear()
  }

  /** The account with its parts. */
  get #account(): Account {
    return this as unknown as Account
  }

  /** What was asked before may come when the account is gone. */
  #checkAlive(): void {
    if (this.#disposed) throw new RangeError('The account was disposed of.')
  }

  /** Whose state it is, and its single values: with a clock that goes on from its present time, whenever that will be. */
  #header(): { account: Tenant; cells: CapturedState['cells'] } {
    const cells = this.state.values()
    const { mode, speed, tickets } = this.clock.state
    return { account: this.#tenant, cells: { ...cells, clock: { mode, speed, tickets, now: this.clock.now() } } }
  }

  #start(): void {
    const { clock = {}, settings = {} } = this.options
    const { cloud } = this
    this.state = new State()
    this.ids = this.state.ids('ids', new Ids(this.#tenant.seed))
    this.clock = new Clock(clock, this.turn, cloud.onBug)
    this.state.cell(
      'clock',
      clockStateSchema,
      () => this.clock.state,
      (state) => {
        this.clock.state = state
      },
    )
    this.settings = new Settings(settings, cloud)
    this.state.cell(
      'settings',
      cloud.settings.schema as never,
      () => this.settings.state as never,
      (state) => {
        this.settings.state = state
      },
    )
    const parts = this as unknown as Record<string, unknown>
    for (const { name, create, lasting } of this.#parts) if (!(lasting && name in this)) parts[name] = create(this.#account)
  }

  #open(again: boolean): void {
    for (const part of this.#parts) part.open?.(this.#account, again)
    this.cloud.opened(this.#account)
  }

  /** Creates what every account has from the start. */
  async #seed(): Promise<void> {
    for (const part of this.#parts) await part.seed?.(this.#account)
  }

  #stop(): void {
    for (const part of this.#parts.toReversed()) part.dispose?.(this.#account)
    this.clock.dispose()
  }
}
