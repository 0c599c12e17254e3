/** `account.variation`: what varies in the answers of an account, and in the ids that it makes. */

import { definePart } from '../account/part.js'
import type { Account } from '../account/types.js'
import type { Action } from '../actions/action.js'
import { refuse } from '../base/errors.js'
import { Variation } from './variation.js'

/** See above. Nothing of it is state: what a call meets follows from the setting and from the ids that the account has drawn. */
export class AccountVariation {
  #latest: Variation | undefined

  constructor(private readonly account: Account) {}

  /** What varies in the answer to the call for which this RequestId was drawn; nothing as long as the setting `vary` is not set. */
  of(requestId: string): Variation | undefined {
    const { vary } = this.account.settings.values
    if (vary === null) return undefined
    this.#latest = new Variation(vary, requestId)
    return this.#latest
  }

  /** Another form of an id that was drawn as 32 hexadecimal digits. */
  id(drawn: string): string {
    const { vary } = this.account.settings.values
    if (vary === null) return drawn
    const variation = new Variation(vary, drawn)
    const kind = variation.oneOf(['id.shorter', 'id.longer', 'id.hyphenated'])
    if (kind === undefined) return drawn
    const id = ID_FORMS[kind](drawn)
    // Of ids that jobs make, no call tells; in a call, the latest variation is its own.
    this.#latest?.note(kind, id)
    return id
  }
}

const ID_FORMS = {
  'id.shorter': (drawn: string) => drawn.slice(0, 20),
  'id.longer': (drawn: string) => drawn + drawn.slice(0, 4),
  'id.hyphenated': (drawn: string) =>
    [drawn.slice(0, 8), drawn.slice(8, 12), drawn.slice(12, 16), drawn.slice(16, 20), drawn.slice(20, 32)].join('-'),
} as const

/** The RequestId that a call has in place of the one drawn for it, which is a UUID of version 4. */
export function variedRequestId(drawn: string, variation: Variation): string {
  switch (variation.oneOf(['requestId.version', 'requestId.variant'])) {
    case 'requestId.version':
      return `${drawn.slice(0, 14)}${variation.draws.oneOf(['1', '3', '5', '7'])}${drawn.slice(15)}`
    case 'requestId.variant':
      return `${drawn.slice(0, 19)}${variation.draws.oneOf(['0', '4', '7', 'C', 'E'])}${drawn.slice(20)}`
    default:
      return drawn
  }
}

/** The codes with which every call may be refused at any time. */
const BUSY = {
  'busy.throttled': 'Throttling.User',
  'busy.unavailable': 'ServiceUnavailable',
  'busy.internalError': 'InternalError',
} as const

/** How many calls there are to one that is refused so. */
const BUSY_ONE_IN = 8

/** Refuses a call as a busy service would, if that was asked for. Throws an `ApiError`. */
export function refuseIfBusy({ errors }: Action, variation: Variation): void {
  const kinds = (Object.keys(BUSY) as (keyof typeof BUSY)[]).filter((kind) => Object.hasOwn(errors, BUSY[kind]))
  const kind = variation.oneOf(kinds, undefined, BUSY_ONE_IN)
  if (kind !== undefined) refuse(errors, BUSY[kind], { reason: `the setting vary has this call refused (${kind})` })
}

export const variationPart = definePart({ name: 'variation', create: (account) => new AccountVariation(account) })
