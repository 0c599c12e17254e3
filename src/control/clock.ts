/** Routes: an account's clock. */

import { z } from 'zod'
import { clockSchema, durationSchema, instantSchema } from '../base/time-schemas.js'
import { declareRoutes, timeSchema } from './route.js'

const clockState = {
  mode: z.enum(['system', 'manual']),
  now: timeSchema,
  speed: z.number().describe('Seconds of the clock per real second.'),
  pending: z.int().describe('How many items wait to fall due.'),
}

/** An account's clock. */
export const clockStateSchema = z.strictObject(clockState).meta({ id: 'ClockState' })

/** Something that falls due on a clock, or fell. */
export const dueSchema = z
  .strictObject({ at: timeSchema, what: z.string().describe('Such as `job 49E2CC28-… PROCESSING → PROCESS_SUCCESS`.') })
  .meta({ id: 'Due' })

/** A move of a clock: where it stands now, and what fell due on the way. */
export const clockMoveSchema = z.strictObject({ ...clockState, fired: z.array(dueSchema) }).meta({ id: 'ClockMove' })

const advanceSchema = z.union([z.strictObject({ by: durationSchema }), z.strictObject({ to: instantSchema })], {
  error: 'give either {"by": "10m"} or {"to": "2026-01-01T00:10:00Z"}',
})

export const clockRoutes = declareRoutes({
  'GET /clock': { chapter: 'clock', id: 'getClock', summary: "The account's clock.", answer: clockStateSchema },
  'GET /clock/due': {
    chapter: 'clock',
    id: 'listDue',
    summary: 'What falls due next, in that order.',
    query: z.object({ limit: z.coerce.number().int().min(1).max(1000).default(10).describe('How many items at most.') }),
    answer: z.array(dueSchema),
  },
  'PUT /clock': {
    chapter: 'clock',
    id: 'setClock',
    summary: 'Changes mode, time (forward only) or speed.',
    body: clockSchema,
    answer: clockMoveSchema,
    example: { body: { mode: 'manual', now: '2030-01-01T00:00:00Z' } },
  },
  'POST /clock/advance': {
    chapter: 'clock',
    id: 'advanceClock',
    summary: 'Moves the clock forward, by a length of time or to an instant, and runs what falls due on the way.',
    body: advanceSchema,
    answer: clockMoveSchema,
    example: { body: { by: '10m' } },
  },
})
