/** Throttling: counts calls per Action in windows of the account's clock. */

import { z } from 'zod'
import type { Account } from '../account/account.js'
import type { Action, Limit } from '../actions/action.js'
import { failWith } from '../actions/action.js'
import { toIso } from '../base/clock.js'
import type { State } from '../state/state.js'
import type { Table } from '../state/table.js'

const WINDOW: Record<Limit['per'], number> = { second: 1000, minute: 60_000, day: 86_400_000 }

const windowSchema = z.strictObject({ number: z.int(), calls: z.int() })

const table = { name: 'throttle', schema: windowSchema }

/** How many calls of each Action were made in its current window. */
export class Throttle {
  readonly #windows: Table<z.output<typeof windowSchema>>

  constructor(state: State) {
    this.#windows = state.table(table)
  }

  /** Counts a call; false if it exceeds the limit. */
  admit(id: string, { limit, per }: Limit, now: number): boolean {
    const number = Math.floor(now / WINDOW[per])
    const window = this.#windows.get(id)
    if (window?.number !== number) {
      this.#windows.set(id, { number, calls: 1 })
      return limit >= 1
    }
    if (window.calls >= limit) return false
    this.#windows.set(id, { number, calls: window.calls + 1 })
    return true
  }
}

/** Step: refuses a call beyond the limit of its Action. */
export function throttle(account: Account, action: Action): void {
  const limit = account.settings.limitFor(action.id, action.limit)
  if (limit === undefined) return
  const now = account.clock.now()
  if (account.throttle.admit(action.id, limit, now)) return
  const standing = account.clock.mode === 'manual' ? '; the clock is manual and stands still until it is advanced' : ''
  failWith(action)('Throttling.User', {
    reason: `more than ${limit.limit} calls of ${action.id} in the ${limit.per} of ${toIso(now)}${standing}`,
  })
}
