/**
 * Parameter kinds: how a value arrives as text, what it must satisfy, and what its violation is called.
 *
 * A kind is a zod schema from text to value, so `.optional()` and `.default()` work as everywhere; what the catalogue, the OpenAPI
 * document and the decoder need to know about it stands beside it in {@link describeKind}'s registry.
 */

import { z } from 'zod'
import { parseOptions } from '../base/parse.js'

/** The ways in which a parameter can be wrong. Each service says which error code it has for each. */
export type Violation =
  /** Not given, or empty. */
  | 'missing'
  /** Not text at all: control characters, or bytes that are not UTF-8. */
  | 'malformed'
  /** Not of its type: letters where a number is wanted. */
  | 'format'
  /** Of its type, but not one of the values allowed, or below or above the limits. */
  | 'value'
  /** Too long. */
  | 'length'
  /** Not a URL that the services accept. */
  | 'url'

/** What is known about a parameter from its definition. */
export interface ParamTypeFacts {
  /** Type as the manuals write it. */
  type: 'String' | 'Integer' | 'Long' | 'Float' | 'Boolean' | 'Array' | 'Object'
  enum?: readonly string[]
  min?: number
  max?: number
  minLength?: number
  maxLength?: number
  /** What `maxLength`, or `itemMaxLength`, counts. */
  lengthUnit?: 'characters' | 'bytes'
  minItems?: number
  maxItems?: number
  /** Of a list in one parameter: how long one of its elements may be, in `lengthUnit`. */
  itemMaxLength?: number
  /** `url`, `date-time`, `json`, or `list` for values separated in one parameter. */
  format?: 'url' | 'date-time' | 'json' | 'list'
  separator?: string
  /** True if the manual has no such bound: it is the emulator's own, and only there to protect it. */
  ownLimit?: boolean
  /** An empty value is a value, not the absence of one. */
  allowEmpty?: boolean
  /** Error code of this parameter for a violation, where it differs from the service's. */
  codes?: Partial<Record<Violation, string>>
  /** Elements of an array that arrives flattened (`Name.1.Field`) or as JSON in one parameter. */
  items?: z.ZodType
  /** Fields of an object inside such an array. */
  fields?: Readonly<Record<string, z.ZodType>>
}

const registry = new WeakMap<z.ZodType, ParamTypeFacts>()

/** Records the facts of a kind, and returns its schema. */
export function describeKind<Schema extends z.ZodType>(schema: Schema, facts: ParamTypeFacts): Schema {
  registry.set(schema, facts)
  return schema
}

/** A parameter as its definition describes it. */
export interface ParamFacts extends ParamTypeFacts {
  required: boolean
  default?: unknown
}

/** The facts of a kind, looked up through `.optional()` and `.default()`. Throws if the schema is not made of a kind. */
export function factsOf(schema: z.ZodType): ParamFacts {
  let inner: z.ZodType = schema
  let required = true
  let fallback: { default?: unknown } = {}
  for (;;) {
    const facts = registry.get(inner)
    if (facts) return { ...facts, required, ...fallback }
    if (inner instanceof z.ZodOptional) required = false
    else if (inner instanceof z.ZodDefault) {
      required = false
      fallback = { default: inner.def.defaultValue }
    } else throw new TypeError('A parameter must be one of the kinds in params/.')
    inner = inner.unwrap() as z.ZodType
  }
}

/** Says why a value is refused, in words for the developer. */
export class Violated {
  constructor(
    readonly violation: Violation,
    readonly reason: string,
  ) {}
}

/** Turns text into a value, or says what is wrong with it. */
export type ReadText<T = unknown> = (text: string) => T | Violated

const readers = new WeakMap<z.ZodType, ReadText>()

/** Of a parameter that is not given and has to be: what is wrong with that the schema says. */
const NOT_GIVEN = new Violated('missing', 'is not given')

/**
 * What reads a parameter's raw value as the schema would, in less time. Of a value that is wrong it says so with a {@link Violated}, and
 * the schema says what is wrong with it. Throws if the schema is not made of a kind.
 */
export function readerOf(schema: z.ZodType): (raw: unknown) => unknown {
  if (schema instanceof z.ZodDefault) return withFallback(schema.unwrap() as z.ZodType, () => schema.def.defaultValue)
  if (schema instanceof z.ZodOptional) {
    const inner = schema.unwrap() as z.ZodType
    return inner instanceof z.ZodDefault ? readerOf(inner) : withFallback(inner, () => undefined)
  }
  const read = readers.get(schema)
  if (read) return (raw) => (typeof raw === 'string' ? read(raw) : NOT_GIVEN)
  return (raw) => {
    const { success, data } = schema.safeParse(raw, parseOptions(schema))
    return success ? data : NOT_GIVEN
  }
}

/** Reads what is given, and takes the rest from elsewhere. */
function withFallback(schema: z.ZodType, fallback: () => unknown): (raw: unknown) => unknown {
  const read = readerOf(schema)
  return (raw) => (raw === undefined ? fallback() : read(raw))
}

/** Makes a kind from its facts and from a function that turns text into a value or says what is wrong with it. */
export function paramType<T>(facts: ParamTypeFacts, read: ReadText<T>): z.ZodType<T, string> {
  const readText: ReadText<T> = (text) => (isText(text) ? read(text) : NOT_TEXT)
  const schema = z.string().transform((text, context): T => {
    const value = readText(text)
    if (!(value instanceof Violated)) return value
    context.addIssue({ code: 'custom', message: value.reason, params: { violation: value.violation } })
    return z.NEVER
  })
  readers.set(schema, readText)
  return describeKind(schema, facts)
}

/** What a reason says beside a limit that the service does not have. */
export const OWN_LIMIT = '; this is a limit of the emulator, not of the service'

/** What is wrong with a value that {@link isText} is not true for. */
export const NOT_TEXT = new Violated('malformed', 'holds control characters, or bytes that are not UTF-8')

/** True for text that can stand in an answer again: no control characters but tab and line breaks, no replacement characters of broken UTF-8. */
export function isText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return !/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFD\uFFFE\uFFFF]/.test(text) && text.isWellFormed()
}
