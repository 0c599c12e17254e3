/** Times that a client may have signed in place of the one that it sent. */

import { fromIso, toUtcSeconds } from '../base/times.js'

/** Clients that ask for the time twice sign one second and send the next. */
export function earlierTimes(timestamp: string): { cause: string; earlier: string }[] {
  const instant = fromIso(timestamp)
  if (instant === undefined) return []
  return [1, 2].map((seconds) => ({
    cause: `the time was taken anew after signing: the one signed is ${seconds} s earlier than ${timestamp}`,
    earlier: toUtcSeconds(instant - seconds * 1000),
  }))
}
