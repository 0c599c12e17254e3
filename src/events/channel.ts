/** How the events of a service are put together, and where they go. */

import type { Account } from '../account/registry.js'
import type { EventDefinition } from './definition.js'
import type { EventRoute, HttpRoute } from './record.js'

/** Whom an event concerns, beside what it says. */
export interface NotifyOptions {
  /** What the upload or job was given: text that its events hand back, and where they go instead of the address that is set. */
  userData?: { extend?: string | undefined; callbackUrl?: string | undefined } | undefined
  /** App of the medium. Default: the service's own. */
  appId?: string | undefined
}

/** An event that has happened. */
export interface Happening {
  definition: EventDefinition
  /** As the definition's schema has made them. */
  fields: object
  /** Milliseconds since 1970 on the account's clock. */
  at: number
}

/** What a service decides of its events. */
export interface EventChannel {
  /** All that an event says, where it goes, and which app it belongs to, if the service has apps. */
  address: (
    account: Account,
    event: Happening,
    options: NotifyOptions,
  ) => { payload: Readonly<Record<string, unknown>>; route: EventRoute; appId?: string }
  /** Headers of an attempt to deliver over HTTP, made at an instant of the account's clock. */
  headers: (route: HttpRoute, at: number) => Record<string, string>
  /** Names of the fields that events of a type have beside their own. */
  commonFields: (definition: EventDefinition) => readonly string[]
}
