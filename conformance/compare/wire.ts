/** An Action beside the interface files of the SDKs: names and types of parameters, names, types and nesting of what it answers. */

import { z } from 'zod'
import { describeParam } from '../../src/catalogue/describe.js'
import type { Action } from '../../src/index.js'
import type { Facts } from '../facts/facts.js'
import type { Difference } from './difference.js'

/** The part of a JSON schema that is compared. */
interface Schema {
  type?: string
  properties?: Record<string, Schema>
  additionalProperties?: Schema | boolean
  items?: Schema
  anyOf?: Schema[]
}

/** In what an Action differs from the wire. */
export function comparedWithWire(action: Action, { wire }: Facts): Difference[] {
  const described = wire.get(action.id)
  if (described === undefined) return []
  const found: Difference[] = []
  const check = (what: string, said: unknown, held: unknown): void => {
    if (said !== held) found.push({ action: action.id, source: 'wire', what, said, held })
  }
  const own = new Map(
    Object.entries(action.input).flatMap(([name, kind]) => describeParam(name, kind).map(({ name: flat, type }) => [flat, type])),
  )
  for (const [name, { type }] of Object.entries(described.params)) {
    if (action.accepts.includes(name)) continue
    check(`params.${name}`, true, own.has(name) || undefined)
    if (own.has(name)) check(`params.${name}.type`, type, own.get(name))
  }
  for (const name of own.keys()) if (!(name in described.params)) check(`params.${name}`, undefined, true)
  const answer = fieldsOf(action)
  for (const path of new Set([...Object.keys(described.response), ...answer.keys()])) {
    const said = described.response[path]
    const held = answer.get(path)
    if (said === undefined || held === undefined) check(`response.${path}`, said, held)
    else if (!sameType(said, held)) check(`response.${path}.type`, said, held)
  }
  return found
}

/** JSON has one kind of number, and maps as objects. */
const sameType = (said: string, held: string): boolean => jsonType(said) === jsonType(held)

function jsonType(type: string): string {
  if (['Integer', 'Long', 'Float', 'Double'].includes(type)) return 'Number'
  return type === 'Map' ? 'Object' : type
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'String',
  integer: 'Integer',
  number: 'Float',
  boolean: 'Boolean',
  array: 'Array',
  object: 'Object',
}

/** The fields of an Action's answer by their paths, each with its type. */
export function fieldsOf({ output }: Action): Map<string, string> {
  const fields = new Map<string, string>([['RequestId', 'String']])
  const visit = (schema: Schema, path: string): void => {
    const { type = '', properties = {}, items } = schema.anyOf?.[0] ?? schema
    if (path !== '') fields.set(path, TYPES[type] ?? type)
    for (const [name, inner] of Object.entries(properties)) visit(inner, path === '' ? name : `${path}.${name}`)
    if (items !== undefined) visit(items, `${path}[]`)
  }
  visit(z.toJSONSchema(output, { io: 'output', unrepresentable: 'any' }) as Schema, '')
  return new Map([...fields].filter(([path, type]) => !(path.endsWith('[]') && type === 'Object')))
}
