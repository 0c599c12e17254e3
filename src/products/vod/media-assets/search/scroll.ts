/** Where a search has got to: what a ScrollToken stands for. */

import { definePart } from '../../../../account/part.js'
import type { MediaRecord } from './search-type.js'
import type { Order } from './sort.js'

/** Milliseconds for which a token is good; the manual says that it expires, and not when. */
export const TOKEN_LIFETIME = 600_000

/** Hits that may lie between two pages, the first of one and the last of the other among them. */
export const MAX_JUMP = 1200

/** Tokens that are good at a time; beyond that the oldest expire. */
const MAX_TOKENS = 10_000

/** A place among the hits of a search: behind a page. It stays where it is while media come and go. */
export interface ScrollPosition {
  /** What is searched for and how it is sorted, as a fingerprint. */
  search: string
  /** Number of the page. */
  page: number
  /** Of the last hit of the page: the time that it is sorted by, and its number in the order of creation. */
  time: number
  number: number
  /** How many hits this page and those before it lack: by so many its end lies behind the last hit. */
  lacking: number
  /** On the account's clock. */
  expiresAt: number
}

/** The positions of an account's searches by token. They are no part of its state: in another state no token is good. */
export class ScrollPositions {
  readonly #byToken = new Map<string, ScrollPosition>()

  keep(token: string, position: ScrollPosition, now: number): void {
    this.#byToken.set(token, position)
    for (const [oldest, { expiresAt }] of this.#byToken) {
      if (expiresAt > now && this.#byToken.size <= MAX_TOKENS) break
      this.#byToken.delete(oldest)
    }
  }

  /** `undefined` if it has expired, or never was one. */
  find(token: string, now: number): ScrollPosition | undefined {
    const position = this.#byToken.get(token)
    return position && position.expiresAt > now ? position : undefined
  }
}

export const scrollsPart = definePart({ name: 'vodScrolls', create: () => new ScrollPositions() })

/** The place behind the hits up to an index; without any, it comes before all that there will ever be. */
export function placeBehind<Row extends MediaRecord>(
  hits: readonly Row[],
  index: number,
  { timeOf, descending }: Order,
  numberOf: (row: Row) => number,
): Pick<ScrollPosition, 'time' | 'number'> {
  const last = hits[index - 1]
  if (last === undefined) return { time: descending ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY, number: 0 }
  return { time: timeOf(last), number: numberOf(last) }
}

/**
 * Index of the first hit of a page, counted from a position. Ahead of it, what has come since is next, whatever the pages up to there lack; by so
 * many hits the page's own end lies further behind.
 */
export function startOf<Row extends MediaRecord>(
  hits: readonly Row[],
  position: ScrollPosition,
  { page, size }: { page: number; size: number },
  order: Order,
  numberOf: (row: Row) => number,
): { start: number; lacking: number } {
  const start = passed(hits, position, order, numberOf) + (page - position.page - 1) * size
  const { lacking } = position
  return page > position.page ? { start, lacking } : { start: start + lacking, lacking: 0 }
}

/** How many of the hits, which are in order, come before a position or are there. */
function passed<Row extends MediaRecord>(
  hits: readonly Row[],
  { time, number }: ScrollPosition,
  { timeOf, descending }: Order,
  numberOf: (row: Row) => number,
): number {
  const isBehind = (row: Row): boolean => {
    const apart = timeOf(row) - time || numberOf(row) - number
    return descending ? apart < 0 : apart > 0
  }
  let [low, high] = [0, hits.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBehind(hits[middle] as Row)) high = middle
    else low = middle + 1
  }
  return low
}
