/** Steps: the Action's parameters, and the Action itself. */

import type { Account } from '../account/types.js'
import { type Action, failWith } from '../actions/action.js'
import { type MaybePromise, whenThere } from '../base/maybe-promise.js'
import { atMost, type CallBounds } from '../http/bounds.js'
import type { Call } from '../http/call.js'
import type { AccessKey } from '../identity/access-key.js'
import type { Decoded, ParamProblem, WireParams } from '../params/decoder.js'
import { nestedTooDeeply } from '../params/nesting.js'
import type { Variation } from '../variation/variation.js'

/** A call as an Action is given it. */
export interface Request {
  account: Account
  /** The access key that the call is signed with. */
  key: AccessKey
  requestId: string
  call: Call
  params: WireParams
  /** What varies in the answer, if the account has that set. */
  variation?: Variation | undefined
}

/** Runs an Action, and returns its answer. Throws, or rejects with, an `ApiError` if it refuses the call. Only for who has the account's turn. */
export function runAction(action: Action, { account, key, requestId, call, params, variation }: Request): MaybePromise<object> {
  const input = readInput(action, params, account.cloud.bounds, variation)
  const { billing, job } = action
  const output = action.run({ account, key, requestId, call, input: input as never, fail: failWith(action) })
  if (!billing || job !== undefined) return output
  return whenThere(output, (answer) => {
    account.usage.record(action.id, billing)
    return answer
  })
}

function readInput(action: Action, params: WireParams, bounds: CallBounds, variation: Variation | undefined): unknown {
  const format = params.get('Format')
  if (format && !/^(json|xml)$/i.test(format)) failWith(action)('InvalidParameter', { param: 'Format', reason: 'is neither JSON nor XML' })
  const tooDeep = nestedTooDeeply(action.input, params, bounds.maxNesting)
  if (tooDeep !== undefined)
    failWith(action)(action.service.violations.format, {
      param: tooDeep,
      violation: 'format',
      reason: `is nested, and may be so ${atMost(bounds, 'maxNesting', 'levels deep')}`,
    })
  const decoded = action.decode(params)
  if (decoded.ok) return decoded.value
  const {
    param,
    violation,
    reason,
    code = action.service.violations[violation],
    ...rest
  } = variation ? variedProblem(decoded, variation) : decoded.problem
  return failWith(action)(code, { param, violation, reason, ...rest })
}

/** The order in which parameters are checked is nowhere documented, so any that is wrong may be the one that is named. */
function variedProblem({ problem, others }: Extract<Decoded<unknown>, { ok: false }>, variation: Variation): ParamProblem {
  const [first, ...more] = others().filter(({ param }) => param !== problem.param)
  return first !== undefined && variation.happens('refusal.otherParameter', undefined, 2)
    ? variation.draws.oneOf([first, ...more])
    : problem
}
