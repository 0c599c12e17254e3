/**
 * What schemas make of values, for records: copies that cannot be changed. What a schema takes as it is (text, numbers, choices, and objects and lists of
 * these) is told apart here, in a fraction of the time that the schema takes for it; whatever else there is, the schema itself is asked.
 */

import { z } from 'zod'
import { lazily } from '../base/lazily.js'
import { isPromise } from '../base/maybe-promise.js'
import { parseOptions } from '../base/parse.js'
import { draftOf, frozen, isPlain } from './draft.js'

/** Not as the schema says, or more than can be told here: the schema of the whole says what is wrong, if anything is. */
export const UNCLEAR = Symbol('unclear')

/** What a schema makes of a value, or {@link UNCLEAR}. `before`: the value that it replaces, which is as the schema says; what is still the same is shared with it. */
type Make = (value: unknown, before?: unknown) => unknown

/** Each schema's own, found out when it is first asked for. */
const makers = new WeakMap<z.ZodType, Make>()

/** What a schema makes of a value, or {@link UNCLEAR}. It shares nothing with the value, but for what that shares with `before`. */
export function make(schema: z.ZodType, value: unknown, before?: unknown): unknown {
  return makerOf(schema)(value, before)
}

function makerOf(schema: z.ZodType): Make {
  const known = makers.get(schema)
  if (known) return known
  const maker = simpleMaker(schema) ?? askedMaker(schema)
  makers.set(schema, maker)
  return maker
}

/** Of a schema that there is nothing to know of but what is told here. */
function simpleMaker(schema: z.ZodType): Make | undefined {
  if (schema instanceof z.ZodNumber) return numberMaker(schema)
  if ((schema.def.checks ?? []).length > 0) return undefined
  if (schema instanceof z.ZodReadonly) return simpleMaker(schema.unwrap() as z.ZodType)
  if (schema instanceof z.ZodOptional && !(schema instanceof z.ZodExactOptional)) {
    const inner = schema.unwrap() as z.ZodType
    if (inner._zod.optin === 'defaulted') return undefined
    const makeInner = makerOf(inner)
    return (value, before) => (value === undefined ? undefined : makeInner(value, before))
  }
  if (schema instanceof z.ZodString) return schema.def.coerce ? undefined : (value) => (typeof value === 'string' ? value : UNCLEAR)
  if (schema instanceof z.ZodBoolean) return schema.def.coerce ? undefined : (value) => (typeof value === 'boolean' ? value : UNCLEAR)
  if (schema instanceof z.ZodEnum) return choiceMaker(schema.options)
  if (schema instanceof z.ZodLiteral) return choiceMaker(schema.values)
  if (schema instanceof z.ZodArray) return listMaker(schema.element as z.ZodType)
  if (schema instanceof z.ZodObject) return objectMaker(schema)
  // A codec has a function between the two.
  if (schema instanceof z.ZodPipe && !(schema instanceof z.ZodCodec)) return pipeMaker(schema)
  if (schema instanceof z.ZodTransform) return transformMaker(schema)
  return undefined
}

/** Of one schema behind another. */
function pipeMaker(schema: z.ZodPipe): Make {
  const { def } = schema
  const [makeIn, makeOut] = [makerOf(def.in as z.ZodType), makerOf(def.out as z.ZodType)]
  return (value) => {
    if (isConstant(schema, value)) return value
    const made = makeIn(value)
    return made === UNCLEAR ? UNCLEAR : makeOut(made)
  }
}

/** Of a function, run as by the schema, which takes down what it complains of. It may change what it is given. */
function transformMaker(schema: z.ZodTransform): Make {
  return (value) => {
    const made = schema._zod.run({ value: draftOf(value), issues: [] }, { async: false })
    return isPromise(made) || made.issues.length > 0 ? UNCLEAR : frozen(made.value)
  }
}

/** Constants of the code, and the schemas that have made them. */
const constants = new WeakMap<object, z.ZodType>()

/** A value that stands in the code, as a schema makes it: checked here once, and not again with each record that has it. */
export function constant<Schema extends z.ZodType>(schema: Schema, value: z.input<Schema>): z.output<Schema> {
  const made = frozen(schema.parse(value, parseOptions(schema)))
  constants.set(made as object, schema)
  return made
}

/** The same with other texts in place of those of some members, such as ids that differ from account to account: texts of the same form. */
export function constantWith<Value extends object>(made: Value, texts: { readonly [Name in keyof Value]?: string }): Value {
  const schema = constants.get(made)
  if (schema === undefined) throw new Error('not a constant')
  const variant = Object.freeze({ ...made, ...texts })
  constants.set(variant, schema)
  return variant
}

