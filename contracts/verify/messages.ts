/** What a consumer is sent: the event that the states of a message lead to, as it arrives. */

import { didYouMean } from '../../src/base/nearest.js'
import { type Account, type Cloud, createCloud, type DeliveryRequest, type EventDefinition, type EventRecord } from '../../src/index.js'
import { StateError } from '../../src/product/provider-state.js'
import { eventExamplesOf } from '../format/examples.js'
import type { PactState } from '../format/pact.js'
import { applyStates } from '../states/index.js'
import type { ExpectedMessage } from './files.js'

/** A message as it has arrived. */
export interface SentMessage {
  /** The type of the event. */
  event: string
  /** JSON, as it was posted or put into the queue. */
  body: string
  /** Headers of the callback, or what the queue tells of the message. */
  metadata: Record<string, string | number>
}

/** The message that a consumer gets, and what the states give beside it. */
export interface Outcome {
  values: Readonly<Record<string, string>>
  message: SentMessage
}

/**
 * Brings about the states of a message in a cloud of its own, and finds what is sent then: the latest event of the type that is expected. Its
 * receiver is an HTTP callback where no state says otherwise. Rejects with a {@link StateError} that says why there is no such event.
 */
export async function sendMessage(cloud: Cloud, states: readonly PactState[], expected: ExpectedMessage): Promise<Outcome> {
  const { eventType } = expected
  const definitions = new Map([...cloud.eventTypes.values()].flat().map((definition) => [definition.type, definition]))
  if (eventType !== undefined && !definitions.has(eventType))
    throw new StateError(`there are no events of the type "${eventType}"${didYouMean(eventType, definitions.keys())}`)
  const posted: DeliveryRequest[] = []
  const own = createCloud({
    ...cloud.options,
    deliver: async (request) => {
      posted.push(request)
      return { status: 200 }
    },
  })
  try {
    const account = own.createAccount({ clock: 'manual' })
    const receivers = new Set([...definitions.values()].flatMap(({ channel }) => channel.receiver?.state ?? []))
    const { values = {} } = await applyStates(own, account, [...[...receivers].map((name) => ({ name })), ...states])
    await account.clock.settle()
    const event = chosenEvent(cloud, account, eventType)
    return { values, message: await arrived(account, event, posted, expected) }
  } finally {
    own.dispose()
  }
}

/** The latest event of a type, or the only one there is. */
function chosenEvent(cloud: Cloud, { events }: Account, eventType: string | undefined): EventRecord {
  const happened = events.list()
  const types = [...new Set(happened.map(({ type }) => type))]
  const seen = types.length === 0 ? 'to none' : `to ${types.join(', ')}`
  if (eventType === undefined && types.length !== 1)
    throw new StateError(`its contents name no EventType, and its states lead ${types.length === 0 ? seen : `${seen}: which is meant?`}`)
  const wanted = eventType ?? types[0]
  const event = happened.findLast(({ type }) => type === wanted)
  if (event === undefined) throw new StateError(`its states lead to no ${wanted}, but ${seen}; ${statesOf(cloud, String(wanted))}`)
  const { route, type } = event
  if (route.to === 'nobody') throw new StateError(`${type} has happened, and nobody was told: ${route.note}`)
  return event
}

/** Which states lead to an event, as its examples tell. */
function statesOf({ eventTypes }: Cloud, type: string): string {
  const of = ([product, definitions]: [string, readonly EventDefinition[]]): string[] =>
    definitions
      .filter((each) => each.type === type)
      .flatMap((each) => eventExamplesOf(product, each).flatMap(({ states }) => named(states)))
  const known = [...new Set([...eventTypes].flatMap(of))]
  return known.length > 0 ? `what leads to one: ${known.join('; ')}` : 'no provider state is known to lead to one'
}

const named = (states: readonly (string | PactState)[] = []): string[] =>
  states.length === 0 ? [] : [states.map((each) => `"${typeof each === 'string' ? each : each.name}"`).join(', ')]

/** The event as its receiver has got it. */
async function arrived(
  account: Account,
  { type, route, payload, attempts }: EventRecord,
  posted: readonly DeliveryRequest[],
  { metadata }: ExpectedMessage,
): Promise<SentMessage> {
  const body = JSON.stringify(payload)
  if (route.to === 'HTTP') {
    const request = posted.findLast((each) => each.url === route.url && each.body === body)
    if (request) return { event: type, body: request.body, metadata: spelled(request.headers, metadata) }
  } else if (route.to === 'MNS') {
    const { queues } = account.events
    const found = (await account.turn.take(() => queues.receive(route.queue, { count: Number.POSITIVE_INFINITY }))).find(
      (each) => each.body === body,
    )
    if (found) {
      const { messageId, receiptHandle, bodyMD5, enqueueTime, nextVisibleTime, dequeueCount } = found
      // Named as in the queue service.
      const told = {
        MessageId: messageId,
        ReceiptHandle: receiptHandle,
        MessageBodyMD5: bodyMD5,
        EnqueueTime: enqueueTime,
        NextVisibleTime: nextVisibleTime,
        DequeueCount: dequeueCount,
      }
      return { event: type, body: found.body, metadata: spelled(told, metadata) }
    }
  }
  throw new StateError(`${type} has happened, and has not arrived: ${attempts.at(-1)?.error ?? 'it is still on its way'}`)
}

/** Metadata by the names that the pact has for them: letter case makes no difference to headers, and what Pact calls contentType is one of them. */
function spelled(actual: Record<string, string | number>, expected: readonly string[]): Record<string, string | number> {
  const known = new Map(expected.map((name) => [name.toLowerCase(), name]))
  const names = (name: string): string[] => [known.get(name.toLowerCase()) ?? name, ...(name === 'content-type' ? ['contentType'] : [])]
  return Object.fromEntries(Object.entries(actual).flatMap(([name, value]) => names(name).map((each) => [each, value])))
}
