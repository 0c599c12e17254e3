/** Records of templates: `account.vod.templateGroups`, `vodTemplates`, `watermarks`. */

import { ownAppUsedByAll } from '../apps/rule.js'
import { filePath } from '../media/file.js'
import { type TemplateGroup, templateGroupSchema } from './template-group.js'
import { type VodTemplate, vodTemplateSchema } from './vod-template.js'
import { type Watermark, watermarkSchema } from './watermark.js'

/** Finds what applies where a call names nothing else. */
const role = ({ isDefault }: { isDefault: boolean }): 'default' | undefined => (isDefault ? 'default' : undefined)

const app = ({ appId }: { appId: string }): string => appId

export const templateRecords = {
  templateGroups: {
    name: 'vod.templateGroups',
    schema: templateGroupSchema,
    keyOf: ({ templateGroupId }: TemplateGroup) => templateGroupId,
    indexes: { role, app },
    app: ownAppUsedByAll,
  },
  vodTemplates: {
    name: 'vod.vodTemplates',
    schema: vodTemplateSchema,
    keyOf: ({ vodTemplateId }: VodTemplate) => vodTemplateId,
    app: ownAppUsedByAll,
    indexes: { app, type: ({ templateType }: VodTemplate) => templateType },
  },
  watermarks: {
    name: 'vod.watermarks',
    schema: watermarkSchema,
    keyOf: ({ watermarkId }: Watermark) => watermarkId,
    app: ownAppUsedByAll,
    indexes: { role, app, path: ({ file }: Watermark) => file && filePath(file) },
  },
}
