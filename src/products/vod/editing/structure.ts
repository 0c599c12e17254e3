/** What the JSON structures of editing are made of: members that are null or empty text are not there, numbers and truth values may be text. */

import { z } from 'zod'

/** An object; members that are null or empty text are as if they were not there, and those that are not known count for nothing. */
export const structure = <Shape extends z.ZodRawShape>(shape: Shape) => z.preprocess(withoutEmpty, z.object(shape))

function withoutEmpty(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null && member !== ''))
}

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
