/** Example calls of Actions with their answers: those that the contracts show. */

import { interactionsOf } from '../../contracts/generate/interactions.js'
import { vocabularyOf } from '../../contracts/states/index.js'
import type { Action } from '../../src/actions/action.js'
import type { CloudDefinition } from '../../src/cloud/definition.js'

/** A call that succeeds. */
export interface Example {
  /** The provider states that it needs. */
  states: readonly string[]
  /** By their names on the wire. */
  params: Readonly<Record<string, string>>
  /** The answer, without RequestId. */
  answer: unknown
}

/** What every call has beside its parameters. */
const COMMON = new Set(['Action', 'Version', 'Format'])

/** The first example of an Action that succeeds. Throws an `Error` if it has none. */
export function exampleOf(action: Action, { catalogue, states }: CloudDefinition): Example {
  const siblings = catalogue.actions.filter(({ service }) => service.name === action.service.name)
  const found = interactionsOf(action, siblings, vocabularyOf({ providerStates: states })).find(({ response }) => response.status === 200)
  if (found === undefined) throw new Error(`${action.id} has no example that succeeds.`)
  const { request, response, providerStates = [] } = found
  const params = Object.entries(request.query).filter(([name]) => !COMMON.has(name))
  return {
    states: providerStates.map(({ name }) => name),
    params: Object.fromEntries(params.map(([name, values]) => [name, values[0] ?? ''])),
    answer: response.body.content,
  }
}
