/** Media by the ids of a call. */

import { csv } from '../../../../params/structures.js'
import { id } from '../../upload/params.js'

/** Ids that one call may name. */
export const MAX_IDS = 20

/** Ids separated by commas, without a documented limit. */
export const ids = () => csv(id())

/** At most {@link MAX_IDS} ids separated by commas; `tooMany` is the code for more, if there is one. */
export const boundedIds = (tooMany?: string) =>
  csv(id(), { maxItems: MAX_IDS, ...(tooMany !== undefined && { codes: { length: tooMany } }) })

/** Of ids of which nothing was found, those of media in apps in which who calls may do nothing, and those of no media at all. */
export function forbiddenAmong(
  collection: { hides: (key: string) => boolean },
  missing: readonly string[],
): { forbidden: string[]; missing: string[] } {
  const forbidden = missing.filter((key) => collection.hides(key))
  return { forbidden, missing: missing.filter((key) => !forbidden.includes(key)) }
}

/** The media that there are, each once, and the ids of which there is none. */
export function findAll<Row>(
  collection: { get: (key: string) => Row | undefined },
  keys: readonly string[],
): { found: Row[]; missing: string[] } {
  const found: Row[] = []
  const missing: string[] = []
  for (const key of new Set(keys)) {
    const row = collection.get(key)
    if (row === undefined) missing.push(key)
    else found.push(row)
  }
  return { found, missing }
}
