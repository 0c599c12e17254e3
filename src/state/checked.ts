/**
 * Records, and changed ones, checked. What was checked before is not checked again, nor copied: of a record with a list of a hundred things, adding one more
 * costs little more than adding the first.
 */

import type { z } from 'zod'
import { parseOptions } from '../base/parse.js'
import { draftOf, frozen } from './draft.js'
import { make, UNCLEAR } from './make.js'

/**
 * These values as the schema makes them, to be changed no more. They share nothing with those given that can be changed, nor what these share with the
 * record that they replace, if there is one. Throws a `ZodError` if they are not as the schema says.
 */
export function checked<Schema extends z.ZodType>(schema: Schema, values: unknown, former?: z.output<Schema>): z.output<Schema> {
  const made = make(schema, values, former)
  // The whole says where in it something is wrong.
  return made === UNCLEAR ? frozen(schema.parse(draftOf(values), parseOptions(schema))) : (made as z.output<Schema>)
}
