/**
 * What the check at the end of a test asks of all calls, those included that the log has long forgotten. Noted as they come, because reading
 * every call a second time when it leaves the log would cost as much as serving it.
 */

import type { Action } from '../actions/action.js'
import { ApiError } from '../base/errors.js'
import { fingerprint } from '../base/ids.js'
import { isCommon } from '../http/common-parameters.js'
import { knows } from './describe.js'
import type { CallRecord } from './record.js'

/** Findings kept of each kind; a client that does wrong so many times is known to. */
const MAX_FINDINGS = 1000

const LONGEST_NAME = 100

/** Calls of an Action that have gone wrong in one way. */
export interface Finding {
  /** `<service>.<Action>` */
  action: string
  /** How many calls, and the RequestId of the first. */
  calls: number
  requestId: string
}

/** A parameter that an Action does not know, and the calls that had it. */
export interface UnknownParam extends Finding {
  param: string
}

/** A throttled call that nobody has made again with success. */
export interface Throttled extends Finding {
  /** Milliseconds since 1970 on the account's clock: when it was throttled last. */
  at: number
}

type Params = ReadonlyMap<string, string>

export class Watch {
  readonly #unknown = new Map<string, UnknownParam>()
  readonly #throttled = new Map<string, Throttled>()

  /** Takes note of a call of an Action. */
  note(action: Action, { requestId, at, error }: CallRecord, params: Params): void {
    for (const name of params.keys()) if (!knows(action, name)) this.#noteUnknown(action, name, requestId)
    if (error instanceof ApiError && error.code.startsWith('Throttling')) {
      const key = keyOf(action, params)
      const known = this.#throttled.get(key)
      if (known) Object.assign(known, { calls: known.calls + 1, at })
      else if (this.#throttled.size < MAX_FINDINGS) this.#throttled.set(key, { action: action.id, calls: 1, requestId, at })
    } else if (this.#throttled.size > 0) this.#throttled.delete(keyOf(action, params))
  }

  /** Parameters that were sent and that the Action does not know, in the order in which they came up. */
  get unknownParams(): UnknownParam[] {
    return [...this.#unknown.values()]
  }

  /** Calls that were throttled and not made again, with the same parameters, until they were not. */
  get throttled(): Throttled[] {
    return [...this.#throttled.values()]
  }

  #noteUnknown({ id }: Action, name: string, requestId: string): void {
    const param = name.split('.', 1)[0]?.slice(0, LONGEST_NAME) as string
    const key = `${id} ${param}`
    const known = this.#unknown.get(key)
    if (known) known.calls++
    else if (this.#unknown.size < MAX_FINDINGS) this.#unknown.set(key, { action: id, param, calls: 1, requestId })
  }
}

/** Calls of an Action with the same parameters have the same key, however they are signed. */
function keyOf({ id }: Action, params: Params): string {
  const own = [...params].filter(([name]) => !isCommon(name)).sort(([a], [b]) => (a < b ? -1 : 1))
  return fingerprint(id, JSON.stringify(own))
}
