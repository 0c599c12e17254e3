/** How deep JSON in a parameter may be nested: found out before anything reads it. */

import { isDeeper } from '../base/json.js'
import type { InputShape, WireParams } from './decoder.js'
import { factsOf } from './param-type.js'

/** The first parameter that is JSON and nested deeper than so many levels. */
export function nestedTooDeeply(shape: InputShape, params: WireParams, levels: number): string | undefined {
  for (const name of params.keys()) {
    const value = params.get(name) as string
    // What is nested so deep has at least as many brackets.
    if (value.length < 2 * levels || !Object.hasOwn(shape, name)) continue
    const { type, format } = factsOf(shape[name] as InputShape[string])
    if ((format === 'json' || type === 'Array') && isDeeper(value, levels)) return name
  }
  return undefined
}
