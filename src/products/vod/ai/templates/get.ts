/** AI templates, as they are (VOD manual 11.1.4, 11.1.5, 11.1.7). */

import { z } from 'zod'
import { perSecond } from '../../../../actions/action.js'
import { inAnyOrder } from '../../../../actions/promises.js'
import { toUtcSeconds } from '../../../../base/times.js'
import { oneOf } from '../../../../params/scalars.js'
import { resourceErrors } from '../../media-assets/common/errors.js'
import { vod } from '../../shared/service/service.js'
import { type AITemplate, aiConfigText, aiTemplateTypes, defaultAITemplateOf } from '../../shared/templates/ai-template.js'
import { id } from '../../upload/params.js'
import { templateNamed } from './change.js'

/** A template as answers have it (VOD manual, appendix "AITemplateInfo"). */
const templateInfo = z.object({
  TemplateId: z.string(),
  TemplateType: z.enum(aiTemplateTypes),
  TemplateName: z.string(),
  /** JSON. */
  TemplateConfig: z.string(),
  Source: z.enum(['System', 'Custom']),
  IsDefault: z.enum(['Default', 'NotDefault']),
  CreationTime: z.string(),
  ModifyTime: z.string(),
})

const infoOf = (template: AITemplate): z.input<typeof templateInfo> => ({
  TemplateId: template.templateId,
  TemplateType: template.type,
  TemplateName: template.name,
  TemplateConfig: aiConfigText(template),
  Source: template.source,
  IsDefault: template.isDefault ? 'Default' : 'NotDefault',
  CreationTime: toUtcSeconds(template.createdAt),
  ModifyTime: toUtcSeconds(template.modifiedAt),
})

export const getAITemplate = vod.action('GetAITemplate', {
  summary: 'Answers an AI template with its configuration.',
  source: 'VOD manual 11.1.4',
  limit: perSecond(5),
  input: () => ({ TemplateId: id() }),
  output: () => z.object({ TemplateInfo: templateInfo }),
  errors: resourceErrors,
  run: ({ input: { TemplateId }, account, fail }) => ({ TemplateInfo: infoOf(templateNamed(account.vod, TemplateId, fail)) }),
})

export const listAITemplate = vod.action('ListAITemplate', {
  summary: 'Lists the AI templates of a type, in the order in which they were added.',
  source: 'VOD manual 11.1.5',
  limit: perSecond(5),
  input: () => ({ TemplateType: oneOf(aiTemplateTypes) }),
  output: () => z.object({ TemplateInfoList: inAnyOrder(z.array(templateInfo)) }),
  run: ({ input: { TemplateType }, account: { vod } }) => ({
    TemplateInfoList: vod.aiTemplates.list({ by: { type: TemplateType } }).rows.map(infoOf),
  }),
})

export const getDefaultAITemplate = vod.action('GetDefaultAITemplate', {
  summary: 'Answers the AI template by which media are reviewed where a call names none.',
  source: 'VOD manual 11.1.7',
  limit: perSecond(10),
  input: () => ({ TemplateType: oneOf(['AIMediaAudit']) }),
  output: () => z.object({ TemplateInfo: templateInfo }),
  errors: resourceErrors,
  run({ input: { TemplateType }, account, fail }) {
    const template =
      defaultAITemplateOf(account, TemplateType) ??
      fail('NoSuchResource', { param: 'TemplateType', reason: 'is a type of which the account has no default template' })
    return { TemplateInfo: infoOf(template) }
  },
})
