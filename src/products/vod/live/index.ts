/** From live streams to videos (VOD manual 12). */

import { defineChapter } from '../shared/chapter.js'
import * as events from './events.js'

export const live = defineChapter({ name: 'live', events: Object.values(events) })
