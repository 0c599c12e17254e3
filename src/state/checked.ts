/**
 * Changed records, checked. What was checked before is not checked again, nor copied: of a record with a list of a hundred things, adding one more
 * costs little more than adding the first.
 */

import { z } from 'zod'
import { parseOptions } from '../base/parse.js'
import { draftOf, frozen } from './draft.js'

/** A record of these values, as the schema makes it; it shares nothing with them. Throws a `ZodError` if it is not as the schema says. */
export const checked = <Schema extends z.ZodObject>(schema: Schema, values: unknown): z.output<Schema> =>
  frozen(schema.parse(draftOf(values), parseOptions(schema)))

/**
 * The record that a draft of a former one has become, by its members. It shares with the former one what nobody has looked at, and elements of lists that
 * are still the same.
 */
export function checkedChange<Schema extends z.ZodObject>(
  schema: Schema,
  former: z.output<Schema>,
  members: z.output<Schema>,
): z.output<Schema> {
  const known = membersOf(schema)
  if (known === undefined) return checked(schema, members)
  for (const name in members) if (!known.has(name)) return checked(schema, members)
  const row: Record<string, unknown> = {}
  for (const [name, member] of known) {
    const before = (former as Record<string, unknown>)[name]
    const after = (members as Record<string, unknown>)[name]
    const result = after === before ? after : memberOf(member, after, before)
    // The whole says where in it something is wrong.
    if (result === WRONG) return checked(schema, members)
    if (result !== undefined || name in members) row[name] = result
  }
  return Object.freeze(row) as z.output<Schema>
}

/** The members of a record that can be checked one by one; `undefined` if they have to be looked at together. */
type Members = ReadonlyMap<string, z.ZodType> | undefined

const schemas = new WeakMap<z.ZodObject, { members: Members }>()

/** The members of a schema, which is asked for with every change. */
function membersOf(schema: z.ZodObject): Members {
  const found = schemas.get(schema)
  if (found) return found.members
  const { shape, checks = [], catchall } = schema.def
  // What depends on several members, or has a word on members that are not known, has to be asked about all of them.
  const isSimple = checks.length === 0 && (catchall === undefined || catchall instanceof z.ZodNever)
  const members = isSimple ? new Map(Object.entries(shape) as [string, z.ZodType][]) : undefined
  schemas.set(schema, { members })
  return members
}

const WRONG = Symbol('not as the schema says')

function memberOf(schema: z.ZodType, value: unknown, before: unknown): unknown {
  if (schema instanceof z.ZodArray && (schema.def.checks ?? []).length === 0 && Array.isArray(value) && Array.isArray(before))
    return listOf(schema.element as z.ZodType, value, new Set(before))
  const { success, data } = schema.safeParse(draftOf(value), parseOptions(schema))
  return success ? frozen(data) : WRONG
}

function listOf(schema: z.ZodType, values: readonly unknown[], before: ReadonlySet<unknown>): unknown {
  const list: unknown[] = []
  for (const value of values) {
    const element = before.has(value) ? value : memberOf(schema, value, undefined)
    if (element === WRONG) return WRONG
    list.push(element)
  }
  return Object.freeze(list)
}
