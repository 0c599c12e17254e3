/** Kinds for several values: separated lists, JSON in a parameter, flattened arrays, and URLs. */

import { z } from 'zod'
import { listOf } from '../base/json.js'
import { ownText } from '../base/own-text.js'
import {
  describeKind,
  factsOf,
  isText,
  NOT_TEXT,
  OWN_LIMIT,
  type ParamTypeFacts,
  paramType,
  Violated,
  type Violation,
} from './param-type.js'

type Codes = Pick<ParamTypeFacts, 'codes'>

/** How many values a list may hold. */
export interface ListOptions extends Codes {
  minItems?: number
  /** Default {@link MAX_ITEMS}, a limit of the emulator's own. */
  maxItems?: number
  /** Whether `maxItems` is a limit of the emulator's own, too. */
  ownLimit?: boolean
}

/** The most elements that an array takes where the manuals set no limit. */
export const MAX_ITEMS = 1000

/** The bounds of a list as facts. */
const boundsOf = ({ minItems = 1, maxItems, ownLimit = maxItems === undefined }: ListOptions) => ({
  minItems,
  maxItems: maxItems ?? MAX_ITEMS,
  ...(ownLimit && { ownLimit }),
})

/** Says how many elements there may be, and whose limit that is. */
export const allowedOf = ({ maxItems = MAX_ITEMS, ownLimit }: Pick<ParamTypeFacts, 'maxItems' | 'ownLimit'>): string =>
  `at most ${maxItems} are allowed${ownLimit ? OWN_LIMIT : ''}`

function countViolation(count: number, bounds: ReturnType<typeof boundsOf>, tooMany: Violation): Violated | undefined {
  const { minItems, maxItems } = bounds
  if (count > maxItems) return new Violated(tooMany, `has ${count} elements, and ${allowedOf(bounds)}`)
  if (count < minItems) return new Violated('value', `has ${count} elements, and at least ${minItems} are needed`)
  return undefined
}

/** Values in one parameter, separated by a comma or another separator; blanks around them do not count. */
export function csv<T>(
  item: z.ZodType<T, string>,
  { separator = ',', minItems, maxItems: most, ownLimit, ...rest }: ListOptions & { separator?: string } = {},
) {
  const bounds = boundsOf({ minItems, maxItems: most, ownLimit })
  const { maxItems } = bounds
  const { type, enum: choices } = factsOf(item)
  // Too many is a wrong value, unless there is a code of its own for what is too long.
  const tooMany = rest.codes?.length === undefined ? 'value' : 'length'
  const facts: ParamTypeFacts = {
    type: type === 'String' ? 'String' : type,
    format: 'list',
    separator,
    ...bounds,
    items: item,
    ...(choices && { enum: choices }),
    ...rest,
  }
  return paramType<T[]>(facts, (value) => {
    const parts = value.split(separator, maxItems + 1).map((part) => ownText(part.trim(), value))
    const wrongCount = countViolation(parts.length, bounds, tooMany)
    if (wrongCount) return wrongCount
    const values: T[] = []
    for (const [index, part] of parts.entries()) {
      if (part === '') return new Violated('value', `has an empty element at position ${index + 1}`)
      const parsed = item.safeParse(part)
      if (!parsed.success) return new Violated('value', `element ${index + 1} ("${part.slice(0, 40)}") ${parsed.error.issues[0]?.message}`)
      values.push(parsed.data)
    }
    return values
  })
}

/**
 * A JSON document in one parameter; `schema` says what it must hold, `maxItems` among that, if it is a list, which stands here for the catalogue.
 * `maxLength` is a limit of the emulator's own: the manuals bound what documents hold, not how they are written.
 */
