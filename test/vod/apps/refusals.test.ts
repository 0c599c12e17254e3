/** Everything that the Actions of apps refuse, and why. */

import { describe, expect, test } from 'vitest'
import { appWorld, SYSTEMS, twoApps } from './support.js'

type Params = Record<string, string | number>

type Row = [action: string, params: Params, code: string, param: string]

const APP = 'app-7654321'
const grant = { IdentityType: 'RamUser', IdentityName: 'alice', AppId: SYSTEMS, PolicyNames: 'VODAppFullAccess' }
const move = { ResourceType: 'video', ResourceIds: 'none', TargetAppId: SYSTEMS }
const without = (params: Params, name: string): Params => Object.fromEntries(Object.entries(params).filter(([each]) => each !== name))
const many = (count: number): string => Array.from({ length: count }, (_, index) => `id${index}`).join(',')

test.each<Row>([
  ['CreateAppInfo', {}, 'MissingParameter', 'AppName'],
  ['CreateAppInfo', { AppName: 'two words' }, 'InvalidParameter', 'AppName'],
  ['CreateAppInfo', { AppName: 'a_b' }, 'InvalidParameter', 'AppName'],
  ['CreateAppInfo', { AppName: '字'.repeat(129) }, 'InvalidParameter', 'AppName'],
  ['CreateAppInfo', { AppName: 'a', Description: '字'.repeat(513) }, 'InvalidParameter', 'Description'],
  ['GetAppInfos', {}, 'MissingParameter', 'AppIds'],
  ['GetAppInfos', { AppIds: many(11) }, 'InvalidParameter', 'AppIds'],
  ['ListAppInfo', { Status: 'Disabled' }, 'InvalidParameter', 'Status'],
  ['ListAppInfo', { PageNo: 0 }, 'InvalidParameter', 'PageNo'],
  ['ListAppInfo', { PageSize: 101 }, 'InvalidParameter', 'PageSize'],
  ['UpdateAppInfo', {}, 'MissingParameter', 'AppId'],
  ['UpdateAppInfo', { AppId: SYSTEMS, AppName: 'a/b' }, 'InvalidParameter', 'AppName'],
  ['UpdateAppInfo', { AppId: SYSTEMS, Status: 'Disabled' }, 'InvalidParameter', 'Status'],
  ['UpdateAppInfo', { AppId: SYSTEMS, Description: 'x'.repeat(513) }, 'InvalidParameter', 'Description'],
  ['DeleteAppInfo', {}, 'MissingParameter', 'AppId'],
  ...['AttachAppPolicyToIdentity', 'DetachAppPolicyFromIdentity'].flatMap<Row>((action) => [
    ...Object.keys(grant).map<Row>((name) => [action, without(grant, name), 'MissingParameter', name]),
    [action, { ...grant, IdentityType: 'User' }, 'InvalidParameter', 'IdentityType'],
    [action, { ...grant, IdentityName: 'x'.repeat(129) }, 'InvalidParameter', 'IdentityName'],
    [action, { ...grant, PolicyNames: many(21) }, 'InvalidParameter', 'PolicyNames'],
  ]),
  ['ListAppPoliciesForIdentity', { IdentityName: 'alice' }, 'MissingParameter', 'IdentityType'],
  ['ListAppPoliciesForIdentity', { IdentityType: 'RamUser' }, 'MissingParameter', 'IdentityName'],
  ['ListAppPoliciesForIdentity', { IdentityType: 'root', IdentityName: 'alice' }, 'InvalidParameter', 'IdentityType'],
  ['MoveAppResource', without(move, 'ResourceType'), 'MissingParameter', 'ResourceType'],
  ['MoveAppResource', without(move, 'ResourceIds'), 'MissingParameter', 'ResourceIds'],
  ['MoveAppResource', { ...move, ResourceType: 'audio' }, 'InvalidParameter', 'ResourceType'],
  ['MoveAppResource', { ...move, ResourceIds: many(21) }, 'InvalidParameter', 'ResourceIds'],
])('%s %j: %s names %s', async (action, params, code, param) => {
  const { status, code: refused, message } = await appWorld().refusal(action, params)
  expect({ status, code: refused, message }).toEqual({ status: 400, code, message: expect.stringContaining(`"${param}"`) })
})

const notOpen = { status: 403, code: 'OperationDenied.NotOpenAppService', message: 'The app service is not open.' }

test.each<[action: string, params: Params]>([
  ['CreateAppInfo', { AppName: 'a' }],
  ['GetAppInfos', { AppIds: SYSTEMS }],
  ['ListAppInfo', {}],
  ['UpdateAppInfo', { AppId: SYSTEMS }],
  ['DeleteAppInfo', { AppId: APP }],
  ['AttachAppPolicyToIdentity', grant],
  ['DetachAppPolicyFromIdentity', grant],
  ['ListAppPoliciesForIdentity', grant],
  ['MoveAppResource', move],
])('%s is refused as OperationDenied.NotOpenAppService where the account has no multi-app service', async (action, params) => {
  const { reason, ...refused } = await appWorld({ settings: { vod: { multiApp: false } } }).refusal(action, params)
  expect(refused).toEqual(notOpen)
})

const mayNot = { status: 403, code: 'Forbidden.OperateApp', message: 'User not authorized to operate app.' }

