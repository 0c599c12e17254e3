/** Where an app's event notifications go, as SetMessageCallback has set it. */

import { z } from 'zod'
import { ownApp } from '../apps/rule.js'

export const messageCallbackSchema = z.object({
  appId: z.string(),
  type: z.enum(['HTTP', 'MNS']),
  /** Event types that are on: `ALL`, none (empty), or names separated by commas. */
  eventTypes: z.string(),
  url: z.string().optional(),
  authSwitch: z.enum(['on', 'off']).optional(),
  authKey: z.string().optional(),
  mnsEndpoint: z.string().optional(),
  mnsQueueName: z.string().optional(),
})

/** The callback settings of an app. */
export type MessageCallback = z.output<typeof messageCallbackSchema>

/** What SetMessageCallback has set, by app. */
export const callbackRecords = {
  name: 'events.callbacks',
  schema: messageCallbackSchema,
  keyOf: ({ appId }: MessageCallback) => appId,
  app: ownApp,
}
