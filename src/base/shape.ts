/** What is said in JSON Schema of values that a zod schema checks by code, or leaves to others to check. */

import { z } from 'zod'

const shapes = new WeakMap<z.ZodType, z.ZodType>()

/** Says of a schema that says nothing of itself which schema its values follow, as they are written; returns it. */
export function withShape<Schema extends z.ZodType>(schema: Schema, shape: z.ZodType): Schema {
  shapes.set(schema, shape)
  return schema
}

/** What {@link withShape} has said of a schema. */
export const shapeOf = (schema: z.ZodType): z.ZodType | undefined => shapes.get(schema)

/** Values that are handed on as they were written, to somebody who reads them by `shape` and says what is wrong with them. */
export const readLater = <Schema extends z.ZodType>(shape: Schema) => withShape(z.custom<z.input<Schema>>(), shape)

/** Values of a type that only the compiler checks, as answers are; `shape` is what a reader is told of them. */
export const shaped = <T>(shape: z.ZodType) => withShape(z.custom<T>(), shape)
