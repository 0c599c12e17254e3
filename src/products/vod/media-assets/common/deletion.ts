/** Whether VOD may delete files where a medium has its own. */

import type { Account } from '../../../../account/types.js'
import { storagesOf } from '../../shared/storage/storages.js'

/** `closed`: the bucket's owner does not let VOD change it; `gone`: the storage is not among the account's any more. */
export type StorageAccess = 'open' | 'closed' | 'gone'

/** Whether files of a storage can be deleted. */
export function accessTo(account: Account, { storageLocation }: { storageLocation: string }): StorageAccess {
  const storage = storagesOf(account).find(({ location }) => location === storageLocation)
  return storage === undefined ? 'gone' : storage.authorised ? 'open' : 'closed'
}

/** Why files cannot be deleted, for the developer. */
export const accessReason = (access: Exclude<StorageAccess, 'open'>, { storageLocation }: { storageLocation: string }): string =>
  access === 'closed'
    ? `the settings say that VOD may not change ${storageLocation}`
    : `the storage ${storageLocation} is not among the account's any more`
