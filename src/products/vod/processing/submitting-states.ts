/** States of what jobs are submitted with. */

import { z } from 'zod'
import { defineProviderState, type ProviderState } from '../../../product/provider-state.js'
import { builtInGroupId } from '../shared/templates/built-in.js'
import { builtInDynamicImageTemplateId } from './dynamic-images/built-in.js'

const dynamicImageTemplate = defineProviderState({
  name: 'a dynamic image template',
  means: 'The account has a template of animated images.',
  params: z.strictObject({}),
  gives: { DynamicImageTemplateId: 'id of the template' },
  meantFor: ['DynamicImageTemplateId'],
  apply: ({ account }) => Promise.resolve({ values: { DynamicImageTemplateId: builtInDynamicImageTemplateId(account) } }),
})

const workflow = defineProviderState({
  name: 'a workflow',
  means: 'The account has a workflow that transcodes.',
  params: z.strictObject({}),
  gives: { WorkflowId: 'id of the workflow' },
  meantFor: ['WorkflowId'],
  apply({ account }) {
    const id = 'contract-workflow'
    account.settings.change({ vod: { workflows: [{ id, templateGroupId: builtInGroupId(account) }] } })
    return Promise.resolve({ values: { WorkflowId: id } })
  },
})

export const submittingStates: readonly ProviderState[] = [dynamicImageTemplate, workflow]
