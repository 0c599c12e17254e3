/** Answers as the official clients read them: nesting and kinds of every Action of templates and watermarks, as the SDKs' interface has them. */

import { expect, onTestFinished, test } from 'vitest'
import { openApi, popCore, type SdkCall, testEmulator } from '../../support/sdk.js'
import { misfits, type Shape } from '../../support/shape.js'
import { sample } from '../support.js'
import { objectOf, uploaderOf } from '../uploader.js'
import { packaged, sd } from './support.js'

const group = {
  AppId: 'string',
  CreationTime: 'string',
  IsDefault: 'string',
  Locked: 'string',
  ModifyTime: 'string',
  Name: 'string',
  TranscodeTemplateGroupId: 'string',
} as const

const template = {
  Audio: 'string',
  'Clip?': 'string',
  Container: 'string',
  'CopyrightMark?': 'string',
  Definition: 'string',
  'EncryptSetting?': 'string',
  'MuxConfig?': 'string',
  'PackageSetting?': 'string',
  'Rotate?': 'string',
  'SubtitleList?': 'string',
  TemplateName: 'string',
  'TraceMark?': 'string',
  'TransConfig?': 'string',
  'TranscodeFileRegular?': 'string',
  TranscodeTemplateId: 'string',
  Type: 'string',
  Video: 'string',
  WatermarkIds: ['string'],
} as const

const vodTemplate = {
  CreationTime: 'string',
  IsDefault: 'string',
  ModifyTime: 'string',
  Name: 'string',
  TemplateConfig: 'string',
  TemplateType: 'string',
  VodTemplateId: 'string',
} as const

const watermark = {
  CreationTime: 'string',
  'FileUrl?': 'string',
  IsDefault: 'string',
  Name: 'string',
  Type: 'string',
  WatermarkConfig: 'string',
  WatermarkId: 'string',
} as const

const shapes: Record<string, Shape> = {
  AddTranscodeTemplateGroup: { TranscodeTemplateGroupId: 'string' },
  UpdateTranscodeTemplateGroup: { TranscodeTemplateGroupId: 'string' },
  DeleteTranscodeTemplateGroup: { NonExistTranscodeTemplateIds: ['string'] },
  ListTranscodeTemplateGroup: { TranscodeTemplateGroupList: [group] },
  GetTranscodeTemplateGroup: { TranscodeTemplateGroup: { ...group, TranscodeTemplateList: [template] } },
  SetDefaultTranscodeTemplateGroup: {},
  AddVodTemplate: { VodTemplateId: 'string' },
  UpdateVodTemplate: { VodTemplateId: 'string' },
  DeleteVodTemplate: { VodTemplateId: 'string' },
  GetVodTemplate: { VodTemplateInfo: vodTemplate },
  ListVodTemplate: { VodTemplateInfoList: [{ ...vodTemplate, AppId: 'string' }] },
  AddWatermark: { WatermarkInfo: watermark },
  UpdateWatermark: { WatermarkInfo: watermark },
  DeleteWatermark: {},
  SetDefaultWatermark: {},
  GetWatermark: { WatermarkInfo: { ...watermark, AppId: 'string' } },
  ListWatermark: { WatermarkInfos: [{ ...watermark, AppId: 'string' }] },
}

test.each([
  { name: '@alicloud/openapi-client', connect: (target: never): SdkCall => openApi(target, 'form') },
  { name: '@alicloud/pop-core', connect: (target: never): SdkCall => popCore(target, 'POST') },
])('$name reads every answer in its nesting, with values of their kinds', async ({ connect }) => {
  const emulator = await testEmulator({ settings: { limits: { enabled: false } } })
  onTestFinished(emulator.close)
  const { credentials } = emulator.cloud.account()
  const call = connect({ url: emulator.url, key: credentials, version: '2017-03-21' } as never)
  const ticket = await call('CreateUploadAttachedMedia', { BusinessType: 'watermark', MediaExt: 'png' })
  await uploaderOf(ticket).put(objectOf(ticket), sample('sample.png'))

  const called: string[] = []
  const wrong: string[] = []
  const checked: SdkCall = async (action, params) => {
    const answer = await call(action, params)
    called.push(action)
    wrong.push(...misfits(answer, { RequestId: 'string', ...(shapes[action] as object) }, action))
    return answer
  }

  const image = JSON.stringify({ Dx: 8, Dy: 8, Width: 0.1, Height: 0.1, ReferPos: 'TopLeft' })
  // The address that was handed out leads to the emulator, and does here, too.
  const { WatermarkInfo } = await checked('AddWatermark', { Name: 'a', Type: 'Image', FileUrl: ticket.FileURL, WatermarkConfig: image })
  const { WatermarkId } = WatermarkInfo
  await checked('UpdateWatermark', { WatermarkId, Name: 'b', WatermarkConfig: image })
  await checked('GetWatermark', { WatermarkId })
  await checked('ListWatermark')
  const { WatermarkInfo: another } = await call('AddWatermark', { Name: 'a', Type: 'Text', WatermarkConfig: '{"Content":"a"}' })
  await checked('SetDefaultWatermark', { WatermarkId: another.WatermarkId })

  const all = {
    ...packaged,
    TransConfig: { IsCheckReso: true },
    TranscodeFileRegular: '{MediaId}',
    Clip: { TimeSpan: { Seek: 1 } },
    Rotate: 90,
    EncryptSetting: { EncryptType: 'AliyunVoDEncryption' },
    SubtitleList: [{ SubtitleUrl: ticket.FileURL.replace('.png', '.ass') }],
    WatermarkIds: [WatermarkId],
    CopyrightMark: { Content: 'a' },
    TraceMark: { Enable: true },
  }
  const params = { Name: 'group', TranscodeTemplateList: JSON.stringify([all, sd]) }
  const { TranscodeTemplateGroupId } = await checked('AddTranscodeTemplateGroup', params)
  const { TranscodeTemplateGroup } = await checked('GetTranscodeTemplateGroup', { TranscodeTemplateGroupId })
  const [{ TranscodeTemplateId, ...full }] = TranscodeTemplateGroup.TranscodeTemplateList
  expect(Object.keys(full).length).toBe(Object.keys(template).length - 1)
  await checked('UpdateTranscodeTemplateGroup', { TranscodeTemplateGroupId, Name: 'renamed' })
  await checked('ListTranscodeTemplateGroup')
  await checked('DeleteTranscodeTemplateGroup', { TranscodeTemplateGroupId, TranscodeTemplateIds: `${TranscodeTemplateId},none` })
  await checked('SetDefaultTranscodeTemplateGroup', { TranscodeTemplateGroupId })

  const TemplateConfig = '{"SnapshotConfig":{"Count":10,"SpecifiedOffsetTime":0,"Interval":1},"SnapshotType":"NormalSnapshot"}'
  const { VodTemplateId } = await checked('AddVodTemplate', { Name: 'a', TemplateType: 'Snapshot', TemplateConfig })
  await checked('UpdateVodTemplate', { VodTemplateId, Name: 'b' })
  await checked('GetVodTemplate', { VodTemplateId })
  await checked('ListVodTemplate', { TemplateType: 'Snapshot' })
  await checked('DeleteVodTemplate', { VodTemplateId })
  await checked('DeleteWatermark', { WatermarkId })
  expect(called.sort()).toEqual(Object.keys(shapes).sort())
  expect(wrong).toEqual([])
})
