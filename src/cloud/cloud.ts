/** The cloud: accounts, services, and the one function through which every door calls it. */

import { Account, type AccountOptions } from '../account/account.js'
import type { KeyPair, OwnPlace, Surroundings } from '../account/environment.js'
import { Journal } from '../account/journal.js'
import type { SettingsInput } from '../account/settings.js'
import type { Action } from '../actions/action.js'
import type { AssetInput } from '../assets/asset.js'
import type { ClockMode, ClockOptions } from '../base/clock.js'
import { Ids } from '../base/ids.js'
import { problemOf } from '../base/problem.js'
import { Blobs } from '../bytes/blobs.js'
import { Catalogue } from '../catalogue/catalogue.js'
import { type Deliver, deliverByFetch } from '../events/deliver.js'
import type { FaultInput } from '../faults/fault.js'
import { findMagicKey } from '../faults/magic-keys.js'
import { type GatewayContext, serve } from '../gateway/gateway.js'
import type { Call, Reply } from '../http/call.js'
import { Directory } from '../identity/directory.js'
import { isObjectCall } from '../oss/location.js'
import { type ObjectContext, serveObject } from '../oss/serve.js'
import { playCallOf, policyCallOf, servePlay } from '../products/vod/cdn/playout.js'
import { type Download, downloadByFetch } from '../products/vod/upload/pull/download.js'
import { ScenarioFiles } from '../scenarios/files.js'
import type { Store } from '../state/store.js'
import { type CloudRecord, readStored, type StoredAccount, type StoredCloud } from '../state/stored.js'
import { catalogue as builtIn } from './services.js'

/** The key pair that the default account always has. */
export const DEFAULT_KEY = { accessKeyId: 'testAccessKeyId', accessKeySecret: 'testAccessKeySecret' } as const

/** The default account's id. */
const DEFAULT_ACCOUNT_ID = '1234567890123456'

/** What to start a cloud with. */
export interface CloudOptions {
  /** Same seed and same calls give the same bytes. Default 0. */
  seed?: number | string
  /** Clock of the accounts, unless they are given another: its mode, or all of it. Default `system`. */
  clock?: ClockMode | ClockOptions
  /** Further key pairs of the default account: those that a team has in its configuration already. */
  accessKeys?: readonly KeyPair[]
  /** Base URL under which result objects are reached, such as `http://127.0.0.1:4010`. Default: the real OSS hosts. */
  publicUrl?: string
  /** Files that the default account knows from the start. */
  assets?: readonly AssetInput[]
  /** Settings of the accounts, unless they are given others. */
  settings?: SettingsInput
  /** What is to go wrong in the accounts from the start, and again after each reset, unless they are given others. */
  faults?: readonly FaultInput[]
  /** Further Actions beside those of the package: of a service that a test or an extension defines. */
  actions?: readonly Action[]
  /** Sends event notifications over HTTP. Default: with the `fetch` of the process. */
  deliver?: Deliver
  /** Fetches the files that UploadMediaByURL is given, from hosts that the setting `vod.fetchFrom` names. Default: with the `fetch` of the process. */
  download?: Download
  /** Folder with scenarios of one's own, in JSON files; one that has the name of a built-in one takes its place. Default: none. */
  scenarios?: string
  /** Told of bugs, that is of errors that no service documents, and of what was being done. Default: nobody; the call log has those of calls in any case. */
  onBug?: (error: unknown, about: string) => void
}

/** What to start a further account with. */
export type NewAccountOptions = Partial<Omit<AccountOptions, 'clock'>> & { clock?: ClockMode | ClockOptions }

/** Emulated state and behaviour, with no network in it. All its functions may be called on their own. */
export interface Cloud {
  /** What it was created with. */
  readonly options: CloudOptions
  /** Answers a call. Never rejects: whatever a client sends has a reply. */
  handle(call: Call): Promise<Reply>
  /** The account that an access key leads to; without a key, the default account. Throws a `RangeError` if no account has the key. */
  account(accessKeyId?: string): Account
  /** Creates an empty account with a key pair of its own. */
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
  /** Stores what there is to store, and ends the cloud. */
  close(): Promise<void>
  /** Ends all accounts and their timers. */
  dispose(): void
  /** Every Action there is. */
  readonly catalogue: Catalogue
  /** Base URL under which result objects are reached; may be set once a server knows its address. */
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
    await cloud.resume(stored?.accounts ?? [])
    return cloud
  } catch (error) {
    cloud.dispose()
    throw new Error(problemOf(error), { cause: error })
  }
}

