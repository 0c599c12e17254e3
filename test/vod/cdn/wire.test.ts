/** Answers as the official clients read them: nesting and kinds of every Action of the chapter, as the SDKs' interface has them. */

import { expect, onTestFinished, test } from 'vitest'
import { certificate } from '../../../conformance/situations/certificates.js'
import { openApi, popCore, type SdkCall, testEmulator } from '../../support/sdk.js'
import { misfits, type Shape } from '../../support/shape.js'
import { sample, type Ticket } from '../support.js'
import { objectOf, uploaderOf } from '../uploader.js'
import { configOf, SOURCES } from './support.js'

const source = { Content: 'string', Port: 'number', Priority: 'string', Type: 'string' } as const

const dataModule = {
  TimeStamp: 'string',
  Value: 'string',
  DomesticValue: 'string',
  OverseasValue: 'string',
  HttpsValue: 'string',
  HttpsDomesticValue: 'string',
  HttpsOverseasValue: 'string',
} as const

const range = { DomainName: 'string', StartTime: 'string', EndTime: 'string', DataInterval: 'string' } as const

const shapes: Record<string, Shape> = {
  AddVodDomain: {},
  UpdateVodDomain: {},
  BatchStartVodDomain: {},
  BatchStopVodDomain: {},
  DeleteVodDomain: {},
  DescribeVodUserDomains: {
    PageNumber: 'number',
    PageSize: 'number',
    TotalCount: 'number',
    Domains: {
      PageData: [
        {
          Cname: 'string',
          Description: 'string',
          DomainName: 'string',
          DomainStatus: 'string',
          GmtCreated: 'string',
          GmtModified: 'string',
          Sandbox: 'string',
          SslProtocol: 'string',
          Sources: { Source: [source] },
        },
      ],
    },
  },
  DescribeVodDomainDetail: {
    DomainDetail: {
      CertName: 'string',
      Cname: 'string',
      Description: 'string',
      DomainName: 'string',
      DomainStatus: 'string',
      GmtCreated: 'string',
      GmtModified: 'string',
      SSLProtocol: 'string',
      SSLPub: 'string',
      Scope: 'string',
      Weight: 'string',
      Sources: { Source: [{ ...source, Enabled: 'string', Weight: 'string' }] },
    },
  },
  VerifyVodDomainOwner: { Content: 'string' },
  DescribeVodVerifyContent: { Content: 'string' },
  BatchSetVodDomainConfigs: {},
  DescribeVodDomainConfigs: {
    DomainConfigs: {
      DomainConfig: [
        {
          ConfigId: 'string',
          FunctionName: 'string',
          Status: 'string',
          FunctionArgs: { FunctionArg: [{ ArgName: 'string', ArgValue: 'string' }] },
        },
      ],
    },
  },
  DeleteVodSpecificConfig: {},
  SetVodDomainCertificate: {},
  DescribeVodCertificateList: {
    CertificateListModel: {
      Count: 'number',
      CertList: {
        Cert: [{ CertId: 'number', CertName: 'string', Common: 'string', Fingerprint: 'string', Issuer: 'string', LastTime: 'number' }],
      },
    },
  },
  DescribeVodDomainCertificateInfo: {
    CertInfos: {
      CertInfo: [
        {
          CertDomainName: 'string',
          CertExpireTime: 'string',
          CertLife: 'string',
          CertName: 'string',
          CertOrg: 'string',
          CertType: 'string',
          DomainName: 'string',
          ServerCertificateStatus: 'string',
          Status: 'string',
        },
      ],
    },
  },
  PreloadVodObjectCaches: { PreloadTaskId: 'string' },
  RefreshVodObjectCaches: { RefreshTaskId: 'string' },
  DescribeVodRefreshTasks: {
    PageNumber: 'number',
    PageSize: 'number',
    TotalCount: 'number',
    Tasks: {
      Task: [
        {
          CreationTime: 'string',
          'Description?': 'string',
          ObjectPath: 'string',
          ObjectType: 'string',
          Process: 'string',
          Status: 'string',
          TaskId: 'string',
        },
      ],
    },
  },
  DescribeVodRefreshQuota: {
    BlockQuota: 'string',
    DirQuota: 'string',
    DirRemain: 'string',
    PreloadQuota: 'string',
    PreloadRemain: 'string',
    UrlQuota: 'string',
    UrlRemain: 'string',
    blockRemain: 'string',
  },
  RefreshMediaPlayUrls: { ForbiddenMediaIds: 'string', MediaRefreshJobId: 'string', NonExistMediaIds: 'string' },
  GetMediaRefreshJobs: {
    MediaRefreshJobs: [
      {
        'ErrorCode?': 'string',
        'ErrorMessage?': 'string',
        FilterPolicy: 'string',
        GmtCreate: 'string',
        GmtModified: 'string',
        MediaId: 'string',
        MediaRefreshJobId: 'string',
        Status: 'string',
        SuccessPlayUrls: 'string',
        TaskIds: 'string',
        TaskType: 'string',
        UserData: 'string',
      },
    ],
  },
  DescribeVodDomainLog: {
    DomainLogDetails: {
      DomainLogDetail: [
        {
          DomainName: 'string',
          LogCount: 'number',
          LogInfos: {
            LogInfoDetail: [{ EndTime: 'string', LogName: 'string', LogPath: 'string', LogSize: 'number', StartTime: 'string' }],
          },
          PageInfos: { PageNumber: 'number', PageSize: 'number', Total: 'number' },
        },
      ],
    },
  },
  DescribeVodDomainTrafficData: { ...range, TotalTraffic: 'string', TrafficDataPerInterval: { DataModule: [dataModule] } },
  DescribeVodDomainBpsData: {
    ...range,
    IspNameEn: 'string',
    LocationNameEn: 'string',
    BpsDataPerInterval: { DataModule: [dataModule] },
  },
}

