/** Steps: the Action's parameters, and the Action itself. */

import type { Account } from '../account/types.js'
import { type Action, failWith } from '../actions/action.js'
import type { Call } from '../http/call.js'
import type { AccessKey } from '../identity/access-key.js'
import type { WireParams } from '../params/decoder.js'

/** A call as an Action is given it. */
export interface Request {
  account: Account
  /** The access key that the call is signed with. */
  key: AccessKey
  requestId: string
  call: Call
  params: WireParams
}

/** Runs an Action, and returns its answer. Rejects with an `ApiError` if it refuses the call. Only for who has the account's turn. */
export async function runAction(action: Action, { account, key, requestId, call, params }: Request): Promise<object> {
  const input = readInput(action, params)
  const output = await action.run({ account, key, requestId, call, input: input as never, fail: failWith(action) })
  if (action.billing && action.job === undefined) account.usage.record(action.id, action.billing)
  return output
}

function readInput(action: Action, params: WireParams): unknown {
  const format = params.get('Format')
  if (format && !/^(json|xml)$/i.test(format)) failWith(action)('InvalidParameter', { param: 'Format', reason: 'is neither JSON nor XML' })
  const decoded = action.decode(params)
  if (decoded.ok) return decoded.value
  const { param, violation, reason, code = action.service.violations[violation], ...rest } = decoded.problem
  return failWith(action)(code, { param, reason, ...rest })
}
