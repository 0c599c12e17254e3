/** Asking the log for calls: one shape for code and control API, refused where it can match nothing. */

import { z } from 'zod'
import type { CloudServices } from '../account/types.js'
import { END_OF_TIME, stopwatch } from '../base/clock.js'
import { didYouMean } from '../base/nearest.js'
import { instantSchema } from '../base/time-schemas.js'
import { toIso } from '../base/times.js'
import { type Matcher, matchersSchema, matches, patternSchema, sizeOf } from '../faults/fault.js'
import type { Wildcard } from '../patterns/wildcard.js'
import { type LogEntry, shown } from './describe.js'

const whenSchema = z.union([z.number().min(0).max(END_OF_TIME), instantSchema], {
  error: 'is neither a time such as 2026-01-01T00:00:00Z nor milliseconds since 1970',
})

/** Which calls are meant; what is left out does not count. In names, `*` stands for any characters. */
export const querySchema = z.strictObject({
  /** Service, such as `vod`, or `oss`. */
  service: patternSchema.optional(),
  /** Action, such as `GetPlayInfo` or `Get*`; of OSS, the operation. */
  action: patternSchema.optional(),
  /** Parameters by name, as on the wire (`Tag.1`): a value, a regular expression, or `{"matches": "…"}`. All must match. */
  params: matchersSchema.optional(),
  /** Who called: an AccessKeyId, an ARN, or the name of a RAM user or role. */
  identity: patternSchema.optional(),
  /** HTTP status of the answer. */
  status: z.int().min(100).max(599).optional(),
  /** Error code of a refusal, such as `Throttling*`. */
  code: patternSchema.optional(),
  /** Id of a fault that was applied; `*`: any. */
  fault: patternSchema.optional(),
  /** Of a request to OSS: `bucket/key`. */
  object: patternSchema.optional(),
  /** Not before this time of the account's clock: ISO 8601 UTC, or milliseconds since 1970. */
  since: whenSchema.optional(),
  /** Before this time of the account's clock. */
  until: whenSchema.optional(),
  /** Who has answered, if it was not the emulator: `upstream`, `recording`; `*`: any of them. */
  source: patternSchema.optional(),
  /** True: calls that were refused; false: those that were not. */
  refused: z.boolean().optional(),
})

/** See {@link querySchema}. */
export type LogQuery = z.input<typeof querySchema>

/** A query, read. */
export type ReadQuery = z.output<typeof querySchema>

/** One thing that a call must be, to be one that a query asks for. */
interface Condition {
  /** `action`, `params.VideoId`. */
  field: string
  /** In words: `"vod"`, `/mp4$/`. */
  expected: string
  /** What a call has there; none if nothing was given. */
  actual: (entry: LogEntry) => readonly string[]
  holds: (value: string) => boolean
  /** True for numbers and times, which are shown without quotes. */
  bare: boolean
}

/** How a call differs from what a query asks for. */
export interface Difference {
  field: string
  expected: string
  actual: string
}

/** A query that is ready to be asked. */
export interface CompiledQuery {
  /** Of what calls are to be, in words: `{ action: "GetPlayInfo", params.VideoId: "v1" }`. */
  text: string
  matches: (entry: LogEntry) => boolean
  /** Where a call differs; empty if it is one of those asked for. */
  differences: (entry: LogEntry) => Difference[]
}

/** Makes a query ready. Throws a `RangeError` if a regular expression of it cannot be matched. */
export function compileQuery(query: ReadQuery): CompiledQuery {
  const conditions = conditionsOf(query)
  const holds = ({ actual, holds }: Condition, entry: LogEntry): boolean => actual(entry).some(holds)
  return {
    text: conditions.length === 0 ? 'any kind' : `{ ${conditions.map(({ field, expected }) => `${field}: ${expected}`).join(', ')} }`,
    matches: (entry) => conditions.every((condition) => holds(condition, entry)),
    differences: (entry) =>
      conditions
        .filter((condition) => !holds(condition, entry))
        .map(({ field, expected, actual, bare }) => ({
          field,
          expected,
          actual:
            actual(entry)
              .map((value) => (bare ? value : shown(value)))
              .join(' or ') || 'not there',
        })),
  }
}

