/** Names that accounts claim in a cloud. */

import type { Account } from './types.js'

/** Which accounts a name leads to. Only copies of one account share a name; of those, the one that claimed it first counts. */
export class Claims {
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

  /** The account that a name leads to: `caller`, if it is one that has it, else the first one that has what is looked for there. */
  find(name: string, holds: (account: Account) => boolean, caller?: Account): Account | undefined {
    const accounts = this.#accounts.get(name)
    if (accounts === undefined || accounts.length === 1) return accounts?.[0]
    if (caller && accounts.includes(caller)) return caller
    return accounts.find(holds) ?? accounts[0]
  }
}
