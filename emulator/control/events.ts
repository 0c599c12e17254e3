/** Event notifications of an account: what happened, who was told, and the queues of MNS mode. */

import { z } from 'zod'
import { describeEvent, durationSchema, MAX_AT_ONCE, readUserData, toIso } from '../../src/index.js'
import { bodyOf, type Control } from './request.js'

const eventSchema = z.strictObject({
  type: z.string(),
  fields: z.record(z.string(), z.unknown()),
  appId: z.string().optional(),
  /** UserData as an upload would have it. */
  userData: z
    .string()
    .transform((text, context) => {
      const read = readUserData(text)
      if ('userData' in read) return read.userData
      context.addIssue({ code: 'custom', message: read.problem })
      return z.NEVER
    })
    .optional(),
})

const receiveSchema = z.strictObject({
  /** How many messages to take. */
  count: z.int().min(1).max(MAX_AT_ONCE).optional(),
  /** How long they stay hidden, unless they are deleted. */
  hiddenFor: durationSchema.optional(),
})

const deleteSchema = z.strictObject({ receiptHandle: z.string() })

type Named = { Params: { queue: string } }

export function eventRoutes({ app, chosen }: Control): void {
  app.get('/events', (request) => chosen(request).events.list().map(describeEvent))

  // Lets something happen that this emulator has no Action for, or that is too far off to be arranged.
  app.post('/events', async (request, reply) => {
    const { type, fields, ...notice } = bodyOf(eventSchema, request)
    const { turn, events } = chosen(request)
    const event = await turn.take(() => describeEvent(events.notify(type as never, fields as never, notice)))
    return reply.code(201).send(event)
  })

  app.delete('/events', (request) => {
    const { turn, events } = chosen(request)
    return turn.take(() => {
      events.clear()
      return []
    })
  })

  app.get('/queues', (request) => {
    const { turn, events } = chosen(request)
    return turn.take(() => events.queues.list())
  })

  app.post<Named>('/queues/:queue/receive', (request) => {
    const { turn, events } = chosen(request)
    const options = bodyOf(receiveSchema, request)
    return turn.take(() =>
      events.queues.receive(request.params.queue, options).map(({ enqueueTime, nextVisibleTime, ...message }) => ({
        ...message,
        enqueueTime: toIso(enqueueTime),
        nextVisibleTime: toIso(nextVisibleTime),
      })),
    )
  })

  app.post<Named>('/queues/:queue/delete', (request) => {
    const { turn, events } = chosen(request)
    const { receiptHandle } = bodyOf(deleteSchema, request)
    return turn.take(() => {
      if (!events.queues.delete(request.params.queue, receiptHandle))
        throw new RangeError('no hidden message of the queue has this receiptHandle: it was deleted, has expired, or can be read again')
      return { deleted: true }
    })
  })
}
