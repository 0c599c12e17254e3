/** The parameter AppId. */

import { text } from '../../../../params/scalars.js'
import { DEFAULT_APP_ID } from '../../notification/message-callback.js'

/** App that something belongs to; without one, the system's own. */
export const appId = () => text({ pattern: /^app-[0-9A-Za-z]{1,32}$/ }).default(DEFAULT_APP_ID)
