/** From the values that a caller passes to those that travel: what the decoder of an Action reads, backwards. */

import type { z } from 'zod'
import { toUtcSeconds } from '../base/times.js'
import type { ParamValue } from '../http/flatten-params.js'
import type { InputShape } from '../params/decoder.js'
import { factsOf } from '../params/param-type.js'

/**
 * Encodes parameters by the kinds of an Action's definition. Text travels as it is whatever the kind, and so do parameters that the Action does not
 * know: a test can send what the service will refuse.
 */
export const encodeParams = (shape: InputShape, params: object): Record<string, ParamValue> =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, encode(value, Object.hasOwn(shape, name) ? shape[name] : undefined)]),
  )

function encode(value: unknown, kind: z.ZodType | undefined): ParamValue {
  if (kind === undefined || value === undefined || value === null || typeof value === 'string') return value as ParamValue
  const { format, separator, items, fields } = factsOf(kind)
  if (format === 'json') return JSON.stringify(value)
  if (format === 'date-time' && typeof value === 'number') return toUtcSeconds(value)
  if (Array.isArray(value)) {
    const elements = value.map((each) => encode(each, items))
    return format === 'list' ? elements.join(separator) : elements
  }
  return fields === undefined || typeof value !== 'object' ? (value as ParamValue) : encodeParams(fields, value)
}
