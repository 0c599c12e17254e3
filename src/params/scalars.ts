/** Kinds for one value: text, numbers, booleans, choices, UTC times. */

import type { z } from 'zod'
import { fromIso } from '../base/times.js'
import { type ParamTypeFacts, paramType, Violated } from './param-type.js'

type Codes = Pick<ParamTypeFacts, 'codes'>

/** Whose a bound is. */
type OwnLimit = Pick<ParamTypeFacts, 'ownLimit'>

/** Limits of a text. */
export interface TextOptions extends Codes, OwnLimit {
  minLength?: number
  /** At most this many characters (Unicode code points). */
  maxLength?: number
  /** At most this many bytes of UTF-8. */
  maxBytes?: number
  pattern?: RegExp
  allowEmpty?: boolean
}

/** Any text, within limits counted in characters or in bytes. */
export function text({ minLength, maxLength, maxBytes, pattern, ...rest }: TextOptions = {}): z.ZodType<string, string> {
  const limit = maxBytes ?? maxLength
  const lengthUnit = maxBytes === undefined ? 'characters' : 'bytes'
  return paramType(
    { type: 'String', ...(minLength && { minLength }), ...(limit && { maxLength: limit, lengthUnit }), ...rest },
    (value) => {
      const length = lengthUnit === 'bytes' ? Buffer.byteLength(value) : value.length > (limit ?? 0) ? [...value].length : value.length
      if (limit !== undefined && length > limit)
        return new Violated('length', `has ${length} ${lengthUnit}, and at most ${limit} are allowed`)
      if (minLength !== undefined && length < minLength)
        return new Violated('length', `has ${length} ${lengthUnit}, and at least ${minLength} are needed`)
      if (pattern && !pattern.test(value)) return new Violated('value', `does not match ${pattern}`)
      return value
    },
  )
}

/** Limits of a number, both inclusive. */
export interface NumberOptions extends Codes, OwnLimit {
  min?: number
  max?: number
}

const WHOLE = /^[+-]?\d+$/
const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/

function number(
  type: 'Integer' | 'Long' | 'Float',
  form: RegExp,
  [lowest, highest]: readonly [number, number],
  { min = lowest, max = highest, ...rest }: NumberOptions,
): z.ZodType<number, string> {
  const limits = { ...(min !== lowest && { min }), ...(max !== highest && { max }) }
  return paramType({ type, ...limits, ...rest }, (value) => {
    if (!form.test(value)) return new Violated('format', `is not ${type === 'Float' ? 'a number' : 'a whole number'}`)
    const parsed = Number(value)
    if (parsed < min || parsed > max) return new Violated('value', `is ${value.slice(0, 40)}, outside ${min} to ${max}`)
    return parsed
  })
}

/** A whole number of 32 bits. */
export const integer = (options: NumberOptions = {}): z.ZodType<number, string> =>
  number('Integer', WHOLE, [-2_147_483_648, 2_147_483_647], options)

/** A whole number; beyond 2^53 - 1, where JSON numbers lose digits, it is refused. */
export const long = (options: NumberOptions = {}): z.ZodType<number, string> =>
  number('Long', WHOLE, [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER], options)

/** A whole number that manual and SDKs have as text. */
export const integerText = (options: NumberOptions = {}): z.ZodType<number, string> => {
  const whole = long(options)
  return paramType({ type: 'String', ...options }, (value) => {
    const { success, data, error } = whole.safeParse(value)
    return success ? data : new Violated('value', error.issues[0]?.message ?? '')
  })
}

/** A decimal number. */
export const float = (options: NumberOptions = {}): z.ZodType<number, string> =>
  number('Float', DECIMAL, [-Number.MAX_VALUE, Number.MAX_VALUE], options)

/** `true` or `false`, in any letter case. */
export function boolean(options: Codes = {}): z.ZodType<boolean, string> {
  return paramType({ type: 'Boolean', ...options }, (value) => {
    const lower = value.toLowerCase()
    return lower === 'true' ? true : lower === 'false' ? false : new Violated('format', 'is neither true nor false')
  })
}

/** One of the given values, exactly as written. */
export function oneOf<const Choice extends string>(choices: readonly Choice[], options: Codes = {}): z.ZodType<Choice, string> {
  return paramType({ type: 'String', enum: choices, ...options }, (value) =>
    (choices as readonly string[]).includes(value) ? (value as Choice) : new Violated('value', `is none of ${choices.join(', ')}`),
  )
}

/** A UTC time `YYYY-MM-DDThh:mm:ssZ`; the value is in milliseconds since 1970. */
export function utcTime(options: Codes = {}): z.ZodType<number, string> {
  return paramType(
    { type: 'String', format: 'date-time', ...options },
    (value) => fromIso(value) ?? new Violated('format', 'is not a time such as 2026-01-01T00:00:00Z'),
  )
}
