/** How many media an account may hold. */

import type { Account } from '../../../account/types.js'
import type { Refusal } from '../../../base/errors.js'
import { maxMediaOf } from '../shared/storage/storages.js'

/** Refuses a further medium of a kind; the manual has no code for it. */
export function checkQuota(account: Account, { count }: { count: number }, fail: (code: 'Forbidden', refusal?: Refusal) => never): void {
  if (count >= maxMediaOf(account))
    fail('Forbidden', { reason: 'the account holds as many media of this kind as the setting vod.maxMedia allows' })
}
