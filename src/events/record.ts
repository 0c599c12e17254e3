/** An event as the account remembers it: what it said, where it went, and what came of every attempt. */

import { z } from 'zod'
import { timestampSchema } from '../base/time-schemas.js'
import { toIso } from '../base/times.js'

const attemptSchema = z.strictObject({
  /** Milliseconds since 1970 on the account's clock. */
  at: timestampSchema,
  /** HTTP status of the answer, if there was one. */
  status: z.int().optional(),
  /** Why there was none, or why the queue did not take the message. */
  error: z.string().optional(),
  /** Milliseconds of real time that it took. */
  elapsedMs: z.number(),
  /** Id of the fault that it met; unless that only delayed or repeated it, nothing was sent. */
  fault: z.string().optional(),
})

/** One attempt at a delivery. */
export type Attempt = z.output<typeof attemptSchema>

const metSchema = z.strictObject({
  id: z.string(),
  effect: z.union([z.literal(['lose', 'timeout', 'reset', 'duplicate']), z.strictObject({ status: z.int() })]).optional(),
})

/** What an attempt meets: a fault, and what that does to it beyond a delay that is over. */
export type DeliveryFault = z.output<typeof metSchema>

const note = z.string().optional()

const routeSchema = z.discriminatedUnion('to', [
  /** To a URL, signed if there is a key. */
  z.strictObject({ to: z.literal('HTTP'), url: z.string(), authKey: z.string().optional(), note }),
  /** Into a queue. */
  z.strictObject({ to: z.literal('MNS'), endpoint: z.string(), queue: z.string(), note }),
  /** To nobody, for the reason given. */
  z.strictObject({ to: z.literal('nobody'), note: z.string() }),
])

/** Where an event goes. */
export type EventRoute = z.output<typeof routeSchema>

/** An address that an event goes to over HTTP. */
export type HttpRoute = Extract<EventRoute, { to: 'HTTP' }>

export const eventSchema = z.strictObject({
  id: z.string(),
  /** RequestId of the call that it goes back to, if it goes back to one. */
  cause: z.string().optional(),
  type: z.string(),
  /** App that it belongs to, of a service that has apps. */
  appId: z.string().optional(),
  /** When it happened, in milliseconds since 1970 on the account's clock. */
  at: timestampSchema,
  payload: z.record(z.string(), z.unknown()).readonly(),
  route: routeSchema,
  /** `due`: being delivered, or waiting for the next attempt. `dropped`: given up. `notSent`: nobody wanted it. */
  state: z.enum(['due', 'delivered', 'dropped', 'notSent']),
  /** When the next attempt is due, on the account's clock, and its place among what is due at that instant. */
  dueAt: timestampSchema,
  sequence: z.int().optional(),
  /** What the next attempt meets. */
  deliveryFault: metSchema.optional(),
  attempts: z.array(attemptSchema).readonly(),
})

/** An event that has happened. */
export type EventRecord = z.output<typeof eventSchema>

/** An event with its instants as ISO 8601 times and without the key, as the control API shows it. */
export const describeEvent = ({
  id,
  cause,
  type,
  appId,
  at,
  state,
  dueAt,
  deliveryFault,
  route: { note, ...route },
  payload,
  attempts,
}: EventRecord) => ({
  id,
  ...(cause !== undefined && { cause }),
  type,
  ...(appId !== undefined && { appId }),
  time: toIso(at),
  state,
  ...(state === 'due' && { dueAt: toIso(dueAt), ...(deliveryFault && { fault: deliveryFault.id }) }),
  ...(note !== undefined && { note }),
  destination: route.to === 'HTTP' ? { to: route.to, url: route.url, ...(route.authKey !== undefined && { signed: true }) } : route,
  payload,
  attempts: attempts.map((attempt) => ({ ...attempt, at: toIso(attempt.at) })),
})
