/** Apps, as parameters name them. */

import { text } from '../../../../params/scalars.js'
import { DEFAULT_APP_ID } from '../apps/app.js'

/** The parameter AppId: the app that something belongs to. That there is such an app, and that who calls may use it, is seen to for every Action. */
export const appId = () => text({ pattern: /^app-[0-9A-Za-z]{1,32}$/ }).default(DEFAULT_APP_ID)
