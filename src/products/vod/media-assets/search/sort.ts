/** Putting records in order by their times: numbers are sorted in their stead, which takes a fraction of the time. */

import type { MediaRecord } from './search-type.js'

/** By what records are sorted. */
export interface Order {
  timeOf: (row: MediaRecord) => number
  descending: boolean
}

/** Sorts records by the first order, those that are equal by the next, and leaves those that are equal in all of them as they are. */
export function sorted<Row extends MediaRecord>(rows: readonly Row[], orders: readonly Order[]): readonly Row[] {
  const [order, ...others] = orders
  if (order === undefined || rows.length < 2) return rows
  const { timeOf, descending } = order
  const times = new Float64Array(rows.length)
  for (const [index, row] of rows.entries()) times[index] = descending ? -timeOf(row) : timeOf(row)
  // Most searches ask for the order in which media were created.
  const inOrder = isAscending(times) ? times : times.slice().sort()
  const byTime = inOrder === times ? rows : placed(rows, times, inOrder)
  return others.length === 0 ? byTime : equalsSorted(byTime, inOrder, others)
}

function isAscending(times: Float64Array): boolean {
  for (let index = 1; index < times.length; index++) if ((times[index - 1] as number) > (times[index] as number)) return false
  return true
}

/** Puts each record where its time is among the sorted ones, behind those with the same time that come before it. */
function placed<Row>(rows: readonly Row[], times: Float64Array, inOrder: Float64Array): Row[] {
  const taken = new Uint32Array(rows.length)
  const result = new Array<Row>(rows.length)
  for (const [index, row] of rows.entries()) {
    const first = placeOf(times[index] as number, inOrder)
    result[first + (taken[first] as number)] = row
    taken[first] = (taken[first] as number) + 1
  }
  return result
}

/** Where the first of the values is that are not smaller. */
function placeOf(value: number, inOrder: Float64Array): number {
  let [low, high] = [0, inOrder.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((inOrder[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Sorts those among sorted records that have the same time by further orders. */
function equalsSorted<Row extends MediaRecord>(rows: readonly Row[], times: Float64Array, orders: readonly Order[]): Row[] {
  const result = [...rows]
  for (let from = 0, to = 1; from < rows.length; from = to++) {
    while (to < rows.length && times[to] === times[from]) to++
    if (to - from > 1) for (const [index, row] of sorted(rows.slice(from, to), orders).entries()) result[from + index] = row
  }
  return result
}
