/** What of the manual's constraints is checked: all but those of which it is known, and decided, that they are not as the manual has them. */

import type { ManualParam } from '../facts/schema.js'
import type { CheckedParam } from './params.js'

/** `<service>.<Action> params.<name>.<aspect>` of the known differences, from their lines. */
export const aspectsOf = (lines: readonly string[]): ReadonlySet<string> =>
  new Set(
    lines.flatMap(
      (line) =>
        / manual (params\.\S+?): /
          .exec(line)
          ?.slice(1)
          .map((what) => `${line.split(' ', 1)[0]} ${what}`) ?? [],
    ),
  )

const BOUNDS = ['min', 'max', 'maxItems', 'format'] as const

/** A parameter of an Action without the constraints in `known`. */
export function checkedParam(action: string, name: string, param: ManualParam, known: ReadonlySet<string>): CheckedParam {
  const differs = (aspect: string): boolean => known.has(`${action} params.${name}.${aspect}`)
  return {
    ...param,
    ...(differs('required') && { required: false, conditional: true }),
    ...(differs('enum') && { open: true }),
    ...Object.fromEntries(BOUNDS.filter(differs).map((aspect) => [aspect, undefined])),
  }
}
