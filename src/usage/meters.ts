/** What was used of something, by the hour: seconds that were transcoded, bytes that were sent. The Actions that tell of usage read it. */

import { z } from 'zod'
import type { Account } from '../account/types.js'
import { timestampSchema } from '../base/time-schemas.js'
import { type Collection, defineCollection } from '../state/collection.js'

/** Readings kept per account; beyond that the oldest are forgotten. */
const MAX_READINGS = 20_000

const HOUR = 3_600_000

const readingSchema = z.object({
  /** What is counted: `vod.transcoding`. */
  meter: z.string(),
  /** Beginning of the hour, in milliseconds since 1970. */
  hour: timestampSchema,
  /** What is told apart, by name: `{ specification: 'H264.SD' }`. */
  labels: z.record(z.string(), z.string()),
  /** In the meter's unit. */
  amount: z.number(),
})

/** What one meter has counted in one hour, of one kind. */
export type Reading = z.output<typeof readingSchema>

const keyOf = ({ meter, hour, labels }: Omit<Reading, 'amount'>): string => `${hour} ${meter} ${JSON.stringify(labels)}`

const readings = defineCollection({
  name: 'usage.readings',
  schema: readingSchema,
  keyOf,
  indexes: { meter: ({ meter }) => meter },
})

/** An account's meters. */
export class Meters {
  readonly #readings: Collection<typeof readingSchema, 'meter'>

  constructor(private readonly account: Account) {
    this.#readings = account.state.collection(readings)
  }

  /** Counts an amount, in the hour of `at`: by default, the present one. The same labels are always given in the same order. */
  count(meter: string, labels: Reading['labels'], amount: number, at: number = this.account.clock.now()): void {
    const reading = { meter, hour: at - (at % HOUR), labels }
    const counted = this.#readings.update(keyOf(reading), (draft) => {
      draft.amount += amount
    })
    if (counted) return
    this.#readings.put({ ...reading, amount })
    this.#readings.forgetOldest(MAX_READINGS, {})
  }

  /** What a meter has counted, in the order in which it was, in hours that begin from `from` to before `until` (milliseconds since 1970). */
  read(
    meter: string,
    { from = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY }: { from?: number; until?: number } = {},
  ): Reading[] {
    return this.#readings.list({ by: { meter }, where: ({ hour }) => hour >= from && hour < until }).rows
  }
}
