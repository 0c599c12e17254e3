/** Global configuration: event notification and cross-domain policy (VOD manual 16). */

import { defineChapter } from '../shared/chapter.js'
import * as callbacks from './callbacks.js'
import { notificationStates } from './states.js'

export const notification = defineChapter({ name: 'notification', actions: Object.values(callbacks), states: notificationStates })
