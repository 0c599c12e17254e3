/** The cloud: accounts, services, and the one function through which every door calls it. */

import { Account, type AccountOptions, type AccountPlace, type KeyPair } from './account.js'
import { Catalogue } from './catalogue/catalogue.js'
import { Claims } from './claims.js'
import type { ClockMode, ClockOptions } from './clock.js'
import { type Deliver, deliverByFetch } from './events/deliver.js'
import type { FaultInput } from './faults/fault.js'
import { findMagicKey } from './faults/magic-keys.js'
import type { KeyOwner } from './gateway/authenticate.js'
import type { Call, Reply } from './gateway/call.js'
import { serve } from './gateway/gateway.js'
import type { ObjectName } from './identity/ram.js'
import { Ids } from './ids.js'
import type { AssetInput } from './model/asset.js'
import { didYouMean } from './nearest.js'
import { Blobs } from './oss/blobs.js'
import { isObjectCall } from './oss/location.js'
import { serveObject } from './oss/serve.js'
import { ScenarioFiles } from './scenarios/files.js'
import type { Action } from './services/action.js'
import { catalogue as builtIn } from './services/index.js'
import type { SettingsInput } from './settings.js'
import { Journal } from './state/journal.js'
import { problemOf } from './state/read.js'
import type { Store } from './state/store.js'
import { readStored, type StoredCloud } from './state/stored.js'
import { playCallOf, policyCallOf, servePlay } from './vod/playout.js'
import { type Download, downloadByFetch } from './vod/pull/download.js'

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

/** Emulated state and behaviour, with no network in it. */
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

/** What no two accounts of a cloud have in common. */
type OwnPlace = Pick<AccountPlace, 'accountId' | 'keySeed' | 'rootKeys' | 'resultKey'>

/** A key pair in the form of those that RAM hands out. */
const newKeyPair = (names: Ids): KeyPair => ({ accessKeyId: `LTAI5t${names.alphanumeric(18)}`, accessKeySecret: names.alphanumeric(30) })

const clockOptions = (clock: ClockMode | ClockOptions | undefined): ClockOptions =>
  typeof clock === 'string' ? { mode: clock } : (clock ?? {})

/** A setting for something that does not exist would silently do nothing. */
function checkNames({ services, byId, jobKinds }: Catalogue, settings: SettingsInput): SettingsInput {
  for (const name of Object.keys(settings.services ?? {})) {
    if (name !== '*' && !services.has(name))
      throw new RangeError(`services.${name}: there is no such service; there are ${[...services.keys()].join(', ')}`)
  }
  const check = (names: object | undefined, known: ReadonlyMap<string, unknown>, what: string): void => {
    for (const name of Object.keys(names ?? {})) {
      const wildcard = name.endsWith('.*') && services.has(name.slice(0, -2))
      if (name !== '*' && !wildcard && !known.has(name))
        throw new RangeError(
          `${name}: there is no such ${what}; names are <service>.<Action>, <service>.* or *${didYouMean(name, known.keys())}`,
        )
    }
  }
  check(settings.limits?.actions, byId, 'Action')
  check(settings.jobs, jobKinds, 'kind of job')
  return settings
}

/** Creates a cloud with a default account. Throws a `ZodError` or a `RangeError` if settings, assets or faults cannot be. */
export const createCloud = (options: CloudOptions = {}): Cloud => newCloud(options).cloud

/**
 * Opens the cloud that is in a store, or creates one that will be. What is stored counts more than the options; further access keys are added.
 * Rejects with an `Error` if what is stored cannot be read, and as {@link createCloud} throws.
 */
export async function openCloud(options: CloudOptions, store: Store): Promise<Cloud> {
  const { cloud, resume } = newCloud(options, { store, stored: readStored(await store.load()) })
  try {
    await resume()
    return cloud
  } catch (error) {
    cloud.dispose()
    throw new Error(problemOf(error), { cause: error })
  }
}

