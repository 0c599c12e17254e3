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

/** Why files of a storage cannot be deleted, for the developer: what is said of the medium that a parameter names. */
export const accessReason = (access: Exclude<StorageAccess, 'open'>, { storageLocation }: { storageLocation: string }): string =>
  access === 'closed'
    ? `in ${storageLocation}, which the settings say that VOD may not change`
    : `in ${storageLocation}, which is not among the account's storages any more`
