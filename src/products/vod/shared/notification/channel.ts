/** What events of VOD say, and where they go (developer guide, event notification). */

import { hash } from 'node:crypto'
import { z } from 'zod'
import { toUtcSeconds } from '../../../../base/times.js'
import { type EventChannel, utcSeconds } from '../../../../events/definition.js'
import { DEFAULT_APP_ID } from '../apps/app.js'
import { type Notifiable, routeOf } from './route.js'

/** HTTP callbacks or MNS queues, as SetMessageCallback has set them for the app. */
export const vodChannel: EventChannel = {
  address(account, { definition, fields, at }, { userData = {}, appId = DEFAULT_APP_ID }) {
    const event: Notifiable = definition
    const payload = {
      EventTime: toUtcSeconds(at),
      EventType: event.type,
      ...fields,
      ...(event.namesApp && { AppId: appId }),
      ...(userData.extend !== undefined && { Extend: userData.extend }),
    }
    return { appId, payload, route: routeOf(event, appId, account.vod.callbacks.get(appId), userData) }
  },
  headers({ url, authKey }, at): Record<string, string> {
    if (authKey === undefined) return {}
    const seconds = Math.floor(at / 1000)
    return { 'x-vod-timestamp': String(seconds), 'x-vod-signature': hash('md5', `${url}|${seconds}|${authKey}`, 'hex') }
  },
  commonFields: ({ type, namesApp }: Notifiable) => ({
    EventTime: utcSeconds(),
    EventType: z.literal(type),
    Extend: z.string().optional(),
    ...(namesApp && { AppId: z.string() }),
  }),
  receiver: {
    state: 'an HTTP callback',
    headers: {
      /** Seconds since 1970. */
      'X-VOD-TIMESTAMP': z
        .string()
        .regex(/^\d{10}$/)
        .meta({ examples: ['1519375990'] }),
      'X-VOD-SIGNATURE': z
        .string()
        .regex(/^[0-9a-f]{32}$/)
        .meta({ examples: ['c72b60894140fa98920f1279219b7ed4'] }),
    },
  },
}
