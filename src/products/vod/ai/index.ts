/** AI: templates, fingerprints, tags, pictures (VOD manual 11). */

import { defineChapter } from '../shared/chapter.js'
import { seedAITemplates } from '../shared/templates/ai-template.js'
import * as events from './events.js'

export const ai = defineChapter({ name: 'ai', events: Object.values(events), seed: seedAITemplates })
