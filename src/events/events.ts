/** Event notifications of one account: building, choosing who gets them, delivering, remembering (developer guide, event notification). */

import type { Account } from '../account/account.js'
import { toUtcSeconds } from '../base/clock.js'
import { Ids } from '../base/ids.js'
import { DEFAULT_APP_ID, type MessageCallback, messageCallbackSchema } from '../products/vod/notification/message-callback.js'
import { routeOf } from '../products/vod/notification/route.js'
import type { UserData } from '../products/vod/shared/service/user-data-schema.js'
import type { Collection } from '../state/collection.js'
import type { Table } from '../state/table.js'
import { callbackHeaders } from './deliver.js'
import { Outbox, type Send } from './outbox.js'
import { Queues } from './queues.js'
import { type EventRecord, eventSchema } from './record.js'
import { definitionOf, type EventFields, type EventType } from './types.js'

/** Events kept per account; beyond that the oldest that are over are forgotten. */
const MOST_EVENTS = 1000

const table = { name: 'events', schema: eventSchema }

const callbackRecords = { name: 'events.callbacks', schema: messageCallbackSchema, keyOf: ({ appId }: MessageCallback) => appId }

/** Whom an event concerns, beside what it says. */
export interface Notice {
  /** What UserData of the upload or job says: text that its events hand back, and where they go instead of the address that is set. */
  userData?: Pick<UserData, 'extend' | 'callbackUrl'> | undefined
  /** App of the medium. Default: the system's own app. */
  appId?: string | undefined
}

export class Events {
  /** What SetMessageCallback has set, by AppId. */
  readonly callbacks: Collection<typeof messageCallbackSchema>
  /** Where events go in MNS mode. */
  readonly queues: Queues
  readonly #ids: Ids
  readonly #outbox: Outbox
  /** By id, oldest first. */
  readonly #records: Table<EventRecord>

  constructor(private readonly account: Account) {
    const { state, ids } = account
    this.callbacks = state.collection(callbackRecords)
    this.#records = state.table(table)
    this.#ids = new Ids(`${ids.seed}/events`).keptIn(state, 'ids.events')
    this.queues = new Queues(account, this.#ids)
    this.#outbox = new Outbox(account, this.#records, this.#send)
    state.onRevive(() => this.#outbox.revive())
  }

  /**
   * An event has happened: it is built, remembered, and delivered once the turn is over. Only for who has the account's turn.
   * Throws a `ZodError` if the fields are not those of the event type, which the compiler prevents.
   */
  notify<Type extends EventType>(
    type: Type,
    fields: EventFields<Type>,
    { userData = {}, appId = DEFAULT_APP_ID }: Notice = {},
  ): EventRecord {
    const at = this.account.clock.now()
    const { fields: schema, namesApp } = definitionOf(type)
    const payload = {
      EventTime: toUtcSeconds(at),
      EventType: type,
      ...(schema.parse(fields) as object),
      ...(namesApp && { AppId: appId }),
      ...(userData.extend !== undefined && { Extend: userData.extend }),
    }
    const route = routeOf(type, appId, this.callbacks.get(appId), userData)
    const state = route.to === 'nobody' ? 'notSent' : 'due'
    const { cause } = this.account.clock
    const id = this.#ids.uuid()
    const record: EventRecord = {
      id,
      ...(cause !== undefined && { cause }),
      type,
      appId,
      at,
      payload,
      route,
      state,
      dueAt: at,
      attempts: [],
    }
    this.#records.set(record.id, record)
    this.#forgetOldest()
    if (state === 'due') this.#outbox.post(record)
    return record
  }

  /** The events, oldest first. */
  list(): readonly EventRecord[] {
    return [...this.#records.values()]
  }

  /** Forgets all events, and calls off what has not been delivered. */
  clear(): void {
    this.#outbox.callOff()
    this.#records.clear()
  }

  /** Resolves when every delivery that is due has been attempted. */
  settled(): Promise<void> {
    return this.#outbox.settled()
  }

  /** Ends all deliveries. */
  dispose(): void {
    this.#outbox.callOff()
  }

  readonly #send: Send = async ({ route, payload }, at, signal) => {
    const body = JSON.stringify(payload)
    if (route.to === 'HTTP') {
      const headers = callbackHeaders(route.url, Math.floor(at / 1000), route.authKey)
      const { status } = await this.account.place.deliver({ url: route.url, headers, body, signal })
      return { delivered: status === 200, status }
    }
    if (route.to === 'MNS') this.queues.send(route.endpoint, route.queue, body, at)
    return { delivered: true }
  }

  #forgetOldest(): void {
    if (this.#records.size <= MOST_EVENTS) return
    const [first] = this.#records.keys()
    let oldest = first as string
    for (const [id, { state }] of this.#records.pairs()) {
      if (state === 'due') continue
      oldest = id
      break
    }
    this.#outbox.callOff(oldest)
    this.#records.delete(oldest)
  }
}
