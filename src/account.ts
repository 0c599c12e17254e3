/** One tenant of the cloud: the unit of isolation. */

import { Clock, type ClockOptions } from './clock.js'
import type { Catalogue } from './catalogue/catalogue.js'
import type { Deliver } from './events/deliver.js'
import { Events } from './events/events.js'
import { Faults } from './faults/faults.js'
import { Nonces } from './gateway/nonces.js'
import { Throttle } from './gateway/throttle.js'
import { type AccessKey, Ram } from './identity/ram.js'
import { Ids } from './ids.js'
import { Jobs } from './jobs/jobs.js'
import { CallLog } from './log.js'
import { type Asset, type AssetInput, assetKey, assetSchema } from './model/asset.js'
import { Resources } from './model/collection.js'
import { Oss } from './oss/oss.js'
import { Settings, type SettingsInput } from './settings.js'
import { Turn } from './turn.js'
import { Usage } from './usage/usage.js'
import type { Download } from './vod/pull/download.js'
import { Vod } from './vod/vod.js'

/** What to start an account with. */
export interface AccountOptions {
  /** Same seed, same calls: same ids. */
  seed: string
  clock?: ClockOptions
  settings?: SettingsInput
  /** Files that calls refer to by URL, known from the start. */
  assets?: readonly AssetInput[]
}

/** A pair of access keys. */
export type KeyPair = Pick<AccessKey, 'accessKeyId' | 'accessKeySecret'>

/** An account's place in its cloud. */
export interface AccountPlace {
  accountId: string
  /** Key pairs of the account itself; the first is the one its creator was told. */
  rootKeys: readonly KeyPair[]
  /** Key pair with which the services sign the URLs of this account's results. */
  resultKey: KeyPair
  /** From now on the access key leads to this account. */
  register: (account: Account, key: AccessKey) => void
  /** From now on the access key leads nowhere. */
  forget: (accessKeyId: string) => void
  /** Base URL under which objects are reached, or `undefined` for the real OSS hosts. */
  publicUrl: () => string | undefined
  /** Every Action and kind of job there is. */
  catalogue: Catalogue
  /** Told of bugs, and of what was being done. */
  onBug: (error: unknown, about: string) => void
  /** Sends event notifications over HTTP. */
  deliver: Deliver
  /** Fetches files from outside, where the settings allow it. */
  download: Download
  /** From now on the name of a bucket leads to this account; false if it leads to another, or to a service. */
  claimBucket: (account: Account, name: string) => boolean
  /** From now on the name of a bucket leads nowhere. */
  releaseBucket: (name: string) => void
  /** From now on no account can have a bucket of this name: a service has it. */
  reserveBucket: (name: string) => void
  /** Folder in which objects are kept. Default: the system's folder for temporary files. */
  dataDir: string | undefined
}

/**
 * One tenant: identities, resources, jobs, clock, throttling, settings and call log of its own. Nothing in it is shared with another account.
 */
export class Account {
  readonly accountId: string
  /** Changes what others have begun: calls, clock moves and control calls take turns. */
  readonly turn = new Turn()

  // Everything below is made anew by `reset`.
  ids!: Ids
  clock!: Clock
  settings!: Settings
  ram!: Ram
  log!: CallLog
  throttle!: Throttle
  /** What a test has asked to go wrong. */
  faults!: Faults
  nonces!: Nonces
  jobs!: Jobs
  /** What the account's calls would have cost. */
  usage!: Usage
  /** Event notifications: what happened, and who was told of it. */
  events!: Events
  /** Files that calls refer to by URL, as a test has declared them. */
  assets!: Resources<typeof assetSchema>
  /** Buckets and objects: what was uploaded, and what the services have made. */
  oss!: Oss
  /** Media, templates and upload jobs of VOD. */
  vod!: Vod

  readonly #assets: readonly Asset[]

  constructor(
    private readonly options: AccountOptions,
    readonly place: AccountPlace,
  ) {
    this.accountId = place.accountId
    this.#assets = (options.assets ?? []).map((asset) => assetSchema.parse(asset))
    this.#start()
  }

  /** The pair of keys that the account was created with. */
  get credentials(): KeyPair {
    const { accessKeyId, accessKeySecret } = this.place.rootKeys[0] as KeyPair
    return { accessKeyId, accessKeySecret }
  }

  /** Declares files, or declares them anew. Throws a `ZodError` if one is not as it must be; then none is declared. */
  async putAssets(assets: readonly AssetInput[]): Promise<void> {
    for (const asset of assets.map((each) => assetSchema.parse(each))) await this.assets.put(asset)
  }

  /** Back to the state in which the account was created: no resources, no RAM users, the clock and the settings as they were. */
  reset(): Promise<void> {
    return this.turn.take(() => {
      this.#stop()
      this.#start()
    })
  }

  /** Ends everything the account has under way. */
  dispose(): void {
    this.#stop()
  }

  #start(): void {
    const { seed, clock = {}, settings } = this.options
    this.ids = new Ids(seed)
    this.clock = new Clock(clock, this.turn, this.place.onBug)
    this.settings = new Settings(settings)
    const { register, forget } = this.place
    this.ram = new Ram(this.accountId, new Ids(`${seed}/${this.accountId}/ram`), this.clock, {
      add: (key) => register(this, key),
      remove: forget,
    })
    for (const { accessKeyId, accessKeySecret } of this.place.rootKeys) this.ram.addRootKey(accessKeyId, accessKeySecret)
    this.log = new CallLog()
    this.faults = new Faults(this)
    this.throttle = new Throttle()
    this.nonces = new Nonces(this.clock.now())
    this.jobs = new Jobs(this)
    this.usage = new Usage(this.clock)
    this.events = new Events(this)
    this.clock.settle = () => this.events.settled()
    this.assets = new Resources(assetSchema, (asset) => assetKey(asset.url))
    this.oss = new Oss(this, seed)
    this.vod = new Vod(this)
    // Tests make many accounts, and this takes longer than all the rest: it is done once something is asked.
    this.turn.before(() => this.vod.open())
    if (this.#assets.length > 0) void this.turn.take(() => this.putAssets(this.#assets))
  }

  #stop(): void {
    this.events.dispose()
    this.oss.dispose()
    this.clock.dispose()
    this.ram.dispose()
  }
}
