/** What was played through domains: requests and bytes, added up over five minutes each. */

import { z } from 'zod'
import { definePart } from '../../../../account/part.js'
import type { State } from '../../../../state/state.js'
import type { Table } from '../../../../state/table.js'
import { startOfSlice } from './slices.js'

/** Milliseconds: nothing is known in more detail. */
const SLOT = 300_000

/** For how long it is kept: about a year, of which the service tells (VOD manual 14.1.1). */
const DAYS_KEPT = 366

const DAY = 86_400_000

/** Five minutes of one domain, each, that an account remembers; beyond that the oldest are forgotten. */
const MAX_SLOTS = 100_000

const slotSchema = z.strictObject({
  domain: z.string(),
  /** Its beginning, in milliseconds since 1970. */
  at: z.int(),
  /** Requests and bytes, by scheme and HTTP status: `https 200`. */
  cells: z.record(z.string(), z.tuple([z.int(), z.int()])),
})

type Slot = z.output<typeof slotSchema>

/** One request. */
export interface Played {
  /** Bytes of the answer's body. */
  bytes: number
  https: boolean
  /** HTTP status of the answer. */
  status: number
  /** Milliseconds since 1970 on the account's clock. */
  at: number
}

/** What is to be added up; what is left out does not matter. */
export interface TrafficFilter {
  domains?: readonly string[] | undefined
  status?: ((status: number) => boolean) | undefined
  /** What was played before counts as nothing, in milliseconds since 1970. */
  since?: number | undefined
}

/** What was played from one instant on, for as long as was asked. */
export interface TrafficSlice {
  /** Milliseconds since 1970. */
  at: number
  requests: number
  bytes: number
  /** Those of them that came over HTTPS. */
  httpsRequests: number
  httpsBytes: number
}

/** The traffic of the play domains of one account. */
export class Traffic {
  /** In the order of time, as the clock goes. */
  readonly #slots: Table<Slot>

  constructor(state: State) {
    this.#slots = state.table({ name: 'vod.traffic', schema: slotSchema, keyOf: ({ domain, at }: Slot) => keyOf(domain, at) })
  }

  /** Counts a request through a domain. */
  record(domain: string, { bytes, https, status, at }: Played): void {
    const start = at - (at % SLOT)
    const key = keyOf(domain, start)
    const slot = this.#slots.get(key)
    if (slot === undefined) this.#makeRoom(at)
    const cell = `${https ? 'https' : 'http'} ${status}`
    const [requests, sent] = slot?.cells[cell] ?? [0, 0]
    this.#slots.set(key, { domain, at: start, cells: { ...slot?.cells, [cell]: [requests + 1, sent + bytes] } })
  }

  /**
   * Adds up what was played from `from` to before `to`, in slices of `interval` seconds that follow each other without gaps. The first one begins at
   * or before `from`, where it would if they were counted from midnight in China.
   */
  sum({ from, to }: { from: number; to: number }, interval: number, { domains, status, since = from }: TrafficFilter = {}): TrafficSlice[] {
    const slices = new Map<number, TrafficSlice>()
    for (let at = startOfSlice(from, interval); at < to; at += interval * 1000)
      slices.set(at, { at, requests: 0, bytes: 0, httpsRequests: 0, httpsBytes: 0 })
    const earliest = startOfSlice(Math.max(from, since), SLOT / 1000)
    const wanted = domains && new Set(domains)
    if (wanted?.size === 0) return [...slices.values()]
    for (const { domain, at, cells } of this.#slots.values()) {
      if (at < earliest || at >= to || wanted?.has(domain) === false) continue
      const slice = slices.get(startOfSlice(at, interval))
      if (slice) add(slice, cells, status)
    }
    return [...slices.values()]
  }

  #makeRoom(now: number): void {
    for (const slot of this.#slots.values()) {
      if (this.#slots.size < MAX_SLOTS && slot.at >= now - DAYS_KEPT * DAY) return
      this.#slots.delete(keyOf(slot.domain, slot.at))
    }
  }
}

const keyOf = (domain: string, at: number): string => `${domain} ${at}`

function add(slice: TrafficSlice, cells: Slot['cells'], status: TrafficFilter['status']): void {
  for (const [cell, [requests, bytes]] of Object.entries(cells)) {
    const [scheme, code] = cell.split(' ')
    if (status && !status(Number(code))) continue
    slice.requests += requests
    slice.bytes += bytes
    if (scheme !== 'https') continue
    slice.httpsRequests += requests
    slice.httpsBytes += bytes
  }
}

export const trafficPart = definePart({ name: 'traffic', create: ({ state }) => new Traffic(state) })
