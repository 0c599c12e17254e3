/** The cloud: accounts, services, and the one function through which every door calls it. */

import { basename, dirname } from 'node:path'
import { createAccount } from '../account/account.js'
import { Journal } from '../account/journal.js'
import type {
  Account,
  AccountIdentity,
  AccountOptions,
  CloudOptions,
  CloudServices,
  KeyPair,
  SettingsInput,
  SettingsSchema,
} from '../account/types.js'
import { type OnBug, warnOfBug } from '../base/bugs.js'
import type { ClockMode, ClockOptions } from '../base/clock.js'
import { Ids } from '../base/ids.js'
import { problemOf } from '../base/problem.js'
import { Blobs } from '../bytes/blobs.js'
import type { Catalogue } from '../catalogue/catalogue.js'
import type { EventDefinition } from '../events/definition.js'
import { deliverByFetch } from '../events/deliver.js'
import { findMagicKey } from '../faults/magic-keys.js'
import type { OnChange } from '../following/change.js'
import { Followers } from '../following/followers.js'
import type { GatewayContext } from '../gateway/gateway.js'
import { serve } from '../gateway/gateway.js'
import { Addresses } from '../http/addresses.js'
import type { Call, Reply } from '../http/call.js'
import { KeyDirectory } from '../identity/key-directory.js'
import { BucketDirectory, holding } from '../oss/bucket-directory.js'
import { isObjectCall, isOssHost } from '../oss/location.js'
import { callbackKeyRoute } from '../oss/server/callback-key.js'
import type { ObjectContext } from '../oss/server/serve.js'
import { serveObject } from '../oss/server/serve.js'
import type { Route, RouteContext } from '../product/product.js'
import type { ProviderState } from '../product/provider-state.js'
import { isServiceHost } from '../rpc/find.js'
import { ScenarioFiles } from '../scenarios/files.js'
import { VERSION } from '../state/state.js'
import type { Store } from '../state/store.js'
import type { CloudRecord, StoredCloud } from '../state/stored.js'
import { readStored } from '../state/stored.js'
import type { CloudDefinition } from './definition.js'
import { defineCloud } from './definition.js'

/** The key pair that the default account always has. */
export const DEFAULT_KEY = { accessKeyId: 'testAccessKeyId', accessKeySecret: 'testAccessKeySecret' } as const

/** The default account's id. */
const DEFAULT_ACCOUNT_ID = '1234567890123456'

/** Accounts of a cloud, copies included. */
const MAX_ACCOUNTS = 10_000

/** What to start a further account with. */
export type NewAccountOptions = Partial<Omit<AccountOptions, 'clock'>> & { clock?: ClockMode | ClockOptions }

/** Emulated state and behaviour, with no network in it. All its functions may be called on their own. */
export interface Cloud {
  /** What it was created with. */
  readonly options: CloudOptions
  /** Told of bugs: the option, or its default. */
  readonly onBug: OnBug
  /** Answers a call. Never rejects: whatever a client sends has a reply. */
  handle(call: Call): Promise<Reply>
  /** True for a host of the real cloud that is answered here: of a service or a bucket, of OSS itself, or a play domain. In lower case and without a port. */
  hasHost(hostname: string): boolean
  /** Those hosts as a list; a name with a dot in front stands for all that end in it. Among them may be some that are not answered. */
  hosts(): string[]
  /** The account that an access key leads to; without a key, the default account. Throws a `RangeError` if no account has the key. */
  account(accessKeyId?: string): Account
  /** All accounts, in the order in which they were created; the default one is the first. */
  accounts(): readonly Account[]
  /** Creates an empty account with a key pair of its own. Throws a `RangeError` beyond 10,000 accounts. */
  createAccount(options?: NewAccountOptions): Account
  /** Ends an account and forgets everything in it. Throws a `RangeError` for the default account. */
  disposeAccount(account: Account): void
  /** Returns the settings, or throws a `RangeError` if they name a service or an Action that does not exist. */
  checkSettings(settings: SettingsInput): SettingsInput
  /**
   * Resolves once all that has changed so far is stored, in the account and in those that are new; rejects if it cannot be. In a cloud without a
   * store, at once. Calls need not wait for it: they are answered only then.
   */
  stored(account?: Account): Promise<void>
  /** True as long as there is no room to store what has changed: then only what makes room is of use. */
  readonly full: boolean
  /**
   * Has `listener` told of all that changes from now on: calls, jobs, events, faults, clocks, records, accounts. It is told at once, before the change
   * is stored. Returns a function that ends this.
   */
  follow(listener: OnChange): () => void
  /** Stores what there is to store, and ends the cloud. */
  close(): Promise<void>
  /** Ends all accounts and their timers. */
  dispose(): void
  /** Every Action there is. */
  readonly catalogue: Catalogue
  /** Reads settings of the sections that there are. */
  readonly settingsSchema: SettingsSchema['schema']
  /** States that products have for contracts. */
  readonly providerStates: readonly ProviderState[]
  /** Event types, by the name of the product whose events they are. */
  readonly eventTypes: ReadonlyMap<string, readonly EventDefinition[]>
  /** Under which addresses it is reached. */
  readonly addresses: Addresses
  /**
   * Base of all URLs that answers hold. Set, it counts for every call; `undefined` takes that back. Read, it is what was set, else where the server
   * listens, if there is one.
   */
  publicUrl: string | undefined
}

