/** Event notifications of one account: building, choosing who gets them, delivering, remembering. */

import type { z } from 'zod'
import { definePart } from '../account/part.js'
import { defineSettings } from '../account/settings.js'
import type { Account } from '../account/types.js'
import { Ids } from '../base/ids.js'
import { didYouMean } from '../base/nearest.js'
import { durationSchema } from '../base/time-schemas.js'
import { checked } from '../state/checked.js'
import type { Table } from '../state/table.js'
import { renameField } from '../state/upgrade.js'
import type { EventDefinition, EventFields, EventType, NotifyOptions } from './definition.js'
import { Outbox, type Send } from './outbox.js'
import { Queues } from './queues.js'
import { type EventRecord, eventSchema } from './record.js'

/** Events kept per account; beyond that the oldest that are over are forgotten. */
const MAX_EVENTS = 1000

/** No attempts: the list is shared, because there are many of such events. */
const NONE: EventRecord['attempts'] = Object.freeze([])

const table = { name: 'events', schema: eventSchema }

export class Events {
  /** Where events go in MNS mode. */
  readonly queues: Queues
  readonly #ids: Ids
  readonly #outbox: Outbox
  /** By id, oldest first. */
  readonly #records: Table<EventRecord>

  constructor(private readonly account: Account) {
    const { state, ids } = account
    this.#records = state.table(table)
    this.#ids = state.ids('ids.events', new Ids(`${ids.seed}/events`))
    this.queues = new Queues(account, this.#ids)
    this.#outbox = new Outbox(account, this.#records, this.#send)
    state.onRestore(() => this.#outbox.resume())
  }

  /**
   * An event has happened: it is built, remembered, and delivered once the turn is over. Only for who has the account's turn.
   * Throws a `ZodError` if the fields are not those of the event type, which the compiler prevents, and a `RangeError` if there is no such type.
   */
  notify<Fields extends z.ZodType>(event: EventDefinition<Fields>, fields: z.input<Fields>, options?: NotifyOptions): EventRecord
  notify<Type extends EventType>(type: Type, fields: EventFields<Type>, options?: NotifyOptions): EventRecord
  notify(event: EventDefinition | string, given: unknown, options: NotifyOptions = {}): EventRecord {
    const { account } = this
    const definition = this.#definitionOf(typeof event === 'string' ? event : event.type)
    if (typeof event !== 'string' && event !== definition) throw new Error(`another event type is called ${event.type}`)
    const at = account.clock.now()
    const fields = checked(definition.fields, given) as object
    const { payload, route, appId } = definition.channel.address(account, { definition, fields, at }, options)
    const state = route.to === 'nobody' ? 'notSent' : 'due'
    const { cause } = account.clock
    const id = this.#ids.uuid()
    const record: EventRecord = { id, cause, type: definition.type, appId, at, payload, route, state, dueAt: at, attempts: NONE }
    this.#records.add(id, record)
    this.#forgetOldest()
    if (state === 'due') this.#outbox.post(record)
    return record
  }

  /**
   * Sends an event once more, as an event of its own with the same content, to where the first one went. Only for who has the account's turn. Throws a
   * `RangeError` if there is none, or if nobody wanted it.
   */
  sendAgain(id: string): EventRecord {
    const sent = this.get(id)
    if (sent === undefined) throw new RangeError(`there is no event "${id}"`)
    if (sent.route.to === 'nobody') throw new RangeError(`the event goes to nobody: ${sent.route.note}`)
    const { type, appId, payload, route, cause } = sent
    const at = this.account.clock.now()
    const again: EventRecord = { id: this.#ids.uuid(), cause, type, appId, at, payload, route, state: 'due', dueAt: at, attempts: NONE }
    this.#records.add(again.id, again)
    this.#forgetOldest()
    this.#outbox.post(again)
    return again
  }

  /** The events, oldest first. */
  list(): readonly EventRecord[] {
    return [...this.#records.values()]
  }

  get(id: string): EventRecord | undefined {
    return this.#records.get(id)
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

  readonly #send: Send = async ({ type, route, payload }, at, signal) => {
    const body = JSON.stringify(payload)
    if (route.to === 'HTTP') {
      const headers = { 'content-type': 'application/json', ...this.#definitionOf(type).channel.headers(route, at) }
      const { status } = await this.account.cloud.deliver({ url: route.url, headers, body, signal })
      return { delivered: status === 200, status }
    }
    if (route.to === 'MNS') this.queues.send(route.endpoint, route.queue, body, at)
    return { delivered: true }
  }

  #definitionOf(type: string): EventDefinition {
    const definition = this.account.cloud.eventTypes.get(type)
    if (definition === undefined)
      throw new RangeError(`type: there are no events of the type "${type}"${didYouMean(type, this.account.cloud.eventTypes.keys())}`)
    return definition
  }

  #forgetOldest(): void {
    if (this.#records.size <= MAX_EVENTS) return
    const oldest = this.#oldestThatIsOver() ?? this.#records.first
    if (oldest === undefined) return
    // Of one that is over, nothing is under way.
    if (oldest.state === 'due') this.#outbox.callOff(oldest.id)
    this.#records.delete(oldest.id)
  }

  #oldestThatIsOver(): EventRecord | undefined {
    // Mostly it is the first.
    if (this.#records.first?.state !== 'due') return this.#records.first
    for (const record of this.#records.values()) if (record.state !== 'due') return record
    return undefined
  }
}

export const callbackTimeoutSettings = defineSettings({
  /** How long, in real time, a receiver of event notifications has to answer. Default: 5 s. */
  schema: durationSchema,
  defaults: 5000,
})

export const eventsPart = definePart({
  name: 'events',
  needs: ['faults'],
  upgrades: {
    1(document) {
      renameField('events', 'ticket', 'sequence')(document)
      renameField('events', 'met', 'deliveryFault')(document)
    },
  },
  create(account) {
    const events = new Events(account)
    account.clock.waitFor(() => events.settled())
    return events
  },
  dispose: ({ events }) => events.dispose(),
  checkState({ cloud: { eventTypes } }, { tables: { events = [] } }) {
    for (const [, event] of events) {
      const { type } = event as Pick<EventRecord, 'type'>
      if (!eventTypes.has(type)) throw new RangeError(`The state cannot be taken over: no service here has events of the type ${type}.`)
    }
  },
})
