/** One tenant of the cloud: the unit of isolation. */

import { type Asset, type AssetFacts, type AssetInput, assetKey, assetSchema } from '../assets/asset.js'
import { assetNamed } from '../assets/magic-files.js'
import { Clock, type ClockOptions, clockStateSchema } from '../base/clock.js'
import { Ids } from '../base/ids.js'
import { Turn } from '../base/turn.js'
import { Events } from '../events/events.js'
import type { FaultInput } from '../faults/fault.js'
import { Faults } from '../faults/faults.js'
import { Nonces } from '../gateway/nonces.js'
import { Throttle } from '../gateway/throttle.js'
import { Ram } from '../identity/ram.js'
import { ResultKeys } from '../identity/result-keys.js'
import type { Job } from '../jobs/job.js'
import { Jobs } from '../jobs/jobs.js'
import { CallLog } from '../log/log.js'
import { Oss } from '../oss/oss.js'
import { Vod } from '../products/vod/vod.js'
import { Scenarios } from '../scenarios/scenarios.js'
import type { Collection } from '../state/collection.js'
import { takeBytes, withBytes } from '../state/inline.js'
import { type CapturedState, readDocument, State, type StateDocument, type Tenant } from '../state/state.js'
import { type SettleOptions, type SettleReport, settle } from '../testing/settle.js'
import { Usage } from '../usage/usage.js'
import type { AccountPlace, KeyPair } from './environment.js'
import { Settings, type SettingsInput, settingsSchema } from './settings.js'
import { Snapshots } from './snapshots.js'

/** What to start an account with. */
export interface AccountOptions {
  /** Same seed, same calls: same ids. */
  seed: string
  clock?: ClockOptions
  settings?: SettingsInput
  /** Files that calls refer to by URL, known from the start. */
  assets?: readonly AssetInput[]
  /** What is to go wrong from the start, and again after each reset. */
  faults?: readonly FaultInput[]
}

const assetRecords = { name: 'assets', schema: assetSchema, keyOf: ({ url }: Asset) => assetKey(url) }

/**
 * One tenant: identities, resources, jobs, clock, throttling, settings and call log of its own. Nothing in it is shared with another account.
 */
export class Account {
  /** Changes what others have begun: calls, clock moves and control calls take turns. */
  readonly turn = new Turn()

  /** States to come back to. They outlive resets. */
  readonly snapshots = new Snapshots(this)

  // Everything below is made anew by `reset`, and when the account becomes another state.
  /** Everything below that outlives a call. */
  state!: State
  ids!: Ids
  clock!: Clock
  settings!: Settings
  ram!: Ram
  /** With which the services sign the URLs of results. */
  resultKeys!: ResultKeys
  log!: CallLog
  throttle!: Throttle
  /** What a test has asked to go wrong. */
  faults!: Faults
  /** Bundles of faults, settings, clock and world, and which of them are in force. */
  scenarios!: Scenarios
  nonces!: Nonces
  jobs!: Jobs
  /** What the account's calls would have cost. */
  usage!: Usage
  /** Event notifications: what happened, and who was told of it. */
  events!: Events
  /** Files that calls refer to by URL, as a test has declared them. */
  assets!: Collection<typeof assetSchema>
  /** Buckets and objects: what was uploaded, and what the services have made. */
  oss!: Oss
  /** Media, templates and upload jobs of VOD. */
  vod!: Vod

  readonly #assets: readonly Asset[]
  #scenarios: readonly string[] = []
  #tenant: Tenant
  #disposed = false

