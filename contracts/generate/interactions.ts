/** The interactions of an Action, derived from its definition and its example calls. */

import type { ExampleCall } from '../../src/actions/action.js'
import { examplesOf } from '../../src/catalogue/examples.js'
import type { Action } from '../../src/index.js'
import { factsOf } from '../../src/params/param-type.js'
import { paramsOf } from '../format/examples.js'
import type { Interaction, PactState } from '../format/pact.js'
import type { Vocabulary } from '../states/index.js'
import { answerBody, type Body, refusalBody } from './body.js'
import { type Refusal, refusals, unknownKey } from './refusals.js'

/** The success and the refusals of an Action: those of its example calls, and one that its definition alone tells of; `siblings` are the Actions of its service. */
export function interactionsOf(action: Action, siblings: readonly Action[], vocabulary: Vocabulary): Interaction[] {
  const examples = examplesOf(action)
  const calls = examples.length > 0 ? examples : [madeUpCall(action, siblings, vocabulary)]
  return [...calls.map((call, index) => exampleInteraction(action, call, index, vocabulary)), refusedInteraction(action, vocabulary)]
}

/** What the gateway refuses to who may not call, shown with one Action of a service. */
export const gatewayInteractions = (action: Action, vocabulary: Vocabulary): Interaction[] =>
  refusals
    .filter((refusal) => refusal !== unknownKey || required(action) !== undefined)
    .map((refusal) => deniedInteraction(action, refusal, vocabulary))

/** The call of an Action that has no example: what its parameters refer to comes from the states that give it. */
function madeUpCall(action: Action, siblings: readonly Action[], vocabulary: Vocabulary): ExampleCall {
  const asynchronous = siblings.find(({ job }) => job !== undefined)
  const params = paramsOf(action)
  const names = Object.keys(params).flatMap((param) => vocabulary.giving(param)?.name ?? [])
  const states = names.filter((name) => asynchronous !== undefined || !name.includes('<Action>'))
  return { title: 'a made-up call', params, states: states.map((name) => name.replace('<Action>', asynchronous?.id ?? '')) }
}

function exampleInteraction(action: Action, call: ExampleCall, index: number, vocabulary: Vocabulary): Interaction {
  const { title = index === 0 ? "the manual's example" : `example ${index + 1}`, states = [], params, answer, exact, error, param } = call
  const providerStates = states.map((state) => (typeof state === 'string' ? { name: state } : state))
  if (error === undefined) return interaction(action, title, params, providerStates, 200, answerBody(action, answer, exact), vocabulary)
  return refused(action, title, params, providerStates, error, vocabulary, param)
}

/** A required parameter is left out; an Action without one is called with a key that does not exist. */
function refusedInteraction(action: Action, vocabulary: Vocabulary): Interaction {
  const missing = required(action)
  if (missing === undefined) return deniedInteraction(action, unknownKey, vocabulary)
  const params = Object.entries(paramsOf(action)).filter(([name]) => name !== missing && !name.startsWith(`${missing}.`))
  const code = factsOf(action.input[missing] as Action['input'][string]).codes?.missing ?? action.service.violations.missing
  return refused(action, `a call without ${missing}`, Object.fromEntries(params), [], code, vocabulary, missing)
}

const deniedInteraction = (action: Action, { state, code }: Refusal, vocabulary: Vocabulary): Interaction =>
  refused(action, `a call, given ${state(action)}`, paramsOf(action), [{ name: state(action) }], code(action), vocabulary)

const required = ({ input }: Action): string | undefined => Object.entries(input).find(([, schema]) => factsOf(schema).required)?.[0]

function refused(
  action: Action,
  title: string,
  params: Readonly<Record<string, string>>,
  states: PactState[],
  code: string,
  vocabulary: Vocabulary,
  param?: string,
): Interaction {
  const spec = action.errors[code]
  if (spec === undefined) throw new RangeError(`${action.id} does not document the error ${code}`)
  return interaction(action, `${title}: ${code}`, params, states, spec.status, refusalBody(action, code, spec, param), vocabulary)
}

/** An interaction of an Action: a GET with all parameters in the query, without a signature. Parameters that a state gives get their values from it. */
export function interaction(
  { name, service, source }: Action,
  title: string,
  params: Readonly<Record<string, string>>,
  providerStates: PactState[],
  status: number,
  { content, rules }: Body,
  vocabulary: Vocabulary,
): Interaction {
  const query = { Action: name, Version: service.version, Format: 'JSON', ...params }
  const given = providerStates
    .flatMap((state) => Object.keys(vocabulary.find(state.name).state.gives))
    .filter((param) => Object.hasOwn(params, param))
  return {
    type: 'Synchronous/HTTP',
    description: `${name}: ${title}`,
    ...(providerStates.length > 0 && { providerStates }),
    comments: { text: [source] },
    request: {
      method: 'GET',
      path: '/',
      query: Object.fromEntries(Object.entries(query).map(([param, value]) => [param, [value]])),
      ...(given.length > 0 && {
        generators: { query: Object.fromEntries(given.map((param) => [param, { type: 'ProviderState', expression: `\${${param}}` }])) },
      }),
    },
    response: {
      status,
      headers: { 'Content-Type': ['application/json'] },
      body: { content, contentType: 'application/json', encoded: false },
      matchingRules: { body: rules },
    },
  }
}
