/** Where an event goes, by the callback settings of its app. */

import { rememberingLatest } from '../../../../base/lazily.js'
import type { EventDefinition } from '../../../../events/definition.js'
import type { EventRoute } from '../../../../events/record.js'
import { DEFAULT_APP_ID } from '../apps/app.js'
import type { MessageCallback } from './message-callback.js'

/** An event type, with what VOD says of its own. */
export type Notifiable = EventDefinition & { switch?: string; namesApp?: boolean }

/** The name by which EventTypeList turns an event type on. */
export const switchOf = ({ type, switch: name }: Notifiable): string => name ?? type

/** The same for all events that nobody wants for one reason: of most accounts, all there are. */
const toNobody = rememberingLatest((note: string): EventRoute => Object.freeze({ to: 'nobody', note }))

/** Finds out where an event of an app goes; `callback` is what is set for the app, if anything is. */
export function routeOf(
  event: Notifiable,
  appId: string,
  callback: MessageCallback | undefined,
  { callbackUrl }: { callbackUrl?: string | undefined },
): EventRoute {
  // UserData can only replace an address; without one that is set, it counts for nothing.
  const ignored =
    callbackUrl === undefined ? '' : '; the CallbackURL in UserData counts only where SetMessageCallback has set an HTTP callback'
  if (callback === undefined) return toNobody(`nothing is set for ${appId}; SetMessageCallback does${ignored}`)
  const off = disabledReason(event, callback)
  if (off !== undefined) return toNobody(off)
  if (callback.type === 'MNS') {
    const { mnsEndpoint: endpoint = '', mnsQueueName: queue = '' } = callback
    return { to: 'MNS', endpoint, queue, ...(ignored && { note: ignored.slice(2) }) }
  }
  const { authSwitch, authKey, url = '' } = callback
  return { to: 'HTTP', url: callbackUrl ?? url, ...(authSwitch === 'on' && authKey !== undefined && { authKey }) }
}

/** Why the settings turn an event type off; `undefined` if they do not. */
function disabledReason(event: Notifiable, { eventTypes, appId }: MessageCallback): string | undefined {
  if (eventTypes === 'ALL') return undefined
  const whose = appId === DEFAULT_APP_ID ? '' : ` of ${appId}`
  if (eventTypes === '') return `EventTypeList${whose} is empty, which turns all events off`
  const name = switchOf(event)
  return eventTypes.split(',').includes(name) ? undefined : `EventTypeList${whose} does not hold ${name}`
}
