/** Throttling: counts calls, of an Action alone and of several together, in windows of the account's clock. */

import { z } from 'zod'
import { checkNames } from '../account/names.js'
import { definePart } from '../account/part.js'
import { defineSettings, mostSpecific, mostSpecificName } from '../account/settings.js'
import type { Account, Settings } from '../account/types.js'
import type { Action, Limit } from '../actions/action.js'
import { failWith } from '../actions/action.js'
import type { GatewayCode } from '../base/gateway-errors.js'
import { strict } from '../base/strict.js'
import { toIso } from '../base/times.js'
import type { State } from '../state/state.js'
import type { Table } from '../state/table.js'

const WINDOW: Record<Limit['per'], number> = { second: 1000, minute: 60_000, day: 86_400_000 }

const windowSchema = z.strictObject({ number: z.int(), calls: z.int() })

const table = { name: 'throttle', schema: windowSchema }

/** How many calls of each Action, and of those that are counted together, were made in the current window. */
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

  /** Counts a call under a name; false if it exceeds the limit. */
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

/** What is counted together, in the table beside the ids of Actions. */
const together = (name: string): string => `together ${name}`

/** Step: refuses a call beyond the limit of its Action, and one beyond the limit of all that it is counted together with. */
export function throttle(account: Account, action: Action): void {
  const { settings, clock } = account
  const now = clock.now()
  const admit = (name: string, limit: Limit, code: GatewayCode | 'Throttling', calls: string): void => {
    if (account.throttle.admit(name, limit, now)) return
    const standing = clock.mode === 'manual' ? '; the clock is manual and stands still until it is advanced' : ''
    failWith(action)(code as GatewayCode, {
      reason: `more than ${limit.limit} calls of ${calls} in the ${limit.per} of ${toIso(now)}${standing}`,
    })
  }
  const own = limitFor(settings, action)
  if (own !== undefined) admit(action.id, own, 'Throttling.User', action.id)
  const { enabled, together: shared } = settings.values.limits
  const name = enabled ? mostSpecificName(shared, action.id) : undefined
  const all = name === undefined ? undefined : shared[name]
  // The tables of some Actions have a code for flow control that is not about one Action of one user.
  if (all)
    admit(together(`${name}`), all, Object.hasOwn(action.errors, 'Throttling') ? 'Throttling' : 'Throttling.User', `${name} together`)
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
    /** Limits by the same names, each of all calls together that it is the most specific name for; null: none. Default: none. */
    together: z.record(z.string(), limitSchema.nullable()).optional(),
  }),
  defaults: { enabled: true as boolean, actions: {}, together: {} as Record<string, Limit | null> },
  levels: 2,
  check: ({ actions = {}, together = {} }, { catalogue }) =>
    checkNames([...Object.keys(actions), ...Object.keys(together)], catalogue.byId.keys(), 'Action'),
})

export const throttlePart = definePart({ name: 'throttle', create: ({ state }) => new Throttle(state) })