/** Its functions stand on their own, because a cloud's functions are passed around, and wrapped. */
class LocalCloud implements Cloud {
  readonly catalogue: Catalogue
  publicUrl: string | undefined
  readonly #accounts = new Set<Account>()
  readonly #defaultAccount: Account
  readonly #directory = new Directory()
  readonly #blobs: Blobs
  readonly #journal: Journal | undefined
  readonly #surroundings: Surroundings
  readonly #context: GatewayContext & ObjectContext
  readonly #seed: string
  readonly #strayIds: Ids
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
    this.publicUrl = options.publicUrl
    this.catalogue = options.actions ? new Catalogue([...builtIn.actions, ...options.actions], builtIn.jobKinds.values()) : builtIn
    this.#seed = record?.seed ?? String(options.seed ?? 0)
    this.#created = record?.created ?? 0
    this.#forked = record?.forked ?? 0
    this.#strayIds = new Ids(`${this.#seed}/stray`)
    this.#strayIds.drawn = record?.strayIds ?? 0
    this.#blobs = new Blobs(store?.files, record?.segments)
    const onBug = options.onBug ?? (() => {})
    this.#journal =
      store &&
      new Journal(
        store,
        this.#blobs,
        () => this.#record(),
        (error) => onBug(error, 'storing what has changed'),
      )
    const publicUrl = (): string | undefined => this.publicUrl
    this.#surroundings = this.#surround(onBug, publicUrl)
    this.#defaultAccount = this.#openDefault(stored)
    this.#context = {
      catalogue: this.catalogue,
      ids: this.#strayIds,
      findKey: (id) => this.#directory.findKey(id) ?? findMagicKey(id, this.#directory.findKey),
      findSigner: (id, object) => this.#directory.findSigner(id, object),
      findBucket: (object, caller) => this.#directory.findBucket(object, caller),
      strayLog: () => this.#defaultAccount,
      onBug,
      publicUrl,
    }
  }

  handle = (call: Call): Promise<Reply> => {
    if (!isObjectCall(call)) return serve(this.#context, call)
    const play = playCallOf(this.#accounts, call) ?? policyCallOf(this.#defaultAccount, call)
    return play ? servePlay(play, call) : serveObject(this.#context, call)
  }

  account = (accessKeyId: string = DEFAULT_KEY.accessKeyId): Account => {
    const owner = this.#directory.findKey(accessKeyId)
    if (!owner) throw new RangeError(`No account has the access key "${accessKeyId}".`)
    return owner.account
  }

  createAccount = (options: NewAccountOptions = {}): Account => {
    // All names follow from the account's seed: the order in which accounts are created does not matter.
    const seed = options.seed ?? `${this.#seed}/${++this.#created}`
    const names = new Ids(`${seed}/names`)
    const own = this.#freeKeyPair(names)
    const accountId = names.digits(16)
    const place = { accountId, keySeed: `${seed}/${accountId}/ram`, rootKeys: [own], resultKey: newKeyPair(names) }
    return this.#open(place, seed, options)
  }

  disposeAccount = (account: Account): void => {
    if (account === this.#defaultAccount) throw new RangeError('The default account cannot be disposed of; reset it instead.')
    this.#journal?.closed(account)
    account.dispose()
    this.#accounts.delete(account)
  }

  checkSettings = (settings: SettingsInput): SettingsInput => {
    return this.catalogue.checkSettings(settings)
  }

  stored = async (account?: Account): Promise<void> => {
    await this.#journal?.settled(account)
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
  async resume(accounts: readonly StoredAccount[]): Promise<void> {
    for (const stored of accounts) {
      const { place, options } = stored.record
      const account = isDefault(stored) ? this.#defaultAccount : this.#open(place, options.seed, options, true)
      await this.#journal?.resume(account, stored)
    }
    this.#blobs.revived()
  }

  /** What is to be stored of the cloud itself. */
  #record(): CloudRecord {
    return {
      seed: this.#seed,
      created: this.#created,
      forked: this.#forked,
      segments: this.#blobs.made,
      strayIds: this.#strayIds.drawn,
    }
  }

  #surround(onBug: Surroundings['onBug'], publicUrl: Surroundings['publicUrl']): Surroundings {
    const journal = this.#journal
    const { deliver = deliverByFetch, download = downloadByFetch, scenarios } = this.options
    return {
      catalogue: this.catalogue,
      directory: this.#directory,
      blobs: this.#blobs,
      scenarios: new ScenarioFiles(scenarios),
      publicUrl,
      onBug,
      // Nobody is told of what could be forgotten.
      deliver: journal ? (delivery) => journal.written().then(() => deliver(delivery)) : deliver,
      download,
      fork: (account) => this.#fork(account),
      opened: (account) => journal?.opened(account),
      ...(journal && { written: () => journal.written() }),
    }
  }

  #openDefault(stored: StoredCloud | undefined): Account {
    const { assets = [], accessKeys = [] } = this.options
    const record = stored?.accounts.find(isDefault)?.record
    const place = record?.place ?? {
      accountId: DEFAULT_ACCOUNT_ID,
      keySeed: `${this.#seed}/${DEFAULT_ACCOUNT_ID}/ram`,
      rootKeys: [DEFAULT_KEY],
      resultKey: newKeyPair(new Ids(`${this.#seed}/names`)),
    }
    // Of two secrets for one key, the one that was asked for counts.
    const rootKeys = [...new Map([...place.rootKeys, ...accessKeys].map((key) => [key.accessKeyId, key])).values()]
    return this.#open({ ...place, rootKeys }, this.#seed, record?.options ?? { assets }, record !== undefined)
  }

  /** `empty`: with nothing in it, because it is about to become a state. */
  #open(place: OwnPlace, seed: string, { clock, settings, assets = [], faults }: NewAccountOptions, empty = false): Account {
    const account = new Account(
      {
        seed,
        clock: clockOptions(clock ?? this.options.clock),
        settings: settings ?? this.options.settings ?? {},
        faults: faults ?? this.options.faults ?? [],
        assets,
      },
      { ...this.#surroundings, ...place },
      empty,
    )
    this.#accounts.add(account)
    return account
  }

  #fork({ accountId, ids, options, place }: Account): Account {
    const names = new Ids(`${place.keySeed}/forks/${++this.#forked}`)
    const own = this.#freeKeyPair(names)
    const keySeed = `${own.accessKeyId}/ram`
    return this.#open({ accountId, keySeed, rootKeys: [own], resultKey: newKeyPair(names) }, ids.seed, options, true)
  }

  #freeKeyPair(names: Ids): KeyPair {
    let pair = newKeyPair(names)
    // A second account of one seed gets the next names.
    while (this.#directory.hasKey(pair.accessKeyId)) pair = newKeyPair(names)
    return pair
  }
}

const isDefault = ({ id }: { id: string }): boolean => id === DEFAULT_KEY.accessKeyId
