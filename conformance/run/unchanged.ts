/** Whether a call has changed anything of an account. */

import type { Account } from '../../src/index.js'

/** What every call changes, whatever becomes of it: ids that were given out, nonces, calls that were counted. */
const OF_EVERY_CALL = new Set(['ids', 'clock', 'nonces', 'throttle'])

/** What a fork has of its own. */
const OF_FORKS = new Set(['ids.ram', 'ram.copy', 'resultKeys'])

/** What an account remembers, as JSON by the names of its cells and tables. */
export type Remembered = ReadonlyMap<string, string>

/** What an account remembers now. */
export async function remembered(account: Account): Promise<Remembered> {
  const { cells, tables } = await account.export()
  return new Map(
    Object.entries({ ...cells, ...tables }).flatMap(([name, value]) =>
      OF_EVERY_CALL.has(name) || OF_FORKS.has(name) || isEmpty(value) ? [] : [[name, JSON.stringify(value)]],
    ),
  )
}

/** A table that there is and one that there is not have the same in them. */
const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0

/** Names of what is not as it was. */
export const namesOfChanges = (before: Remembered, after: Remembered): string[] =>
  [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name))

/** What is not as it was, in words; `undefined` if all is. */
export function changeIn(before: Remembered, after: Remembered): string | undefined {
  const changed = namesOfChanges(before, after)
  return changed.length === 0 ? undefined : `the call was refused, and has changed ${changed.join(', ')}`
}
