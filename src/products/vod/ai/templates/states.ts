/** States of AI templates. */

import { z } from 'zod'
import { defineProviderState, type ProviderState } from '../../../../product/provider-state.js'

const aiTemplate = defineProviderState({
  name: 'an AI template',
  means: 'The account has an AI template for reviews that blocks what is in violation.',
  params: z.looseObject({}).describe('parameters of AddAITemplate, instead of those of its example'),
  gives: { TemplateId: 'id of the template' },
  meantFor: ['TemplateId'],
  async apply({ call }, _words, params) {
    const { TemplateId } = await call('vod.AddAITemplate', params)
    return { values: { TemplateId } }
  },
})

export const aiTemplateStates: readonly ProviderState[] = [aiTemplate]
