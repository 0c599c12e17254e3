/** AI templates, added, changed and deleted (VOD manual 11.1.1 to 11.1.3, 11.1.6). */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { perSecond } from '../../../../actions/action.js'
import type { Refusal } from '../../../../base/errors.js'
import { oneOf, text } from '../../../../params/scalars.js'
import { resourceErrors } from '../../media-assets/common/errors.js'
import { newId } from '../../shared/media/new-id.js'
import { vod } from '../../shared/service/service.js'
import { type AITemplate, aiTemplateTypes, defaultAITemplateOf } from '../../shared/templates/ai-template.js'
import { id } from '../../upload/params.js'
import { readConfig, templateConfig } from './config.js'

/** AI templates of an account. The manual sets no limit. */
const MAX_TEMPLATES = 1000

const templateName = () => text({ maxBytes: 128 })

const answer = z.object({ TemplateId: z.string() })

export const addAITemplate = vod.action('AddAITemplate', {
  summary: 'Adds an AI template for automated reviews or for smart covers.',
  source: 'VOD manual 11.1.1',
  limit: perSecond(5),
  input: () => ({ TemplateName: templateName(), TemplateType: oneOf(aiTemplateTypes), TemplateConfig: templateConfig() }),
  output: () => answer,
  run({ input: { TemplateName: name, TemplateType: type, TemplateConfig }, account, fail }) {
    const { vod, clock } = account
    const config = readConfig(type, TemplateConfig, fail)
    if (vod.aiTemplates.count >= MAX_TEMPLATES) fail('Forbidden', { reason: `the account has ${MAX_TEMPLATES} AI templates` })
    const now = clock.now()
    const { templateId } = vod.aiTemplates.put({
      templateId: newId(account),
      name,
      type,
      ...config,
      source: 'Custom',
      isDefault: false,
      createdAt: now,
      modifiedAt: now,
    })
    return { TemplateId: templateId }
  },
})

export const updateAITemplate = vod.action('UpdateAITemplate', {
  summary: 'Changes name and configuration of an AI template; jobs that have been submitted keep those that it had.',
  source: 'VOD manual 11.1.3',
  limit: perSecond(5),
  input: () => ({ TemplateId: id(), TemplateName: templateName(), TemplateConfig: templateConfig() }),
  output: () => answer,
  errors: resourceErrors,
  run({ input: { TemplateId, TemplateName, TemplateConfig }, account: { vod, clock }, fail }) {
    const { type } = ownTemplate(vod, TemplateId, fail)
    const config = readConfig(type, TemplateConfig, fail)
    vod.aiTemplates.update(TemplateId, (draft) => {
      Object.assign(draft, config)
      draft.name = TemplateName
      draft.modifiedAt = clock.now()
    })
    return { TemplateId }
  },
})

export const deleteAITemplate = vod.action('DeleteAITemplate', {
  summary: 'Deletes an AI template that is not a default; jobs that have been submitted keep its configuration.',
  source: 'VOD manual 11.1.2',
  limit: perSecond(5),
  input: () => ({ TemplateId: id() }),
  output: () => answer,
  errors: resourceErrors,
  run({ input: { TemplateId }, account: { vod }, fail }) {
    const { isDefault } = ownTemplate(vod, TemplateId, fail)
    // The manual forbids it, without a code of its own.
    if (isDefault) fail('Forbidden', { param: 'TemplateId', reason: 'is the id of a default template' })
    vod.aiTemplates.delete(TemplateId)
    return { TemplateId }
  },
})

export const setDefaultAITemplate = vod.action('SetDefaultAITemplate', {
  summary: 'Makes an AI template the default of its type, in place of the one before.',
  source: 'VOD manual 11.1.6',
  limit: perSecond(5),
  input: () => ({ TemplateId: id() }),
  output: () => answer,
  errors: resourceErrors,
  run({ input: { TemplateId }, account, fail }) {
    const { aiTemplates } = account.vod
    const { type } = templateNamed(account.vod, TemplateId, fail)
    const before = defaultAITemplateOf(account, type)
    const mark = (templateId: string, isDefault: boolean) =>
      aiTemplates.update(templateId, (draft) => {
        draft.isDefault = isDefault
      })
    if (before) mark(before.templateId, false)
    mark(TemplateId, true)
    return { TemplateId }
  },
})

type Fail = (code: 'NoSuchResource' | 'Forbidden', refusal: Refusal) => never

/** The template that a call names. */
export const templateNamed = ({ aiTemplates }: Account['vod'], templateId: string, fail: Fail): AITemplate =>
  aiTemplates.get(templateId) ?? fail('NoSuchResource', { param: 'TemplateId', reason: 'is not the id of an AI template of this account' })

/** The template that a call names, if it is not the service's own: only what was added can be changed. */
function ownTemplate(vod: Account['vod'], templateId: string, fail: Fail): AITemplate {
  const template = templateNamed(vod, templateId, fail)
  if (template.source === 'System') fail('Forbidden', { param: 'TemplateId', reason: "is the id of one of the service's own templates" })
  return template
}
