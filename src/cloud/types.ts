/** What a cloud is, to whoever has one. */

import type { Account, AccountOptions, CloudOptions, SettingsInput, SettingsSchema } from '../account/types.js'
import type { OnBug } from '../base/bugs.js'
import type { ClockMode, ClockOptions } from '../base/clock.js'
import type { Catalogue } from '../catalogue/catalogue.js'
import type { EventDefinition } from '../events/definition.js'
import type { OnChange } from '../following/change.js'
import type { Addresses } from '../http/addresses.js'
import type { CallBounds } from '../http/bounds.js'
import type { Call, Reply } from '../http/call.js'
import type { ProviderState } from '../product/provider-state.js'

/** What to start a further account with. */
export type NewAccountOptions = Partial<Omit<AccountOptions, 'clock'>> & { clock?: ClockMode | ClockOptions }

/** Emulated state and behaviour, with no network in it. All its functions may be called on their own. */
export interface Cloud {
  /** What it was created with. */
  readonly options: CloudOptions
  /** How much a call may hold: the options, or their defaults. */
  readonly bounds: CallBounds
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
