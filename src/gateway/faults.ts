/** Step: what a test has asked to go wrong with the call. */

import type { Action } from '../actions/action.js'
import { ApiError } from '../base/errors.js'
import { refuseCall } from '../base/gateway-errors.js'
import { didYouMean } from '../base/nearest.js'
import { insteadOfReply, insteadOfRunning, type Refuse, reasonOf, specOf } from '../faults/effects.js'
import type { ReplyEffect } from '../faults/fault.js'
import type { Applied, FaultMatch } from '../faults/faults.js'
import { forcedMatch } from '../faults/magic-keys.js'
import type { Reply } from '../http/call.js'
import { isCommon } from '../http/common-parameters.js'
import { type Request, runAction } from './run.js'

/** What a call meets; `undefined` if nothing goes wrong. Throws an {@link ApiError} if its access key demands a code that the Action does not have. */
export function matchFaults({ id, service, name, errors }: Action, { account, key, params }: Request): FaultMatch | undefined {
  const { forcedError } = key
  if (forcedError === undefined && account.faults.none) return undefined
  const declares = (code: string): boolean => Object.hasOwn(errors, code)
  if (forcedError === undefined) return account.faults.forCall({ service: service.name, action: name, params, key, declares })
  if (declares(forcedError)) return forcedMatch(forcedError)
  const reason = `the access key demands the code ${forcedError}, which ${id} does not have${didYouMean(forcedError, Object.keys(errors))}`
  return refuseCall('InvalidAccessKeyId.NotFound', { reason })
}

/** A call that a fault does something to. */
interface FaultedCall {
  fault: Applied<ReplyEffect>
  action: Action
  request: Request
  /** The reply to an answer of the Action. */
  render: (answer: object) => Reply
  /** Told of a refusal that the client does not see. */
  onLost: (refusal: ApiError) => void
}

/** Serves a call as far as the fault lets it. */
export async function runWithFault({ fault, action, request, render, onLost }: FaultedCall): Promise<Reply> {
  const refuse: Refuse = (error) => {
    const spec = specOf(error, action.errors[error.code], Object.keys(action.input)[0])
    throw new ApiError(error.code, spec, { reason: reasonOf(fault) })
  }
  const { effect } = fault
  const unserved = insteadOfRunning(effect, refuse)
  if (unserved) return unserved
  if (effect.loseReply === undefined) return render(await runAction(action, request))
  const { effects = 1, effectAfter = 0 } = effect.loseReply
  const { account, key, requestId, call, params } = request
  const refusal = await account.lateCalls.add({
    fault: fault.id,
    at: account.clock.now() + effectAfter,
    effects,
    action: action.id,
    host: call.host,
    params: [...params].filter(([name]) => !isCommon(name)),
    accessKeyId: key.accessKeyId,
    requestId,
  })
  if (refusal) onLost(refusal)
  return insteadOfReply(effect.loseReply, refuse)
}
