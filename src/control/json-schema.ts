/** JSON Schema of zod schemas, for OpenAPI: what has a name is written once, among the components. */

import { z } from 'zod'
import { shapeOf } from '../base/shape.js'

type Json = Record<string, unknown>

/** Where OpenAPI keeps schemas. */
const COMPONENTS = '#/components/schemas/'

/** What zod calls parts of a schema that contains itself. Here these are always values of any kind of JSON. */
const RECURSIVE = /^__schema\d+$/

/** Schemas of one document. */
export class JsonSchemas {
  readonly components: Json = {}
  readonly #known = { input: new Map<z.ZodType, Json>(), output: new Map<z.ZodType, Json>() }

  /** The schema of what is written (`input`), or of what is answered (`output`). */
  of(schema: z.ZodType, io: 'input' | 'output'): Json {
    const known = this.#known[io].get(schema)
    if (known) return known
    const {
      $schema: _,
      $defs = {},
      ...converted
    } = z.toJSONSchema(schema, {
      io,
      unrepresentable: 'any',
      override: ({ zodSchema, jsonSchema }) => {
        const shape = shapeOf(zodSchema as unknown as z.ZodType)
        if (shape === undefined) return
        // Answers, too, show such values as they were written.
        const { description } = jsonSchema
        for (const name of Object.keys(jsonSchema)) delete jsonSchema[name]
        Object.assign(jsonSchema, this.of(shape, 'input'), description !== undefined && { description })
      },
    }) as Json & { $defs?: Record<string, Json> }
    const { id, ...own } = this.#named(converted) as Json
    for (const [name, part] of Object.entries($defs)) {
      const { id: _id, ...content } = this.#named(part) as Json
      this.components[nameOf(name)] ??= RECURSIVE.test(name) ? {} : content
    }
    const result = typeof id === 'string' ? { $ref: COMPONENTS + id } : own
    if (typeof id === 'string') this.components[id] ??= own
    this.#known[io].set(schema, result)
    return result
  }

  /** The same with references into the components. */
  #named(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((each) => this.#named(each))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [
        name,
        name === '$ref' && typeof each === 'string'
          ? each.replace(/^#\/\$defs\/(.*)$/, (_, part: string) => COMPONENTS + nameOf(part))
          : this.#named(each),
      ]),
    )
  }
}

const nameOf = (name: string): string => (RECURSIVE.test(name) ? 'AnyJson' : name)
