/** Apps, as answers have them. */

import { z } from 'zod'
import { toUtcSeconds } from '../../../base/times.js'
import { text } from '../../../params/scalars.js'
import { type App, appStatuses } from '../shared/apps/app.js'

/** Chinese characters, letters, digits and `.`, `-`, `@`. */
const NAME = /^[\p{Script=Han}A-Za-z0-9.@-]+$/u

/** The parameter AppName. */
export const appName = () => text({ maxLength: 128, pattern: NAME })

/** The parameter Description. */
export const description = () => text({ maxLength: 512 })

/** An id as callers write it: one that is no app's is missing, or not theirs, and no violation. */
export const anyAppId = () => text({ maxLength: 64, ownLimit: true })

export const appInfo = z.object({
  Type: z.enum(['System', 'Custom']),
  Status: z.enum(appStatuses),
  CreationTime: z.string(),
  AppName: z.string(),
  Description: z.string().optional(),
  AppId: z.string(),
  ModificationTime: z.string(),
})

/** See {@link appInfo}. */
export const infoOf = ({ appId, name, description, type, status, createdAt, modifiedAt }: App): z.input<typeof appInfo> => ({
  Type: type,
  Status: status,
  CreationTime: toUtcSeconds(createdAt),
  AppName: name,
  Description: description,
  AppId: appId,
  ModificationTime: toUtcSeconds(modifiedAt),
})
