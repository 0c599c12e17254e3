/** Events of what is known of a medium. */

import { z } from 'zod'
import { jsonText } from '../../../../events/definition.js'
import { defineVodEvent } from '../notification/event.js'

/** A field's value before (absent if it had none) and after (absent if the medium is gone). */
const change = jsonText(
  z.strictObject({
    OldValue: z.union([z.string(), z.number()]).optional(),
    NewValue: z.union([z.string(), z.number()]).optional(),
  }),
).optional()

export const mediaBaseChangeComplete = defineVodEvent({
  type: 'MediaBaseChangeComplete',
  when: 'title, description, cover, category or tags of a video have been set, changed or deleted',
  actions: ['CreateUploadVideo', 'UpdateVideoInfo', 'UpdateVideoInfos', 'DeleteVideo'],
  fields: z.strictObject({
    Status: z.enum(['success', 'fail']),
    MediaId: z.string(),
    MediaType: z.enum(['video', 'image', 'attached']),
    OperateMode: z.enum(['create', 'update', 'delete']),
    MediaContent: z.strictObject({ Title: change, Description: change, CoverURL: change, CateId: change, Tags: change }),
  }),
})
