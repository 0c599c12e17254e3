/** Situations that lead to a documented error: what there is before, and the call that is refused. */

import type { Account, Cloud } from '../../src/index.js'
import type { Changes } from '../cases/case.js'

/** An account in which the Action succeeds with the parameters of its example. */
export interface Before {
  cloud: Cloud
  account: Account
  /** Parameters with which the Action succeeds. */
  params: Readonly<Record<string, string>>
  /** Calls an Action of the same service with parameters of its own; throws if it is refused. */
  // biome-ignore lint/suspicious/noExplicitAny: answers have all shapes
  call: (action: string, params?: Readonly<Record<string, string>>) => Promise<any>
  /** Lets time pass. */
  advance: (by: string) => Promise<unknown>
}

/** How an Action comes to an error. */
export interface Situation {
  /** `<service>.<Action>`. */
  action: string
  code: string
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

/** Situations of VOD that have a code in common, by Action, each with its changes. */
export const refusedWith = (code: string, changes: Readonly<Record<string, Changes>>, given?: Given): Situation[] =>
  Object.entries(changes).map(([action, each]) => ({ action: `vod.${action}`, code, changes: each, ...(given && { given }) }))

/** The same change for several Actions. */
export const each = (actions: readonly string[], changes: Changes = {}): Record<string, Changes> =>
  Object.fromEntries(actions.map((action) => [action, changes]))
