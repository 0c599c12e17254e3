/** Events of editing. */

import { z } from 'zod'
import { outcome } from '../../../events/definition.js'
import { defineVodEvent } from '../shared/notification/event.js'

export const produceMediaComplete = defineVodEvent({
  type: 'ProduceMediaComplete',
  when: 'the video of an editing project has been produced',
  actions: ['ProduceEditingProjectVideo'],
  fields: outcome({ MediaId: z.string(), ProjectId: z.string() }, {}),
})
