/** Where media can be kept. */

import type { Account } from '../../../../account/types.js'
import { ApiError } from '../../../../base/errors.js'
import { fingerprint } from '../../../../base/ids.js'
import { type Storage, storageAt, type Workflow } from './settings.js'

/** Region of the bucket that comes with the service. */
const REGION = 'cn-shanghai'

/** The storages of an account: the bucket that comes with the service, then the account's own. */
export function storagesOf({ accountId, settings }: Account): readonly [Storage, ...Storage[]] {
  const system = storageAt(`outin-${fingerprint(accountId, 'bucket').slice(0, 32)}.oss-${REGION}.aliyuncs.com`, true)
  const own = settings.values.vod.storages ?? []
  return [system, ...own.map(({ location, authorised }) => storageAt(location, authorised))]
}

/** The storage of a location; without one, the default storage. Its bucket is there: it is made when it is first needed. */
export function findStorage(account: Account, location: string | undefined): Storage | undefined {
  const all = storagesOf(account)
  const storage = location === undefined ? all[0] : all.find((each) => each.location === location.toLowerCase())
  try {
    if (storage) account.oss.createBucket(storage.bucket, storage.region)
    return storage
  } catch (error) {
    // A bucket that somebody else has is none of this account's.
    if (error instanceof ApiError) return undefined
    throw error
  }
}

/** How many media of each kind an account may hold. */
export const maxMediaOf = ({ settings }: Account): number => settings.values.vod.maxMedia ?? 20_000

/** A workflow of the account. */
export const workflowOf = ({ settings }: Account, id: string): Workflow | undefined =>
  settings.values.vod.workflows?.find((each) => each.id === id)