const isConstant = (schema: z.ZodType, value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.isFrozen(value) && constants.get(value) === schema

const askedMaker =
  (schema: z.ZodType): Make =>
  (value) => {
    if (isConstant(schema, value)) return value
    const { success, data } = schema.safeParse(draftOf(value), parseOptions(schema))
    return success ? frozen(data) : UNCLEAR
  }

function choiceMaker(choices: Iterable<unknown>): Make {
  const known = new Set(choices)
  return (value) => (known.has(value) ? value : UNCLEAR)
}

function numberMaker({ def }: z.ZodNumber): Make | undefined {
  const { coerce, format }: { coerce?: boolean; format?: string } = def
  const isWhole = format === 'safeint'
  if (coerce || (format !== undefined && !isWhole)) return undefined
  let [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (const check of def.checks ?? []) {
    const { check: kind, value, inclusive } = check._zod.def as { check: string; value?: unknown; inclusive?: boolean }
    if (typeof value !== 'number' || !inclusive) return undefined
    if (kind === 'greater_than') least = Math.max(least, value)
    else if (kind === 'less_than') most = Math.min(most, value)
    else return undefined
  }
  const isNumber = isWhole ? Number.isSafeInteger : Number.isFinite
  return (value) => (isNumber(value) && (value as number) >= least && (value as number) <= most ? value : UNCLEAR)
}

function listMaker(element: z.ZodType): Make {
  const makeElement = lazily(() => makerOf(element))
  return (values, before) => {
    if (!Array.isArray(values)) return UNCLEAR
    if (values.length === 0) return EMPTY
    const known = Array.isArray(before) && before.length > 0 ? new Set(before) : undefined
    const list: unknown[] = []
    for (const value of values) {
      const made = known?.has(value) ? value : makeElement()(value)
      if (made === UNCLEAR) return UNCLEAR
      list.push(made)
    }
    // What cannot be changed is shared: a list that many records have is there once.
    return Object.isFrozen(values) && list.every((made, index) => made === values[index]) ? values : Object.freeze(list)
  }
}

/** A member of an object, by its schema. */
interface Member {
  make: Make
  /** What it is where it is left out: wrong, or left out, or whatever is made of `undefined`. */
  absent: 'wrong' | 'leftOut' | 'filled'
}

function memberOf(schema: z.ZodType): Member {
  const { optin, optout } = schema._zod
  return {
    make: makerOf(schema),
    absent: optin === undefined ? 'wrong' : optin === 'optional' && optout === 'optional' ? 'leftOut' : 'filled',
  }
}

function objectMaker(schema: z.ZodObject): Make | undefined {
  const { shape, def } = schema
  // What has a word on members that are not known has to be asked.
  if (def.catchall !== undefined && !(def.catchall instanceof z.ZodNever)) return undefined
  const membersOf = lazily(() => new Map(Object.entries(shape as Record<string, z.ZodType>).map(([name, each]) => [name, memberOf(each)])))
  const expectedOf = lazily(() => [...membersOf()].filter(([, { absent }]) => absent !== 'leftOut'))
  return (value, before = NOTHING) => {
    if (!isPlain(value)) return UNCLEAR
    if (isConstant(schema, value)) return value
    const members = membersOf()
    const former = before as Record<string, unknown>
    let expected = 0
    // Members are put in their places, not added one by one: the engine makes a hash table of an object to which many are added in a loop.
    const made: Record<string, unknown> = { ...value }
    for (const name in made) {
      const given = made[name]
      const member = members.get(name)
      if (member === undefined) return UNCLEAR
      if (member.absent !== 'leftOut') expected++
      if (before !== NOTHING && given === former[name] && given !== undefined) continue
      const result = member.make(given, former[name])
      if (result === UNCLEAR) return UNCLEAR
      if (result !== given) made[name] = result
    }
    if (expected === expectedOf().length) return Object.freeze(made)
    for (const [name, { make: fill, absent }] of expectedOf()) {
      if (Object.hasOwn(made, name)) continue
      const result = absent === 'wrong' ? UNCLEAR : fill(undefined)
      // Whether the member is there then depends.
      if (result === UNCLEAR || result === undefined) return UNCLEAR
      made[name] = result
    }
    return Object.freeze(made)
  }
}

const EMPTY: readonly unknown[] = Object.freeze([])

const NOTHING = Object.freeze(Object.create(null) as object)
