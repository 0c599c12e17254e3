/** Media processing (VOD manual 8). */

import { defineChapter } from '../shared/chapter.js'
import * as events from './events.js'

export const processing = defineChapter({ name: 'processing', events: Object.values(events) })
