/** What an account starts with beside a world: a state, and scenarios. */

import { definePart } from '../account/part.js'
import type { Account } from '../account/types.js'
import type { StateDocument } from '../state/state.js'

/** What else there is to start with. */
export interface StartOptions {
  /** A state that the account takes over first, clock and all. */
  state?: StateDocument | undefined
  /** True for an account that goes on from where it was: it takes the state over only after a reset. Default: false. */
  resumed?: boolean
}

/**
 * Takes over a state and applies scenarios, except those that are in force: now, and again after each reset. Rejects as `account.import` and
 * `scenarios.apply` do.
 */
export interface StartWith {
  (scenarios: readonly string[], options?: StartOptions): Promise<void>
  /** The same again, after a reset. */
  again: () => Promise<void>
}

function startWithOf(account: Account): StartWith {
  let names: readonly string[] = []
  let state: StateDocument | undefined
  const apply = async (): Promise<void> => {
    for (const name of names) if (!account.scenarios.inForce.includes(name)) await account.scenarios.apply(name)
  }
  const again = async (): Promise<void> => {
    if (state !== undefined) await account.import(state)
    await apply()
  }
  const startWith = (scenarios: readonly string[], { state: given, resumed = false }: StartOptions = {}): Promise<void> => {
    names = scenarios
    state = given
    return resumed ? apply() : again()
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
