/** What a comparison finds, by Action and field: a thousand calls that differ in the same way are one finding. */

import type { Comparison, FieldDifference, NotCompared } from './comparison.js'
import type { Difference } from './differ.js'

/** Findings of one Action, and reasons not to compare; there are no more in any sensible recording. */
const MAX_FINDINGS = 10_000

/** Actions that are named for a reason. */
const MAX_NAMED = 20

/** Collects findings. */
export class Findings {
  calls = 0
  #compared = 0
  readonly #differences = new Map<string, FieldDifference>()
  readonly #left = new Map<string, NotCompared>()

  /** A call that was compared, and where it differs. */
  add(action: string, call: number, differences: readonly Difference[]): void {
    this.#compared++
    const seen = new Set<string>()
    for (const difference of differences) {
      const key = JSON.stringify([action, difference.field, difference.kind])
      if (seen.has(key)) continue
      seen.add(key)
      const known = this.#differences.get(key)
      if (known) known.calls++
      else if (this.#differences.size < MAX_FINDINGS) this.#differences.set(key, { action, ...difference, calls: 1, first: call })
    }
  }

  /** A call that was not compared. */
  leave(reason: string, action: string, call: number): void {
    const known = this.#left.get(reason)
    if (known) {
      known.calls++
      if (!known.actions.includes(action) && known.actions.length < MAX_NAMED) known.actions.push(action)
    } else if (this.#left.size < MAX_FINDINGS) this.#left.set(reason, { reason, calls: 1, first: call, actions: [action] })
  }

  result(): Pick<Comparison, 'calls' | 'compared' | 'differences' | 'notCompared'> {
    const actions = [...new Set([...this.#differences.values()].map(({ action }) => action))]
    return {
      calls: this.calls,
      compared: this.#compared,
      differences: actions.flatMap((action) => [...this.#differences.values()].filter((each) => each.action === action)),
      notCompared: [...this.#left.values()],
    }
  }
}
