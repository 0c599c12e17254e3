/** Records as a world has them: with times that are relative to the account's clock, and without fields that there are not. */

import { z } from 'zod'
import { toMilliseconds } from '../base/clock.js'
import { didYouMean } from '../base/nearest.js'
import { timestampSchema } from '../base/time-schemas.js'
import { fromIso } from '../base/times.js'
import type { Json } from '../state/part.js'

/** What is wrong with a record. */
interface Problem {
  /** Names that lead to the place. */
  path: readonly (string | number)[]
  problem: string
}

/** A record with its times read, or what is wrong with it. Whether its values are what the schema says is for the schema to say. */
export function readTimes(schema: z.ZodType, record: Json, now: number): { record: Json; problems: readonly Problem[] } {
  const problems: Problem[] = []
  const walk = (type: unknown, value: Json, path: readonly (string | number)[]): Json => {
    const inner = unwrapped(type)
    if (inner === timestampSchema && typeof value === 'string') {
      const instant = instantOf(value, now)
      if (instant === undefined)
        problems.push({ path, problem: `"${value}" is no time: milliseconds since 1970, "2026-01-01T00:00:00Z", "-3d" or "now"` })
      return instant ?? value
    }
    if (inner instanceof z.ZodArray && Array.isArray(value)) return value.map((each, index) => walk(inner.element, each, [...path, index]))
    if (inner instanceof z.ZodRecord && isObject(value))
      return mapValues(value, (each, name) => walk(inner.valueType, each, [...path, name]))
    if (!(inner instanceof z.ZodObject && isObject(value))) return value
    const shape = inner.shape as Readonly<Record<string, z.ZodType>>
    return mapValues(value, (each, name) => {
      if (Object.hasOwn(shape, name)) return walk(shape[name], each, [...path, name])
      // An object that takes any field says so.
      if (inner.def.catchall === undefined)
        problems.push({ path: [...path, name], problem: `there is no such field${didYouMean(name, Object.keys(shape))}` })
      return each
    })
  }
  return { record: walk(schema, record, []), problems }
}

/** The type itself, where a value may be left out. */
function unwrapped(type: unknown): unknown {
  let inner = type
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable || inner instanceof z.ZodDefault) inner = inner.unwrap()
  return inner
}

/** Milliseconds since 1970 of a time such as `2026-01-01T00:00:00Z`, `-3d`, `+1h` or `now`. */
function instantOf(text: string, now: number): number | undefined {
  if (text === 'now') return now
  const sign = text.startsWith('-') ? -1 : text.startsWith('+') ? 1 : undefined
  if (sign === undefined) return fromIso(text)
  const apart = toMilliseconds(text.slice(1))
  return apart === undefined ? undefined : now + sign * apart
}

const isObject = (value: Json): value is { [name: string]: Json } => typeof value === 'object' && value !== null && !Array.isArray(value)

const mapValues = (object: { [name: string]: Json }, map: (value: Json, name: string) => Json): Json =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value, name)]))
