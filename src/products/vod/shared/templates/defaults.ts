/** Of template groups and of watermarks, each app has at most one that applies where a call names none. */

import { DEFAULT_APP_ID } from '../apps/app.js'

interface Candidate {
  isDefault: boolean
  appId: string
}

/** Records of which some are the default of their app. */
interface Candidates<Row extends Candidate> {
  definition: { keyOf: (row: Row) => string }
  list: (page: { by: { role: 'default' } }) => { rows: Row[] }
  update: (key: string, change: (draft: Row) => void) => unknown
}

/** The default of an app; one that has none takes that of the system's own app. */
export function defaultOf<Row extends Candidate>(candidates: Candidates<Row>, appId: string): Row | undefined {
  const { rows } = candidates.list({ by: { role: 'default' } })
  return rows.find((row) => row.appId === appId) ?? rows.find((row) => row.appId === DEFAULT_APP_ID)
}

/** Makes a record the default of its app, in place of the one that was. */
export function makeDefault<Row extends Candidate>(candidates: Candidates<Row>, row: Row): void {
  const { keyOf } = candidates.definition
  const mark = (each: Row, isDefault: boolean) =>
    candidates.update(keyOf(each), (draft) => {
      draft.isDefault = isDefault
    })
  for (const each of candidates.list({ by: { role: 'default' } }).rows) if (each.appId === row.appId) mark(each, false)
  mark(row, true)
}
