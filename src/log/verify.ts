/** Were the calls made that should have been? A verdict that explains itself. */

import { z } from 'zod'
import { type LogEntry, lineOf } from './describe.js'
import { type CompiledQuery, type Difference, querySchema } from './query.js'

const timesSchema = z.int().min(0)

/** A query, and how many calls there should be; unless told otherwise, at least one. */
export const checkSchema = querySchema
  .safeExtend({ exactly: timesSchema.optional(), atLeast: timesSchema.optional(), atMost: timesSchema.optional() })
  .refine(({ exactly, atLeast, atMost }) => exactly === undefined || (atLeast === undefined && atMost === undefined), {
    error: 'exactly goes with neither atLeast nor atMost',
  })
  .refine(({ atLeast = 0, atMost = Number.POSITIVE_INFINITY }) => atLeast <= atMost, { error: 'atLeast is more than atMost' })

/** See {@link checkSchema}. */
export type LogCheck = z.input<typeof checkSchema>

/** How many calls there should be. */
export interface Times {
  least: number
  most: number
}

/** A check's number of calls. */
export const timesOf = ({ exactly, atLeast, atMost }: z.output<typeof checkSchema>): Times => ({
  least: exactly ?? atLeast ?? (atMost === undefined ? 1 : 0),
  most: exactly ?? atMost ?? Number.POSITIVE_INFINITY,
})

/** A call that is like those asked for, and where it differs. */
export interface NearCall {
  requestId: string
  time: string
  /** In one line: `vod.GetPlayInfo { VideoId: "v2" } → 200`. */
  call: string
  /** Empty for one of those asked for. */
  differs: Difference[]
}

/** What came of a check. */
export interface Verification {
  ok: boolean
  /** How many calls are as asked for. */
  count: number
  /** How many there should be: `exactly 2`. */
  expected: string
  /** Why it is not ok. */
  error?: string
  /** If it is not ok: the calls asked for where they are too many, else those that are most like them. */
  nearest?: NearCall[]
}

/** Calls that a verdict shows. */
const MAX_NEAR = 3
const MAX_FOUND = 10

/** Counts the calls that a query asks for. `forgotten`: how many earlier calls may have been such, too, and are no longer in the log. */
export function verify(query: CompiledQuery, times: Times, entries: readonly LogEntry[], forgotten: number): Verification {
  const found = entries.filter(query.matches)
  const count = found.length
  const expected = inWords(times)
  const verdict = { count, expected }
  if (count > times.most)
    return {
      ok: false,
      ...verdict,
      error: `expected ${expected} of ${query.text}, and there ${were(count)}`,
      nearest: found.slice(0, MAX_FOUND).map((entry) => near(query, entry)),
    }
  if (count < times.least) {
    return {
      ok: false,
      ...verdict,
      error: `expected ${expected} of ${query.text}, and there ${were(count)} among ${calls(entries.length)}${lost(forgotten)}`,
      nearest: nearestTo(query, entries),
    }
  }
  if (forgotten > 0 && times.most < Number.POSITIVE_INFINITY)
    return {
      ok: false,
      ...verdict,
      error:
        `expected ${expected} of ${query.text}, which cannot be told: ${gone(forgotten)}. ` +
        'Ask for calls since a later time, or have the log forget before what is to be checked',
      nearest: [],
    }
  return { ok: true, ...verdict }
}

/** What is to be said of calls that the log no longer has. */
export const lost = (forgotten: number): string => (forgotten > 0 ? `; ${gone(forgotten)}` : '')

const gone = (forgotten: number): string => `${forgotten} earlier ${forgotten === 1 ? 'call is' : 'calls are'} no longer in the log`

/** The calls that differ least from those asked for; of those that differ equally, the latest. */
function nearestTo(query: CompiledQuery, entries: readonly LogEntry[]): NearCall[] {
  return entries
    .map((entry) => near(query, entry))
    .filter(({ differs }) => differs.length > 0)
    .reverse()
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, MAX_NEAR)
}

/** A call of another Action is further off than one of the same with other parameters. */
const distance = ({ differs }: NearCall): number =>
  differs.reduce((sum, { field }) => sum + (field === 'action' || field === 'service' ? 10 : 1), 0)

const near = (query: CompiledQuery, entry: LogEntry): NearCall => ({
  requestId: entry.requestId,
  time: entry.time,
  call: lineOf(entry),
  differs: query.differences(entry),
})

/** Near calls in lines: each, and below it what differs. */
export const linesOf = (nearest: readonly NearCall[]): string[] =>
  nearest.flatMap(({ time, call, differs }) => [
    `  ${time} ${call}`,
    ...differs.map(({ field, expected, actual }) => `    ${field}: expected ${expected}, was ${actual}`),
  ])

function inWords({ least, most }: Times): string {
  if (least === most) return least === 0 ? 'no call' : `exactly ${calls(least)}`
  if (most === Number.POSITIVE_INFINITY) return `at least ${calls(least)}`
  return least === 0 ? `at most ${calls(most)}` : `${least} to ${calls(most)}`
}

const calls = (count: number): string => `${count} call${count === 1 ? '' : 's'}`

const were = (count: number): string => (count === 0 ? 'was none' : count === 1 ? 'was 1' : `were ${count}`)
