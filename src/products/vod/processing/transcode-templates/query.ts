/** Transcoding template groups as answers have them (VOD manual 8.2.4, 8.2.5). */

import { z } from 'zod'
import { perSecond } from '../../../../actions/action.js'
import { inAnyOrder } from '../../../../actions/promises.js'
import { toUtcSeconds } from '../../../../base/times.js'
import { appId } from '../../shared/service/app-id.js'
import { vod } from '../../shared/service/service.js'
import type { TemplateGroup } from '../../shared/templates/template-group.js'
import type { Template } from '../../shared/templates/transcode-template.js'
import { id } from '../../upload/params.js'
import { groupErrors, groupNamed } from './find.js'

const groupInfo = z.object({
  TranscodeTemplateGroupId: z.string(),
  Name: z.string(),
  IsDefault: z.string(),
  Locked: z.string(),
  AppId: z.string(),
  CreationTime: z.string(),
  ModifyTime: z.string(),
})

const infoOf = ({ templateGroupId, name, isDefault, locked, appId: AppId, createdAt, modifiedAt }: TemplateGroup) => ({
  TranscodeTemplateGroupId: templateGroupId,
  Name: name,
  IsDefault: isDefault ? 'Default' : 'NotDefault',
  Locked: locked ? 'Enabled' : 'Disabled',
  AppId,
  CreationTime: toUtcSeconds(createdAt),
  ModifyTime: toUtcSeconds(modifiedAt),
})

export const listTranscodeTemplateGroup = vod.action('ListTranscodeTemplateGroup', {
  summary: 'Lists the template groups of an app, oldest first, without their templates.',
  source: 'VOD manual 8.2.4',
  limit: perSecond(15),
  input: () => ({ AppId: appId() }),
  output: () => z.object({ TranscodeTemplateGroupList: inAnyOrder(z.array(groupInfo)) }),
  run({ input: { AppId }, account }) {
    const { rows } = account.vod.templateGroups.list({ by: { app: AppId } })
    return { TranscodeTemplateGroupList: rows.map(infoOf) }
  },
})

/** Structures are JSON text in it. */
const templateInfo = z.object({
  TranscodeTemplateId: z.string(),
  TemplateName: z.string(),
  Type: z.string(),
  Definition: z.string(),
  Rotate: z.string().optional(),
  TranscodeFileRegular: z.string().optional(),
  WatermarkIds: inAnyOrder(z.array(z.string())),
  Container: z.string(),
  Video: z.string().optional(),
  Audio: z.string().optional(),
  MuxConfig: z.string().optional(),
  TransConfig: z.string().optional(),
  Clip: z.string().optional(),
  EncryptSetting: z.string().optional(),
  PackageSetting: z.string().optional(),
  SubtitleList: z.string().optional(),
  CopyrightMark: z.string().optional(),
  TraceMark: z.string().optional(),
})

const jsonOf = (structure: object | undefined): string | undefined => (structure === undefined ? undefined : JSON.stringify(structure))

const templateInfoOf = (template: Template): z.input<typeof templateInfo> => ({
  TranscodeTemplateId: template.TranscodeTemplateId,
  TemplateName: template.TemplateName,
  Type: template.Type ?? 'Normal',
  Definition: template.Definition,
  Rotate: template.Rotate,
  TranscodeFileRegular: template.TranscodeFileRegular,
  WatermarkIds: template.WatermarkIds ?? [],
  Container: JSON.stringify(template.Container),
  Video: Object.keys(template.Video).length === 0 ? undefined : JSON.stringify(template.Video),
  Audio: jsonOf(template.Audio),
  MuxConfig: jsonOf(template.MuxConfig),
  TransConfig: jsonOf(template.TransConfig),
  Clip: jsonOf(template.Clip),
  EncryptSetting: jsonOf(template.EncryptSetting),
  PackageSetting: jsonOf(template.PackageSetting),
  SubtitleList: jsonOf(template.SubtitleList),
  CopyrightMark: jsonOf(template.CopyrightMark),
  TraceMark: jsonOf(template.TraceMark),
})

export const getTranscodeTemplateGroup = vod.action('GetTranscodeTemplateGroup', {
  summary: 'Answers a template group with all that its templates say.',
  source: 'VOD manual 8.2.5',
  limit: perSecond(30),
  input: () => ({ TranscodeTemplateGroupId: id() }),
  output: () => z.object({ TranscodeTemplateGroup: groupInfo.extend({ TranscodeTemplateList: inAnyOrder(z.array(templateInfo)) }) }),
  errors: groupErrors,
  run({ input: { TranscodeTemplateGroupId }, account, fail }) {
    const group = groupNamed(account, TranscodeTemplateGroupId, fail)
    return { TranscodeTemplateGroup: { ...infoOf(group), TranscodeTemplateList: group.templates.map(templateInfoOf) } }
  },
})
