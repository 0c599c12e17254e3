/** Structures that a call gives as JSON and whose form follows from something else: another parameter, or what is to be changed. */

import type { z } from 'zod'
import type { Refusal } from '../../../../base/errors.js'

/** Reads a JSON document that a parameter has held, or refuses the parameter with the member at fault. */
export function readStructure<Schema extends z.ZodType>(
  schema: Schema,
  document: unknown,
  param: string,
  fail: (code: 'InvalidParameter', refusal: Refusal) => never,
): z.output<Schema> {
  const { success, data, error } = schema.safeParse(document)
  if (success) return data
  const [issue] = error.issues
  return fail('InvalidParameter', { param, reason: `at ${issue?.path.join('.') || 'its root'}: ${issue?.message}` })
}
