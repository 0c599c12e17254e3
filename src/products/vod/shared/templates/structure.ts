/** What the JSON structures of templates and timelines are made of (VOD manual 17): clients write their members in several forms, which are read as one. */

import { z } from 'zod'
import { listOf as elementsOf } from '../../../../base/json.js'
import { parseJson } from '../../../../params/structures.js'

/** What is said of a member that is mandatory and not there, or else of one that is not of its type. */
const orMissing = (otherwise: string) => (issue: { input?: unknown }) => (issue.input === undefined ? 'is missing' : otherwise)

/** Structures inside structures are written as they are, or as JSON text: requests in the manual have the one, answers the other. */
const fromText = (value: unknown): unknown => (typeof value === 'string' ? (parseJson(value) ?? value) : value)

/** Other names that members go by. */
type Aliases = Readonly<Record<string, string>>

/** Members that are null or empty text are as if they were not there. */
function membersOf(value: unknown, aliases: Aliases): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const members = Object.entries(value).filter(([, member]) => member !== null && member !== '')
  return Object.fromEntries(members.map(([name, member]) => [aliases[name] ?? name, member]))
}

/** An object, whose members are made when the first one is read; members that are not known are ignored. */
export const structure = <Shape extends z.ZodRawShape>(shape: () => Shape, aliases: Aliases = {}) =>
  z.preprocess(
    (value) => membersOf(fromText(value), aliases),
    z.lazy(() => z.object(shape(), { error: orMissing('is not an object') })),
  )

/** Several of something; one alone may be written without the brackets. */
export const listOf = <Item extends z.ZodType>(item: Item, { min = 0, max = 100 } = {}) =>
  z.preprocess(
    (given) => {
      const value = fromText(given)
      return typeof value === 'object' && value !== null && !Array.isArray(value) ? [value] : value
    },
    elementsOf(item, max, orMissing('is not a list')).refine((elements) => elements.length >= min, `has fewer than ${min} elements`),
  )

/** Words, such as a name: at most so many bytes. */
export const words = (maxBytes: number) =>
  z.string({ error: orMissing('is not text') }).refine((value) => Buffer.byteLength(value) <= maxBytes, `has more than ${maxBytes} bytes`)

/** What a number must be like. */
export interface Limits {
  min?: number
  max?: number
  /** It is more than this. */
  above?: number
  /** It is less than this. */
  below?: number
  whole?: boolean
  /** It is a multiple of two. */
  even?: boolean
}

const DECIMAL = /^-?\d{1,15}(?:\.\d{1,15})?$/

/** What is wrong with a number, which is not one if it is not written as templates write them. */
const problemOf = (value: string, limits: Limits): string | undefined =>
  DECIMAL.test(value) ? excessOf(Number(value), limits) : 'is not a number'

function excessOf(value: number, { min, max, above, below, whole, even }: Limits): string | undefined {
  if ((whole || even) && !Number.isInteger(value)) return `is ${value}, and not a whole number`
  if (even && value % 2 !== 0) return `is ${value}, and not an even number`
  if (min !== undefined && value < min) return `is ${value}, less than ${min}`
  if (max !== undefined && value > max) return `is ${value}, more than ${max}`
  if (above !== undefined && value <= above) return `is ${value}, not more than ${above}`
  if (below !== undefined && value >= below) return `is ${value}, not less than ${below}`
  return undefined
}

const numberOrText = (otherwise: string) => z.union([z.string(), z.number()], { error: orMissing(otherwise) })

/** A number that the manual has as text: `"640"`; a JSON number is taken, too. */
export const numeral = (limits: Limits = {}) => numeralWithin(limits)

/** A number in one of several ranges. */
export const numeralWithin = (...ranges: [Limits, ...Limits[]]) =>
  numberOrText('is not a number').transform((given, context) => {
    const text = String(given).trim()
    const problems = ranges.map((limits) => problemOf(text, limits))
    if (problems.includes(undefined)) return text
    context.addIssue({ code: 'custom', message: [...new Set(problems)].join('; ') })
    return z.NEVER
  })

/** A whole number that the manual has as a number; the same as text is taken, too. */
export const wholeNumber = (limits: Limits = {}) => numeral({ ...limits, whole: true }).transform(Number)

const ANY_DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/

/** A number that the manual has as a number, with decimals or without; the same as text is taken, too. */
export const decimal = ({ max = Number.MAX_VALUE, ...limits }: Limits = {}) =>
  numberOrText('is not a number').transform((given, context): number => {
    const number = typeof given === 'number' || ANY_DECIMAL.test(given) ? Number(given) : Number.NaN
    const problem = Number.isNaN(number) ? 'is not a number' : excessOf(number, { ...limits, max })
    if (problem === undefined) return number
    context.addIssue({ code: 'custom', message: problem })
    return z.NEVER
  })

/** Text of any length, such as an id; a number is taken, too. */
export const textual = () => numberOrText('is not text').transform(String)

/** One of these values. They are written exactly so, unless any letter case will do. */
export const choice = <const Choice extends string>(choices: readonly Choice[], { anyCase = false } = {}) =>
  numberOrText('is not text').transform((given, context): Choice => {
    const text = String(given)
    const found = choices.find((each) => each === text || (anyCase && each.toLowerCase() === text.toLowerCase()))
    if (found !== undefined) return found
    context.addIssue({ code: 'custom', message: `is none of ${choices.length > 30 ? 'the values allowed' : choices.join(', ')}` })
    return z.NEVER
  })

/** `"true"` or `"false"` as text; a JSON boolean is taken, too. */
export const flag = () =>
  z.union([z.string(), z.boolean()], { error: orMissing('is neither true nor false') }).transform((given, context) => {
    const text = String(given).toLowerCase()
    if (text === 'true' || text === 'false') return text
    context.addIssue({ code: 'custom', message: 'is neither true nor false' })
    return z.NEVER
  })

/** True or false; the same as text is taken, too. */
export const truth = () => flag().transform((text) => text === 'true')

/** Seconds of a day: `12000.55`, or `03:20:00.550`. */
const MOMENT = /^(?:(?:[01]?\d|2[0-3]):[0-5]?\d:[0-5]?\d|\d{1,5})(?:\.\d{1,3})?$/

/** A point in a video, or a length of time, up to the last millisecond of a day. */
export const moment = () =>
  numberOrText('is not a time').transform((given, context) => {
    const text = String(given).trim()
    if (MOMENT.test(text) && secondsOf(text) < 86_400) return text
    context.addIssue({ code: 'custom', message: 'is neither seconds such as 12000.55 nor a time such as 03:20:00.550, below 24 hours' })
    return z.NEVER
  })

/** The seconds that a {@link moment} is. */
export const secondsOf = (moment: string): number => moment.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0)

/** An http or https address; with extensions, that of a file with one of them. */
export const address = (...extensions: string[]) =>
  words(1024).refine(
    (value) => {
      const url = /^https?:\/\//i.test(value) && URL.canParse(value) ? new URL(value) : undefined
      return url !== undefined && (extensions.length === 0 || extensions.includes(url.pathname.toLowerCase().split('.').at(-1) ?? ''))
    },
    `is not an absolute http or https URL${extensions.length === 0 ? '' : ` of a file with the extension ${extensions.join(' or ')}`}`,
  )
