/** How many bytes the buckets of an account have held, by the hour, and how many were sent from them directly. */

import { z } from 'zod'
import { definePart } from '../../../../account/part.js'
import type { Account } from '../../../../account/types.js'
import type { Table } from '../../../../state/table.js'

/** The meter of bytes that were sent from buckets without a domain, by `bucket`. */
export const BYTES_SENT = 'vod.networkOut'

const HOUR = 3_600_000

/** Hours in which something has changed, of all buckets, that an account remembers; beyond that the oldest are forgotten. */
const MAX_HOURS = 20_000

const heldSchema = z.strictObject({ bucket: z.string(), bytes: z.number() })

const hourSchema = z.strictObject({
  bucket: z.string(),
  /** Its beginning, in milliseconds since 1970. */
  at: z.int(),
  /** At its end, or by now. */
  bytes: z.number(),
})

type Held = z.output<typeof heldSchema>
type Hour = z.output<typeof hourSchema>

/** What the buckets of one account have held. */
export class StorageHistory {
  readonly #held: Table<Held>
  /** In the order of time, as the clock goes. */
  readonly #hours: Table<Hour>

  constructor(private readonly account: Account) {
    const { state } = account
    this.#held = state.table({ name: 'vod.storage.held', schema: heldSchema, keyOf: ({ bucket }: Held) => bucket })
    this.#hours = state.table({
      name: 'vod.storage.hours',
      schema: hourSchema,
      keyOf: ({ bucket, at }: Hour) => `${bucket} ${at}`,
      indexes: { bucket: ({ bucket }) => bucket },
    })
  }

  /** Called after objects of a bucket have come, gone or changed: it holds so many bytes more. */
  changed(bucket: string, by: number): void {
    const now = this.account.clock.now()
    const former = this.#held.get(bucket)
    const bytes = former === undefined ? this.#counted(bucket) : former.bytes + by
    this.#held.set(bucket, { bucket, bytes })
    const at = now - (now % HOUR)
    this.#hours.set(`${bucket} ${at}`, { bucket, at, bytes })
    this.#hours.forgetOldest(MAX_HOURS)
  }

  /** What a bucket held at the end of each slice of time; the ends ascend. */
  heldAt(bucket: string, ends: readonly number[]): number[] {
    const hours = this.#hours.pairsBy('bucket', bucket).map(([, hour]) => hour)
    if (hours.length === 0) return ends.map(() => this.#held.get(bucket)?.bytes ?? 0)
    let next = 0
    let bytes = 0
    return ends.map((end) => {
      for (let hour = hours[next]; hour !== undefined && hour.at < end; hour = hours[++next]) bytes = hour.bytes
      return bytes
    })
  }

  /** Adds up a bucket of which nothing is known: it is new, or the state is from before there was a history. */
  #counted(bucket: string): number {
    const { rows } = this.account.oss.objects.list({ by: { bucket } })
    return rows.reduce((sum, { size, copies = 1 }) => sum + size * copies, 0)
  }
}

export const storageHistoryPart = definePart({
  name: 'storageHistory',
  needs: ['oss'],
  create: (account) => new StorageHistory(account),
})