describe('Forbidden.OperateApp', () => {
  test.each<[action: string, params: (app: string) => Params]>([
    ['CreateAppInfo', () => ({ AppName: 'a' })],
    ['UpdateAppInfo', (AppId) => ({ AppId, AppName: 'a' })],
    ['DeleteAppInfo', (AppId) => ({ AppId })],
    ['AttachAppPolicyToIdentity', (AppId) => ({ ...grant, AppId })],
    ['DetachAppPolicyFromIdentity', (AppId) => ({ ...grant, AppId })],
  ])('%s by who is no administrator, with full access to the app as without any', async (action, params) => {
    const { filmmaker, nobody, films, call } = await twoApps()
    const before = (await call('ListAppInfo')).body.AppInfoList
    for (const who of [filmmaker, nobody]) expect(await who.refusal(action, params(films))).toMatchObject(mayNot)
    expect((await call('ListAppInfo')).body.AppInfoList).toEqual(before)
  })

  test.each<[why: string, action: string, params: Params]>([
    ['there is no such app', 'UpdateAppInfo', { AppId: APP }],
    ['there is no such app', 'DeleteAppInfo', { AppId: APP }],
    ['there is no such app', 'AttachAppPolicyToIdentity', { ...grant, AppId: APP }],
    ['there is no such app', 'DetachAppPolicyFromIdentity', { ...grant, AppId: APP }],
    ["the system's app cannot be disabled", 'UpdateAppInfo', { AppId: SYSTEMS, AppName: 'a', Status: 'Disable' }],
    ["the system's app cannot be deleted", 'DeleteAppInfo', { AppId: SYSTEMS }],
  ])('%s: %s %j', async (_why, action, params) => {
    const { refusal, call } = appWorld()
    expect(await refusal(action, params)).toMatchObject(mayNot)
    expect((await call('ListAppInfo')).body.AppInfoList).toMatchObject([{ AppId: SYSTEMS, AppName: 'default', Status: 'Normal' }])
  })
})

describe('names and numbers of apps', () => {
  const exists = { status: 409, code: 'AlreadyExist.AppName', message: 'The specified AppName has already exist.' }

  test('CreateAppInfo: AlreadyExist.AppName', async () => {
    const { refusal, createApp } = appWorld()
    await createApp('films')
    expect(await refusal('CreateAppInfo', { AppName: 'films' })).toMatchObject(exists)
  })

  test('UpdateAppInfo: AlreadyExist.AppName, but not for its own', async () => {
    const { call, refusal, createApp } = appWorld()
    const AppId = await createApp('films')
    await createApp('news')
    expect(await refusal('UpdateAppInfo', { AppId, AppName: 'news' })).toMatchObject(exists)
    expect((await call('UpdateAppInfo', { AppId, AppName: 'films' })).status).toBe(200)
  })

  test('CreateAppInfo: LimitExceeded.AppCount beyond 10', async () => {
    const { call, refusal, createApp } = appWorld()
    const first = await createApp('first')
    for (let number = 1; number < 10; number++) await createApp(`app${number}`)
    expect(await refusal('CreateAppInfo', { AppName: 'more' })).toMatchObject({
      status: 400,
      code: 'LimitExceeded.AppCount',
      message: 'App Count has exceeded 10.',
    })
    await call('DeleteAppInfo', { AppId: first })
    expect(await createApp('more')).toMatch(/^app-/)
  })
})

test.each([
  ['video', 'CreateUploadVideo', { Title: 'a', FileName: 'a.mp4' }],
  ['image', 'CreateUploadImage', { ImageType: 'default' }],
  ['attached', 'CreateUploadAttachedMedia', { BusinessType: 'watermark' }],
  ['watermark', 'AddWatermark', { Name: 'a', Type: 'Text', WatermarkConfig: '{"Content":"a"}' }],
  ['transcodeTemplateGroup', 'AddTranscodeTemplateGroup', { Name: 'a' }],
  [
    'vodTemplate',
    'AddVodTemplate',
    {
      Name: 'a',
      TemplateType: 'Snapshot',
      TemplateConfig: JSON.stringify({
        SnapshotType: 'NormalSnapshot',
        SnapshotConfig: { FrameType: 'normal', Count: 10, Interval: 1, SpecifiedOffsetTime: 0 },
      }),
    },
  ],
])('DeleteAppInfo: Forbidden.ResourceNotEmpty as long as there is a resource such as %s', async (kind, action, params) => {
  const { call, refusal, createApp } = appWorld()
  const AppId = await createApp('films')
  expect((await call(action, { ...params, AppId })).body).not.toHaveProperty('Code')
  expect(await refusal('DeleteAppInfo', { AppId })).toMatchObject({
    status: 403,
    code: 'Forbidden.ResourceNotEmpty',
    message: `The App: ${AppId} has ${kind} resource, can not be deleted.`,
  })
  expect((await call('ListAppInfo')).body.Total).toBe(2)
})

test('MoveAppResource: Forbidden.OperateAppResource, where the target is no app, is disabled, or closed to who calls', async () => {
  const { call, refusal, filmmaker, films, news, film } = await twoApps()
  const refused = {
    status: 403,
    code: 'Forbidden.OperateAppResource',
    message: 'Invalid app permission to operate on the specified resource.',
  }
  const to = (TargetAppId: string) => ({ ResourceType: 'video', ResourceIds: film, TargetAppId })
  expect(await refusal('MoveAppResource', to(APP))).toMatchObject(refused)
  expect(await filmmaker.refusal('MoveAppResource', to(news))).toMatchObject(refused)
  await call('UpdateAppInfo', { AppId: news, Status: 'Disable' })
  expect(await refusal('MoveAppResource', to(news))).toMatchObject(refused)
  expect((await call('GetVideoInfo', { VideoId: film })).body.Video.AppId).toBe(films)
})
