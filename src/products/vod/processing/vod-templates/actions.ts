/** Templates of snapshots and of animated images (VOD manual 8.3). */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { perSecond } from '../../../../actions/action.js'
import { inAnyOrder } from '../../../../actions/promises.js'
import type { ErrorTable, Refusal } from '../../../../base/errors.js'
import { toUtcSeconds } from '../../../../base/times.js'
import { oneOf, text } from '../../../../params/scalars.js'
import { json } from '../../../../params/structures.js'
import { newId } from '../../shared/media/new-id.js'
import { appId } from '../../shared/service/app-id.js'
import { vod } from '../../shared/service/service.js'
import { type VodTemplate, vodTemplateTypes } from '../../shared/templates/vod-template.js'
import { id } from '../../upload/params.js'
import { configOf, readConfig } from './config.js'

/** Templates that an account may have (service limits, developer guide). */
const MAX_TEMPLATES = 20

/** The manual has no errors for these Actions; this is what others have for a resource that is not there. */
const templateErrors = {
  NoSuchResource: { status: 404, message: 'The specified resource {param} does not exist.' },
} as const satisfies ErrorTable

const name = () => text({ maxBytes: 128 })

/** Read by the type of the template, which says what it holds. */
const templateConfig = () => json(z.record(z.string(), z.unknown()))

/** The manual fixes it to Snapshot, and has templates of animated images, which no other Action could create. */
const templateType = () => oneOf(vodTemplateTypes)

const templateNamed = ({ vod }: Account, vodTemplateId: string, fail: (code: 'NoSuchResource', refusal: Refusal) => never): VodTemplate =>
  vod.vodTemplates.get(vodTemplateId) ?? fail('NoSuchResource', { param: 'VodTemplateId', reason: 'is not the id of a template' })

const templateInfo = z.object({
  VodTemplateId: z.string(),
  Name: z.string(),
  TemplateType: z.string(),
  IsDefault: z.string(),
  /** JSON. */
  TemplateConfig: z.string(),
  CreationTime: z.string(),
  ModifyTime: z.string(),
})

const infoOf = (template: VodTemplate): z.input<typeof templateInfo> => ({
  VodTemplateId: template.vodTemplateId,
  Name: template.name,
  TemplateType: template.templateType,
  IsDefault: template.isDefault ? 'Default' : 'NotDefault',
  TemplateConfig: JSON.stringify(configOf(template)),
  CreationTime: toUtcSeconds(template.createdAt),
  ModifyTime: toUtcSeconds(template.modifiedAt),
})

export const addVodTemplate = vod.action('AddVodTemplate', {
  summary: 'Creates a template of snapshots, or of animated images.',
  source: 'VOD manual 8.3.1',
  limit: perSecond(10),
  input: () => ({ Name: name(), TemplateType: templateType(), TemplateConfig: templateConfig(), AppId: appId() }),
  output: () => z.object({ VodTemplateId: z.string() }),
  run({ input: { Name, TemplateType, TemplateConfig, AppId }, account, fail }) {
    const { clock, vod } = account
    // The one that every account has does not count.
    if (vod.vodTemplates.list().rows.filter(({ isDefault }) => !isDefault).length >= MAX_TEMPLATES)
      fail('Forbidden', { reason: `the account has ${MAX_TEMPLATES} templates of snapshots and animated images, which is all it may have` })
    const config = readConfig(TemplateType, TemplateConfig, fail)
    const now = clock.now()
    const { vodTemplateId } = vod.vodTemplates.put({
      vodTemplateId: newId(account),
      name: Name,
      templateType: TemplateType,
      isDefault: false,
      ...config,
      appId: AppId,
      createdAt: now,
      modifiedAt: now,
    })
    return { VodTemplateId: vodTemplateId }
  },
})

export const updateVodTemplate = vod.action('UpdateVodTemplate', {
  summary: 'Changes the name of a template, or what it says.',
  source: 'VOD manual 8.3.5',
  limit: perSecond(20),
  input: () => ({ VodTemplateId: id(), Name: name().optional(), TemplateConfig: templateConfig().optional() }),
  output: () => z.object({ VodTemplateId: z.string() }),
  errors: templateErrors,
  run({ input: { VodTemplateId, Name, TemplateConfig }, account, fail }) {
    const template = templateNamed(account, VodTemplateId, fail)
    // The manual's example leaves out the SnapshotType, so what is left out at the top stays.
    const config = TemplateConfig && readConfig(template.templateType, { ...configOf(template), ...TemplateConfig }, fail)
    account.vod.vodTemplates.update(VodTemplateId, (draft) => {
      Object.assign(draft, config, { name: Name ?? draft.name, modifiedAt: account.clock.now() })
    })
    return { VodTemplateId }
  },
})

export const deleteVodTemplate = vod.action('DeleteVodTemplate', {
  summary: 'Deletes a template of snapshots or animated images; what it was used for stays.',
  source: 'VOD manual 8.3.2',
  limit: perSecond(5),
  input: () => ({ VodTemplateId: id() }),
  output: () => z.object({ VodTemplateId: z.string() }),
  errors: templateErrors,
  run({ input: { VodTemplateId }, account, fail }) {
    templateNamed(account, VodTemplateId, fail)
    account.vod.vodTemplates.delete(VodTemplateId)
    return { VodTemplateId }
  },
})

export const getVodTemplate = vod.action('GetVodTemplate', {
  summary: 'Answers a template of snapshots or animated images.',
  source: 'VOD manual 8.3.3',
  limit: perSecond(30),
  input: () => ({ VodTemplateId: id() }),
  output: () => z.object({ VodTemplateInfo: templateInfo }),
  errors: templateErrors,
  run: ({ input: { VodTemplateId }, account, fail }) => ({ VodTemplateInfo: infoOf(templateNamed(account, VodTemplateId, fail)) }),
})

export const listVodTemplate = vod.action('ListVodTemplate', {
  summary: 'Lists the templates of a type that an app has, newest first.',
  source: 'VOD manual 8.3.4',
  limit: perSecond(10),
  input: () => ({ TemplateType: templateType(), AppId: appId() }),
  output: () => z.object({ VodTemplateInfoList: inAnyOrder(z.array(templateInfo.extend({ AppId: z.string() }))) }),
  run({ input: { TemplateType, AppId }, account }) {
    const { rows } = account.vod.vodTemplates.list({ by: { app: AppId, type: TemplateType }, descending: true })
    return { VodTemplateInfoList: rows.map((template) => ({ ...infoOf(template), AppId: template.appId })) }
  },
})
