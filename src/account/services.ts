/** What every account needs of its cloud, whatever parts it has. */

import type { Blobs } from '../bytes/blobs.js'
import type { Account } from './registry.js'
import type { SettingsSchema } from './settings.js'

/** See {@link CloudServices}. */
export interface CoreServices {
  /** The sections that an account's settings have. */
  settings: SettingsSchema
  /** The bytes of the cloud's objects. */
  blobs: Blobs
  /** Told of bugs, and of what was being done. */
  onBug: (error: unknown, about: string) => void
  /** Creates an account in which there is nothing yet, for a copy of this one. */
  fork: (account: Account) => Account
  /** Told when the account's state has been made anew: when it was created, reset, or has become another state. */
  opened: (account: Account) => void
  /** Resolves when all that turns have changed is stored. Left out where nothing is stored. */
  written?: () => Promise<void>
}
