/** What names of buckets lead to in a cloud. */

import { Claims } from '../account/claims.js'
import type { Account } from '../account/types.js'
import type { ObjectName } from '../identity/access-key.js'

/** The services have some dozens; a document from elsewhere may name any. */
const MAX_SERVICE_BUCKETS = 1000

/** The buckets of all accounts of a cloud, and those of the services. */
export class BucketDirectory {
  readonly #buckets = new Claims()
  /** Buckets that services have, and so no account. */
  readonly #serviceBuckets = new Set<string>()

  /** From now on the name of a bucket leads to this account; false if it leads to one of another tenant, or to a service. */
  claim(account: Account, name: string): boolean {
    return !this.#serviceBuckets.has(name) && this.#buckets.add(name, account)
  }

  /** True if the account could have a bucket of this name, were it one of this tenant. */
  mayClaim(account: Account, accountId: string, name: string): boolean {
    return !this.#serviceBuckets.has(name) && this.#buckets.isFree(name, account, accountId)
  }

  /** From now on the name of a bucket does not lead to this account. */
  release(account: Account, name: string): void {
    this.#buckets.remove(name, account)
  }

  /** From now on no account can have a bucket of this name, unless one has it already: a service has it. Beyond 1000 names they are left alone. */
  reserve(name: string): void {
    if (!this.#buckets.has(name) && this.#serviceBuckets.size < MAX_SERVICE_BUCKETS) this.#serviceBuckets.add(name)
  }

  /** Who has the bucket of an object: an account, of several `caller` if it is among them, or a service. */
  find(object: ObjectName, caller?: Account): Account | 'service' | undefined {
    const account = this.#buckets.find(object.bucket, holding(object), caller)
    return account ?? (this.#serviceBuckets.has(object.bucket) ? 'service' : undefined)
  }
}

/** Tells the accounts that have an object. */
export const holding =
  ({ bucket, key }: ObjectName) =>
  ({ oss }: Account): boolean =>
    oss.object(bucket, key) !== undefined
