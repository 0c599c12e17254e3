/** The result of a replay in words. */

import { toIso } from '../../src/index.js'
import type { Difference, ReplayReport } from './replay.js'

/** `500 calls, identical`, or the first difference in three lines. */
export function formatReport({ calls, compared, difference }: ReplayReport): string {
  if (difference) return formatDifference(difference)
  return calls === compared ? `${calls} calls, identical` : `${calls} calls, ${compared} of them with a recorded reply, identical`
}

function formatDifference({ what, at, where, expected, actual }: Difference): string {
  const when = at === undefined ? '' : ` at ${toIso(at)}`
  return `${what}${when}: ${where} differs\n  recorded ${expected}\n  replayed ${actual}`
}
