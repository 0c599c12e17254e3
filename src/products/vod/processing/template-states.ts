/** States of templates and watermarks. */

import { z } from 'zod'
import { defineProviderState, type ProviderState, StateError } from '../../../product/provider-state.js'
import { storeSample } from '../shared/media/files.js'

const paramsOf = (action: string) => z.looseObject({}).describe(`parameters of ${action}, instead of those of its example`)

const templateGroup = defineProviderState({
  name: 'a transcoding template group',
  means: 'The account has created a group with a template in it.',
  params: paramsOf('AddTranscodeTemplateGroup'),
  gives: {
    TranscodeTemplateGroupId: 'id of the group',
    TemplateGroupId: 'the same',
    TranscodeTemplateIds: 'id of the first template in it',
  },
  meantFor: ['TranscodeTemplateGroupId', 'TemplateGroupId', 'TranscodeTemplateIds'],
  async apply({ account, call }, _words, params) {
    const { TranscodeTemplateGroupId: id } = await call('vod.AddTranscodeTemplateGroup', params)
    const TranscodeTemplateId = account.vod.templateGroups.get(id)?.templates[0]?.TranscodeTemplateId
    if (TranscodeTemplateId === undefined) throw new StateError('the group has no template')
    return {
      values: {
        TranscodeTemplateGroupId: id,
        TemplateGroupId: id,
        TranscodeTemplateIds: TranscodeTemplateId,
      },
    }
  },
})

const snapshotTemplate = defineProviderState({
  name: 'a snapshot template',
  means: 'The account has created a template of snapshots, or of animated images.',
  params: paramsOf('AddVodTemplate'),
  gives: { VodTemplateId: 'id of the template' },
  meantFor: ['VodTemplateId'],
  async apply({ call }, _words, params) {
    const { VodTemplateId } = await call('vod.AddVodTemplate', params)
    return { values: { VodTemplateId } }
  },
})

const watermarkFile = defineProviderState({
  name: 'an uploaded watermark image',
  means: 'An auxiliary medium for watermarks has been created and its file uploaded.',
  params: paramsOf('CreateUploadAttachedMedia'),
  gives: { FileUrl: 'address of the file in OSS', MediaId: 'id of the auxiliary medium' },
  meantFor: ['FileUrl'],
  async apply({ account, call }, _words, params) {
    const { MediaId, FileURL } = await call('vod.CreateUploadAttachedMedia', params)
    const file = account.vod.attachedMedia.get(MediaId)?.file
    if (file === undefined) throw new StateError('nothing has been created')
    await account.turn.take(() => storeSample(account, file, 'sample.png'))
    return { values: { FileUrl: FileURL, MediaId } }
  },
})

const TEXT = { Name: '水印', Type: 'Text', WatermarkConfig: '{"Content":"水印测试"}' }

const watermark = defineProviderState({
  name: 'a watermark',
  means: 'The account has a text watermark, or another one.',
  params: z.looseObject({}).describe('parameters of AddWatermark, instead of those of a text'),
  gives: { WatermarkId: 'id of the watermark' },
  meantFor: ['WatermarkId'],
  async apply({ call }, _words, params) {
    const { WatermarkInfo } = await call('vod.AddWatermark', Object.keys(params).length === 0 ? TEXT : params)
    return { values: { WatermarkId: WatermarkInfo.WatermarkId } }
  },
})

export const templateStates: readonly ProviderState[] = [templateGroup, snapshotTemplate, watermarkFile, watermark]
