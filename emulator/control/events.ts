/** Event notifications of an account: what happened, who was told, and the queues of MNS mode. */

import { eventRoutes } from '../../src/control/events.js'
import { describeEvent, toIso } from '../../src/index.js'
import { type Control, serveRoutes } from './serve.js'

export const serveEvents = (control: Control): void =>
  serveRoutes(control, eventRoutes, {
    'GET /events': ({ account }) => account.events.list().map(describeEvent),
    'POST /events': ({ account: { turn, events }, body: { type, fields, ...notice } }) =>
      turn.take(() => describeEvent(events.notify(type as never, fields as never, notice))),
    'DELETE /events': ({ account: { turn, events } }) =>
      turn.take(() => {
        events.clear()
        return []
      }),
    'POST /events/{id}/send': ({ account: { turn, events }, params }) => turn.take(() => describeEvent(events.sendAgain(params.id))),
    'GET /queues': ({ account: { turn, events } }) => turn.take(() => events.queues.list()),
    'POST /queues/{queue}/receive': ({ account: { turn, events }, params, body }) =>
      turn.take(() =>
        events.queues.receive(params.queue, body).map(({ enqueueTime, nextVisibleTime, ...message }) => ({
          ...message,
          enqueueTime: toIso(enqueueTime),
          nextVisibleTime: toIso(nextVisibleTime),
        })),
      ),
    'POST /queues/{queue}/delete': ({ account: { turn, events }, params, body }) =>
      turn.take(() => {
        if (!events.queues.delete(params.queue, body.receiptHandle))
          throw new RangeError('no hidden message of the queue has this receiptHandle: it was deleted, has expired, or can be read again')
        return { deleted: true as const }
      }),
  })