function newCloud(
  options: CloudOptions,
  kept?: { store: Store; stored: StoredCloud | undefined },
): { cloud: Cloud; resume: () => Promise<void> } {
  const stored = kept?.stored
  const seed = stored?.record.seed ?? String(options.seed ?? 0)
  const catalogue = options.actions ? new Catalogue([...builtIn.actions, ...options.actions], builtIn.jobKinds.values()) : builtIn
  const strayIds = new Ids(`${seed}/stray`)
  strayIds.drawn = stored?.record.strayIds ?? 0
  let created = stored?.record.created ?? 0
  const onBug = options.onBug ?? (() => {})
  const deliver = options.deliver ?? deliverByFetch
  const blobs = new Blobs(kept?.store.files, stored?.record.segments)
  const journal =
    kept &&
    new Journal(
      kept.store,
      blobs,
      () => ({ seed, created, segments: blobs.made, strayIds: strayIds.drawn }),
      (error) => onBug(error, 'storing what has changed'),
    )
  const scenarios = new ScenarioFiles(options.scenarios)
  const accounts = new Set<Account>()
  const owners = new Map<string, KeyOwner>()
  const signers = new Claims()
  const buckets = new Claims()
  const serviceBuckets = new Set<string>()
  /** What all accounts have in common. */
  const surroundings: Omit<AccountPlace, keyof OwnPlace> = {
    catalogue,
    register: (owner, key) => owners.set(key.accessKeyId, { account: owner, key }),
    forget: (accessKeyId) => owners.delete(accessKeyId),
    knows: (accessKeyId) => owners.has(accessKeyId),
    addSigner: (owner, accessKeyId) => signers.add(accessKeyId, owner),
    removeSigner: (owner, accessKeyId) => signers.remove(accessKeyId, owner),
    publicUrl: () => cloud.publicUrl,
    onBug,
    // Nobody is told of what could be forgotten.
    deliver: journal ? (delivery) => journal.written().then(() => deliver(delivery)) : deliver,
    download: options.download ?? downloadByFetch,
    mayClaimBucket: (owner, accountId, name) => !serviceBuckets.has(name) && buckets.isFree(name, owner, accountId),
    claimBucket: (owner, name) => !serviceBuckets.has(name) && buckets.add(name, owner),
    releaseBucket: (owner, name) => buckets.remove(name, owner),
    reserveBucket(name) {
      if (!buckets.has(name)) serviceBuckets.add(name)
    },
    checkSettings: (input) => checkNames(catalogue, input),
    fork: (account) => fork(account),
    opened: (account) => journal?.opened(account),
    ...(journal && { written: () => journal.written() }),
    blobs,
    scenarios,
  }
  const open = (
    place: OwnPlace,
    accountSeed: string,
    { clock, settings, assets = [], faults }: NewAccountOptions,
    empty = false,
  ): Account => {
    const account = new Account(
      {
        seed: accountSeed,
        clock: clockOptions(clock ?? options.clock),
        settings: checkNames(catalogue, settings ?? options.settings ?? {}),
        faults: faults ?? options.faults ?? [],
        assets,
      },
      { ...surroundings, ...place },
      empty,
    )
    accounts.add(account)
    return account
  }
  const freeKeyPair = (names: Ids): KeyPair => {
    let pair = newKeyPair(names)
    // A second account of one seed, or a second copy of one account, gets the next names.
    while (owners.has(pair.accessKeyId)) pair = newKeyPair(names)
    return pair
  }
  const fork = ({ accountId, ids, options: forkOptions, place }: Account): Account => {
    const names = new Ids(`${place.keySeed}/forks`)
    const own = freeKeyPair(names)
    const keySeed = `${own.accessKeyId}/ram`
    return open({ accountId, keySeed, rootKeys: [own], resultKey: newKeyPair(names) }, ids.seed, forkOptions, true)
  }

  const cloud: Cloud = {
    options,
    catalogue,
    publicUrl: options.publicUrl,
    handle(call) {
      if (!isObjectCall(call)) return serve(context, call)
      const play = playCallOf(accounts, call) ?? policyCallOf(defaultAccount, call)
      return play ? servePlay(play, call) : serveObject(context, call)
    },
    account(accessKeyId = DEFAULT_KEY.accessKeyId) {
      const owner = owners.get(accessKeyId)
      if (!owner) throw new RangeError(`No account has the access key "${accessKeyId}".`)
      return owner.account
    },
    createAccount(accountOptions = {}) {
      // All names follow from the account's seed: the order in which accounts are created does not matter.
      const accountSeed = accountOptions.seed ?? `${seed}/${++created}`
      const names = new Ids(`${accountSeed}/names`)
      const own = freeKeyPair(names)
      const accountId = names.digits(16)
      const keySeed = `${accountSeed}/${accountId}/ram`
      return open({ accountId, keySeed, rootKeys: [own], resultKey: newKeyPair(names) }, accountSeed, accountOptions)
    },
    disposeAccount(account) {
      if (account === defaultAccount) throw new RangeError('The default account cannot be disposed of; reset it instead.')
      journal?.closed(account)
      account.dispose()
      accounts.delete(account)
    },
    checkSettings: (settings) => checkNames(catalogue, settings),
    stored: async (account) => journal?.settled(account),
    async close() {
      try {
        await journal?.close()
      } finally {
        cloud.dispose()
      }
    },
    dispose() {
      journal?.release()
      for (const account of accounts) account.dispose()
      accounts.clear()
      blobs.dispose()
    },
  }
  const storedDefault = stored?.accounts.find(({ id }) => id === DEFAULT_KEY.accessKeyId)
  const place = storedDefault?.record.place ?? {
    accountId: DEFAULT_ACCOUNT_ID,
    keySeed: `${seed}/${DEFAULT_ACCOUNT_ID}/ram`,
    rootKeys: [DEFAULT_KEY],
    resultKey: newKeyPair(new Ids(`${seed}/names`)),
  }
  // Of two secrets for one key, the one that was asked for counts.
  const rootKeys = [...new Map([...place.rootKeys, ...(options.accessKeys ?? [])].map((key) => [key.accessKeyId, key])).values()]
  const defaultOptions = storedDefault?.record.options ?? { assets: options.assets ?? [] }
  const defaultAccount = open({ ...place, rootKeys }, seed, defaultOptions, storedDefault !== undefined)
  const context = {
    catalogue,
    ids: strayIds,
    findKey: (accessKeyId: string) => owners.get(accessKeyId) ?? findMagicKey(accessKeyId, (id) => owners.get(id)),
    findSigner: (accessKeyId: string, object?: ObjectName) => signers.find(accessKeyId, object),
    findBucket: (object: ObjectName, caller?: Account) =>
      buckets.find(object.bucket, object, caller) ?? (serviceBuckets.has(object.bucket) ? ('service' as const) : undefined),
    strayLog: () => defaultAccount,
    onBug,
    publicUrl: () => cloud.publicUrl,
  }
  const resume = async (): Promise<void> => {
    for (const each of stored?.accounts ?? []) {
      const { record } = each
      const account = each === storedDefault ? defaultAccount : open(record.place, record.options.seed, record.options, true)
      await journal?.resume(account, each)
    }
    blobs.revived()
  }
  return { cloud, resume }
}
