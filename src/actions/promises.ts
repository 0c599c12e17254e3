/**
 * What an output schema cannot say by itself of what the documents promise: which lists are in no particular order, and which optional fields are there
 * whenever there is something for them to say. Documented variation goes by it (docs/testing.md).
 */

import type { z } from 'zod'

const unordered = new WeakSet<z.ZodType>()
const conditional = new WeakSet<z.ZodType>()

/** Marks a list for which no document promises an order. */
export function inAnyOrder<List extends z.ZodArray>(list: List): List {
  unordered.add(list)
  return list
}

/** True for a list for which no order is promised. */
export const isInAnyOrder = (schema: z.ZodType): boolean => unordered.has(schema)

/** An optional field without which an answer is none: the result of a job, say, which is there as soon as the job has succeeded, and not before. */
export function whenKnown<Field extends z.ZodType>(field: Field): z.ZodOptional<Field> {
  const optional = field.optional() as unknown as z.ZodOptional<Field>
  conditional.add(optional)
  return optional
}

/** True for an optional field that is there whenever there is something for it to say. */
export const isConditional = (schema: z.ZodType): boolean => conditional.has(schema)
