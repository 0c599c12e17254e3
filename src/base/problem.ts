/** What is wrong with something that came from outside, in words. */

import { ZodError, type z } from 'zod'

/** What is wrong, in one line: `clock.mode: Invalid option`; of several problems, all. */
export function problemOf(error: unknown): string {
  if (!(error instanceof ZodError)) return error instanceof Error ? error.message : String(error)
  return error.issues.map((issue) => [...(issue.path.length > 0 ? [issue.path.join('.')] : []), messageOf(issue)].join(': ')).join('; ')
}

/** Of a name that cannot be, what the names must be like says more than that it is invalid. */
const messageOf = (issue: z.core.$ZodIssue): string => (issue.code === 'invalid_key' && issue.issues[0]?.message) || issue.message
