/** Ids of what VOD makes. */

import type { Account } from '../../../../account/types.js'

/** An id of a medium, job or template: 32 hexadecimal digits, unless ids vary. */
export const newId = (account: Account): string => account.variation.id(account.ids.hex())
