/** What products contribute to worlds. */

import type { Account } from '../account/types.js'

/** What a world may have of a product. */
export interface WorldContribution {
  /** Collections whose records a world may have, by the names of their tables in the state: `vod.videos`. */
  tables: readonly { name: string }[]
  /** Values that differ from account to account, by the names of their placeholders: `vod.bucket`. */
  values?: (account: Account) => Readonly<Record<string, string>>
  /** Called when records were added, to rebuild what follows from them. */
  added?: (account: Account) => void
}

/** What the worlds of a cloud may have. */
export interface WorldVocabulary {
  /** Names of tables. */
  tables: ReadonlySet<string>
  /** All values of an account, by the names of their placeholders. */
  valuesOf: (account: Account) => Readonly<Record<string, string>>
  /** Tells all products that records were added. */
  added: (account: Account) => void
}

/** All contributions as one. */
export function vocabularyOf(contributions: readonly WorldContribution[]): WorldVocabulary {
  return {
    tables: new Set(contributions.flatMap(({ tables }) => tables.map(({ name }) => name))),
    valuesOf: (account) => Object.assign({ accountId: account.accountId }, ...contributions.map(({ values }) => values?.(account))),
    added(account) {
      for (const { added } of contributions) added?.(account)
    },
  }
}
