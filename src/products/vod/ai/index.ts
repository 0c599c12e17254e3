/** AI: templates, fingerprints, tags, pictures (VOD manual 11). */

import { defineChapter } from '../shared/chapter.js'
import { seedAITemplates } from '../shared/templates/ai-template.js'
import * as events from './events.js'
import { aiTemplateActions } from './templates/index.js'
import { aiTemplateStates } from './templates/states.js'

export const ai = defineChapter({
  name: 'ai',
  actions: [...aiTemplateActions],
  events: Object.values(events),
  states: aiTemplateStates,
  seed: seedAITemplates,
})
