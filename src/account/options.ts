/** What a cloud and its accounts are started with, whatever parts and products there are. */

import type { ClockMode, ClockOptions } from '../base/clock.js'
import type { SettingsInput } from './settings.js'

/** See {@link AccountOptions}. */
export interface CoreOptions {
  /** Same seed, same calls: same ids. */
  seed: string
  clock?: ClockOptions
  settings?: SettingsInput
}

/** A pair of access keys. */
export interface KeyPair {
  accessKeyId: string
  accessKeySecret: string
}

/** What no two accounts of a cloud have in common, but for the id. */
export interface AccountIdentity {
  accountId: string
  /** What the keys that the account hands out are made of: no two accounts of a cloud have the same. */
  keySeed: string
  /** Key pairs of the account itself; the first is the one its creator was told. */
  rootKeys: readonly KeyPair[]
  /** Key pair with which the services sign the URLs of this account's results. */
  resultKey: KeyPair
}

/** See {@link CloudOptions}. */
export interface CoreCloudOptions {
  /** Same seed and same calls give the same bytes. Default 0. */
  seed?: number | string
  /** Clock of the accounts, unless they are given another: its mode, or all of it. Default `system`. */
  clock?: ClockMode | ClockOptions
  /** Further key pairs of the default account: those that a team has in its configuration already. */
  accessKeys?: readonly KeyPair[]
  /** Base URL under which result objects are reached, such as `http://127.0.0.1:4010`. Default: the real OSS hosts. */
  publicUrl?: string
  /** Settings of the accounts, unless they are given others. */
  settings?: SettingsInput
  /** Told of bugs, that is of errors that no service documents, and of what was being done. Default: nobody; the call log has those of calls in any case. */
  onBug?: (error: unknown, about: string) => void
}
