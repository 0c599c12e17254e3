/** Documents of older versions: how a part makes the next version of one. */

import type { Json, JsonEntry } from './part.js'
import type { StateDocument } from './state.js'

/** Makes of a document of one version one of the next, as far as one part is concerned. Tables are replaced, not changed. */
export type Upgrade = (document: StateDocument) => void

/** Renames a field of the entries of a table. */
export const renameField =
  (table: string, from: string, to: string): Upgrade =>
  ({ tables }) => {
    const entries = tables[table]
    if (entries !== undefined) tables[table] = entries.map(([key, value]): JsonEntry => [key, renamed(value, from, to)])
  }

/** Renames a field of a value; what has no such field stays as it is. */
export function renamed(value: Json, from: string, to: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, from)) return value
  const { [from]: field, ...rest } = value
  return { ...rest, [to]: field as Json }
}