export function json<T>(schema: z.ZodType<T>, options: Codes & { maxLength?: number; maxItems?: number } = {}): z.ZodType<T, string> {
  const { maxLength, ...rest } = options
  const bound = maxLength !== undefined && ({ maxLength, lengthUnit: 'characters', ownLimit: true } as const)
  return paramType({ type: 'String', format: 'json', ...bound, ...rest }, (value) => {
    if (maxLength !== undefined && value.length > maxLength) return new Violated('length', `has more than ${maxLength} characters`)
    const document = parseJson(value)
    if (document === undefined) return new Violated('format', 'is not JSON')
    if (!isAllText(document)) return NOT_TEXT
    const parsed = schema.safeParse(document)
    if (parsed.success) return parsed.data
    const issue = parsed.error.issues[0]
    return new Violated('value', `at ${issue?.path.join('.') || 'its root'}: ${issue?.message}`)
  })
}

/** A JSON array in one parameter. Of one with more elements than allowed, none is looked at. */
export const jsonList = <Item extends z.ZodType>(item: Item, { minItems = 1, maxItems = MAX_ITEMS }: ListOptions = {}) =>
  json(
    listOf(item, maxItems).refine((elements) => elements.length >= minItems, `has fewer than ${minItems} elements`),
    { maxItems },
  )

/** Documents nested deeper than this are not read: what walks through them does so by calling itself. */
const MAX_LEVELS = 100

/** The value of a JSON document, or `undefined` if the text is not one or is nested too deep. */
export function parseJson(value: string): unknown {
  try {
    const document = JSON.parse(value) as unknown
    return value.length > 2 * MAX_LEVELS && isDeep(document) ? undefined : document
  } catch {
    return undefined
  }
}

function isDeep(document: unknown): boolean {
  let values = [document]
  for (let level = 0; level <= MAX_LEVELS; level++) {
    values = values.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []))
    if (values.length === 0) return false
  }
  return true
}

/** True if all texts in a document are such as may stand in a parameter: escapes can write what a call could not. */
export function isAllText(document: unknown): boolean {
  if (typeof document === 'string') return isText(document)
  if (typeof document !== 'object' || document === null) return true
  return Object.entries(document).every(([name, value]) => isText(name) && isAllText(value))
}

/**
 * Several values under numbered names: `Ids.1`, `Ids.2`, …; also accepted as a JSON array in one parameter, `Ids=["a","b"]`,
 * which the manuals' examples use.
 */
export function repeated<T>(
  item: z.ZodType<T, string>,
  { minItems, maxItems, ownLimit, ...rest }: ListOptions = {},
): z.ZodType<T[], string[]> {
  return describeKind(z.array(item), { type: 'Array', ...boundsOf({ minItems, maxItems, ownLimit }), items: item, ...rest })
}

/** Several objects under numbered names: `Boxes.1.W`, `Boxes.1.H`, …; also accepted as `Boxes=[{"W":0.1,…}]`. */
export function repeatedObject<Shape extends Record<string, z.ZodType>>(
  fields: Shape,
  { minItems, maxItems, ownLimit, ...rest }: ListOptions = {},
) {
  return describeKind(z.array(z.object(fields)), {
    type: 'Array',
    ...boundsOf({ minItems, maxItems, ownLimit }),
    items: describeKind(z.object(fields), { type: 'Object', fields }),
    ...rest,
  })
}

/** An absolute http or https URL without characters that have to be encoded (the vision manuals forbid Chinese characters). */
export function url(options: Codes & { allowEmpty?: boolean } = {}): z.ZodType<string, string> {
  return paramType({ type: 'String', format: 'url', ...options }, (value) => {
    if (value === '') return value
    if (value.length > 2048) return new Violated('url', `has ${value.length} characters, and at most 2048 are allowed`)
    if (/[^\x21-\x7e]/.test(value))
      return new Violated('url', 'holds characters that must be percent-encoded, such as Chinese ones or blanks')
    const parsed = URL.canParse(value) ? new URL(value) : undefined
    if (!parsed || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:'))
      return new Violated('url', 'is not an absolute http or https URL')
    return value
  })
}