  /** `empty`: with nothing in it, because it is about to become a state. */
  constructor(
    readonly options: AccountOptions,
    readonly place: AccountPlace,
    empty = false,
  ) {
    this.#assets = (options.assets ?? []).map((asset) => assetSchema.parse(asset))
    this.#tenant = { accountId: place.accountId, seed: options.seed }
    this.#start()
    if (empty) return
    try {
      // Tests make many accounts, and this takes longer than all the rest: it is done once something is asked.
      this.turn.before(() => this.#furnish())
      if (this.#assets.length > 0) void this.turn.take(() => {})
      this.#open()
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
    const { accessKeyId, accessKeySecret } = this.place.rootKeys[0] as KeyPair
    return { accessKeyId, accessKeySecret }
  }

  /** What is known of the file behind a URL: as it was declared, or else as its name says. */
  assetOf(url: string): AssetFacts | undefined {
    return this.assets.get(assetKey(url)) ?? assetNamed(url)
  }

  /** Declares files, or declares them anew. Throws a `ZodError` if one is not as it must be; then none is declared. */
  async putAssets(assets: readonly AssetInput[]): Promise<void> {
    for (const asset of assets.map((each) => assetSchema.parse(each))) this.assets.put(asset)
  }

  /**
   * The check at the end of a test: waits for deliveries that are under way, and reports unused faults, unfinished jobs, undelivered callbacks,
   * throttled calls that nobody made again, and parameters that no Action knows. Rejects with a `ZodError` if the options cannot be.
   */
  settle(options?: SettleOptions): Promise<SettleReport> {
    return settle(this, options)
  }

  /** Back to the state in which the account was created: no resources, no RAM users, the clock and the settings as they were. */
  async reset(): Promise<void> {
    await this.turn.take(async () => {
      this.#checkAlive()
      this.#stop()
      this.#tenant = { accountId: this.place.accountId, seed: this.options.seed }
      this.#start()
      // At once, because this turn is stored as a whole.
      await this.#furnish()
      if (this.#disposed) this.#stop()
      else this.#open(true)
    })
    await this.startWith(this.#scenarios)
  }

  /** Applies scenarios, except those that are in force: now, and again after each reset. Rejects as `scenarios.apply` does. */
  async startWith(scenarios: readonly string[]): Promise<void> {
    this.#scenarios = scenarios
    for (const name of scenarios) if (!this.scenarios.inForce.includes(name)) await this.scenarios.apply(name)
  }

  /**
   * The account's state as one JSON document. It names the bytes of objects by ids that only this cloud knows; with `bytes: 'inline'` it holds
   * them, which rejects with a `RangeError` if they are more than 64 MiB.
   */
  export({ bytes = 'named' }: { bytes?: 'named' | 'inline' } = {}): Promise<StateDocument> {
    return this.turn.take(() => {
      this.#checkAlive()
      const { account, cells } = this.#tell()
      const document = this.state.export(account, cells)
      return bytes === 'inline' ? withBytes(document, this.place.blobs) : document
    })
  }

  /**
   * Replaces everything in the account by the state in a document, as {@link export} has made it, here or in another cloud; keys of the account
   * itself stay. RAM users whose keys another account has get new ones. Rejects with a `RangeError` that says why if the document cannot be
   * read, names bytes that the cloud does not have, or a bucket that belongs to another tenant; then nothing has changed.
   */
  import(input: unknown): Promise<void> {
    return this.turn.take(async () => {
      const { document, discard } = takeBytes(readDocument(input), this.place.blobs)
      try {
        const read = this.state.read(document)
        try {
          this.#check(document)
          await this.become(read)
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
      const fork = this.place.fork(this)
      await fork.turn.take(() => fork.become(captured))
      return fork
    } finally {
      this.state.release(captured)
    }
  }

  /** What there is now, in memory: to be given back with `state.release`. Only for who has the account's turn. */
  capture(): CapturedState {
    this.#checkAlive()
    const { account, cells } = this.#tell()
    return this.state.capture(account, cells)
  }

  /** Replaces everything in the account by what was captured or read, here or in another account. Only for who has the account's turn. */
  async become(state: CapturedState): Promise<void> {
    this.#checkAlive()
    this.#stop()
    this.#tenant = state.account
    this.#start()
    await this.state.restore(state)
    if (this.#disposed) this.#stop()
    else this.place.opened(this)
  }

  /** Ends everything the account has under way. */
  dispose(): void {
    this.#disposed = true
    this.#stop()
    this.snapshots.clear()
  }

  /** What was asked before may come when the account is gone. */
  #checkAlive(): void {
    if (this.#disposed) throw new RangeError('The account was disposed of.')
  }

  /** What a document may say, but not in this cloud. */
  #check({ account: { accountId }, cells, tables }: StateDocument): void {
    this.place.catalogue.checkSettings(cells.settings as SettingsInput)
    const { jobs = [], 'oss.buckets': buckets = [] } = tables
    const strange = jobs.map(([, job]) => (job as Pick<Job, 'kind'>).kind).find((kind) => !this.place.catalogue.jobKinds.has(kind))
    if (strange !== undefined) throw new RangeError(`The state cannot be taken over: no Action here starts jobs of ${strange}.`)
    const taken = buckets.map(([name]) => name).filter((name) => !this.place.directory.mayClaimBucket(this, accountId, name))
    if (taken.length > 0) throw new RangeError(`The state cannot be taken over: others have buckets of its names: ${taken.join(', ')}.`)
  }

  /** Whose state it is, and its single values: with a clock that goes on from its present time, whenever that will be. */
  #tell(): { account: Tenant; cells: CapturedState['cells'] } {
    const cells = this.state.values()
    const { mode, speed, tickets } = this.clock.state
    return { account: this.#tenant, cells: { ...cells, clock: { mode, speed, tickets, now: this.clock.now() } } }
  }

  #start(): void {
    const { clock = {}, settings } = this.options
    const { accountId, seed } = this.#tenant
    const { place } = this
    const { directory } = place
    this.state = new State()
    this.ids = new Ids(seed).keptIn(this.state, 'ids')
    this.clock = new Clock(clock, this.turn, place.onBug)
    this.state.cell(
      'clock',
      clockStateSchema,
      () => this.clock.state,
      (state) => {
        this.clock.state = state
      },
    )
    this.settings = new Settings(settings ?? {}, (input) => place.catalogue.checkSettings(input))
    this.state.cell(
      'settings',
      settingsSchema,
      () => this.settings.state,
      (values) => {
        this.settings.state = values
      },
    )
    this.ram = new Ram(this.state, accountId, new Ids(place.keySeed).keptIn(this.state, 'ids.ram'), this.clock, {
      add: (key) => directory.addKey(this, key),
      remove: (accessKeyId) => directory.removeKey(accessKeyId),
      has: (accessKeyId) => directory.hasKey(accessKeyId),
    })
    for (const { accessKeyId, accessKeySecret } of place.rootKeys) this.ram.addRootKey(accessKeyId, accessKeySecret)
    this.resultKeys = new ResultKeys(this.state, place.resultKey, {
      add: (accessKeyId) => directory.addSigner(this, accessKeyId),
      remove: (accessKeyId) => directory.removeSigner(this, accessKeyId),
    })
    this.log = new CallLog(this)
    this.faults = new Faults(this)
    this.scenarios = new Scenarios(this)
    this.throttle = new Throttle(this.state)
    this.nonces = new Nonces(this.state, this.clock.now())
    this.jobs = new Jobs(this)
    this.usage = new Usage(this)
    this.events = new Events(this)
    this.clock.settle = () => this.events.settled()
    this.assets = this.state.collection(assetRecords)
    this.oss = new Oss(this, seed)
    this.vod = new Vod(this)
  }

  /** `again`: after a reset. */
  #open(again = false): void {
    this.faults.addAll(this.options.faults ?? [], { again })
    this.place.opened(this)
  }

  /** What every account has from the start. */
  async #furnish(): Promise<void> {
    this.vod.open()
    await this.putAssets(this.#assets)
  }

  #stop(): void {
    this.faults.dispose()
    this.events.dispose()
    this.oss.dispose()
    this.clock.dispose()
    this.ram.dispose()
    this.resultKeys.dispose()
  }
}
