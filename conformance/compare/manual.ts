/** An Action beside its page of the manual. */

import { describeParam, type ParamDescription } from '../../src/catalogue/describe.js'
import type { Action } from '../../src/index.js'
import type { Facts } from '../facts/facts.js'
import type { ErrorRow, ManualParam } from '../facts/schema.js'
import type { Difference } from './difference.js'

/** In what an Action differs from the manual: limit, parameters, errors. */
export function comparedWithManual(action: Action, { manual, commonErrors }: Facts): Difference[] {
  const page = manual.get(action.id)
  if (page === undefined) return []
  const described = new Map(
    Object.entries(action.input).flatMap(([name, kind]) => describeParam(name, kind).map((each) => [each.name, each])),
  )
  const found: Difference[] = []
  const check = (what: string, said: unknown, held: unknown): void => {
    if (JSON.stringify(said) !== JSON.stringify(held)) found.push({ action: action.id, source: 'manual', what, said, held })
  }
  check('limit', page.limit, action.limit)
  check('asynchronous', page.kind === 'async', action.job !== undefined)
  for (const name of new Set([...Object.keys(page.params), ...described.keys()])) {
    const said = page.params[name]
    const held = described.get(name)
    check(`params.${name}`, said && true, held && true)
    if (said !== undefined && held !== undefined) {
      const [left, right] = [saidOf(said), heldOf(held)]
      for (const aspect of Object.keys(left) as (keyof Aspects)[]) check(`params.${name}.${aspect}`, left[aspect], right[aspect])
    }
  }
  const common = commonErrors.get(action.service.name) ?? {}
  for (const [code, row] of Object.entries({ ...common, ...page.errors })) compareError(check, code, row, action)
  for (const code of Object.keys(action.errors))
    if (!(code in page.errors) && !(code in action.service.errors)) check(`errors.${code}`, undefined, true)
  return found
}

/** What is compared of a parameter. */
interface Aspects {
  type: string | undefined
  required: boolean
  default: string | undefined
  enum: readonly string[] | undefined
  min: number | undefined
  max: number | undefined
  maxLength: string | undefined
  minItems: number | undefined
  maxItems: number | undefined
  itemMaxLength: string | undefined
  format: string | undefined
}

function saidOf(param: ManualParam): Aspects {
  const whole = param.type === 'Integer' || param.type === 'Long'
  return {
    type: param.type,
    required: param.required,
    default: param.default === undefined ? undefined : String(param.default),
    enum: param.enum && [...param.enum].sort(),
    min: param.clamped ? undefined : (param.min ?? (whole && param.exclusiveMin !== undefined ? param.exclusiveMin + 1 : undefined)),
    max: param.clamped ? undefined : (param.max ?? (whole && param.exclusiveMax !== undefined ? param.exclusiveMax - 1 : undefined)),
    maxLength: param.maxLength === undefined ? undefined : `${param.maxLength} ${param.lengthUnit}`,
    minItems: param.minItems !== undefined && param.minItems > 1 ? param.minItems : undefined,
    maxItems: param.maxItems,
    itemMaxLength: param.itemMaxLength === undefined ? undefined : `${param.itemMaxLength} ${param.itemLengthUnit}`,
    format: param.list === undefined ? param.format : 'list',
  }
}

function heldOf(param: ParamDescription): Aspects {
  const own = param.ownLimit === true
  return {
    type: param.type,
    required: param.required,
    default: param.default === undefined ? undefined : String(param.default),
    enum: param.enum && [...param.enum].sort(),
    min: param.min,
    max: own ? undefined : param.max,
    maxLength: own || param.maxLength === undefined ? undefined : `${param.maxLength} ${param.lengthUnit ?? 'characters'}`,
    minItems: param.minItems !== undefined && param.minItems > 1 ? param.minItems : undefined,
    maxItems: own ? undefined : param.maxItems,
    itemMaxLength: param.itemMaxLength === undefined ? undefined : `${param.itemMaxLength} ${param.lengthUnit ?? 'characters'}`,
    format: param.format,
  }
}

/** Placeholders as they are written by the manuals and by the definitions. */
const PLACEHOLDER = /\{\w+\}|\$\w+|\\|%\w|"X"/g

const plain = (message: string): string =>
  message
    .replaceAll(PLACEHOLDER, '')
    .replaceAll(/[\s"'.]+/g, ' ')
    .trim()
    .toLowerCase()

function compareError(check: (what: string, said: unknown, held: unknown) => void, code: string, row: ErrorRow, action: Action): void {
  const spec = action.errors[code]
  check(`errors.${code}`, true, spec && true)
  if (spec === undefined) return
  if (row.status !== undefined) check(`errors.${code}.status`, row.status, spec.status)
  if (row.message !== undefined && plain(row.message) !== plain(spec.message)) check(`errors.${code}.message`, row.message, spec.message)
}
