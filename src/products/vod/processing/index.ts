/** Media processing (VOD manual 8). */

import { defineChapter } from '../shared/chapter.js'
import * as events from './events.js'
import { templateStates } from './template-states.js'
import { transcodeTemplateActions } from './transcode-templates/index.js'
import * as vodTemplates from './vod-templates/actions.js'
import * as watermarks from './watermarks/actions.js'

export const processing = defineChapter({
  name: 'processing',
  actions: [
    ...transcodeTemplateActions, // 8.2
    ...Object.values(vodTemplates), // 8.3
    ...Object.values(watermarks), // 8.4
  ],
  events: Object.values(events),
  states: [
    ...templateStates, // 8.2 to 8.4
  ],
})
