/** What meters have counted, by slices of time and by name. */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { inAnyOrder } from '../../../../actions/promises.js'
import type { Reading } from '../../../../usage/meters.js'
import type { Slice } from './range.js'

/** What was used in one slice of time; seconds, as text. */
export const dataItems = z.object({ DataItem: inAnyOrder(z.array(z.object({ Name: z.string(), Value: z.string() }))) })

/**
 * What a meter has counted in each of the slices, of the readings that `where` holds for: a sum for each name, in alphabetical order. Readings are by
 * the hour, and so belong to the slice in which their hour began.
 */
export function sumsOf(
  { usage }: Account,
  meter: string,
  slices: readonly Slice[],
  { nameOf, where }: { nameOf: (labels: Reading['labels']) => string; where: (labels: Reading['labels']) => boolean },
): Map<string, number>[] {
  const sums = slices.map(() => new Map<string, number>())
  const [first, last] = [slices[0], slices.at(-1)]
  if (first === undefined || last === undefined) return sums
  for (const { hour, labels, amount } of usage.meters.read(meter, { from: first.at, until: last.until })) {
    if (!where(labels)) continue
    const sum = sums[Math.floor((hour - first.at) / (first.until - first.at))]
    const name = nameOf(labels)
    sum?.set(name, (sum.get(name) ?? 0) + amount)
  }
  return sums.map((sum) => new Map([...sum].sort(([one], [other]) => (one < other ? -1 : 1))))
}

/** Sums as an answer has them. */
export const itemsOf = (sums: Iterable<readonly [name: string, value: number]>): z.input<typeof dataItems> => ({
  DataItem: [...sums].map(([Name, value]) => ({ Name, Value: String(value) })),
})
