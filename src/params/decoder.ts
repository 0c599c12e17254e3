/** From the flat names of the wire to the shape that an Action's schema reads. Everything that depends on the definition alone is done once. */

import { z } from 'zod'
import { factsOf, type ParamFacts, Violated, type Violation } from './kind.js'
import { MOST_ITEMS, parseJson } from './structures.js'

/** The parameters of a call by their names on the wire. */
export type WireParams = ReadonlyMap<string, string>

/** A parameter that is wrong. */
export interface ParamProblem {
  /** Name on the wire: `Boxes.2.W`. */
  param: string
  violation: Violation
  /** Why, as a continuation of the parameter's name. */
  reason: string
  /** The code that this very parameter has for the violation, if it has one of its own. */
  code?: string
}

/** What a decoder makes of a call's parameters. */
export type Decoded<T> = { ok: true; value: T } | { ok: false; problem: ParamProblem }

/** The parameters that an Action takes. */
export type InputShape = Readonly<Record<string, z.ZodType>>

/** The values that `run` gets for an input shape. */
export type InputOf<Shape extends InputShape> = z.output<z.ZodObject<Shape>>

type RawReader = (params: WireParams) => unknown

/** Compiles an input shape into a function that reads a call's parameters. */
export function compileDecoder<Shape extends InputShape>(shape: Shape): (params: WireParams) => Decoded<InputOf<Shape>> {
  const schema = z.object(shape)
  const facts = new Map(Object.entries(shape).map(([name, kind]) => [name, factsOf(kind)]))
  const readers: [string, RawReader][] = [...facts].map(([name, fact]) => [
    name,
    fact.type === 'Array' ? readArray(name, fact) : readScalar(name, fact),
  ])

  return (params) => {
    const raw: Record<string, unknown> = {}
    for (const [name, read] of readers) {
      const value = read(params)
      if (value instanceof Violated) return failed({ param: name, violation: value.violation, reason: value.reason })
      if (value !== undefined) raw[name] = value
    }
    const parsed = schema.safeParse(raw)
    if (parsed.success) return { ok: true, value: parsed.data }
    return failed(problemOf(parsed.error.issues[0] as z.core.$ZodIssue))
  }

  function failed(problem: ParamProblem): Decoded<never> {
    const code = facts.get(problem.param.split('.', 1)[0] as string)?.codes?.[problem.violation]
    return { ok: false, problem: code === undefined ? problem : { ...problem, code } }
  }
}

function problemOf(issue: z.core.$ZodIssue): ParamProblem {
  const param = issue.path.map((part) => (typeof part === 'number' ? part + 1 : String(part))).join('.')
  if (issue.code === 'custom') return { param, violation: issue.params?.violation as Violation, reason: issue.message }
  return { param, violation: 'missing', reason: 'is not given' }
}

function readScalar(name: string, { allowEmpty }: ParamFacts): RawReader {
  return (params) => {
    const value = params.get(name)
    return value === '' && !allowEmpty ? undefined : value
  }
}

/**
 * Reads `Name.1.Field` (or `Name.1`), else a JSON array in `Name`. Elements keep the order of their numbers; gaps close up.
 * What an element may hold comes from the definition, so hostile names (`__proto__`, huge numbers) never become keys or lengths.
 */
function readArray(name: string, { items, minItems = 0, maxItems = MOST_ITEMS }: ParamFacts): RawReader {
  const fields = items === undefined ? undefined : factsOf(items).fields
  const known = fields && new Set(Object.keys(fields))
  const prefix = `${name}.`

  const flattened = (params: WireParams): unknown[] | Violated | undefined => {
    const elements = new Map<number, unknown>()
    for (const [key, value] of params) {
      if (!key.startsWith(prefix)) continue
      const [number, field, ...deeper] = key.slice(prefix.length).split('.')
      if (!/^[1-9]\d*$/.test(number as string) || deeper.length > 0) continue
      if (Number(number) > maxItems)
        return new Violated('value', `has an element ${number?.slice(0, 20)}, and at most ${maxItems} are allowed`)
      if (known === undefined) {
        if (field === undefined && value !== '') elements.set(Number(number), value)
      } else if (field !== undefined && known.has(field) && value !== '') {
        const element = (elements.get(Number(number)) ?? {}) as Record<string, string>
        element[field] = value
        elements.set(Number(number), element)
      }
    }
    return elements.size === 0 ? undefined : [...elements].sort(([a], [b]) => a - b).map(([, element]) => element)
  }

  const asJson = (value: string): unknown[] | Violated => {
    const document = parseJson(value)
    if (!Array.isArray(document)) return new Violated('format', 'is not a JSON array')
    if (document.length > maxItems) return new Violated('value', `has ${document.length} elements, and at most ${maxItems} are allowed`)
    const elements: unknown[] = []
    for (const element of document as unknown[]) {
      if (known === undefined) elements.push(asText(element))
      else if (typeof element !== 'object' || element === null) return new Violated('format', 'holds an element that is not an object')
      else
        elements.push(
          Object.fromEntries(
            Object.entries(element).flatMap(([key, value]) =>
              known.has(key) && value !== null && value !== '' ? [[key, asText(value)]] : [],
            ),
          ),
        )
    }
    return elements
  }

  return (params) => {
    const plain = params.get(name)
    const elements = flattened(params) ?? (plain === undefined || plain === '' ? undefined : asJson(plain))
    if (Array.isArray(elements) && elements.length < minItems)
      return new Violated('value', `has ${elements.length} elements, and at least ${minItems} are needed`)
    return elements
  }
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
