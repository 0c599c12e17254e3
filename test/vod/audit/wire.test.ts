/** Answers as the official clients read them: nesting and kinds of every Action of reviews and AI templates, as the SDKs' interface has them. */

import { expect, onTestFinished, test } from 'vitest'
import { openApi, popCore, type SdkCall, testEmulator } from '../../support/sdk.js'
import { misfits, type Shape } from '../../support/shape.js'
import { sample } from '../support.js'
import { objectOf, uploaderOf } from '../uploader.js'

const template = {
  CreationTime: 'string',
  IsDefault: 'string',
  ModifyTime: 'string',
  Source: 'string',
  TemplateConfig: 'string',
  TemplateId: 'string',
  TemplateName: 'string',
  TemplateType: 'string',
} as const

const scene = {
  AverageScore: 'string',
  CounterList: [{ Count: 'number', Label: 'string' }],
  Label: 'string',
  MaxScore: 'string',
  Suggestion: 'string',
  TopList: [{ Label: 'string', Score: 'string', Timestamp: 'string', Url: 'string' }],
} as const

const found = { Label: 'string', Scene: 'string', Score: 'string', Suggestion: 'string' } as const

const result = {
  AbnormalModules: 'string',
  AudioResult: [found],
  ImageResult: [{ Label: 'string', Result: [found], Suggestion: 'string', Type: 'string', Url: 'string' }],
  Label: 'string',
  Suggestion: 'string',
  TextResult: [{ ...found, Content: 'string', Type: 'string' }],
  VideoResult: {
    AdResult: scene,
    Label: 'string',
    LiveResult: scene,
    LogoResult: scene,
    PornResult: scene,
    Suggestion: 'string',
    TerrorismResult: scene,
  },
} as const

const moment = [{ Label: 'string', Score: 'string', Timestamp: 'string' }] as const

const shapes: Record<string, Shape> = {
  AddAITemplate: { TemplateId: 'string' },
  UpdateAITemplate: { TemplateId: 'string' },
  SetDefaultAITemplate: { TemplateId: 'string' },
  DeleteAITemplate: { TemplateId: 'string' },
  GetAITemplate: { TemplateInfo: template },
  GetDefaultAITemplate: { TemplateInfo: template },
  ListAITemplate: { TemplateInfoList: [template] },
  SubmitAIMediaAuditJob: { JobId: 'string', MediaId: 'string' },
  SubmitAIImageAuditJob: { JobId: 'string' },
  GetAIMediaAuditJob: {
    MediaAuditJob: {
      Code: 'string',
      CompleteTime: 'string',
      CreationTime: 'string',
      Data: result,
      JobId: 'string',
      MediaId: 'string',
      Message: 'string',
      Status: 'string',
      Type: 'string',
    },
  },
  GetMediaAuditResult: { MediaAuditResult: result },
  GetMediaAuditResultDetail: {
    MediaAuditResultDetail: {
      Total: 'number',
      List: [
        {
          AdLabel: 'string',
          AdScore: 'string',
          LiveLabel: 'string',
          LiveScore: 'string',
          LogoLabel: 'string',
          LogoScore: 'string',
          PornLabel: 'string',
          PornScore: 'string',
          TerrorismLabel: 'string',
          TerrorismScore: 'string',
          Timestamp: 'string',
          Url: 'string',
        },
      ],
    },
  },
  GetMediaAuditResultTimeline: { MediaAuditResultTimeline: { Ad: moment, Live: moment, Logo: moment, Porn: moment, Terrorism: moment } },
  GetMediaAuditAudioResultDetail: {
    MediaAuditAudioResultDetail: {
      List: [{ EndTime: 'number', Label: 'string', StartTime: 'number', Text: 'string' }],
      PageTotal: 'number',
      Total: 'number',
    },
  },
  CreateAudit: {},
  GetAuditHistory: {
    Status: 'string',
    Total: 'number',
    Histories: [{ Auditor: 'string', Comment: 'string', CreationTime: 'string', Reason: 'string', Status: 'string' }],
  },
  SetAuditSecurityIp: {},
  ListAuditSecurityIp: {
    SecurityIpList: [{ CreationTime: 'string', Ips: 'string', ModificationTime: 'string', SecurityGroupName: 'string' }],
  },
}

