/** What a value of a parameter must be, in words. */

import type { ParamDescription } from '../../src/catalogue/describe.js'
import type { Words } from './words/words.js'

/** All limits of a parameter in one line; nothing if it has none. */
export function limitsOf(param: ParamDescription, { limits: say }: Words): string {
  const {
    enum: choices,
    min,
    max,
    minLength,
    maxLength,
    lengthUnit = 'characters',
    maxItems,
    itemMaxLength,
    format,
    separator = ',',
    ownLimit,
  } = param
  const isList = format === 'list'
  return [
    choices && say.oneOf(choices, isList),
    min !== undefined && say.atLeast(min),
    max !== undefined && say.atMost(max),
    minLength !== undefined && say.length('min', minLength, lengthUnit, isList),
    maxLength !== undefined && say.length('max', maxLength, lengthUnit, isList),
    maxItems !== undefined && say.maxItems(maxItems),
    itemMaxLength !== undefined && say.length('max', itemMaxLength, lengthUnit, true),
    format !== undefined && (isList ? say.separatedBy(separator) : say.formats[format]),
    ownLimit && say.ownLimit,
  ]
    .filter(Boolean)
    .join(say.comma)
}
