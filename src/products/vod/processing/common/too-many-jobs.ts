/** How many jobs may be unfinished. */

import type { Account } from '../../../../account/types.js'
import type { Refusal } from '../../../../base/errors.js'

/** Refuses one job more than the account's settings allow. */
export function refuseTooManyJobs(
  { jobs: { unfinished }, settings }: Account,
  fail: (code: 'Throttling.User', refusal: Refusal) => never,
): void {
  if (unfinished >= settings.values.maxUnfinishedJobs)
    fail('Throttling.User', { reason: `the account has ${unfinished} unfinished jobs, and its settings allow no more` })
}
