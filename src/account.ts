/** One tenant of the cloud: the unit of isolation. */

import { Clock, type ClockOptions, type Fired } from './clock.js'
import { Nonces } from './gateway/nonces.js'
import { Throttle } from './gateway/throttle.js'
import { type AccessKey, Ram } from './identity/ram.js'
import { Ids } from './ids.js'
import { Jobs } from './jobs/jobs.js'
import { CallLog } from './log.js'
import { assetKey, assetSchema } from './model/asset.js'
import { Resources } from './model/collection.js'
import { objectKey, objectSchema } from './model/object.js'
import { Settings, type SettingsInput } from './settings.js'
import { Turn } from './turn.js'

/** What to start an account with. */
export interface AccountOptions {
  /** Same seed, same calls: same ids. */
  seed: string
  clock?: ClockOptions
  settings?: SettingsInput
}

/** A pair of access keys. */
export type KeyPair = Pick<AccessKey, 'accessKeyId' | 'accessKeySecret'>

/** An account's place in its cloud. */
export interface AccountPlace {
  accountId: string
  /** Key pairs of the account itself; the first is the one its creator was told. */
  rootKeys: readonly [KeyPair, ...KeyPair[]]
  /** Key pair with which the services sign the URLs of this account's results. */
  resultKey: KeyPair
  /** From now on the access key leads to this account. */
  register: (account: Account, key: AccessKey) => void
  /** From now on the access key leads nowhere. */
  forget: (accessKeyId: string) => void
  /** Base URL under which objects are reached, or `undefined` for the real OSS hosts. */
  publicUrl: () => string | undefined
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
  nonces!: Nonces
  jobs!: Jobs
  /** Files that calls refer to by URL, as a test has declared them. */
  assets!: Resources<typeof assetSchema>
  /** Objects that the services have made for this account. */
  objects!: Resources<typeof objectSchema>

  constructor(
    private readonly options: AccountOptions,
    readonly place: AccountPlace,
  ) {
    this.accountId = place.accountId
    this.#start()
  }

  /** The pair of keys that the account was created with. */
  get credentials(): KeyPair {
    const { accessKeyId, accessKeySecret } = this.place.rootKeys[0]
    return { accessKeyId, accessKeySecret }
  }

  /** Moves the clock forward by `milliseconds`, and answers what fell due. Throws a `RangeError` where the clock cannot go. */
  advance(milliseconds: number): Promise<Fired[]> {
    return this.turn.take(() => this.clock.advanceTo(this.clock.now() + milliseconds))
  }

  /** Moves the clock forward to an instant in milliseconds since 1970, and answers what fell due. Throws a `RangeError` if it has passed. */
  advanceTo(instant: number): Promise<Fired[]> {
    return this.turn.take(() => this.clock.advanceTo(instant))
  }

  /** Changes mode, time or speed of the clock, and answers what fell due. Throws a `RangeError` if the time has passed. */
  setClock(options: ClockOptions): Promise<Fired[]> {
    return this.turn.take(() => this.clock.set(options))
  }

  /** Declares a file, or declares it anew. */
  async putAsset(asset: Parameters<typeof assetSchema.parse>[0]): Promise<void> {
    await this.assets.put(assetSchema.parse(asset))
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
    const { seed, clock, settings } = this.options
    this.ids = new Ids(seed)
    this.clock = new Clock(clock)
    this.clock.onDue = () => {
      void this.turn.take(() => this.clock.catchUp())
    }
    this.settings = new Settings(settings)
    const { register, forget } = this.place
    this.ram = new Ram(this.accountId, new Ids(`${seed}/ram`), this.clock, { add: (key) => register(this, key), remove: forget })
    for (const { accessKeyId, accessKeySecret } of this.place.rootKeys) this.ram.addRootKey(accessKeyId, accessKeySecret)
    this.log = new CallLog()
    this.throttle = new Throttle()
    this.nonces = new Nonces(this.clock.now())
    this.jobs = new Jobs(this)
    this.assets = new Resources(assetSchema, (asset) => assetKey(asset.url))
    this.objects = new Resources(objectSchema, objectKey)
  }

  #stop(): void {
    this.clock.dispose()
    this.ram.dispose()
  }
}
