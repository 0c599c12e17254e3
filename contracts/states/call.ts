/** Calls that states make, as a client would. */

import { encodeParams } from '../../src/actions/encode.js'
import type { Account, Action, Cloud } from '../../src/index.js'
import { StateError } from '../../src/product/provider-state.js'
import { sign } from '../../src/signing/sign.js'
import { paramsOf } from '../format/examples.js'

/** The parameters of an Action's example, with others instead of some or more of them. */
export const exampleParams = (action: Action, given: object) => ({ ...paramsOf(action), ...encodeParams(action.input, given) })

/**
 * Calls an Action with the account's own key, and with the parameters of its example or others; returns the answer. Throws a {@link StateError}
 * if the call is refused.
 */
// biome-ignore lint/suspicious/noExplicitAny: answers have all shapes
export async function callExample(cloud: Cloud, account: Account, action: Action, given: object): Promise<any> {
  const { id, name, service } = action
  const params = exampleParams(action, given)
  const call = sign('acs3', { host: service.host, action: name, version: service.version, params, key: account.credentials })
  const { status, body } = await cloud.handle(call)
  const answer = JSON.parse(String(body))
  if (status !== 200)
    throw new StateError(`${id} answers ${answer.Code} (${answer.Message}); give the state the parameters that the Action needs`)
  return answer
}
