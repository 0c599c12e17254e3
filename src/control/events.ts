/** Routes: event notifications of an account, and the queues of MNS mode. */

import { z } from 'zod'
import { durationSchema } from '../base/time-schemas.js'
import { MAX_AT_ONCE } from '../events/queues.js'
import { readUserData } from '../products/vod/shared/media/read-user-data.js'
import { declareRoutes, timeSchema } from './route.js'

const attemptSchema = z.strictObject({
  at: timeSchema,
  status: z.int().optional().describe('HTTP status of the answer, if there was one.'),
  error: z.string().optional().describe('Why there was none.'),
  elapsedMs: z.number().describe('Milliseconds of real time that it took.'),
  fault: z.string().optional().describe('Id of the fault that it met.'),
})

/** An event notification, with its instants as ISO 8601 times. */
export const eventStateSchema = z
  .strictObject({
    id: z.string(),
    cause: z.string().optional().describe('RequestId of the call that it goes back to, if it goes back to one.'),
    type: z.string().describe('Such as `FileUploadComplete`.'),
    appId: z.string().optional(),
    time: timeSchema.describe('When it happened.'),
    state: z
      .enum(['due', 'delivered', 'dropped', 'notSent'])
      .describe('`due`: being delivered, or waiting for the next attempt. `dropped`: given up. `notSent`: nobody wanted it.'),
    dueAt: timeSchema.optional().describe('When the next attempt is due.'),
    fault: z.string().optional().describe('Id of the fault that the next attempt meets.'),
    note: z.string().optional(),
    destination: z.discriminatedUnion('to', [
      z.strictObject({ to: z.literal('HTTP'), url: z.string(), signed: z.boolean().optional() }),
      z.strictObject({ to: z.literal('MNS'), endpoint: z.string(), queue: z.string() }),
      z.strictObject({ to: z.literal('nobody') }),
    ]),
    payload: z.record(z.string(), z.unknown()).readonly().describe('The notification itself.'),
    attempts: z.array(attemptSchema),
  })
  .meta({ id: 'EventState' })

/** A message of a queue as it is handed out. */
export const queueMessageSchema = z
  .strictObject({
    messageId: z.string(),
    receiptHandle: z.string().describe('With this the message can be deleted, as long as it is hidden.'),
    body: z.string().describe('The notification as JSON.'),
    bodyMD5: z.string(),
    enqueueTime: timeSchema,
    nextVisibleTime: timeSchema,
    dequeueCount: z.int().describe('How often it has been read.'),
  })
  .meta({ id: 'QueueMessage' })

const newEventSchema = z.strictObject({
  type: z.string(),
  fields: z.record(z.string(), z.unknown()).describe('Its fields without those that the account fills in.'),
  appId: z.string().optional(),
  userData: z
    .string()
    .transform((text, context) => {
      const read = readUserData(text)
      if ('userData' in read) return read.userData
      context.addIssue({ code: 'custom', message: read.problem })
      return z.NEVER
    })
    .optional()
    .describe('UserData as an upload would have it.'),
})

const params = z.object({ queue: z.string() })

export const eventRoutes = declareRoutes({
  'GET /events': {
    chapter: 'events',
    id: 'listEvents',
    summary: 'What happened, who was told, and every attempt at it; oldest first.',
    answer: z.array(eventStateSchema),
    pagedBy: 'id',
  },
  'POST /events': {
    chapter: 'events',
    id: 'notify',
    summary: 'Lets an event happen that no Action leads to, or that is too far off to be arranged.',
    body: newEventSchema,
    status: 201,
    answer: eventStateSchema,
    example: { body: { type: 'FileUploadComplete', fields: { VideoId: 'v1', Size: 7, FileUrl: 'http://example.com/v1.mp4' } } },
  },
  'DELETE /events': {
    chapter: 'events',
    id: 'clearEvents',
    summary: 'Forgets all events, and gives up what is still to be delivered.',
    answer: z.array(eventStateSchema),
  },
  'POST /events/{id}/send': {
    chapter: 'events',
    id: 'sendEventAgain',
    summary: 'Sends an event once more, as an event of its own with the same content, to where the first one went.',
    params: z.object({ id: z.string() }),
    status: 201,
    answer: eventStateSchema,
  },
  'GET /queues': {
    chapter: 'events',
    id: 'listQueues',
    summary: 'The queues that hold messages.',
    answer: z.array(
      z
        .strictObject({
          queue: z.string(),
          active: z.int().describe('Messages that can be read now.'),
          hidden: z.int().describe('Messages that were read and may come back.'),
        })
        .meta({ id: 'QueueState' }),
    ),
    pagedBy: 'queue',
  },
  'POST /queues/{queue}/receive': {
    chapter: 'events',
    id: 'receiveMessages',
    summary: 'Reads messages of a queue, oldest first, and hides them.',
    params,
    body: z.strictObject({
      count: z.int().min(1).max(MAX_AT_ONCE).optional().describe('How many at most. Default 1.'),
      hiddenFor: durationSchema.optional().describe("For how long, on the account's clock, unless they are deleted. Default 30 s."),
    }),
    answer: z.array(queueMessageSchema),
    example: { params: { queue: 'my-queue' }, body: { count: 16 } },
  },
  'POST /queues/{queue}/delete': {
    chapter: 'events',
    id: 'deleteMessage',
    summary: 'Deletes a message while it is hidden.',
    params,
    body: z.strictObject({ receiptHandle: z.string() }),
    answer: z.strictObject({ deleted: z.literal(true) }),
  },
})
