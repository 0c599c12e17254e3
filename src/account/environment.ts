/** What an account is given by its cloud. */

import type { Blobs } from '../bytes/blobs.js'
import type { Catalogue } from '../catalogue/catalogue.js'
import type { Deliver } from '../events/deliver.js'
import type { Directory } from '../identity/directory.js'
import type { AccessKey } from '../identity/ram.js'
import type { Download } from '../products/vod/upload/pull/download.js'
import type { ScenarioFiles } from '../scenarios/files.js'
import type { Account } from './account.js'

/** A pair of access keys. */
export type KeyPair = Pick<AccessKey, 'accessKeyId' | 'accessKeySecret'>

/** What no two accounts of a cloud have in common, but for the id. */
export interface OwnPlace {
  accountId: string
  /** What the keys that the account hands out are made of: no two accounts of a cloud have the same. */
  keySeed: string
  /** Key pairs of the account itself; the first is the one its creator was told. */
  rootKeys: readonly KeyPair[]
  /** Key pair with which the services sign the URLs of this account's results. */
  resultKey: KeyPair
}

/** What all accounts of a cloud have in common. */
export interface Surroundings {
  /** Every Action and kind of job there is. */
  catalogue: Catalogue
  /** What names lead to. */
  directory: Directory
  /** The bytes of the cloud's objects. */
  blobs: Blobs
  /** Where scenarios come from. */
  scenarios: ScenarioFiles
  /** Base URL under which objects are reached, or `undefined` for the real OSS hosts. */
  publicUrl: () => string | undefined
  /** Told of bugs, and of what was being done. */
  onBug: (error: unknown, about: string) => void
  /** Sends event notifications over HTTP. */
  deliver: Deliver
  /** Fetches files from outside, where the settings allow it. */
  download: Download
  /** Creates an account in which there is nothing yet, for a copy of this one. */
  fork: (account: Account) => Account
  /** Told when the account's state has been made anew: when it was created, reset, or has become another state. */
  opened: (account: Account) => void
  /** Resolves when all that turns have changed is stored. Left out where nothing is stored. */
  written?: () => Promise<void>
}

/** An account's place in its cloud. */
export type AccountPlace = OwnPlace & Surroundings
