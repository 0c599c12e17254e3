/** What access keys lead to in a cloud. */

import { Claims } from '../account/claims.js'
import type { Account } from '../account/types.js'
import type { AccessKey } from './access-key.js'
import { prefixOf } from './inherited-keys.js'

/** An access key and the account that it leads to. */
export interface KeyOwner {
  account: Account
  key: AccessKey
}

/** Finds the owner of an access key. */
export type FindKey = (accessKeyId: string) => KeyOwner | undefined

/** The access keys of all accounts of a cloud, and the keys with which their services sign URLs. */
export class KeyDirectory {
  readonly #owners = new Map<string, Account>()
  /** Copies of accounts, by what the keys of their users begin with that are not registered one by one. */
  readonly #copies = new Map<string, Account>()
  readonly #signers = new Claims()

  /** From now on the access key leads to the account. */
  add(account: Account, accessKeyId: string): void {
    this.#owners.set(accessKeyId, account)
  }

  /** From now on the access key leads nowhere. */
  remove(accessKeyId: string): void {
    this.#owners.delete(accessKeyId)
  }

  /** From now on the keys that the users of a copy of an account have inherited lead to the copy. */
  addCopy(account: Account, accessKeyId: string): void {
    this.#copies.set(prefixOf(accessKeyId), account)
  }

  /** From now on they lead nowhere. */
  removeCopy(accessKeyId: string): void {
    this.#copies.delete(prefixOf(accessKeyId))
  }

  /** True if the access key leads to an account. */
  has(accessKeyId: string): boolean {
    return this.#owners.has(accessKeyId) || this.find(accessKeyId) !== undefined
  }

  /** What an access key leads to. */
  readonly find: FindKey = (accessKeyId) => {
    const account = this.#owners.get(accessKeyId) ?? this.#copies.get(prefixOf(accessKeyId))
    const key = account?.ram.find(accessKeyId)
    return account && key && { account, key }
  }

  /** From now on URLs signed with this key lead to the account. */
  addSigner(account: Account, accessKeyId: string): void {
    this.#signers.add(accessKeyId, account)
  }

  /** From now on they do not. */
  removeSigner(account: Account, accessKeyId: string): void {
    this.#signers.remove(accessKeyId, account)
  }

  /** The account whose services sign URLs with this key; of several, the first one that has what the URL is for. */
  findSigner(accessKeyId: string, holds: (account: Account) => boolean): Account | undefined {
    return this.#signers.find(accessKeyId, holds)
  }
}
