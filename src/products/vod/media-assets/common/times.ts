/** StartTime and EndTime of lists. */

import type { Refusal } from '../../../../base/errors.js'

/** Instants that a list is bounded by; either may be left out. */
export interface TimeRange {
  StartTime?: number | undefined
  EndTime?: number | undefined
}

/** Refuses a range that ends before it has begun. */
export function checkTimeRange({ StartTime, EndTime }: TimeRange, fail: (code: 'InvalidParameter', refusal: Refusal) => never): void {
  if (StartTime !== undefined && EndTime !== undefined && EndTime <= StartTime)
    fail('InvalidParameter', { param: 'EndTime', reason: 'is not later than StartTime' })
}

/** From one second to another, both included: answers know no parts of seconds. No manual says whether the ends count. */
export function isWithin({
  StartTime = Number.NEGATIVE_INFINITY,
  EndTime = Number.POSITIVE_INFINITY,
}: TimeRange): (instant: number) => boolean {
  return (instant) => {
    const shown = Math.floor(instant / 1000) * 1000
    return shown >= StartTime && shown <= EndTime
  }
}
