/** One tenant of the cloud: the unit of isolation. It knows that it consists of parts, and none of them by name. */

import { Clock, clockStateSchema } from '../base/clock.js'
import { Ids } from '../base/ids.js'
import { Turn } from '../base/turn.js'
import { takeBytes, withBytes } from '../state/inline.js'
import type { Capture, StateTable } from '../state/part.js'
import { type CapturedState, readDocument, State, type StateDocument, type Tenant, VERSION } from '../state/state.js'
import { renamed } from '../state/upgrade.js'
import type { Part } from './part.js'
import { AccountSettings } from './settings.js'
import { AccountSnapshots } from './snapshots.js'
import type { Account, AccountIdentity, AccountOptions, CloudServices, KeyPair, Settings, Snapshots } from './types.js'

/** What an account is made of, beside its parts. */
export interface AccountSetup {
  options: AccountOptions
  identity: AccountIdentity
  cloud: CloudServices
  /** In order; the same for all accounts of a cloud. */
  parts: readonly Part[]
}

/** Creates an account. `empty`: with nothing in it, because it is about to take over a state. */
export const createAccount = (setup: AccountSetup, empty = false): Account => new AccountCore(setup, empty) as unknown as Account

/** What every account is, whatever parts it has: see {@link Account}. */
class AccountCore {
  readonly turn = new Turn()
  readonly snapshots: Snapshots

  readonly options: AccountOptions
  readonly identity: AccountIdentity
  readonly cloud: CloudServices

  // These, and every part, are made anew by `reset`, and when the account takes over another state.
  state!: State
  ids!: Ids
  clock!: Clock
  settings!: Settings

  readonly #parts: readonly Part[]
  #tenant: Tenant
  #disposed = false
  #opened = false

  constructor({ options, identity, cloud, parts }: AccountSetup, empty: boolean) {
    this.options = options
    this.identity = identity
    this.cloud = cloud
    this.#parts = parts
    this.snapshots = new AccountSnapshots(this.#account)
    this.#tenant = { accountId: identity.accountId, seed: options.seed }
    this.#start()
    if (empty) return
    try {
      // Tests make many accounts, and this takes longer than all the rest: it is done once something is asked.
      this.turn.initLazily(() => this.#seed().catch((error) => cloud.onBug(error, 'the making of an account')))
      this.#open(false)
    } catch (error) {
      this.dispose()
      throw error
    }
  }

  get accountId(): string {
    return this.#tenant.accountId
  }

  get credentials(): KeyPair {
    const { accessKeyId, accessKeySecret } = this.identity.rootKeys[0] as KeyPair
    return { accessKeyId, accessKeySecret }
  }

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

  export({ bytes = 'named' }: { bytes?: 'named' | 'inline' } = {}): Promise<StateDocument> {
    return this.turn.take(() => {
      this.#checkAlive()
      const { account, cells } = this.#header()
      const document = this.state.export(account, cells)
      return bytes === 'inline' ? withBytes(document, this.cloud.blobs) : document
    })
  }

  import(input: unknown): Promise<void> {
    return this.turn.take(async () => {
      const { document, discard } = await takeBytes(readDocument(input), this.cloud.blobs)
      try {
        const read = await this.read(document)
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

  async fork(): Promise<Account> {
    const captured = await this.turn.take(() => this.capture())
    try {
      return await this.copyOf(captured)
    } finally {
      this.state.release(captured)
    }
  }

  async copyOf(state: CapturedState): Promise<Account> {
    this.#checkAlive()
    const fork = this.cloud.fork(this.#account)
    await fork.turn.take(() => fork.restore(state))
    return fork
  }

  capture(captureOf?: (table: StateTable) => Capture): CapturedState {
    this.#checkAlive()
    const { account, cells } = this.#header()
    return this.state.capture(account, cells, captureOf)
  }

  async read(given: StateDocument): Promise<CapturedState> {
    const document = { ...given, cells: { ...given.cells }, tables: { ...given.tables } }
    const upgraded = given.version < VERSION
    for (let version = given.version; version < VERSION; version++) {
      if (version === 1 && document.cells.clock !== undefined) document.cells.clock = renamed(document.cells.clock, 'tickets', 'sequences')
      for (const { upgrades } of this.#parts) upgrades?.[version]?.(document)
    }
    return { ...(await this.state.read(document)), upgraded }
  }

  async restore(state: CapturedState): Promise<void> {
    this.#checkAlive()
    this.#stop()
    this.#tenant = state.account
    this.#start()
    this.state.restore(state)
    if (state.upgraded) await this.#seed()
    if (this.#disposed) this.#stop()
    else this.#tellOpened('restored')
  }

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
    const { mode, speed, sequences } = this.clock.state
    return { account: this.#tenant, cells: { ...cells, clock: { mode, speed, sequences, now: this.clock.now() } } }
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
    this.settings = new AccountSettings(settings, cloud)
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
    this.#tellOpened(again ? 'reset' : 'created')
  }

  /** An account that begins with the state of another one is a copy. */
  #tellOpened(how: 'created' | 'reset' | 'restored'): void {
    const isFirst = !this.#opened
    this.#opened = true
    this.cloud.opened(this.#account, isFirst && how === 'restored' ? 'forked' : how)
  }

  /** Creates what every account has from the start. */
  async #seed(): Promise<void> {
    for (const part of this.#parts) await part.seed?.(this.#account)
  }

  #stop(): void {
    for (const part of this.#parts.toReversed()) part.dispose?.(this.#account)
    this.state.dispose()
    this.clock.dispose()
  }
}
