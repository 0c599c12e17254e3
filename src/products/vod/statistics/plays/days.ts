/** Days that the Actions about plays are asked for, and which of them there are statistics of (manual 14.2). */

import type { Account } from '../../../../account/types.js'
import type { ErrorTable, Refusal } from '../../../../base/errors.js'
import { utcTime } from '../../../../params/scalars.js'
import { startOfDay } from '../../shared/traffic/slices.js'

const DAY = 86_400_000

/** How far from each other StartTime and EndTime may be. */
const MAX_DAYS = 180

export const dayErrors = {
  'InvalidStartTime.Malformed': { status: 400, message: 'Specified StartTime is malformed.' },
  'InvalidEndTime.Malformed': { status: 400, message: 'Specified EndTime is malformed.' },
  'InvalidEndTime.BeyondCurrent': { status: 400, message: 'EndTime beyond current time.' },
  'InvalidEndTime.Mismatch': { status: 400, message: 'StartTime or EndTime is mismatch.' },
} as const satisfies ErrorTable

export const dayParams = {
  StartTime: utcTime({ codes: { format: 'InvalidStartTime.Malformed' } }),
  EndTime: utcTime({ codes: { format: 'InvalidEndTime.Malformed' } }),
}

/** The days that a call asks for and of which there are statistics: they begin from `from` to before `until`. */
export function daysAsked(
  account: Account,
  { StartTime, EndTime }: { StartTime: number; EndTime: number },
  fail: (code: 'InvalidEndTime.BeyondCurrent' | 'InvalidEndTime.Mismatch', refusal: Refusal) => never,
): { from: number; until: number } {
  if (EndTime > account.clock.now()) fail('InvalidEndTime.BeyondCurrent', { param: 'EndTime', reason: 'has not come yet' })
  if (EndTime <= StartTime) fail('InvalidEndTime.Mismatch', { param: 'EndTime', reason: 'is not later than StartTime' })
  // The manual has no other code for it.
  if (EndTime - StartTime > MAX_DAYS * DAY)
    fail('InvalidEndTime.Mismatch', { param: 'EndTime', reason: `is more than ${MAX_DAYS} days after StartTime` })
  return { from: startOfDay(StartTime), until: Math.min(EndTime, account.plays.madeUntil()) }
}
