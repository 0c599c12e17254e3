/** Media assets (VOD manual 7). */

import { defineChapter } from '../shared/chapter.js'
import * as events from './events.js'
import { scrollsPart } from './search/scroll.js'
import { searchMedia } from './search/search-media.js'

export const mediaAssets = defineChapter({
  name: 'media-assets',
  actions: [searchMedia],
  events: Object.values(events),
  parts: [scrollsPart],
})
