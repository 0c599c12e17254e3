/** Editing (VOD manual 9). */

import { defineChapter } from '../shared/chapter.js'
import * as events from './events.js'

export const editing = defineChapter({ name: 'editing', events: Object.values(events) })
