/** What several measurements of one thing say together. */

/** How far measurements of one thing lie apart: their quartiles. */
export type Spread = readonly [lower: number, median: number, upper: number]

/** Lower quartile, median and upper quartile of some figures; what lies between two of them is in proportion. */
export function quartiles(figures: readonly number[]): Spread {
  const sorted = [...figures].sort((a, b) => a - b)
  const at = (share: number): number => {
    const place = share * (sorted.length - 1)
    const [below = Number.NaN, above = below] = sorted.slice(Math.floor(place))
    return below + (above - below) * (place % 1)
  }
  return [at(0.25), at(0.5), at(0.75)]
}

/** How often one contains the other, pair by pair: what was measured at about the same time is compared. */
export const ratios = (of: readonly number[], by: readonly number[]): Spread =>
  quartiles(of.map((figure, index) => figure / (by[index] as number)))

/** A copy in random order. */
export function shuffled<T>(list: readonly T[]): T[] {
  const copy = [...list]
  for (let index = copy.length - 1; index > 0; index--) {
    const other = Math.floor(Math.random() * (index + 1))
    ;[copy[index], copy[other]] = [copy[other] as T, copy[index] as T]
  }
  return copy
}
