/** Situations that lead to a documented error: what there is before, and the call that is refused. */

import type { Before } from '../cases/before.js'
import type { Changes, Named } from '../cases/case.js'

/** How an Action comes to an error. */
export interface Situation {
  /** `<service>.<Action>`. */
  action: string
  code: string
  /** What the reason for the refusal names. */
  names: Named
  /** Parameters that differ from those of the example; `undefined`: left out. */
  changes: Changes
  /** What happens before; further changes may follow from it. */
  given?: (before: Before) => Promise<Changes | undefined> | Promise<void>
  /** Whether the call is made by a RAM user, who may call everything, instead of the account itself. */
  asUser?: true
  /** Whether the call succeeds, and its job fails with the code. */
  inJob?: true
  /** Whether it needs an account of its own, with nothing in it: forks share what is anybody's only once. */
  alone?: true
}

type Given = NonNullable<Situation['given']>

/**
 * Situations of VOD that have a code in common, by Action, each with its changes. `named` is what the reason names: a parameter, as text, or with what
 * is in it.
 */
export const refusedWith = (
  code: string,
  named: string | Named,
  changes: Readonly<Record<string, Changes>>,
  given?: Given,
): Situation[] => {
  const names = typeof named === 'string' ? { param: named } : named
  return Object.entries(changes).map(([action, each]) => ({ action: `vod.${action}`, code, names, changes: each, ...(given && { given }) }))
}

/** Refusals that are about no parameter, by what they are about. */
export const about = {
  account: { none: 'the state of the account, whatever is asked for' },
  caller: { none: 'what the caller may do, whatever is asked for' },
  quota: { none: 'a quota of the account, whatever is asked for' },
  rate: { none: 'how many calls came before' },
} as const satisfies Readonly<Record<string, Named>>

/** The same change for several Actions. */
export const each = (actions: readonly string[], changes: Changes = {}): Record<string, Changes> =>
  Object.fromEntries(actions.map((action) => [action, changes]))

/** Makes things until there are as many as there may be, each of which must succeed: the quota holds at its very number. */
export async function fillUp(there: number, most: number, make: (number: number) => Promise<unknown>): Promise<void> {
  for (let number = there; number < most; number++) await make(number)
}
