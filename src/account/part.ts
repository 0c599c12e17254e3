/** What a part of an account is: how it is made, what it has at first, and how it ends. */

import type { StateDocument } from '../state/state.js'
import type { Upgrade } from '../state/upgrade.js'
import type { Account, AccountParts } from './types.js'

/** Name of a part. */
export type PartName = keyof AccountParts

/** A part of every account. */
export interface Part<Name extends PartName = PartName> {
  /** `account.<name>` */
  name: Name
  /** Parts that must come before it. */
  needs?: readonly PartName[]
  /** Makes the part: of a new account, and again after a reset and when the account takes over another state. Declares what of it is state. */
  create: (account: Account) => AccountParts[Name]
  /** Creates what every account has from the start, in its turn: not before something is asked of the account, because tests make many. */
  seed?: (account: Account) => void | Promise<void>
  /** Called once all parts are made, unless the account is about to take over a state; `again`: after a reset. */
  open?: (account: Account, again: boolean) => void
  /** Called after a reset, outside of the account's turn. */
  afterReset?: (account: Account) => Promise<void>
  /** True of a part that is made once, and outlives resets and states that are taken over. */
  lasting?: true
  /** How documents become ones of the next version, by the version that they are of; in the order of the versions. */
  upgrades?: Readonly<Record<number, Upgrade>>
  /** Throws a `RangeError` if a state that is to be taken over has something that this cloud cannot have. */
  checkState?: (account: Account, document: StateDocument) => void
  /** Ends what is under way, and gives back what the account has of the cloud. The parts that came later have ended. */
  dispose?: (account: Account) => void
}

/** Defines a part of an account. Its type stands in {@link AccountParts}. */
export const definePart = <Name extends PartName>(part: Part<Name>): Part<Name> => part

/** The parts of all accounts of a cloud, in order. Throws an `Error` if two have one name, or if one comes before what it needs. */
export function partsInOrder(parts: readonly Part[]): readonly Part[] {
  const before = new Set<PartName>()
  for (const { name, needs = [] } of parts) {
    const missing = needs.find((need) => !before.has(need))
    if (missing !== undefined) throw new Error(`the part "${name}" comes before "${missing}", which it needs`)
    if (before.has(name)) throw new Error(`two parts are called "${name}"`)
    before.add(name)
  }
  return parts
}
