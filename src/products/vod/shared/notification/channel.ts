/** What events of VOD say, and where they go (developer guide, event notification). */

import { hash } from 'node:crypto'
import { toUtcSeconds } from '../../../../base/clock.js'
import type { EventChannel } from '../../../../events/definition.js'
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
  commonFields: (event: Notifiable) => ['EventTime', 'EventType', 'Extend', ...(event.namesApp ? ['AppId'] : [])],
}
