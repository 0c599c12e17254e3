/** Times as people write them in settings, and as the clock counts them. */

import { z } from 'zod'
import { machineNow, toMilliseconds } from './clock.js'
import { strict } from './strict.js'
import { fromIso } from './times.js'

/** A duration such as `10m`, or milliseconds; read as milliseconds. */
export const durationSchema = z
  .union([z.number(), z.string()])
  .transform((value, context) => read(toMilliseconds(value), context, 'is not a duration such as "10m", or milliseconds'))

/** An ISO 8601 UTC time, read as milliseconds since 1970. */
export const instantSchema = z
  .string()
  .transform((value, context) => read(fromIso(value), context, 'is not a time such as 2026-01-01T00:00:00Z'))

/** Time of a clock: an instant, or the machine's own time at the moment. */
const clockTimeSchema = z.union([z.literal('machine').transform(() => machineNow()), instantSchema], {
  error: 'is neither a time such as 2026-01-01T00:00:00Z nor "machine"',
})

/** Mode, time and speed of a clock, as they come over the control API or from the configuration file. */
export const clockSchema = strict({
  mode: z.enum(['system', 'manual']).optional(),
  now: clockTimeSchema.optional(),
  /** Seconds of the clock per real second. */
  speed: z.number().min(0.001).max(1_000_000).optional(),
})

/** The last instant, and with a minus the first one, that can be written as a date. */
const LAST_INSTANT = 8_640_000_000_000_000

/** An instant of an account's clock as records have it: milliseconds since 1970. */
export const timestampSchema = z.number().min(-LAST_INSTANT).max(LAST_INSTANT)

function read(value: number | undefined, context: z.RefinementCtx, problem: string): number {
  if (value !== undefined) return value
  context.addIssue({ code: 'custom', message: problem })
  return z.NEVER
}