/** An emulator with a video that breaks every rule and an image, and a client. */
async function library(connect: (target: { url: string; key: never; version: string }) => SdkCall) {
  const emulator = await testEmulator()
  onTestFinished(emulator.close)
  const account = emulator.cloud.account()
  const call = connect({ url: emulator.url, key: account.credentials as never, version: '2017-03-21' })
  const url = 'http://films.example.com/film.mp4'
  const at = { at: 1 }
  await emulator.control('PUT', '/assets', {
    url,
    findings: {
      video: (['porn', 'terrorism', 'ad', 'live', 'logo'] as const).map((each) => ({ scene: each, ...at })),
      audio: [{ label: 'abuse', from: 1, to: 2, text: 'words' }],
    },
  })
  const { UploadJobs } = await call('UploadMediaByURL', { UploadURLs: url })
  const image = await call('CreateUploadImage', { ImageType: 'default' })
  await uploaderOf(image).put(objectOf(image), sample('sample.png'))
  await account.clock.advance('1m')
  const MediaId = account.vod.uploadJobs.get(UploadJobs[0].JobId)?.videoId ?? ''
  const { TemplateId } = await call('ListAITemplate', { TemplateType: 'AIMediaAudit' }).then(({ TemplateInfoList }) => TemplateInfoList[0])
  const { JobId } = await call('SubmitAIMediaAuditJob', { MediaId, TemplateId })
  await account.clock.advance('1m')
  return { call, MediaId, ImageId: image.ImageId, TemplateId, JobId }
}

const TemplateConfig = '{"AuditItem":["porn"],"AuditRange":["video"],"AuditContent":["screen"],"AuditAutoBlock":"no"}'

test.each([
  { name: '@alicloud/openapi-client', connect: (target: never) => openApi(target, 'form') },
  { name: '@alicloud/pop-core', connect: (target: never) => popCore(target, 'POST') },
])('$name reads every answer in its nesting, with values of their kinds', async ({ connect }) => {
  const { call, MediaId, ImageId, TemplateId, JobId } = await library(connect as never)
  const added = await call('AddAITemplate', { TemplateName: 'mine', TemplateType: 'AIMediaAudit', TemplateConfig })
  const calls: [action: string, params: Record<string, unknown>][] = [
    ['AddAITemplate', { TemplateName: 'another', TemplateType: 'AIMediaAudit', TemplateConfig }],
    ['UpdateAITemplate', { TemplateId: added.TemplateId, TemplateName: 'renamed', TemplateConfig }],
    ['GetAITemplate', { TemplateId: added.TemplateId }],
    ['ListAITemplate', { TemplateType: 'AIMediaAudit' }],
    ['SetDefaultAITemplate', { TemplateId }],
    ['GetDefaultAITemplate', { TemplateType: 'AIMediaAudit' }],
    ['DeleteAITemplate', { TemplateId: added.TemplateId }],
    ['SubmitAIMediaAuditJob', { MediaId, TemplateId, UserData: '{"Extend":"7"}' }],
    ['SubmitAIImageAuditJob', { MediaId: ImageId, TemplateId }],
    ['GetAIMediaAuditJob', { JobId }],
    ['GetMediaAuditResult', { MediaId }],
    ['GetMediaAuditResultDetail', { MediaId, PageNo: 1 }],
    ['GetMediaAuditResultTimeline', { MediaId }],
    ['GetMediaAuditAudioResultDetail', { MediaId, PageNo: 1 }],
    ['CreateAudit', { AuditContent: JSON.stringify([{ VideoId: MediaId, Status: 'Blocked', Reason: 'words' }]) }],
    ['GetAuditHistory', { VideoId: MediaId }],
    ['SetAuditSecurityIp', { Ips: '10.0.0.1' }],
    ['ListAuditSecurityIp', {}],
  ]
  expect(calls.map(([action]) => action).sort()).toEqual(Object.keys(shapes).sort())
  const wrong: string[] = []
  for (const [action, params] of calls)
    wrong.push(...misfits(await call(action, params), { RequestId: 'string', ...(shapes[action] as object) }, action))
  expect(wrong).toEqual([])
})