/** A key pair in the form of those that RAM hands out. */
const newKeyPair = (names: Ids): KeyPair => ({ accessKeyId: `LTAI5t${names.alphanumeric(18)}`, accessKeySecret: names.alphanumeric(30) })

const clockOptions = (clock: ClockMode | ClockOptions | undefined): ClockOptions =>
  typeof clock === 'string' ? { mode: clock } : (clock ?? {})

/** Creates a cloud with a default account. Throws a `ZodError` or a `RangeError` if settings, assets or faults cannot be. */
export const createCloud = (options: CloudOptions = {}): Cloud => new LocalCloud(options)

/**
 * Opens the cloud that is in a store, or creates one that will be. What is stored counts more than the options; further access keys are added.
 * Rejects with an `Error` if what is stored cannot be read, and as {@link createCloud} throws.
 */
export async function openCloud(options: CloudOptions, store: Store): Promise<Cloud> {
  const stored = readStored(await store.load())
  const cloud = new LocalCloud(options, store, stored)
  try {
    if (stored) await cloud.resume(stored)
    return cloud
  } catch (error) {
    cloud.dispose()
    throw new Error(problemOf(error), { cause: error })
  }
}

/** Its functions stand on their own, because a cloud's functions are passed around, and wrapped. */
class LocalCloud implements Cloud {
  readonly catalogue: Catalogue
  readonly settingsSchema: SettingsSchema['schema']
  readonly providerStates: readonly ProviderState[]
  readonly eventTypes: ReadonlyMap<string, readonly EventDefinition[]>
  readonly addresses: Addresses
  readonly onBug: OnBug
  readonly #accounts = new Set<Account>()
  readonly #followers: Followers
  readonly #defaultAccount: Account
  readonly #blobs: Blobs
  readonly #journal: Journal | undefined
  readonly #definition: CloudDefinition
  readonly #services: CloudServices
  readonly #routes: readonly Route[]
  readonly #routeContext: RouteContext
  readonly #seed: string
  readonly #unattributedIds: Ids
  /** Accounts that were created without a seed of their own, and copies, so far. */
  #created: number
  #forked: number

  /** `stored`: what is in the store; all of it but the default account is still to be brought back with {@link resume}. */
  constructor(
    readonly options: CloudOptions,
    store?: Store,
    stored?: StoredCloud,
  ) {
    const { record } = stored ?? {}
    this.addresses = new Addresses(options.publicUrl)
    this.#definition = defineCloud(options.products)
    this.catalogue = this.#definition.catalogue
    this.settingsSchema = this.#definition.settings.schema
    this.providerStates = this.#definition.states
    this.eventTypes = this.#definition.eventTypes
    this.#seed = record?.seed ?? String(options.seed ?? 0)
    this.#created = record?.created ?? 0
    this.#forked = record?.forked ?? 0
    this.#unattributedIds = new Ids(`${this.#seed}/stray`)
    this.#unattributedIds.drawn = record?.strayIds ?? 0
    this.#blobs = new Blobs(store, record?.segments)
    const onBug = options.onBug ?? warnOfBug
    this.onBug = onBug
    this.#followers = new Followers(this.#accounts, onBug)
    this.#journal =
      store &&
      new Journal(
        store,
        this.#blobs,
        () => this.#record(),
        (error) => onBug(error, 'storing what has changed'),
      )
    this.#services = this.#servicesOf(onBug)
    this.#defaultAccount = this.#openDefault(stored)
    this.#routeContext = { accounts: this.#accounts, defaultAccount: this.#defaultAccount }
    this.#routes = this.#routesOf(onBug)
  }

