/** The order of the members of objects: neither JSON nor the manuals promise one. */

import type { Variation } from './variation.js'

/** A document whose objects may have their members in another order. */
export function shuffledMembers(document: object, variation: Variation): object {
  return variation.happens('order.members') ? (shuffled(document) as object) : document

  function shuffled(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(shuffled)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(variation.draws.shuffled(Object.entries(value)).map(([name, each]) => [name, shuffled(each)]))
  }
}
