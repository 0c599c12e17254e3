/** Apps. */

import { text } from '../../../../params/scalars.js'

/** The app that is meant where none is named: the system's own. */
export const DEFAULT_APP_ID = 'app-1000000'

/** The parameter AppId: the app that something belongs to. */
export const appId = () => text({ pattern: /^app-[0-9A-Za-z]{1,32}$/ }).default(DEFAULT_APP_ID)
