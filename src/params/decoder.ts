/** From the flat names of the wire to the shape that an Action's schema reads. Everything that depends on the definition alone is done once. */

import { z } from 'zod'
import { lazily } from '../base/lazily.js'
import { parseOptions } from '../base/parse.js'
import { factsOf, OWN_LIMIT, type ParamFacts, readerOf, Violated, type Violation } from './param-type.js'
import { allowedOf, MAX_ITEMS, parseJson } from './structures.js'

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
  /** How long it may be. */
  max?: number
}

/** What a decoder makes of a call's parameters. */
export type Decoded<T> =
  | { ok: true; value: T }
  | {
      ok: false
      /** The first parameter of the definition that is wrong. */
      problem: ParamProblem
      /** Some of those that are wrong beside it. */
      others: () => ParamProblem[]
    }

/** The parameters that an Action takes. */
export type InputShape = Readonly<Record<string, z.ZodType>>

/** The values that `run` gets for an input shape. */
export type InputOf<Shape extends InputShape> = z.output<z.ZodObject<Shape>>

/** Of parameters that are wrong beside the first, so many are told. */
const MAX_OTHERS = 10

type RawReader = (params: WireParams) => unknown

/** Reads a parameter's raw value; `undefined` if it is not given. */
type KindReader = (raw: unknown) => unknown

/** What is known of a parameter, and how it is read. */
interface Parameter {
  name: string
  readRaw: RawReader
  /** See {@link readerOf}. */
  readKind: KindReader
}

/** Compiles an input shape into a function that reads a call's parameters. */
export function compileDecoder<Shape extends InputShape>(shape: Shape): (params: WireParams) => Decoded<InputOf<Shape>> {
  const schema = lazily(() => z.object(shape))
  const facts = new Map(Object.entries(shape).map(([name, kind]) => [name, factsOf(kind)]))
  const parameters = [...facts].map(([name, fact]): Parameter => {
    const readRaw = fact.type === 'Array' ? readArray(name, fact) : readScalar(name, fact)
    return { name, readRaw, readKind: readerOf(shape[name] as z.ZodType) }
  })

  /** Nearly every call is right, and then each parameter is read by its kind alone. What is wrong with one that is not, the schema of them all says. */
  return (params) => {
    const value: Record<string, unknown> = {}
    for (const { name, readRaw, readKind } of parameters) {
      const raw = readRaw(params)
      const read = raw instanceof Violated ? raw : readKind(raw)
      if (read instanceof Violated) return decodeWithSchema(params)
      if (read !== undefined) value[name] = read
    }
    return { ok: true, value: value as InputOf<Shape> }
  }

  function decodeWithSchema(params: WireParams): Decoded<InputOf<Shape>> {
    const raw: Record<string, unknown> = {}
    for (const { name, readRaw } of parameters) {
      const value = readRaw(params)
      if (value instanceof Violated) return failed({ param: name, violation: value.violation, reason: value.reason })
      if (value !== undefined) raw[name] = value
    }
    const parsed = schema().safeParse(raw, parseOptions(schema()))
    if (parsed.success) return { ok: true, value: parsed.data }
    const [first, ...more] = parsed.error.issues as [z.core.$ZodIssue, ...z.core.$ZodIssue[]]
    return failed(problemOf(first, params), () => more.slice(0, MAX_OTHERS).map((issue) => detailed(problemOf(issue, params))))
  }

  function problemOf(issue: z.core.$ZodIssue, params: WireParams): ParamProblem {
    const [name, index, ...fields] = issue.path as [string, number?, ...string[]]
    const at = index === undefined ? [] : [numberOf(index, name, facts.get(name) as ParamFacts, params)]
    const param = [name, ...at, ...fields].join('.')
    if (issue.code === 'custom') return { param, violation: issue.params?.violation as Violation, reason: issue.message }
    return { param, violation: 'missing', reason: 'is not given' }
  }

  function failed(problem: ParamProblem, others = (): ParamProblem[] => []): Decoded<never> {
    return { ok: false, problem: detailed(problem), others }
  }

  function detailed(problem: ParamProblem): ParamProblem {
    const { codes, max, itemMaxLength, maxLength = itemMaxLength, ownLimit } = facts.get(problem.param.split('.', 1)[0] as string) ?? {}
    const code = codes?.[problem.violation]
    const { violation } = problem
    const own = ownLimit && ((violation === 'length' && maxLength !== undefined) || (violation === 'value' && max !== undefined))
    const reason = own ? problem.reason + OWN_LIMIT : problem.reason
    return { ...problem, reason, ...(code !== undefined && { code }), ...(maxLength !== undefined && { max: maxLength }) }
  }
}

