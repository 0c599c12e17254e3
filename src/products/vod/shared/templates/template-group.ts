/** Groups of transcoding templates: what a video is transcoded to. */

import { z } from 'zod'
import { timestampSchema } from '../../../../base/time-schemas.js'
import { templateSchema } from './transcode-template.js'

export { type Template, templateSchema } from './transcode-template.js'

export const templateGroupSchema = z.object({
  templateGroupId: z.string(),
  name: z.string(),
  isDefault: z.boolean(),
  /** Locked by the service: cannot be changed. */
  locked: z.boolean(),
  /** In the order in which they are worked through; without any, videos are not transcoded. */
  templates: z.array(templateSchema),
  appId: z.string(),
  createdAt: timestampSchema,
  modifiedAt: timestampSchema,
})

/** See {@link templateGroupSchema}. */
export type TemplateGroup = z.output<typeof templateGroupSchema>

/** Id of the built-in group that does not transcode: the source file is what is played. */
export const NO_TRANSCODE = 'VOD_NO_TRANSCODE'
