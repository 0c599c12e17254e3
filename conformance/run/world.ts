/** Worlds in which an Action succeeds: what it refers to is there. */

import type { PactState } from '../../contracts/format/pact.js'
import { pactsOf } from '../../contracts/index.js'
import { applyStates } from '../../contracts/states/index.js'
import type { Cloud } from '../../src/index.js'
import type { World } from '../cases/plan.js'

/** A call that succeeds, and the provider states that it needs. */
export interface Recipe {
  states: readonly PactState[]
  params: Readonly<Record<string, string>>
  /** Names of parameters whose values the states give. */
  given: readonly string[]
}

/** The first successful call of each Action, by `<service>.<Action>`: its documented example, or one that is made up. */
export function recipesOf(cloud: Pick<Cloud, 'catalogue' | 'providerStates'>): Map<string, Recipe> {
  const recipes = new Map<string, Recipe>()
  for (const [service, { interactions }] of pactsOf(cloud))
    for (const { request, response, providerStates = [] } of interactions) {
      const { Action, Version: _version, Format: _format, ...query } = request.query
      const id = `${service}.${Action?.[0]}`
      if (response.status !== 200 || recipes.has(id)) continue
      const params = Object.fromEntries(Object.entries(query).map(([name, [value]]) => [name, value]))
      recipes.set(id, { states: providerStates, params, given: Object.keys(request.generators?.query ?? {}) })
    }
  return recipes
}

/** Makes the world of a recipe, in an account of its own. Throws a `StateError` if it cannot be. */
export async function makeWorld(cloud: Cloud, { states, params, given }: Recipe): Promise<World> {
  const account = cloud.createAccount({ clock: 'manual' })
  const { values = {} } = await applyStates(cloud, account, states)
  const own = Object.fromEntries(given.flatMap((name) => (values[name] === undefined ? [] : [[name, String(values[name])]])))
  return { account, params: { ...params, ...own } }
}
