/** What varies in what an answer says: optional fields, order, values. From the output schema of the Action. */

import { z } from 'zod'
import type { Action } from '../actions/action.js'
import { isConditional, isInAnyOrder } from '../actions/promises.js'
import { examplesOf } from '../catalogue/examples.js'
import type { Variation } from './variation.js'

type Fields = Record<string, unknown>

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A value that no document knows. */
const UNKNOWN_VALUE = 'SomethingNew'
const UNKNOWN_FIELD = 'SomethingNew'

/** The fields of an answer, as they may be, too. */
export function variedContent(action: Action, answer: object, variation: Variation): object {
  const shown = shownOf(action)
  return fieldsOf(action.output, answer as Fields, '', '')

  function varied(schema: z.ZodType, value: unknown, path: string, place: string): unknown {
    const inner = unwrapped(schema)
    if (Array.isArray(value)) return listOf(inner, value, path, place)
    if (isFields(value)) return inner instanceof z.ZodObject ? fieldsOf(inner, value, path, place) : value
    if (inner instanceof z.ZodEnum && typeof value === 'string' && variation.happens('value.unknown', place, 8)) return UNKNOWN_VALUE
    return value
  }

  function fieldsOf({ shape }: z.ZodObject, value: Fields, path: string, place: string): Fields {
    const result: Fields = {}
    for (const [name, each] of Object.entries(value)) {
      if (each === undefined) continue
      const schema = Object.hasOwn(shape, name) ? (shape[name] as z.ZodType) : undefined
      const at = joined(place, name)
      const field = joined(path, name)
      if (schema !== undefined && isLeftOut(schema, each, field, at)) continue
      result[name] = schema === undefined ? each : varied(schema, each, field, at)
    }
    if (variation.happens('field.unknown', joined(place, UNKNOWN_FIELD), 8))
      result[UNKNOWN_FIELD] ??= variation.draws.oneOf<unknown>(['', 0, [], {}])
    return result
  }

  function isLeftOut(schema: z.ZodType, value: unknown, field: string, at: string): boolean {
    if (!(schema instanceof z.ZodOptional) || isConditional(schema)) return false
    return variation.happens(`${shown.has(field) ? 'bare' : 'absent'}.${typeOf(value)}`, at)
  }

  function listOf(schema: z.ZodType, list: readonly unknown[], path: string, place: string): unknown[] {
    const element = schema instanceof z.ZodArray ? (schema.element as z.ZodType) : undefined
    const elements =
      element === undefined ? [...list] : list.map((each, index) => varied(element, each, path, joined(place, String(index))))
    if (!isInAnyOrder(schema) || elements.length < 2) return elements
    switch (variation.oneOf(['order.reversed', 'order.rotated', 'order.shuffled'], place)) {
      case 'order.reversed':
        return elements.reverse()
      case 'order.rotated':
        return [...elements.slice(1), ...elements.slice(0, 1)]
      case 'order.shuffled':
        return variation.draws.shuffled(elements)
      default:
        return elements
    }
  }
}

const joined = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)

function unwrapped(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault
    ? unwrapped(schema.unwrap() as z.ZodType)
    : schema
}

function typeOf(value: unknown): 'text' | 'number' | 'object' | 'list' {
  if (Array.isArray(value)) return 'list'
  if (isFields(value)) return 'object'
  return typeof value === 'string' ? 'text' : 'number'
}

/** The fields that an Action's examples have, indexes of lists aside. */
const shownOf = (action: Action): ReadonlySet<string> => {
  const known = shownFields.get(action)
  if (known !== undefined) return known
  const found = new Set<string>()
  for (const { answer } of examplesOf(action)) addFields(answer, '', found)
  shownFields.set(action, found)
  return found
}

const shownFields = new WeakMap<Action, ReadonlySet<string>>()

function addFields(value: unknown, path: string, found: Set<string>): void {
  if (Array.isArray(value)) for (const each of value) addFields(each, path, found)
  else if (isFields(value))
    for (const [name, each] of Object.entries(value)) {
      found.add(joined(path, name))
      addFields(each, joined(path, name), found)
    }
}
