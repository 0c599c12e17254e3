/** Throttling: counts calls per Action in windows of the account's clock. */

import { z } from 'zod'
import { checkNames } from '../account/names.js'
import { definePart } from '../account/part.js'
import { defineSettings, mostSpecific } from '../account/settings.js'
import type { Account, Settings } from '../account/types.js'
import type { Action, Limit } from '../actions/action.js'
import { failWith } from '../actions/action.js'
import { toIso } from '../base/clock.js'
import { strict } from '../base/strict.js'
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

  /** How many calls were made in the current window. */
  used(id: string, { per }: Limit, now: number): number {
    const window = this.#windows.get(id)
    return window?.number === Math.floor(now / WINDOW[per]) ? window.calls : 0
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

/** The limit of an Action, and what of it is used in the current window. */
export interface LimitState extends Limit {
  action: string
  used: number
}

/** The limits that apply to the Actions of an account; Actions without one are left out. */
export const limitsOf = ({ cloud: { catalogue }, settings, throttle, clock }: Account): LimitState[] =>
  catalogue.actions.flatMap((action) => {
    const limit = limitFor(settings, action)
    return limit === undefined ? [] : [{ action: action.id, ...limit, used: throttle.used(action.id, limit, clock.now()) }]
  })

/** Step: refuses a call beyond the limit of its Action. */
export function throttle(account: Account, action: Action): void {
  const limit = limitFor(account.settings, action)
  if (limit === undefined) return
  const now = account.clock.now()
  if (account.throttle.admit(action.id, limit, now)) return
  const standing = account.clock.mode === 'manual' ? '; the clock is manual and stands still until it is advanced' : ''
  failWith(action)('Throttling.User', {
    reason: `more than ${limit.limit} calls of ${action.id} in the ${limit.per} of ${toIso(now)}${standing}`,
  })
}

/** The limit that applies to an Action: the one that is set, else the documented one. */
function limitFor({ values: { limits } }: Settings, { id, limit }: Action): Limit | undefined {
  if (!limits.enabled) return undefined
  const own = mostSpecific(limits.actions, id)
  return own === undefined || own === 'documented' ? limit : (own ?? undefined)
}

const limitSchema = strict({ limit: z.int().min(0), per: z.enum(['second', 'minute', 'day']) })

/** Throttling. */
export const limitsSettings = defineSettings({
  schema: strict({
    /** False switches throttling off. Default: true. */
    enabled: z.boolean().optional(),
    /** Limits by `<service>.<Action>`, `<service>.*` or `*`, instead of the documented ones; null: none; `documented`: the documented one after all. */
    actions: z
      .record(
        z.string(),
        z.union([limitSchema, z.null(), z.literal('documented')], {
          error: 'is {"limit": 2, "per": "second", "minute" or "day"}, null, or "documented"',
        }),
      )
      .optional(),
  }),
  defaults: { enabled: true as boolean, actions: {} },
  levels: 2,
  check: ({ actions = {} }, { catalogue }) => checkNames(Object.keys(actions), catalogue.byId.keys(), 'Action'),
})

export const throttlePart = definePart({ name: 'throttle', create: ({ state }) => new Throttle(state) })
