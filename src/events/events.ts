/** Event notifications of one account: building, choosing who gets them, delivering, remembering (developer guide, event notification). */

import type { Account } from '../account.js'
import { toUtcSeconds } from '../clock.js'
import { Ids } from '../ids.js'
import { Resources } from '../model/collection.js'
import { DEFAULT_APP_ID, messageCallbackSchema } from '../model/message-callback.js'
import { callbackHeaders } from './deliver.js'
import { Outbox, type Send } from './outbox.js'
import { Queues } from './queues.js'
import type { EventRecord } from './record.js'
import { routeOf } from './route.js'
import { definitionOf, type EventFields, type EventType } from './types.js'
import type { UserData } from './user-data.js'

/** Events kept per account; beyond that the oldest that are over are forgotten. */
const MOST_EVENTS = 1000

/** Whom an event concerns, beside what it says. */
export interface Notice {
  /** What UserData of the upload or job says: text that its events hand back, and where they go instead of the address that is set. */
  userData?: Pick<UserData, 'extend' | 'callbackUrl'> | undefined
  /** App of the medium. Default: the system's own app. */
  appId?: string | undefined
}

export class Events {
  /** What SetMessageCallback has set, by AppId. */
  readonly callbacks = new Resources(messageCallbackSchema, ({ appId }) => appId)
  /** Where events go in MNS mode. */
  readonly queues: Queues
  readonly #ids: Ids
  readonly #outbox: Outbox
  #records: EventRecord[] = []

  constructor(private readonly account: Account) {
    this.#ids = new Ids(`${account.ids.seed}/events`)
    this.queues = new Queues(account.clock, this.#ids)
    this.#outbox = new Outbox(account, this.#send)
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
    const record: EventRecord = { id: this.#ids.uuid(), cause, type, appId, at, payload, route, state, dueAt: at, attempts: [] }
    this.#records.push(record)
    this.#forgetOldest()
    if (state === 'due') this.#outbox.post(record)
    return record
  }

  /** The events, oldest first. */
  list(): readonly EventRecord[] {
    return this.#records
  }

  /** Forgets all events, and calls off what has not been delivered. */
  clear(): void {
    const forgotten = this.#records
    this.#records = []
    this.#outbox.callOff(forgotten.filter(({ state }) => state === 'due'))
  }

  /** Resolves when every delivery that is due has been attempted. */
  settled(): Promise<void> {
    return this.#outbox.settled()
  }

  /** Ends all deliveries. */
  dispose(): void {
    this.clear()
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
    if (this.#records.length <= MOST_EVENTS) return
    const over = this.#records.findIndex(({ state }) => state !== 'due')
    const [oldest] = this.#records.splice(Math.max(over, 0), 1) as [EventRecord]
    if (over < 0) this.#outbox.callOff([oldest])
  }
}
