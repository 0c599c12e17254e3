/** Events of uploads, beside those of the life of a medium. */

import { z } from 'zod'
import { numeral, outcome } from '../../../../events/definition.js'
import { defineVodEvent } from '../../shared/notification/event.js'

export const uploadByURLComplete = defineVodEvent({
  type: 'UploadByURLComplete',
  when: 'the pull of one URL has ended',
  actions: ['UploadMediaByURL'],
  fields: outcome({ JobId: z.string(), SourceURL: z.string() }, { VideoId: z.string(), Size: numeral() }),
})
