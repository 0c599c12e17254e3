/** Apps (VOD manual 15): within an account, media and callbacks of one are kept apart from those of the others. */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { timestampSchema } from '../../../../base/time-schemas.js'
import { ownApp } from './rule.js'

/** The app that is meant where none is named: the system's own. */
export const DEFAULT_APP_ID = 'app-1000000'

/** `Disable`: nothing new can be put into it. */
export const appStatuses = ['Normal', 'Disable'] as const

export const appSchema = z.object({
  appId: z.string(),
  name: z.string(),
  description: z.string().optional(),
  /** Created by the service, or by a call. */
  type: z.enum(['System', 'Custom']),
  status: z.enum(appStatuses),
  /** Milliseconds since 1970 on the account's clock. */
  createdAt: timestampSchema,
  modifiedAt: timestampSchema,
})

/** See {@link appSchema}. */
export type App = z.output<typeof appSchema>

/** The records of apps: `account.vod.apps`. */
export const appRecords = { name: 'vod.apps', schema: appSchema, keyOf: ({ appId }: App) => appId, app: ownApp }

/** Whether the account has the multi-app service. */
export const hasApps = ({ settings }: Account): boolean => settings.values.vod.multiApp ?? true

/** Creates the app that every account has, if it is not there. */
export function seedApps({ vod, clock }: Account): void {
  if (vod.apps.get(DEFAULT_APP_ID) !== undefined) return
  const { startedAt } = clock
  vod.apps.put({
    appId: DEFAULT_APP_ID,
    name: 'default',
    type: 'System',
    status: 'Normal',
    createdAt: startedAt,
    modifiedAt: startedAt,
  })
}
