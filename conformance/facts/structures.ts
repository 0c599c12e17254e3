/** What the manual says of the JSON that parameters hold: structures, and their members. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** One of several forms that a value can have. */
const formSchema = z.union([
  /** A number, without decimals if it is whole. */
  z.strictObject({
    min: z.number().optional(),
    max: z.number().optional(),
    exclusiveMin: z.number().optional(),
    exclusiveMax: z.number().optional(),
    whole: z.literal(true).optional(),
  }),
  /** A text: some of the form, its first and its last among them, and some that are nearly of it, and of no other. */
  z.strictObject({ texts: z.array(z.string()).min(1), beyond: z.array(z.string()).optional() }),
])

/** See {@link formSchema}. */
export type Form = z.output<typeof formSchema>

const memberSchema = z.strictObject({
  type: z.enum(['String', 'Integer', 'Long', 'Float', 'Boolean', 'Object', 'Array']),
  required: z.literal(true).optional(),
  /** It depends on other members, or parameters, whether it is needed. */
  conditional: z.literal(true).optional(),
  default: z.union([z.string(), z.number()]).optional(),
  enum: z.array(z.string()).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  exclusiveMin: z.number().optional(),
  exclusiveMax: z.number().optional(),
  multipleOf: z.number().optional(),
  maxLength: z.number().optional(),
  lengthUnit: z.enum(['characters', 'bytes']).optional(),
  maxItems: z.number().optional(),
  itemMaxLength: z.number().optional(),
  itemLengthUnit: z.enum(['characters', 'bytes']).optional(),
  /** The forms that it can have, instead of bounds for all. */
  forms: z.array(formSchema).min(2).optional(),
  /** What separates the elements of a list in one text. */
  list: z.string().optional(),
  /** Of an array: the type of its elements. */
  items: z.enum(['String', 'Object']).optional(),
  /** It is an object, or an array of such: the manual has both. */
  several: z.literal(true).optional(),
  /** Name of the structure that the object, or each element, is. */
  structure: z.string().optional(),
})

/** A member of a structure. Numbers may be of the type String: they are written as their digits. */
export type Member = z.output<typeof memberSchema>

/** Members by their names. */
export type Members = Readonly<Record<string, Member>>

const structureSchema = z.union([
  // Which structure it is depends on another parameter, or on another member.
  z.strictObject({ by: z.string(), variants: z.record(z.string(), z.string()) }),
  z.record(z.string(), memberSchema),
])

const documentSchema = z.strictObject({
  service: z.string(),
  /** By `<Action>.<parameter>`: what its JSON is, or what each element of its JSON is. */
  params: z.record(z.string(), z.strictObject({ structure: z.string(), list: z.literal(true).optional() })),
  structures: z.record(z.string(), structureSchema),
})

/** The structures of a service. */
export interface Structures {
  /** The structure in a parameter, and whether the parameter holds a list of them; by `<service>.<Action>.<parameter>`. */
  ofParam: ReadonlyMap<string, { structure: string; list?: true | undefined }>
  /** The members of a structure. `given`: values of what decides between several, by name. */
  membersOf: (name: string, given: Readonly<Record<string, unknown>>) => Members
  /** What decides between several structures of one name, and its values; `undefined` if there is but one. */
  variantsOf: (name: string) => { by: string; values: readonly string[] } | undefined
}

/** Reads them. Throws a `ZodError` if the file is not as it must be. */
export function readStructures(folder = 'conformance'): Structures {
  const { service, params, structures } = documentSchema.parse(JSON.parse(readFileSync(join(folder, 'structures', 'vod.json'), 'utf8')))
  const membersOf = (name: string, given: Readonly<Record<string, unknown>>): Members => {
    const structure = structures[name] ?? {}
    if (!isVariant(structure)) return structure
    return membersOf(structure.variants[String(given[structure.by])] ?? '', given)
  }
  const variantsOf = (name: string) => {
    const structure = structures[name] ?? {}
    return isVariant(structure) ? { by: structure.by, values: Object.keys(structure.variants) } : undefined
  }
  return { ofParam: new Map(Object.entries(params).map(([name, param]) => [`${service}.${name}`, param])), membersOf, variantsOf }
}

const isVariant = (structure: z.output<typeof structureSchema>): structure is { by: string; variants: Record<string, string> } =>
  typeof structure.by === 'string'
