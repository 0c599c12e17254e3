/** What was played through domains: bytes, added up by five minutes, hours and days as they are sent, so that nobody has to add up more than he asks for. */

import { z } from 'zod'
import { definePart } from '../../../../account/part.js'
import type { Account } from '../../../../account/types.js'
import type { Table } from '../../../../state/table.js'
import { startOfSlice } from './slices.js'

/**
 * The slices that are kept: their lengths in seconds, the longest first, each of them whole ones of the next; and the most that an account remembers, of all
 * domains together. Beyond that the oldest are forgotten. Nothing is known in more detail.
 */
const KEPT = [
  { length: 86_400, most: 10_000 },
  { length: 3600, most: 40_000 },
  { length: 300, most: 100_000 },
] as const

/** How far back is told of it: about a year (VOD manual 14.1.1), in milliseconds. */
const TOLD = 366 * 86_400_000

const sliceSchema = z.strictObject({
  domain: z.string(),
  /** Its beginning, in milliseconds since 1970. */
  at: z.int(),
  bytes: z.number(),
  /** Those of them that were sent over HTTPS. */
  httpsBytes: z.number(),
})

type Slice = z.output<typeof sliceSchema>

/** What was sent to players. */
export interface Sent {
  /** Bytes of the answers' bodies. */
  bytes: number
  https: boolean
  /** When: milliseconds since 1970 on the account's clock. */
  at: number
}

/** A time that is asked about, in milliseconds since 1970. */
export interface TrafficTime {
  from: number
  to: number
  /** What was played before counts as nothing. Default: all counts. */
  since?: number
}

/** What was played from one instant on, for as long as was asked. */
export interface TrafficSlice extends Pick<Slice, 'bytes' | 'httpsBytes'> {
  /** Milliseconds since 1970. */
  at: number
}

/** What is kept of one length of slices. */
interface Kept {
  /** Seconds. */
  length: number
  most: number
  slices: Table<Slice>
}

/** The traffic of the play domains of one account. */
export class Traffic {
  readonly #kept: readonly Kept[]
  readonly #finest: Kept

  constructor(private readonly account: Account) {
    this.#kept = KEPT.map((kept) => ({
      ...kept,
      slices: account.state.table({
        name: `vod.traffic.${kept.length}`,
        schema: sliceSchema,
        keyOf: ({ domain, at }: Slice) => keyOf(domain, at),
      }),
    }))
    this.#finest = this.#kept.at(-1) as Kept
  }

  /** Counts what was sent through a domain. */
  record(domain: string, { bytes, https, at: sentAt }: Sent): void {
    for (const { length, most, slices } of this.#kept) {
      const at = startOfSlice(sentAt, length)
      const key = keyOf(domain, at)
      const { bytes: former = 0, httpsBytes = 0 } = slices.get(key) ?? {}
      slices.set(key, { domain, at, bytes: former + bytes, httpsBytes: httpsBytes + (https ? bytes : 0) })
      slices.forgetOldest(most)
    }
  }

  /**
   * Adds up what was played through domains from `from` to before `to`, in slices of `interval` seconds that follow each other without gaps. The first
   * one begins at or before `from`, where it would if they were counted from midnight in China; of it and of the last one, only what lies between
   * the two instants counts, to five minutes.
   */
  sum({ from, to, since = from }: TrafficTime, interval: number, domains: readonly string[]): TrafficSlice[] {
    const slices: TrafficSlice[] = []
    const names = new Set(domains)
    for (let at = startOfSlice(from, interval); at < to; at += interval * 1000) {
      const slice = { at, bytes: 0, httpsBytes: 0 }
      for (const { kept, start } of this.#partsOf(Math.max(at, from, since), Math.min(at + interval * 1000, to)))
        for (const domain of names) {
          const sent = kept.slices.get(keyOf(domain, start))
          slice.bytes += sent?.bytes ?? 0
          slice.httpsBytes += sent?.httpsBytes ?? 0
        }
      slices.push(slice)
    }
    return slices
  }

  /** The slices that make up a time, as few as there are: those of five minutes that begin before its end are in it. None of what is told no more. */
  #partsOf(from: number, to: number): { kept: Kept; start: number }[] {
    const parts: { kept: Kept; start: number }[] = []
    const { length } = this.#finest
    const earliest = Math.max(from, this.account.clock.now() - TOLD)
    const end = startOfSlice(to - 1, length) + length * 1000
    for (let start = startOfSlice(earliest, length); start < end; ) {
      const isWhole = (kept: Kept): boolean => startOfSlice(start, kept.length) === start && start + kept.length * 1000 <= end
      const kept = this.#kept.find(isWhole) ?? this.#finest
      parts.push({ kept, start })
      start += kept.length * 1000
    }
    return parts
  }
}

const keyOf = (domain: string, at: number): string => `${domain} ${at}`

export const trafficPart = definePart({ name: 'traffic', create: (account) => new Traffic(account) })
