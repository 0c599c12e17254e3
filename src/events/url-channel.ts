/** A ready-made channel, for services whose events all go to one URL. */

import { z } from 'zod'
import type { Account } from '../account/types.js'
import { toUtcSeconds } from '../base/times.js'
import { type EventChannel, utcSeconds } from './definition.js'

/**
 * A channel over which an event is sent as JSON to a URL: its fields, with `EventType` and `EventTime` (UTC, to the second). The URL is the one that
 * the upload or job brought along ({@link NotifyOptions}), else the one that `urlOf` finds in the account; `undefined`: nobody is told.
 * `receiver` is what contracts know of it ({@link EventChannel.receiver}).
 */
export const urlChannel = (urlOf: (account: Account) => string | undefined, receiver?: EventChannel['receiver']): EventChannel => ({
  address(account, { definition: { type: EventType }, fields, at }, { userData }) {
    const url = userData?.callbackUrl ?? urlOf(account)
    return {
      payload: { EventType, EventTime: toUtcSeconds(at), ...fields },
      route: url === undefined ? { to: 'nobody', note: `no URL is set for ${EventType}` } : { to: 'HTTP', url },
    }
  },
  headers: () => ({}),
  commonFields: ({ type }) => ({ EventType: z.literal(type), EventTime: utcSeconds() }),
  ...(receiver && { receiver }),
})
