/** How many records of work an account keeps. */

import type { Collection } from '../../../../state/collection.js'

/** Beyond that the oldest finished ones are forgotten. */
const MAX_RECORDS = 10_000

/** Forgets the oldest finished records once there are too many. */
// biome-ignore lint/suspicious/noExplicitAny: of any kind that has the index
export const forgetOldest = (records: Collection<any, 'state'>): void => records.forgetOldest(MAX_RECORDS, { state: 'finished' })
