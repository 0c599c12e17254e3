/** Events of media assets, beside those that come with their creation. */

import { z } from 'zod'
import { outcome } from '../../../../events/definition.js'
import { defineVodEvent } from '../../shared/notification/event.js'

export const deleteMediaComplete = defineVodEvent({
  type: 'DeleteMediaComplete',
  when: 'a video was to be deleted',
  actions: ['DeleteVideo'],
  fields: outcome(
    {
      MediaType: z.enum(['video', 'image', 'attached']),
      DeleteType: z.enum(['all', 'mezzanine', 'stream']),
      MediaId: z.string(),
      /** Separated by commas; of streams only. */
      JobIds: z.string().optional(),
    },
    {},
  ),
})