function conditionsOf({
  service,
  action,
  params = {},
  identity,
  status,
  code,
  fault,
  object,
  since,
  until,
  source,
  refused,
}: ReadQuery): Condition[] {
  const conditions: Condition[] = []
  const add = (field: string, expected: string, actual: Condition['actual'], holds: Condition['holds'], bare = false): void => {
    conditions.push({ field, expected, actual, holds, bare })
  }
  const equals = (field: string, wanted: number | boolean | undefined, actual: (entry: LogEntry) => number | boolean): void => {
    if (wanted === undefined) return
    const expected = String(wanted)
    add(
      field,
      expected,
      (entry) => [String(actual(entry))],
      (value) => value === expected,
      true,
    )
  }
  const name = (field: string, names: Wildcard | undefined, actual: Condition['actual']): void => {
    if (names !== undefined) add(field, shown(names.pattern), actual, (value) => names.test(value))
  }
  name('service', service, (entry) => some(entry.service))
  name('action', action, (entry) => some(entry.action))
  sizeOf(params, 'params')
  const matches = inTime()
  for (const [param, wanted] of Object.entries(params))
    add(
      `params.${param}`,
      typeof wanted === 'string' ? shown(wanted) : String(wanted),
      (entry) => some(entry.params[param]),
      (value) => matches(wanted, value),
    )
  // As with faults: every ARN begins with "acs:", which "a*" does not mean.
  const isArn = identity?.pattern.includes(':')
  name('identity', identity, (entry) => (isArn ? some(entry.identity) : [...some(entry.accessKeyId), ...some(nameOf(entry.identity))]))
  equals('status', status, (entry) => entry.status)
  name('code', code, (entry) => some(entry.code))
  name('fault', fault, (entry) => entry.faults ?? [])
  name('object', object, (entry) => some(entry.object))
  const time = (entry: LogEntry): string[] => [entry.time]
  // ISO 8601 times are in the order of their letters.
  if (since !== undefined) add('since', toIso(since), time, (value) => value >= toIso(since), true)
  if (until !== undefined) add('until', toIso(until), time, (value) => value < toIso(until), true)
  name('source', source, (entry) => some(entry.source))
  equals('refused', refused, (entry) => entry.code !== undefined)
  return conditions
}

/** Milliseconds that the regular expressions of a query may take, over all calls. */
const LONGEST_SEARCH = 1000

/** Whether values are what they must be; a query that takes too long to find out throws a `RangeError`. */
function inTime(): (wanted: Matcher, value: string) => boolean {
  let spent = 0
  return (wanted, value) => {
    if (typeof wanted === 'string') return matches(wanted, value)
    const started = stopwatch()
    const found = matches(wanted, value)
    spent += stopwatch() - started
    if (spent <= LONGEST_SEARCH) return found
    throw new RangeError('params: the regular expressions take too long for so many calls; ask for fewer, with service, action or since')
  }
}

const some = (value: string | undefined): string[] => (value === undefined ? [] : [value])

/** `alice` of `acs:ram::1234567890123456:user/alice`. */
const nameOf = (arn: string | undefined): string | undefined => arn?.slice(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1)

/**
 * Throws a `RangeError` if a query names a service or an Action that neither exists nor stands in the log: it would match nothing, and a test
 * that expects nothing would pass for ever.
 */
export function checkNames(
  { service, action, since, until }: ReadQuery,
  { catalogue, operations }: CloudServices,
  entries: readonly LogEntry[],
): void {
  if (since !== undefined && until !== undefined && since >= until) throw new RangeError('since: is not before until')
  const services = new Set([
    ...catalogue.services.keys(),
    ...operations.map((each) => each.service),
    ...entries.flatMap((entry) => some(entry.service)),
  ])
  if (service && ![...services].some((each) => service.test(each)))
    throw new RangeError(`service: there is no service ${service}${didYouMean(service.pattern, services)}`)
  if (action === undefined) return
  const all: { service: string | undefined; name: string }[] = [
    ...catalogue.actions.map((each) => ({ service: each.service.name, name: each.name })),
    ...operations,
    ...entries.map((entry) => ({ service: entry.service, name: entry.action ?? '' })),
  ]
  const names = new Set(all.filter((each) => service === undefined || service.test(each.service ?? '')).map(({ name }) => name))
  if ([...names].some((name) => action.test(name))) return
  throw new RangeError(
    `action: there is no Action ${action}${service === undefined ? '' : ` of ${service}`}${didYouMean(action.pattern, names)}`,
  )
}
