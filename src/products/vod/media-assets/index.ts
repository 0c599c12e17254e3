/** Media assets (VOD manual 7). */

import { defineChapter } from '../shared/chapter.js'
import * as events from './events.js'

export const mediaAssets = defineChapter({ name: 'media-assets', events: Object.values(events) })
