/** Media processing (VOD manual 8). */

import { defineChapter } from '../shared/chapter.js'
import * as events from './events.js'
import * as kms from './kms/actions.js'
import { keyRoute } from './kms/key-server.js'

export const processing = defineChapter({
  name: 'processing',
  actions: Object.values(kms),
  events: Object.values(events),
  routes: [keyRoute],
})
