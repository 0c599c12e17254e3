/** Templates of snapshots and of animated images. */

import { z } from 'zod'
import { timestampSchema } from '../../../../base/time-schemas.js'
import { dynamicImageTemplateConfig } from './dynamic-image-config.js'
import { snapshotTemplateConfig } from './snapshot-config.js'

export const vodTemplateTypes = ['Snapshot', 'DynamicImage'] as const

export const vodTemplateSchema = z.object({
  vodTemplateId: z.string(),
  name: z.string(),
  templateType: z.enum(vodTemplateTypes),
  isDefault: z.boolean(),
  /** What the snapshots of a template of type Snapshot are like. */
  snapshot: snapshotTemplateConfig.optional(),
  /** What the animated images of a template of type DynamicImage are like. */
  dynamicImage: dynamicImageTemplateConfig.optional(),
  appId: z.string(),
  /** Milliseconds since 1970 on the account's clock. */
  createdAt: timestampSchema,
  modifiedAt: timestampSchema,
})

/** See {@link vodTemplateSchema}. */
export type VodTemplate = z.output<typeof vodTemplateSchema>
