/** What names lead to in a cloud: access keys, keys with which the services sign URLs, and buckets. */

import type { Account } from '../account/account.js'
import type { FindKey, KeyOwner } from '../gateway/authenticate.js'
import type { AccessKey, ObjectName } from './ram.js'

/** The accounts of a cloud, by what they have. Only copies of one account share a name, and never an access key. */
export class Directory {
  readonly #owners = new Map<string, KeyOwner>()
  readonly #signers = new Claims()
  readonly #buckets = new Claims()
  /** Buckets that services have, and so no account. */
  readonly #serviceBuckets = new Set<string>()

  /** From now on the access key leads to the account. */
  addKey(account: Account, key: AccessKey): void {
    this.#owners.set(key.accessKeyId, { account, key })
  }

  /** From now on the access key leads nowhere. */
  removeKey(accessKeyId: string): void {
    this.#owners.delete(accessKeyId)
  }

  /** True if the access key leads to an account. */
  hasKey(accessKeyId: string): boolean {
    return this.#owners.has(accessKeyId)
  }

  /** What an access key leads to. */
  readonly findKey: FindKey = (accessKeyId) => this.#owners.get(accessKeyId)

  /** From now on URLs signed with this key lead to the account. */
  addSigner(account: Account, accessKeyId: string): void {
    this.#signers.add(accessKeyId, account)
  }

  /** From now on they do not. */
  removeSigner(account: Account, accessKeyId: string): void {
    this.#signers.remove(accessKeyId, account)
  }

  /** The account whose services sign URLs with this key; of several, the first one that has the object. */
  findSigner(accessKeyId: string, object?: ObjectName): Account | undefined {
    return this.#signers.find(accessKeyId, object)
  }

  /** From now on the name of a bucket leads to this account; false if it leads to one of another tenant, or to a service. */
  claimBucket(account: Account, name: string): boolean {
    return !this.#serviceBuckets.has(name) && this.#buckets.add(name, account)
  }

  /** True if the account could have a bucket of this name, were it one of this tenant. */
  mayClaimBucket(account: Account, accountId: string, name: string): boolean {
    return !this.#serviceBuckets.has(name) && this.#buckets.isFree(name, account, accountId)
  }

  /** From now on the name of a bucket does not lead to this account. */
  releaseBucket(account: Account, name: string): void {
    this.#buckets.remove(name, account)
  }

  /** From now on no account can have a bucket of this name, unless one has it already: a service has it. */
  reserveBucket(name: string): void {
    if (!this.#buckets.has(name)) this.#serviceBuckets.add(name)
  }

  /** Who has the bucket of an object: an account, of several `caller` if it is among them, or a service. */
  findBucket({ bucket, key }: ObjectName, caller?: Account): Account | 'service' | undefined {
    return this.#buckets.find(bucket, { bucket, key }, caller) ?? (this.#serviceBuckets.has(bucket) ? 'service' : undefined)
  }
}

/** Names that accounts claim; of copies of one account that share a name, the one that claimed it first counts. */
class Claims {
  readonly #accounts = new Map<string, Account[]>()

  /** From now on the name leads to the account; false if accounts of another tenant have it. */
  add(name: string, account: Account): boolean {
    const accounts = this.#accounts.get(name)
    if (accounts === undefined) this.#accounts.set(name, [account])
    else if (accounts.some(({ accountId }) => accountId !== account.accountId)) return false
    else if (!accounts.includes(account)) accounts.push(account)
    return true
  }

  /** From now on the name does not lead to the account. */
  remove(name: string, account: Account): void {
    const accounts = this.#accounts.get(name)?.filter((each) => each !== account) ?? []
    if (accounts.length === 0) this.#accounts.delete(name)
    else this.#accounts.set(name, accounts)
  }

  /** True if `account` could claim the name, were it an account of this tenant. */
  isFree(name: string, account: Account, accountId: string): boolean {
    return (this.#accounts.get(name) ?? []).every((each) => each === account || each.accountId === accountId)
  }

  has(name: string): boolean {
    return this.#accounts.has(name)
  }

  /** The account that a name leads to: `caller`, if it is one that has it, else the first one that has the object. */
  find(name: string, object?: ObjectName, caller?: Account): Account | undefined {
    const accounts = this.#accounts.get(name)
    if (accounts === undefined || accounts.length === 1) return accounts?.[0]
    if (caller && accounts.includes(caller)) return caller
    return (object && accounts.find(({ oss }) => oss.object(object.bucket, object.key))) ?? accounts[0]
  }
}
