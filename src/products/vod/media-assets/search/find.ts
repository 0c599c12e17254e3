/** Finding the media that a search is for, and putting them in order. */

import type { Account } from '../../../../account/types.js'
import { inSlices } from '../../../../base/slices.js'
import type { SearchPlan, Test } from './compile.js'
import type { MediaRecord, SearchType } from './search-type.js'
import { type Order, sorted } from './sort.js'
import { sortFields } from './times.js'

/** Reads `CreationTime:Desc`. */
export function orderOf(text: string): Order {
  const [name = '', direction] = text.split(':')
  return { timeOf: sortFields[name as keyof typeof sortFields], descending: direction === 'Desc' }
}

/** What is found, in order; of equals the one that was created later counts as the larger one. */
export async function find<Row extends MediaRecord>(
  account: Account,
  type: SearchType<Row>,
  { keys, by, test }: SearchPlan<Row>,
  orders: readonly Order[],
): Promise<readonly Row[]> {
  const rows = keys ? byKeys(account, type, keys) : type.collection(account).list({ by: { ...type.by, ...by } }).rows
  const hits = test ? await filter(rows, test) : rows
  return sorted(orders[0]?.descending ? hits.reverse() : hits, orders)
}

/** Tells the numbers of records in the order of their creation. */
export function numberOf<Row extends MediaRecord>(account: Account, { collection, keyOf }: SearchType<Row>): (row: Row) => number {
  const all = collection(account)
  return (row) => all.numberOf(keyOf(row)) ?? 0
}

/** Records by their own keys, in the order of creation. */
function byKeys<Row extends MediaRecord>(account: Account, type: SearchType<Row>, keys: readonly string[]): Row[] {
  const collection = type.collection(account)
  const number = numberOf(account, type)
  return [...new Set(keys)]
    .flatMap((key) => collection.get(key) ?? [])
    .filter((row) => type.includes?.(row) ?? true)
    .sort((a, b) => number(a) - number(b))
}

/** Records that are looked at before others may go first. */
const ROWS = 1000

async function filter<Row>(rows: readonly Row[], test: Test<Row>): Promise<Row[]> {
  const hits: Row[] = []
  await inSlices(rows.length, ROWS, (from, to) => {
    for (const row of rows.slice(from, to)) if (test(row)) hits.push(row)
  })
  return hits
}