const DomainName = 'cdn.example.com'

/** An emulator with a domain through which a video has been played, and a client. */
async function emulatorWithDomain(connect: (target: { url: string; key: never; version: string }) => SdkCall) {
  const emulator = await testEmulator()
  onTestFinished(emulator.close)
  const account = emulator.cloud.account()
  const call = connect({ url: emulator.url, key: account.credentials as never, version: '2017-03-21' })
  await call('AddVodDomain', { DomainName, Sources: SOURCES })
  await account.clock.advance('10s')
  const ticket: Ticket & { VideoId: string } = await call('CreateUploadVideo', { Title: 'title', FileName: 'a.mp4' })
  await uploaderOf(ticket).put(objectOf(ticket), sample('sample.mp4'))
  await account.clock.advance('1m')
  const [{ PlayURL }] = (await call('GetPlayInfo', { VideoId: ticket.VideoId })).PlayInfoList.PlayInfo
  const played = await fetch(PlayURL)
  expect((await played.arrayBuffer()).byteLength).toBeGreaterThan(0)
  await account.clock.advance('1h')
  const { Content } = await call('DescribeVodVerifyContent', { DomainName })
  account.settings.change({ vod: { dns: [{ name: 'verification.example.com', txt: Content }] } })
  const Functions = JSON.stringify([configOf('range', { enable: 'on' })])
  await call('BatchSetVodDomainConfigs', { DomainNames: DomainName, Functions })
  await call('SetVodDomainCertificate', { DomainName, SSLProtocol: 'on', SSLPub: certificate.pem, SSLPri: certificate.key })
  const { DomainConfigs } = await call('DescribeVodDomainConfigs', { DomainName, FunctionNames: 'range' })
  const refresh = { MediaIds: ticket.VideoId, TaskType: 'Refresh', UserData: '{"Extend":"7"}' }
  const { MediaRefreshJobId } = await call('RefreshMediaPlayUrls', refresh)
  return { account, call, refresh, MediaRefreshJobId, ConfigId: DomainConfigs.DomainConfig[0].ConfigId as string, Functions }
}

test.each([
  { name: '@alicloud/openapi-client', connect: (target: never) => openApi(target, 'form') },
  { name: '@alicloud/pop-core', connect: (target: never) => popCore(target, 'POST') },
])('$name reads every answer in its nesting, with values of their kinds', async ({ connect }) => {
  const { account, call, refresh, MediaRefreshJobId, ConfigId, Functions } = await emulatorWithDomain(connect as never)
  const calls: [action: string, params: Record<string, unknown>][] = [
    ['AddVodDomain', { DomainName: 'more.example.com', Sources: SOURCES }],
    ['UpdateVodDomain', { DomainName, Sources: SOURCES }],
    ['DescribeVodUserDomains', {}],
    ['DescribeVodDomainDetail', { DomainName }],
    ['VerifyVodDomainOwner', { DomainName, VerifyType: 'dnsCheck' }],
    ['DescribeVodVerifyContent', { DomainName }],
    ['BatchSetVodDomainConfigs', { DomainNames: DomainName, Functions }],
    ['DescribeVodDomainConfigs', { DomainName, FunctionNames: 'range' }],
    ['DeleteVodSpecificConfig', { DomainName, ConfigId }],
    ['DescribeVodCertificateList', {}],
    ['DescribeVodDomainCertificateInfo', { DomainName }],
    ['SetVodDomainCertificate', { DomainName, SSLProtocol: 'off' }],
    ['PreloadVodObjectCaches', { ObjectPath: `${DomainName}/a.mp4` }],
    ['RefreshVodObjectCaches', { ObjectPath: `${DomainName}/a.mp4\n${DomainName}/b.mp4` }],
    ['DescribeVodRefreshTasks', {}],
    ['DescribeVodRefreshQuota', {}],
    ['RefreshMediaPlayUrls', refresh],
    ['GetMediaRefreshJobs', { MediaRefreshJobId }],
    ['DescribeVodDomainLog', { DomainName }],
    ['DescribeVodDomainTrafficData', { DomainName }],
    ['DescribeVodDomainBpsData', { DomainName }],
    ['BatchStopVodDomain', { DomainNames: DomainName }],
    ['BatchStartVodDomain', { DomainNames: DomainName }],
    ['DeleteVodDomain', { DomainName }],
  ]
  expect(calls.map(([action]) => action).sort()).toEqual(Object.keys(shapes).sort())
  const wrong: string[] = []
  for (const [action, params] of calls) {
    wrong.push(...misfits(await call(action, params), { RequestId: 'string', ...(shapes[action] as object) }, action))
    if (action === 'BatchStopVodDomain') await account.clock.advance('10s')
  }
  expect(wrong).toEqual([])
})
