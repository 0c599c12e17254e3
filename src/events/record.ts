/** An event as the account remembers it: what it said, where it went, and what came of every attempt. */

import { toIso } from '../clock.js'
import type { Route } from './route.js'
import type { EventType } from './types.js'

/** One attempt at a delivery. */
export interface Attempt {
  /** Milliseconds since 1970 on the account's clock. */
  at: number
  /** HTTP status of the answer, if there was one. */
  status?: number
  /** Why there was none, or why the queue did not take the message. */
  error?: string
  /** Milliseconds of real time that it took. */
  elapsedMs: number
}

/** An event that has happened. */
export interface EventRecord {
  id: string
  /** RequestId of the call that it goes back to, if it goes back to one. */
  cause?: string | undefined
  type: EventType
  appId: string
  /** When it happened, in milliseconds since 1970 on the account's clock. */
  at: number
  payload: Readonly<Record<string, unknown>>
  route: Route
  /** `due`: being delivered, or waiting for the next attempt. `dropped`: given up. `notSent`: nobody wanted it. */
  state: 'due' | 'delivered' | 'dropped' | 'notSent'
  /** When the next attempt is due, on the account's clock. */
  dueAt: number
  attempts: Attempt[]
}

/** An event with its instants as ISO 8601 times and without the key, as the control API shows it. */
export const describeEvent = ({ id, cause, type, appId, at, state, route: { note, ...route }, payload, attempts }: EventRecord) => ({
  id,
  ...(cause !== undefined && { cause }),
  type,
  appId,
  time: toIso(at),
  state,
  ...(note !== undefined && { note }),
  destination: route.to === 'HTTP' ? { to: route.to, url: route.url, ...(route.authKey !== undefined && { signed: true }) } : route,
  payload,
  attempts: attempts.map((attempt) => ({ ...attempt, at: toIso(attempt.at) })),
})
