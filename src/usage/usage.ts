/** What an account's calls would have cost. */

import { z } from 'zod'
import { definePart } from '../account/part.js'
import type { Account } from '../account/types.js'
import { toChinaIso } from '../base/times.js'
import type { Table } from '../state/table.js'
import { type Billing, type Footages, rateOf, tierOf } from './billing.js'
import { Meters } from './meters.js'
import { amountOf, toYuan } from './money.js'

/** Units that were billed at one price. */
export interface Charge {
  /** CNY per call, or per minute of which the seconds are billed; null: by arrangement, and not in the sums. */
  price: number | null
  units: number
  /** CNY. */
  cost: number
}

/** What one Action was used for. */
export interface ActionUsage {
  /** `<service>.<Action>` */
  action: string
  /** Successful calls, or jobs that succeeded. */
  calls: number
  /** Of these, the ones of the current month. */
  callsThisMonth: number
  /** Calls that the current month still has free, of an Action with a free quota. */
  freeLeftThisMonth?: number
  unit: Billing['unit']
  /** Calls; or seconds, each video's length rounded up. */
  units: number
  /** CNY. */
  cost: number
  /** The prices that applied, in the order in which they first did. */
  charges: Charge[]
  /** The documented prices. */
  billing: Billing
}

/**
 * What an account was used for since it was created or reset. Costs are added up exactly; each figure shown is rounded on its own to a
 * millionth of a yuan.
 */
export interface UsageReport {
  currency: 'CNY'
  /** The account's clock's calendar month in China, where the services are: `2026-01`. Tiers and free quotas start anew with each. */
  month: string
  actions: ActionUsage[]
  /** CNY. */
  total: number
}

/** What is remembered of an Action: a number per price, however often it is called. */
const itemSchema = z.strictObject({
  calls: z.int(),
  month: z.string(),
  callsThisMonth: z.int(),
  /** What was billed at each price, in the order in which they first applied; null: by arrangement. */
  units: z.array(z.tuple([z.number().nullable(), z.int()])).readonly(),
})

type Item = z.output<typeof itemSchema>

const table = { name: 'usage', schema: itemSchema }

const NOTHING: Item = { calls: 0, month: '', callsThisMonth: 0, units: [] }

const DAY = 86_400_000

/** How far China's time is ahead of UTC. */
const CHINA = 8 * 3_600_000

/** An account's usage of the Actions that have billing facts. */
export class Usage {
  /** What was used by the hour, whatever it costs. */
  readonly meters: Meters
  readonly #items: Table<Item>
  #today = { name: '', from: 0, until: 0 }

  constructor(private readonly account: Account) {
    this.#items = account.state.table(table)
    this.meters = new Meters(account)
  }

  /** Counts a successful call of an Action, or a job of it that succeeded; `footages` is what the job has read and made. */
  record(action: string, billing: Billing, footages?: Footages): void {
    const item = this.#items.get(action) ?? NOTHING
    const callsThisMonth = this.#callsThisMonth(item) + 1
    const { price, units } = charge(billing, callsThisMonth, footages)
    const known = item.units.some(([each]) => each === price)
    this.#items.set(action, {
      calls: item.calls + 1,
      month: this.#month(),
      callsThisMonth,
      units: known
        ? item.units.map(([each, so]) => [each, each === price ? so + units : so] as [number | null, number])
        : [...item.units, [price, units]],
    })
  }

  /** What was used, and what it would have cost. */
  report(): UsageReport {
    let total = 0n
    const actions = [...this.#items.pairs()].flatMap(([action, item]): ActionUsage[] => {
      const billing = this.#billingOf(action)
      if (billing === undefined) return []
      const { calls } = item
      const { unit } = billing
      const charges = item.units.map(([price, units]) => ({
        price,
        units,
        cost: price === null ? 0n : amountOf(price, unit) * BigInt(units),
      }))
      const cost = sum(charges.map((each) => each.cost))
      total += cost
      const callsThisMonth = this.#callsThisMonth(item)
      const quota = unit === 'call' && billing.tiers[0]?.price === 0 ? billing.tiers[0].upTo : null
      const used: ActionUsage = {
        action,
        calls,
        callsThisMonth,
        ...(quota !== null && { freeLeftThisMonth: Math.max(0, quota - callsThisMonth) }),
        unit,
        units: charges.reduce((all, each) => all + each.units, 0),
        cost: toYuan(cost),
        charges: charges.map((each) => ({ price: each.price, units: each.units, cost: toYuan(each.cost) })),
        billing,
      }
      return [used]
    })
    return { currency: 'CNY', month: this.#month(), actions, total: toYuan(total) }
  }

  /** What an Action, or its job, is billed by; `undefined` if a state from elsewhere names one that this emulator does not have. */
  #billingOf(name: string): Billing | undefined {
    return this.account.cloud.billings.get(name)
  }

  /** Asked with every call, so it is worked out once a day. */
  #month(): string {
    const now = this.account.clock.now()
    if (now < this.#today.from || now >= this.#today.until) {
      const from = now - ((now + CHINA) % DAY)
      this.#today = { name: toChinaIso(now).slice(0, 7), from, until: from + DAY }
    }
    return this.#today.name
  }

  #callsThisMonth({ month, callsThisMonth }: Item): number {
    return month === this.#month() ? callsThisMonth : 0
  }
}

/** What the `count`-th call of a month, or the job that it started, is billed. */
function charge(billing: Billing, count: number, footages: Footages | undefined): { price: number | null; units: number } {
  if (billing.unit === 'call') return { price: tierOf(billing, count), units: 1 }
  if (footages === undefined) return { price: null, units: 0 }
  const footage = footages[billing.of]
  return { price: rateOf(billing, footage), units: Math.ceil(footage.duration) }
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((all, each) => all + each, 0n)

export const usagePart = definePart({ name: 'usage', create: (account) => new Usage(account) })