function readScalar(name: string, { allowEmpty }: ParamFacts): RawReader {
  return (params) => {
    const value = params.get(name)
    return value === '' && !allowEmpty ? undefined : value
  }
}

type Fields = ParamFacts['fields']

const fieldsOf = ({ items }: ParamFacts): Fields => (items === undefined ? undefined : factsOf(items).fields)

/**
 * The elements of `Name.1.Field` (or `Name.1`) by their numbers, which may have gaps. What an element may hold comes from the
 * definition, so hostile names (`__proto__`, huge numbers) never become keys or lengths.
 */
function numbered(name: string, facts: ParamFacts, params: WireParams): Map<number, unknown> | Violated {
  const fields = fieldsOf(facts)
  const { maxItems = MAX_ITEMS } = facts
  const prefix = `${name}.`
  const elements = new Map<number, unknown>()
  for (const [key, value] of params) {
    if (!key.startsWith(prefix)) continue
    const [number, field, ...deeper] = key.slice(prefix.length).split('.')
    if (!/^[1-9]\d*$/.test(number as string) || deeper.length > 0) continue
    if (Number(number) > maxItems) return new Violated('value', `has an element ${number?.slice(0, 20)}, and ${allowedOf(facts)}`)
    if (fields === undefined) {
      if (field === undefined && value !== '') elements.set(Number(number), value)
    } else if (field !== undefined && Object.hasOwn(fields, field) && value !== '') {
      const element = (elements.get(Number(number)) ?? {}) as Record<string, string>
      element[field] = value
      elements.set(Number(number), element)
    }
  }
  return new Map([...elements].sort(([a], [b]) => a - b))
}

/** The number that an element was sent with, going by its place in the array that `run` would have got. */
function numberOf(index: number, name: string, facts: ParamFacts, params: WireParams): number {
  const elements = numbered(name, facts, params)
  return (elements instanceof Violated ? undefined : [...elements.keys()][index]) ?? index + 1
}

/** Reads `Name.1.Field` (or `Name.1`), else a JSON array in `Name`. Elements keep the order of their numbers; gaps close up. */
function readArray(name: string, facts: ParamFacts): RawReader {
  const { minItems = 0, maxItems = MAX_ITEMS } = facts
  const fields = fieldsOf(facts)

  const asJson = (value: string): unknown[] | Violated => {
    const document = parseJson(value)
    if (!Array.isArray(document)) return new Violated('format', 'is not a JSON array')
    if (document.length > maxItems) return new Violated('value', `has ${document.length} elements, and ${allowedOf(facts)}`)
    const elements: unknown[] = []
    for (const element of document as unknown[]) {
      if (fields === undefined) elements.push(asText(element))
      else if (typeof element !== 'object' || element === null) return new Violated('format', 'holds an element that is not an object')
      else
        elements.push(
          Object.fromEntries(
            Object.entries(element).flatMap(([key, value]) =>
              Object.hasOwn(fields, key) && value !== null && value !== '' ? [[key, asText(value)]] : [],
            ),
          ),
        )
    }
    return elements
  }

  return (params) => {
    const plain = params.get(name)
    const flattened = numbered(name, facts, params)
    if (flattened instanceof Violated) return flattened
    const elements = flattened.size > 0 ? [...flattened.values()] : plain === undefined || plain === '' ? undefined : asJson(plain)
    if (Array.isArray(elements) && elements.length < minItems)
      return new Violated('value', `has ${elements.length} elements, and at least ${minItems} are needed`)
    return elements
  }
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
