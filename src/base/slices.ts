/** Work that takes long, in slices: between two of them others go first, so that no account holds up another, however much it asks for. */

import { stopwatch, yieldToOthers } from './clock.js'

/** Milliseconds after which others go first. */
const SLICE = 20

/** Has `work` done for each of what there is. Between two of them, others go first if it is time. */
export async function eachInSlices<T>(items: Iterable<T>, work: (item: T) => void): Promise<void> {
  let since = stopwatch()
  for (const item of items) {
    if (stopwatch() - since > SLICE) {
      await yieldToOthers()
      since = stopwatch()
    }
    work(item)
  }
}

/**
 * Has `work` done for the numbers from 0 to `count`, `step` of them at a time; so many should take a few milliseconds at most. Between two steps, others
 * go first if it is time.
 */
export const inSlices = (count: number, step: number, work: (from: number, to: number) => void): Promise<void> =>
  eachInSlices(steps(count, step), (from) => work(from, Math.min(from + step, count)))

function* steps(count: number, step: number): Generator<number> {
  for (let from = 0; from < count; from += step) yield from
}
