/** The body of an answer in a contract: example values, and what must hold for each, from an Action's output schema. */

import { z } from 'zod'
import type { ErrorSpec } from '../../src/base/errors.js'
import type { Action } from '../../src/index.js'
import type { Json, Matcher, MatchingRules } from '../format/pact.js'

/** A body with its rules. */
export interface Body {
  content: Json
  rules: MatchingRules
}

/** The part of a JSON schema that the bodies depend on. */
export interface Schema {
  type?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  const?: Json
  enum?: string[]
  format?: string
  pattern?: string
  minimum?: number
  examples?: Json[]
}

const REQUEST_ID = '49E2CC28-ED1D-4CC5-854D-7D0AE2B20976'
const UTC_SECONDS = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$'
const REQUEST_ID_PATTERN = '^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$'

/**
 * The answer to a call that succeeds. The schema decides what is in it; the example gives the values, and says which optional fields are there.
 * A field in `exact` must have the example's very value, any other only its type.
 */
export function answerBody({ id, output }: Action, example: Json = {}, exact: readonly string[] = []): Body {
  const { properties, required = [] } = z.toJSONSchema(output, { io: 'output' }) as Schema
  const schema: Schema = {
    type: 'object',
    properties: { RequestId: { type: 'string', pattern: REQUEST_ID_PATTERN }, ...properties },
    required: ['RequestId', ...required],
  }
  return bodyOf(schema, { RequestId: REQUEST_ID, ...(isObject(example) ? example : {}) }, exact, id)
}

/** A value of a schema, with what must hold for all that is in it; `exact` as above. Throws a `RangeError` if the value has no such field; `of` says whose it is. */
export function bodyOf(schema: Schema, example: Json | undefined, exact: readonly string[], of: string): Body {
  const rules: MatchingRules = {}
  const content = describe(schema, example, '$', rules)
  for (const path of exact) {
    if (!Object.hasOwn(rules, `$.${path}`)) throw new RangeError(`there is no ${path} in what ${of} says`)
    rules[`$.${path}`] = all([{ match: 'equality' }])
  }
  return { content, rules }
}

/** The body of a refusal: the code counts, and that the message names the parameter at fault. */
export function refusalBody({ service }: Action, code: string, spec: ErrorSpec, param: string | undefined): Body {
  const { message } = spec
  const named = param !== undefined && message.includes('{param}')
  return {
    content: { RequestId: REQUEST_ID, HostId: service.host, Code: code, Message: message.replace('{param}', param ?? '') },
    rules: {
      '$.RequestId': all([{ match: 'regex', regex: REQUEST_ID_PATTERN }]),
      '$.Message': all([named ? { match: 'include', value: param } : { match: 'type' }]),
    },
  }
}

/** The value at a path, and its rules. */
function describe(given: Schema, example: Json | undefined, path: string, rules: MatchingRules): Json {
  const schema = variantOf(given, example)
  const { type, properties = {}, required = [], items } = schema
  if (type === 'object') {
    const fields = isObject(example) ? example : {}
    const present = Object.entries(properties).filter(([name]) => required.includes(name) || fields[name] !== undefined)
    return Object.fromEntries(present.map(([name, field]) => [name, describe(field, fields[name], `${path}.${name}`, rules)]))
  }
  if (type === 'array') {
    const [first] = Array.isArray(example) ? example : []
    rules[path] = all([first === undefined ? { match: 'type' } : { match: 'type', min: 1 }])
    return first === undefined ? [] : [describe(items ?? {}, first, `${path}[*]`, rules)]
  }
  if (type === 'string' && typeof example === 'object' && example !== null) {
    rules[path] = all(jsonMatchers(example))
    return JSON.stringify(example)
  }
  rules[path] = all(matchersOf(schema))
  return isOfType(type, example) ? (example as Json) : sample(schema)
}

/** Of the types that a value may be of, the one whose literals the example has; of others, the first. */
export function variantOf({ anyOf, oneOf, ...rest }: Schema, example: Json | undefined): Schema {
  const variants = anyOf ?? oneOf ?? []
  const fits = ({ properties = {} }: Schema): boolean =>
    isObject(example) && Object.entries(properties).every(([name, { const: value }]) => value === undefined || value === example[name])
  return variants.find(fits) ?? variants[0] ?? rest
}

const all = (matchers: Matcher[]): MatchingRules[string] => ({ matchers, combine: 'AND' })

function matchersOf({ type, const: value, enum: choices, format, pattern }: Schema): Matcher[] {
  if (value !== undefined) return [{ match: 'equality' }]
  if (choices) return [{ match: 'regex', regex: `^(${choices.map(literally).join('|')})$` }]
  const regex = format === 'date-time' ? UTC_SECONDS : pattern
  // Pact takes a number for its text: what could be one must be said to be none.
  if (regex !== undefined) return [...(new RegExp(regex).test('1') ? [{ match: 'type' } as const] : []), { match: 'regex', regex }]
  return [{ match: type === 'integer' || type === 'number' || type === 'boolean' ? type : 'type' }]
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** JSON inside a text is out of the matchers' reach: the text must hold each of its fields, with a value that starts as one of its type does. */
function jsonMatchers(value: Json): Matcher[] {
  const fields = new Set<string>()
  const visit = (each: Json): void => {
    if (typeof each !== 'object' || each === null) return
    for (const [name, inner] of Object.entries(each as Record<string, Json>)) {
      if (!Array.isArray(each)) fields.add(`"${name}":${/^["[{]?/.exec(JSON.stringify(inner))?.[0]}`)
      visit(inner)
    }
  }
  visit(value)
  return [...fields].map((field) => ({ match: 'include', value: field }))
}

function sample({ type, const: value, enum: choices, examples, format, minimum }: Schema): Json {
  const [given = value] = examples ?? []
  if (given !== undefined) return given
  if (format === 'date-time') return '2026-01-01T00:00:00Z'
  if (type === 'string') return choices?.[0] ?? 'sample'
  if (type === 'integer' || type === 'number') return minimum !== undefined && minimum > 0 ? minimum : 1
  return type === 'boolean' ? true : null
}

function isOfType(type: string | undefined, value: Json | undefined): boolean {
  if (type === undefined) return value !== undefined
  return type === 'integer' ? Number.isInteger(value) : typeof value === type
}

const isObject = (value: Json | undefined): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
