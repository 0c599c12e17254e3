/** What the services of today answer otherwise than their manuals say, for accounts that go by that. */

import type { Account } from '../account/types.js'
import { ApiError } from '../base/errors.js'

/** The error that the caller sees in place of one that the manuals have, if the account goes by what was observed. */
export function asObserved(account: Account | undefined, error: unknown): unknown {
  if (account?.settings.values.facts !== 'observed' || !(error instanceof ApiError)) return error
  const { param, reason, code, violation } = error
  const missing = violation === 'missing' || code === 'MissingParameter'
  // Of fields in lists nothing is known.
  if (!missing || param === undefined || param.includes('.')) return error
  return new ApiError(
    `Missing${param}`,
    { status: 400, message: `${param} is mandatory for this action.` },
    { param, ...(reason !== undefined && { reason }) },
  )
}
