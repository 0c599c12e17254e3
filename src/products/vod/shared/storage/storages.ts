/** Where media can be kept. */

import type { Account } from '../../../../account/types.js'
import { ApiError } from '../../../../base/errors.js'
import { fingerprint } from '../../../../base/ids.js'
import { type Storage, storageAt } from './settings.js'
import type { Workflow } from './workflow.js'

/** Region of the bucket that comes with the service. */
const REGION = 'cn-shanghai'

/** What follows from the settings of an account, by these: each account has its own, and others once they are changed. */
const storages = new WeakMap<Account['settings']['values'], readonly [Storage, ...Storage[]]>()

/** The storages of an account: the bucket that comes with the service, then the account's own. */
export function storagesOf(account: Account): readonly [Storage, ...Storage[]] {
  const { values } = account.settings
  const known = storages.get(values)
  if (known) return known
  const found = findStorages(account)
  storages.set(values, found)
  return found
}

function findStorages({ accountId, settings }: Account): readonly [Storage, ...Storage[]] {
  const system = storageAt(`outin-${fingerprint(accountId, 'bucket').slice(0, 32)}.oss-${REGION}.aliyuncs.com`, true)
  const own = settings.values.vod.storages ?? []
  return [system, ...own.map(({ location, authorised }) => storageAt(location, authorised))]
}

/** The storage of a location; without one, the default storage. Its bucket is the account's, or can be: it is not made. */
export function storageNamed(account: Account, location: string | undefined): Storage | undefined {
  const all = storagesOf(account)
  const storage = location === undefined ? all[0] : all.find((each) => each.location === location.toLowerCase())
  return storage && account.cloud.buckets.mayClaim(account, account.accountId, storage.bucket) ? storage : undefined
}

/** The same, where something is to be kept in it: its bucket is there, and one that is not is made. */
export function findStorage(account: Account, location: string | undefined): Storage | undefined {
  const storage = storageNamed(account, location)
  return storage && openStorage(account, storage) ? storage : undefined
}

/** Makes the buckets of the account's own storages. */
export function openStorages(account: Account): void {
  for (const storage of storagesOf(account).slice(1)) openStorage(account, storage)
}

/** Makes the bucket of a storage, if it is not there; false if it cannot be. */
export function openStorage({ oss }: Account, { bucket, region }: Storage): boolean {
  try {
    oss.createBucket(bucket, region)
    return true
  } catch (error) {
    // A bucket that somebody else has is none of this account's.
    if (error instanceof ApiError) return false
    throw error
  }
}

/** How many media of each kind an account may hold. */
export const maxMediaOf = ({ settings }: Account): number => settings.values.vod.maxMedia ?? 20_000

/** A workflow of the account. */
export const workflowOf = ({ settings }: Account, id: string): Workflow | undefined =>
  settings.values.vod.workflows?.find((each) => each.id === id)
