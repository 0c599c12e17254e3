/** How many jobs may be unfinished. */

import type { Account } from '../../../../account/types.js'
import type { Refusal } from '../../../../base/errors.js'

/** Refuses more jobs than the account's settings allow; by default, one more. */
export function refuseTooManyJobs(
  { jobs: { unfinished }, settings }: Account,
  fail: (code: 'Throttling.User', refusal: Refusal) => never,
  more = 1,
): void {
  if (unfinished + more > settings.values.maxUnfinishedJobs)
    fail('Throttling.User', { reason: `the account has ${unfinished} unfinished jobs, and its settings allow no more` })
}
