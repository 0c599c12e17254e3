/** Trying an interaction before it is written down: verification would find the same. */

import { canonicalQuery } from '../../src/http/encoding.js'
import type { Call, Cloud } from '../../src/index.js'
import { StateError } from '../../src/product/provider-state.js'
import { resign, ShapeError } from '../../src/rpc/resign.js'
import type { Interaction, Json } from '../format/pact.js'
import { applyStates } from '../states/index.js'
import { bodyDifference } from './satisfies.js'

const HOST = '127.0.0.1'

/** Sends an interaction's request to an account of its own in the states it names. Returns how the answer differs, or `undefined` if it does not. */
export async function tryOut(
  cloud: Cloud,
  provider: string,
  { request, response, providerStates = [] }: Interaction,
): Promise<string | undefined> {
  const account = cloud.createAccount({ clock: 'manual' })
  try {
    const { values = {}, key = account.credentials } = await applyStates(cloud, account, providerStates)
    const given = request.generators?.query ?? {}
    const pairs = Object.entries(request.query).map(
      ([name, [value]]) => [name, (Object.hasOwn(given, name) && values[name]) || value] as const,
    )
    const unsigned: Call = {
      method: 'GET',
      host: HOST,
      path: '/',
      query: canonicalQuery(pairs),
      headers: { host: HOST },
      body: new Uint8Array(),
    }
    const { call } = resign(unsigned, { catalogue: cloud.catalogue, provider, key, scheme: 'acs3' })
    const { status, body } = await cloud.handle(call)
    const answer = JSON.parse(String(body)) as Json
    if (status !== response.status) return `the answer is ${status} ${(answer as { Code?: string }).Code ?? ''}`.trimEnd()
    return bodyDifference({ content: response.body.content, rules: response.matchingRules.body }, answer)
  } catch (error) {
    if (error instanceof StateError || error instanceof ShapeError) return error.message
    throw error
  } finally {
    cloud.disposeAccount(account)
  }
}
