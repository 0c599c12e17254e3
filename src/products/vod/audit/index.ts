/** Reviews, by people and by machines (VOD manual 10). */

import { defineChapter } from '../shared/chapter.js'
import * as events from './events.js'

export const audit = defineChapter({ name: 'audit', events: Object.values(events) })
