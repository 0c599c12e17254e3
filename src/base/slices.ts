/** Work that takes long, in slices: between two of them others go first, so that no account holds up another, however much it asks for. */

import { stopwatch, yieldToOthers } from './clock.js'

/** Milliseconds after which others go first. */
const SLICE = 20

/**
 * Has `work` done for the numbers from 0 to `count`, `step` of them at a time; so many should take a few milliseconds at most. Between two steps, others
 * go first if it is time.
 */
export async function inSlices(count: number, step: number, work: (from: number, to: number) => void): Promise<void> {
  let since = stopwatch()
  for (let from = 0; from < count; from += step) {
    if (stopwatch() - since > SLICE) {
      await yieldToOthers()
      since = stopwatch()
    }
    work(from, Math.min(from + step, count))
  }
}
