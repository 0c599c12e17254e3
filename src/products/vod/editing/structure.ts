/** Members of the JSON structures of editing: null stands for what is not there, and numbers and truth values may be text. */

import { z } from 'zod'

/** A member that may be left out. */
export const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? undefined)

const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/

/** Limits of a number, both inclusive. */
interface Limits {
  min?: number
  max?: number
  /** Whether it has no decimals. */
  whole?: boolean
}

/** A number, written as one or as text. */
export const decimal = ({ min = -Number.MAX_VALUE, max = Number.MAX_VALUE, whole = false }: Limits = {}) =>
  z.unknown().transform((value, context): number => {
    const number = typeof value === 'string' && DECIMAL.test(value) ? Number(value) : value
    const problem =
      typeof number !== 'number' || (whole && !Number.isInteger(number))
        ? `is not a ${whole ? 'whole ' : ''}number`
        : number < min
          ? `is ${number}, and at least ${min} is needed`
          : number > max
            ? `is ${number}, and at most ${max} is allowed`
            : undefined
    if (problem === undefined) return number as number
    context.addIssue({ code: 'custom', message: problem })
    return z.NEVER
  })

/** True or false, written as such or as text. */
export const flag = () =>
  z.unknown().transform((value, context): boolean => {
    const lower = typeof value === 'string' ? value.toLowerCase() : value
    if (lower === true || lower === 'true') return true
    if (lower === false || lower === 'false') return false
    context.addIssue({ code: 'custom', message: 'is neither true nor false' })
    return z.NEVER
  })

/** A text; clients write ids and the like as numbers, too. */
export const textual = () => z.union([z.string(), z.number().transform(String)], { error: 'is not a text' })
