/** What names of play domains lead to in a cloud. */

import type { Account } from '../../../../account/types.js'
import { wildcardsOf } from './domain.js'

/** The play domains of all accounts of a cloud. Accounts may have domains of one name, and do not see that. */
export class DomainDirectory {
  readonly #accounts = new Map<string, Set<Account>>()

  /** From now on a name leads to the account, too. */
  add(name: string, account: Account): void {
    const accounts = this.#accounts.get(name)
    if (accounts) accounts.add(account)
    else this.#accounts.set(name, new Set([account]))
  }

  /** From now on a name does not lead to the account. */
  remove(name: string, account: Account): void {
    const accounts = this.#accounts.get(name)
    if (accounts?.delete(account) && accounts.size === 0) this.#accounts.delete(name)
  }

  /** The names of all domains; one with a dot in front stands for all that end in it. */
  names(): Iterable<string> {
    return this.#accounts.keys()
  }

  /** The accounts that have a domain for a host, in lower case, each with its name: that of the host, or one that stands for it. */
  *find(host: string): Generator<{ account: Account; name: string }> {
    if (this.#accounts.size === 0) return
    for (const name of [host, ...wildcardsOf(host)]) for (const account of this.#accounts.get(name) ?? []) yield { account, name }
  }
}
