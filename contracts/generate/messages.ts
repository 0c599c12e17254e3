/** The messages of an event type, derived from its definition and its examples. */

import { z } from 'zod'
import type { EventDefinition, EventExample } from '../../src/index.js'
import { eventExamplesOf } from '../format/examples.js'
import type { Json, Message } from '../format/pact.js'
import { bodyOf, type Schema, variantOf } from './body.js'

/** A message for each example of an event type; of a type without any, one for each outcome that its schema knows. */
export function messagesOf(product: string, definition: EventDefinition): Message[] {
  const examples = eventExamplesOf(product, definition)
  const given = examples.length > 0 ? examples : madeUpExamples(definition)
  return given.map((example, index) => messageOf(definition, example, index))
}

function messageOf(definition: EventDefinition, example: EventExample, index: number): Message {
  const { type, channel, when } = definition
  const { title = index === 0 ? "the guide's example" : `example ${index + 1}`, states = [], payload, exact = [] } = example
  const { content, rules } = bodyOf(payloadSchema(definition, payload), { ...payload, EventType: type }, exact, type)
  const { headers = {}, state } = channel.receiver ?? {}
  const metadata = bodyOf(schemaOf(z.object(headers)), undefined, [], type)
  const providerStates = [...(state === undefined ? [] : [state]), ...states]
  return {
    type: 'Asynchronous/Messages',
    description: `${type}: ${title}`,
    providerStates: providerStates.map((each) => (typeof each === 'string' ? { name: each } : each)),
    comments: { text: [`sent when ${when}`] },
    contents: { content, contentType: 'application/json', encoded: false },
    metadata: { contentType: 'application/json', ...(metadata.content as Record<string, string>) },
    matchingRules: {
      body: rules,
      // Paths of metadata are names.
      metadata: Object.fromEntries(Object.entries(metadata.rules).map(([path, rule]) => [path.slice(2), rule])),
    },
  }
}

/** The schema of all that an event says; where that depends on how something has ended, as the example says. */
function payloadSchema(definition: EventDefinition, example: Json): Schema {
  const common = schemaOf(z.object(definition.channel.commonFields(definition)))
  const own = variantOf(schemaOf(definition.fields), example)
  return {
    type: 'object',
    properties: { ...common.properties, ...own.properties },
    required: [...(common.required ?? []), ...(own.required ?? [])],
  }
}

const schemaOf = (schema: z.ZodType): Schema => z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }) as Schema

/** An example for each outcome: its literals alone, and the rest made up. */
function madeUpExamples({ fields }: EventDefinition): EventExample[] {
  const { anyOf, oneOf, ...only } = schemaOf(fields)
  return (anyOf ?? oneOf ?? [only]).map(({ properties = {} }) => {
    const literals = Object.entries(properties).flatMap(([name, { const: value }]) => (value === undefined ? [] : [[name, value] as const]))
    return { title: ['made up', ...literals.map(([, value]) => value)].join(', '), payload: Object.fromEntries(literals) }
  })
}
