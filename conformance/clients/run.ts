/** Every Action through the official SDKs, over HTTP, with its documented example in a world where it succeeds. */

import { type EmulatorOptions, startEmulator } from '../../emulator/index.js'
import type { Account, Action } from '../../src/index.js'
import type { WholeCall } from '../../src/log/whole.js'
import type { Result } from '../run/run.js'
import { makeWorld, recipesOf } from '../run/world.js'
import { openApi, popCore, type SdkCall, type SdkTarget } from './sdk.js'

/** A client: how it calls, and what shows that a call came from it. */
interface Client {
  connect: (target: SdkTarget, action: Action) => SdkCall
  signs: (request: WholeCall['request']) => boolean
}

/** The clients, by the name that results have. */
const clients: Readonly<Record<string, Client>> = {
  'pop-core': {
    connect: (target) => popCore(target, 'POST'),
    signs: ({ query, body = '' }) => `${query}&${body}`.includes('SignatureVersion=1.0'),
  },
  'openapi-client': {
    // The generated clients of VOD put parameters in the query, those of the vision services in the form.
    connect: (target, { service }) => openApi(target, service.name === 'vod' ? 'query' : 'form'),
    signs: ({ headers }) => /^ACS3-HMAC-SHA256 /.test(headers.authorization ?? ''),
  },
}

/** Calls Actions through each client; a call passes with an answer that its schema knows, to a request that the emulator has had from this client. */
export async function runClients(only: (action: Action) => boolean, options: EmulatorOptions = {}): Promise<Result[]> {
  const { cloud, url, close } = await startEmulator({ port: 0, clock: 'manual', ...options })
  try {
    const recipes = recipesOf(cloud)
    const results: Result[] = []
    for (const action of cloud.catalogue.actions.filter(only)) {
      const recipe = recipes.get(action.id)
      if (recipe === undefined) continue
      for (const [name, { connect, signs }] of Object.entries(clients)) {
        const { account, params } = await makeWorld(cloud, recipe)
        const call = connect({ url, key: account.credentials, version: action.service.version }, action)
        const fault = await call(action.name, params).then(
          ({ RequestId, ...answer }) =>
            action.output.safeParse(answer).error?.issues[0]?.message ?? faultOfRequest(account.log, RequestId, action, params, signs),
          (error: Error) => error.message,
        )
        results.push({ action: action.id, kind: 'client', title: name, ...(fault !== undefined && { fault }) })
        cloud.disposeAccount(account)
      }
    }
    return results
  } finally {
    await close()
  }
}

/** In which way the request behind an answer is not the call that was to be made. */
function faultOfRequest(
  log: Account['log'],
  requestId: string | undefined,
  { name }: Action,
  params: Readonly<Record<string, string>>,
  signs: Client['signs'],
): string | undefined {
  if (requestId === undefined || !log.all().some((entry) => entry.requestId === requestId)) return 'no request led to the answer'
  const { action, params: sent, request } = log.get(requestId)
  if (action !== name) return `the request was one of ${action}`
  if (!signs(request)) return 'the request was not signed by the client'
  const lost = Object.entries(params).find(([param, value]) => sent[param] !== value)
  return lost && `${lost[0]} has not arrived as it was sent`
}