  handle = async (call: Call): Promise<Reply> => {
    for (const route of this.#routes) {
      const reply = route.serve(call, this.#routeContext)
      if (reply !== undefined) return reply
    }
    throw new Error('the last route serves every call')
  }

  hasHost = (hostname: string): boolean => this.#routes.some((route) => route.hasHost?.(hostname, this.#routeContext))

  hosts = (): string[] => ['.aliyuncs.com', ...this.#routes.flatMap((route) => [...(route.hosts?.(this.#routeContext) ?? [])])]

  account = (accessKeyId: string = DEFAULT_KEY.accessKeyId): Account => {
    const owner = this.#services.keys.find(accessKeyId)
    if (!owner) throw new RangeError(`No account has the access key "${accessKeyId}".`)
    return owner.account
  }

  accounts = (): readonly Account[] => [...this.#accounts]

  createAccount = (options: NewAccountOptions = {}): Account => {
    this.#checkRoom()
    // All names follow from the account's seed: the order in which accounts are created does not matter.
    const seed = options.seed ?? `${this.#seed}/${++this.#created}`
    const names = new Ids(`${seed}/names`)
    const own = this.#freeKeyPair(names)
    const accountId = names.digits(16)
    const identity = { accountId, keySeed: `${seed}/${accountId}/ram`, rootKeys: [own], resultKey: newKeyPair(names) }
    return this.#open(identity, seed, options)
  }

  disposeAccount = (account: Account): void => {
    if (account === this.#defaultAccount) throw new RangeError('The default account cannot be disposed of; reset it instead.')
    this.#journal?.closed(account)
    account.dispose()
    this.#accounts.delete(account)
    this.#followers.closed(account)
  }

  follow = (listener: OnChange): (() => void) => this.#followers.add(listener)

  checkSettings = (settings: SettingsInput): SettingsInput => {
    this.#definition.settings.check(settings, this.#services)
    return settings
  }

  stored = async (account?: Account): Promise<void> => {
    await this.#journal?.settled(account)
  }

  get publicUrl(): string | undefined {
    return this.addresses.fixed ?? this.addresses.own
  }

  set publicUrl(base: string | undefined) {
    this.addresses.fixed = base
  }

  get full(): boolean {
    return this.#journal?.full ?? false
  }

  close = async (): Promise<void> => {
    try {
      await this.#journal?.close()
    } finally {
      this.dispose()
    }
  }

  dispose = (): void => {
    this.#journal?.release()
    for (const account of this.#accounts) account.dispose()
    this.#accounts.clear()
    this.#blobs.dispose()
  }

  /** Brings all accounts back as they were stored. Rejects with an `Error` if one cannot be read. */
  async resume({ record: { version }, accounts }: StoredCloud): Promise<void> {
    for (const stored of accounts) {
      const { place, options } = stored.record
      const account = isDefault(stored) ? this.#defaultAccount : this.#open(place, options.seed, options, true)
      await this.#journal?.resume(account, stored, version)
    }
    const orphans = this.#blobs.restored()
    if (orphans.length === 0) return
    const names = orphans.map((path) => basename(path)).join(', ')
    const moved = `moved to ${dirname(orphans[0] as string)}, because nothing names them: ${names}`
    this.#services.onBug(new Error(`${moved}; a killed process leaves such files, and so does damage`), 'opening what was stored')
  }

  /** What is to be stored of the cloud itself. */
  #record(): CloudRecord {
    return {
      version: VERSION,
      seed: this.#seed,
      created: this.#created,
      forked: this.#forked,
      segments: this.#blobs.made,
      strayIds: this.#unattributedIds.drawn,
    }
  }

  #servicesOf(onBug: CloudServices['onBug']): CloudServices {
    const journal = this.#journal
    const { deliver = deliverByFetch, scenarios } = this.options
    return Object.assign({}, ...this.#definition.products.map(({ cloudServices }) => cloudServices?.(this.options)), {
      ...this.#definition.services,
      blobs: this.#blobs,
      keys: new KeyDirectory(),
      buckets: new BucketDirectory(),
      scenarios: new ScenarioFiles(scenarios),
      addresses: this.addresses,
      onBug,
      // Nobody is told of what could be forgotten.
      deliver: journal ? (delivery) => journal.written().then(() => deliver(delivery)) : deliver,
      fork: (account) => this.#fork(account),
      opened: (account, how) => {
        journal?.opened(account)
        this.#followers.opened(account, how)
      },
      ...(journal && { written: () => journal.written(), full: () => journal.full }),
    } satisfies Partial<CloudServices>)
  }

  /** What products answer by themselves, then requests to OSS, then calls of Actions. */
  #routesOf(onBug: CloudServices['onBug']): readonly Route[] {
    const { keys, buckets } = this.#services
    const context: GatewayContext & ObjectContext = {
      catalogue: this.catalogue,
      ids: this.#unattributedIds,
      findKey: (id) => keys.find(id) ?? findMagicKey(id, keys.find),
      findSigner: (id, object) => keys.findSigner(id, holding(object)),
      findBucket: (object, caller) => buckets.find(object, caller),
      fallbackAccount: () => this.#defaultAccount,
      onBug,
      addresses: this.addresses,
    }
    return [
      ...this.#definition.products.flatMap(({ routes = [] }) => routes),
      callbackKeyRoute,
      { name: 'oss', hasHost: isOssHost, serve: (call) => (isObjectCall(call, this) ? serveObject(context, call) : undefined) },
      { name: 'gateway', hasHost: (hostname) => isServiceHost(this.catalogue, hostname), serve: (call) => serve(context, call) },
    ]
  }

  #openDefault(stored: StoredCloud | undefined): Account {
    const { assets = [], accessKeys = [], world } = this.options
    const record = stored?.accounts.find(isDefault)?.record
    const identity = record?.place ?? {
      accountId: DEFAULT_ACCOUNT_ID,
      keySeed: `${this.#seed}/${DEFAULT_ACCOUNT_ID}/ram`,
      rootKeys: [DEFAULT_KEY],
      resultKey: newKeyPair(new Ids(`${this.#seed}/names`)),
    }
    // Of two secrets for one key, the one that was asked for counts.
    const rootKeys = [...new Map([...identity.rootKeys, ...accessKeys].map((key) => [key.accessKeyId, key])).values()]
    return this.#open(
      { ...identity, rootKeys },
      this.#seed,
      record?.options ?? { assets, ...(world !== undefined && { world }) },
      record !== undefined,
    )
  }

  /** `empty`: with nothing in it, because it is about to take over a state. */
  #open(
    identity: AccountIdentity,
    seed: string,
    { clock, settings, assets = [], faults, ...rest }: NewAccountOptions,
    empty = false,
  ): Account {
    const options: AccountOptions = {
      ...rest,
      seed,
      clock: clockOptions(clock ?? this.options.clock),
      settings: settings ?? this.options.settings ?? {},
      faults: faults ?? this.options.faults ?? [],
      assets,
    }
    const account = createAccount({ options, identity, cloud: this.#services, parts: this.#definition.parts }, empty)
    this.#accounts.add(account)
    return account
  }

  #checkRoom(): void {
    if (this.#accounts.size >= MAX_ACCOUNTS)
      throw new RangeError(`A cloud has at most ${MAX_ACCOUNTS} accounts, copies included; dispose of some first.`)
  }

  #fork({ accountId, ids, options, identity }: Account): Account {
    this.#checkRoom()
    const names = new Ids(`${identity.keySeed}/forks/${++this.#forked}`)
    const own = this.#freeKeyPair(names)
    const keySeed = `${own.accessKeyId}/ram`
    return this.#open({ accountId, keySeed, rootKeys: [own], resultKey: newKeyPair(names) }, ids.seed, options, true)
  }

  #freeKeyPair(names: Ids): KeyPair {
    let pair = newKeyPair(names)
    // A second account of one seed gets the next names.
    while (this.#services.keys.has(pair.accessKeyId)) pair = newKeyPair(names)
    return pair
  }
}

const isDefault = ({ id }: { id: string }): boolean => id === DEFAULT_KEY.accessKeyId
