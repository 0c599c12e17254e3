/** Assertions on the calls that an account has had, for any test runner. */

import { AssertionError } from 'node:assert'
import type { Account } from '../account/types.js'
import { type LogEntry, lineOf } from '../log/describe.js'
import type { LogQuery } from '../log/query.js'
import { linesOf, lost, type Verification } from '../log/verify.js'

/** Calls that a failure lists. */
const MAX_LISTED = 20

/** What can be asserted. Each throws an `AssertionError` that shows the calls there were; a query that can match nothing throws a `RangeError`. */
export interface CallExpectations {
  /** At least one call is as the query says. */
  toInclude(query: LogQuery): void
  /** So many calls are as the query says. */
  toHaveCount(query: LogQuery, count: number): void
  /** There are calls as the queries say, each later than the one before; others may stand between them. */
  toBeInOrder(queries: readonly LogQuery[]): void
  not: {
    /** No call is as the query says. */
    toInclude(query: LogQuery): void
  }
}

/**
 * Asserts something of the calls that an account has had:
 *
 * ```ts
 * expectCalls(account).toInclude({ action: 'SegmentVideoBody', params: { VideoUrl: /\.mp4$/ } })
 * ```
 */
export function expectCalls({ log }: Pick<Account, 'log'>): CallExpectations {
  const check = (verification: Verification, assertion: (...args: never[]) => void): void => {
    const { ok, error = '', nearest = [], count, expected } = verification
    if (ok) return
    const shown = nearest.some(({ differs }) => differs.length > 0) ? ['', 'most like them:', ...linesOf(nearest)] : []
    fail([error, ...shown, ...listed(log.all())], assertion, `${count} calls`, expected)
  }
  const expectations: CallExpectations = {
    toInclude: (query) => check(log.verify(query), expectations.toInclude),
    toHaveCount: (query, count) => check(log.verify({ ...query, exactly: count }), expectations.toHaveCount),
    toBeInOrder(queries) {
      const entries = log.all()
      let next = 0
      for (const [index, query] of queries.entries()) {
        const { matches, text } = log.compile(query, entries)
        const position = entries.findIndex((entry, at) => at >= next && matches(entry))
        if (position < 0) {
          const before = entries[next - 1]
          const where = before ? `after ${lineOf(before)}` : 'in the log'
          const problem = `expected a call of ${text} (number ${index + 1} of ${queries.length}) ${where}, and there was none`
          fail([problem + lost(log.forgotten), ...listed(entries)], expectations.toBeInOrder)
        }
        next = position + 1
      }
    },
    not: { toInclude: (query) => check(log.verify({ ...query, exactly: 0 }), expectations.not.toInclude) },
  }
  return expectations
}

function listed(entries: readonly LogEntry[]): string[] {
  if (entries.length === 0) return ['', 'there were no calls']
  const earlier = entries.length - MAX_LISTED
  return [
    '',
    'all calls:',
    ...(earlier > 0 ? [`  … ${earlier} earlier ones`] : []),
    ...entries.slice(-MAX_LISTED).map((entry) => `  ${entry.time} ${lineOf(entry)}`),
  ]
}

function fail(lines: readonly string[], stackStartFn: (...args: never[]) => void, actual?: string, expected?: string): never {
  throw new AssertionError({ message: lines.join('\n'), operator: 'expectCalls', stackStartFn, actual, expected })
}
