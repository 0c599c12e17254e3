/** What a scenario has in the account beforehand: files, identities, and what calls of the account itself make. */

import type { Account } from '../account/types.js'
import type { Action } from '../actions/action.js'
import { ApiError } from '../base/errors.js'
import { didYouMean } from '../base/nearest.js'
import { runAction } from '../gateway/run.js'
import { flattenParams, type ParamValue } from '../http/flatten-params.js'
import { fillAnswers, type Scenario, type WorldCall } from './scenario.js'

/** What a call was answered. */
export type CallAnswer = { RequestId: string; [field: string]: unknown }

/** Throws a `RangeError` if a call is to an Action, or has a parameter, that does not exist. */
export function checkWorld({ cloud: { catalogue } }: Account, { calls }: Scenario): void {
  for (const [index, { service, action: name, params }] of calls.entries()) {
    const id = `${service}.${name}`
    const action = catalogue.byId.get(id)
    if (action === undefined) throw new RangeError(`world.calls.${index}: there is no Action ${id}${didYouMean(id, catalogue.byId.keys())}`)
    const unknown = Object.keys(params).find((param) => !Object.hasOwn(action.input, param.split('.', 1)[0] as string))
    if (unknown !== undefined)
      throw new RangeError(
        `world.calls.${index}.params: ${id} has no parameter ${unknown}${didYouMean(unknown, Object.keys(action.input))}`,
      )
  }
}

/** Makes the world, and answers what its calls were answered. Rejects with a `RangeError` if one does not succeed; what was made until then stays. */
export async function makeWorld(account: Account, { assets, users, roles, calls }: Scenario): Promise<CallAnswer[]> {
  const { ram } = account
  await account.putAssets(assets)
  for (const [name, permissions] of Object.entries(roles)) ram.putRole(name, permissions)
  for (const [name, permissions] of Object.entries(users)) {
    ram.putUser(name, permissions)
    if (ram.keyOf(name) === undefined) ram.createAccessKey(name)
  }
  const answers: CallAnswer[] = []
  for (const [index, call] of calls.entries()) {
    try {
      answers.push(await make(account, fillAnswers(call, answers)))
    } catch (error) {
      if (!(error instanceof ApiError || error instanceof RangeError)) throw error
      throw new RangeError(`world.calls.${index} (${call.service}.${call.action}): ${described(error)}`)
    }
  }
  return answers
}

/** Makes one call. It does not pass through the gateway: nobody signs it, and neither the account's limits nor its faults are for it. */
async function make(account: Account, { service, action: name, params }: WorldCall): Promise<CallAnswer> {
  const { catalogue } = account.cloud
  const action = catalogue.byId.get(`${service}.${name}`) as Action
  const requestId = account.ids.uuid()
  account.clock.cause = requestId
  const { host } = action.service
  const answer = await runAction(action, {
    account,
    key: account.ram.rootKey,
    requestId,
    call: { method: 'POST', host, path: '/', query: '', headers: { host }, body: new Uint8Array() },
    params: new Map(flattenParams(params as Record<string, ParamValue>)),
  })
  return JSON.parse(JSON.stringify({ RequestId: requestId, ...answer }))
}

const described = (error: ApiError | RangeError): string =>
  error instanceof ApiError
    ? `${error.code}: ${error.message}${error.reason === undefined ? '' : ` (${[error.param, error.reason].filter(Boolean).join(' ')})`}`
    : error.message
