/** The cloud: accounts, services, and the one function through which every door calls it. */

import { Account, type AccountOptions, type AccountPlace, type KeyPair } from './account.js'
import { Catalogue } from './catalogue/catalogue.js'
import type { ClockMode, ClockOptions } from './clock.js'
import { type Deliver, deliverByFetch } from './events/deliver.js'
import type { KeyOwner } from './gateway/authenticate.js'
import type { Call, Reply } from './gateway/call.js'
import { serve } from './gateway/gateway.js'
import { Ids } from './ids.js'
import type { AssetInput } from './model/asset.js'
import { didYouMean } from './nearest.js'
import { isObjectCall } from './oss/location.js'
import { serveObject } from './oss/serve.js'
import type { Action } from './services/action.js'
import { catalogue as builtIn } from './services/index.js'
import type { SettingsInput } from './settings.js'
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
  /** Further Actions beside those of the package: of a service that a test or an extension defines. */
  actions?: readonly Action[]
  /** Sends event notifications over HTTP. Default: with the `fetch` of the process. */
  deliver?: Deliver
  /** Fetches the files that UploadMediaByURL is given, from hosts that the setting `vod.fetchFrom` names. Default: with the `fetch` of the process. */
  download?: Download
  /** Folder in which uploads are kept while the cloud is there. Default: the system's folder for temporary files. */
  dataDir?: string
  /** Told of bugs, that is of errors that no service documents, and of what was being done. Default: nobody; the call log has those of calls in any case. */
  onBug?: (error: unknown, about: string) => void
}

/** What to start a further account with. */
export type NewAccountOptions = Partial<Omit<AccountOptions, 'clock'>> & { clock?: ClockMode | ClockOptions }

/** Emulated state and behaviour, with no network in it. */
export interface Cloud {
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

/** Creates a cloud with a default account. Throws a `ZodError` or a `RangeError` if settings or assets cannot be. */
export function createCloud(options: CloudOptions = {}): Cloud {
  const seed = String(options.seed ?? 0)
  const catalogue = options.actions ? new Catalogue([...builtIn.actions, ...options.actions], builtIn.jobKinds.values()) : builtIn
  const strayIds = new Ids(`${seed}/stray`)
  let created = 0
  const onBug = options.onBug ?? (() => {})
  const accounts = new Set<Account>()
  const owners = new Map<string, KeyOwner>()
  const signers = new Map<string, Account>()
  const buckets = new Map<string, Account | 'service'>()
  const open = (
    place: Pick<AccountPlace, 'accountId' | 'rootKeys' | 'resultKey'>,
    accountSeed: string,
    { clock, settings, assets = [] }: NewAccountOptions,
  ): Account => {
    const account = new Account(
      {
        seed: accountSeed,
        clock: clockOptions(clock ?? options.clock),
        settings: checkNames(catalogue, settings ?? options.settings ?? {}),
        assets,
      },
      {
        ...place,
        catalogue,
        register: (owner, key) => owners.set(key.accessKeyId, { account: owner, key }),
        forget: (accessKeyId) => owners.delete(accessKeyId),
        publicUrl: () => cloud.publicUrl,
        onBug,
        deliver: options.deliver ?? deliverByFetch,
        download: options.download ?? downloadByFetch,
        claimBucket(owner, name) {
          if (!buckets.has(name)) buckets.set(name, owner)
          return buckets.get(name) === owner
        },
        releaseBucket: (name) => buckets.delete(name),
        reserveBucket(name) {
          if (!buckets.has(name)) buckets.set(name, 'service')
        },
        dataDir: options.dataDir,
      },
    )
    accounts.add(account)
    signers.set(place.resultKey.accessKeyId, account)
    return account
  }

  const cloud: Cloud = {
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
      let own = newKeyPair(names)
      // A second account of one seed gets the next names.
      while (owners.has(own.accessKeyId)) own = newKeyPair(names)
      return open({ accountId: names.digits(16), rootKeys: [own], resultKey: newKeyPair(names) }, accountSeed, accountOptions)
    },
    disposeAccount(account) {
      if (account === defaultAccount) throw new RangeError('The default account cannot be disposed of; reset it instead.')
      account.dispose()
      accounts.delete(account)
      signers.delete(account.place.resultKey.accessKeyId)
    },
    checkSettings: (settings) => checkNames(catalogue, settings),
    dispose() {
      for (const account of accounts) account.dispose()
      accounts.clear()
    },
  }
  // Of two secrets for one key, the one that was asked for counts.
  const rootKeys = [...new Map([DEFAULT_KEY, ...(options.accessKeys ?? [])].map((key) => [key.accessKeyId, key])).values()]
  const resultKey = newKeyPair(new Ids(`${seed}/names`))
  const defaultAccount = open({ accountId: DEFAULT_ACCOUNT_ID, rootKeys, resultKey }, seed, { assets: options.assets ?? [] })
  const context = {
    catalogue,
    ids: strayIds,
    findKey: (accessKeyId: string) => owners.get(accessKeyId),
    findSigner: (accessKeyId: string) => signers.get(accessKeyId),
    findBucket: (name: string) => buckets.get(name),
    strayLog: () => defaultAccount,
    onBug,
    publicUrl: () => cloud.publicUrl,
  }
  return cloud
}
