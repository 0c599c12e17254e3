/** Every Action through the official SDKs, over HTTP, with its documented example in a world where it succeeds. */

import { type EmulatorOptions, startEmulator } from '../../emulator/index.js'
import type { Action } from '../../src/index.js'
import type { Result } from '../run/run.js'
import { makeWorld, recipesOf } from '../run/world.js'
import { openApi, popCore, type SdkCall, type SdkTarget } from './sdk.js'

/** The clients, by the name that results have. */
const clients: Readonly<Record<string, (target: SdkTarget, action: Action) => SdkCall>> = {
  'pop-core': (target) => popCore(target, 'POST'),
  // The generated clients of VOD put parameters in the query, those of the vision services in the form.
  'openapi-client': (target, { service }) => openApi(target, service.name === 'vod' ? 'query' : 'form'),
}

/** Calls Actions through each client; a call passes with an answer that its schema knows. */
export async function runClients(only: (action: Action) => boolean, options: EmulatorOptions = {}): Promise<Result[]> {
  const { cloud, url, close } = await startEmulator({ port: 0, clock: 'manual', ...options })
  try {
    const recipes = recipesOf(cloud)
    const results: Result[] = []
    for (const action of cloud.catalogue.actions.filter(only)) {
      const recipe = recipes.get(action.id)
      if (recipe === undefined) continue
      for (const [name, connect] of Object.entries(clients)) {
        const { account, params } = await makeWorld(cloud, recipe)
        const call = connect({ url, key: account.credentials, version: action.service.version }, action)
        const fault = await call(action.name, params).then(
          ({ RequestId, ...answer }) =>
            action.output.safeParse(answer).error?.issues[0]?.message ?? (RequestId === undefined ? 'no RequestId' : undefined),
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
