/** What the manuals and the interface files of the SDKs say of each Action, as data that was written down apart from the code. */

import { z } from 'zod'

/** A parameter as the manual's table has it, by its name on the wire: `Boxes.N.W`. */
const manualParamSchema = z.strictObject({
  type: z.string(),
  required: z.boolean(),
  /** It depends on other parameters whether it is needed, or may be given. */
  conditional: z.literal(true).optional(),
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
  enum: z.array(z.string()).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  exclusiveMin: z.number().optional(),
  exclusiveMax: z.number().optional(),
  /** Beyond its bounds the nearest one holds. */
  clamped: z.literal(true).optional(),
  maxLength: z.number().optional(),
  lengthUnit: z.enum(['characters', 'bytes']).optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  itemMaxLength: z.number().optional(),
  itemLengthUnit: z.enum(['characters', 'bytes']).optional(),
  /** What separates the elements of a list in one parameter. */
  list: z.string().optional(),
  format: z.enum(['url', 'date-time', 'json']).optional(),
  /** Name of the structure that the JSON has. */
  json: z.string().optional(),
  allowEmpty: z.boolean().optional(),
})

/** An error row: the status is missing where the manual shows a code without one, the message where it explains the code only. */
const errorRowSchema = z.strictObject({ status: z.number().optional(), message: z.string().optional() })

const manualActionSchema = z.strictObject({
  /** Chapter of the manual. */
  chapter: z.string(),
  kind: z.literal('async').optional(),
  limit: z.strictObject({ limit: z.int(), per: z.enum(['second', 'day']) }).optional(),
  params: z.record(z.string(), manualParamSchema),
  /** Fields of the answer by their paths: `VideoList[].Title`. */
  response: z.record(z.string(), z.strictObject({ type: z.string(), enum: z.array(z.string()).optional() })),
  /** Rows of the Action's own error table. */
  errors: z.record(z.string(), errorRowSchema),
  /** The manual's example; ids in it are masked. */
  example: z.strictObject({ params: z.record(z.string(), z.string()), answer: z.json().optional() }),
})

export const manualSchema = z.strictObject({
  service: z.string(),
  version: z.string(),
  /** The service's table of common errors. */
  errors: z.record(z.string(), errorRowSchema),
  actions: z.record(z.string(), manualActionSchema),
})

const wireActionSchema = z.strictObject({
  /** Where SDKs put the parameters. */
  in: z.enum(['query', 'body']).optional(),
  params: z.record(z.string(), z.strictObject({ type: z.string(), required: z.literal(true).optional() })),
  /** Types by path: `VideoList[].Title`. */
  response: z.record(z.string(), z.string()),
})

export const wireSchema = z.strictObject({ service: z.string(), version: z.string(), actions: z.record(z.string(), wireActionSchema) })

export type ManualParam = z.output<typeof manualParamSchema>
export type ManualAction = z.output<typeof manualActionSchema>
export type ErrorRow = z.output<typeof errorRowSchema>
export type WireAction = z.output<typeof wireActionSchema>
