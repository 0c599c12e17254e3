/** Scenarios that an account starts with. */

import { definePart } from '../account/part.js'
import type { Account } from '../account/types.js'

/** Applies scenarios, except those that are in force: now, and again after each reset. Rejects as `scenarios.apply` does. */
export interface StartWith {
  (scenarios: readonly string[]): Promise<void>
  /** Applies them again. */
  again: () => Promise<void>
}

function startWithOf(account: Account): StartWith {
  let names: readonly string[] = []
  const again = async (): Promise<void> => {
    for (const name of names) if (!account.scenarios.inForce.includes(name)) await account.scenarios.apply(name)
  }
  const startWith = (scenarios: readonly string[]): Promise<void> => {
    names = scenarios
    return again()
  }
  return Object.assign(startWith, { again })
}

export const startWithPart = definePart({
  name: 'startWith',
  needs: ['scenarios'],
  create: startWithOf,
  lasting: true,
  afterReset: ({ startWith }) => startWith.again(),
})
