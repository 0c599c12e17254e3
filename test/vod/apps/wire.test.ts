/** Answers as the official clients read them: nesting and kinds of every Action of the chapter, as the SDKs' interface has them. */

import { expect, onTestFinished, test } from 'vitest'
import { openApi, popCore, type SdkCall, testEmulator } from '../../support/sdk.js'
import { misfits, type Shape } from '../../support/shape.js'

const app = {
  AppId: 'string',
  AppName: 'string',
  CreationTime: 'string',
  Description: 'string',
  ModificationTime: 'string',
  Status: 'string',
  Type: 'string',
  'ResourceGroupId?': 'string',
} as const

const changed = { FailedPolicyNames: ['string'], NonExistPolicyNames: ['string'] } as const

const shapes: Record<string, Shape> = {
  CreateAppInfo: { AppId: 'string' },
  GetAppInfos: { AppInfoList: [app], NonExistAppIds: ['string'], 'Code?': 'string' },
  ListAppInfo: { AppInfoList: [{ ...app, 'RegionId?': 'string' }], Total: 'number' },
  UpdateAppInfo: {},
  DeleteAppInfo: {},
  AttachAppPolicyToIdentity: changed,
  DetachAppPolicyFromIdentity: changed,
  ListAppPoliciesForIdentity: {
    AppPolicyList: [
      {
        AppId: 'string',
        CreationTime: 'string',
        Description: 'string',
        ModificationTime: 'string',
        PolicyName: 'string',
        PolicyType: 'string',
        PolicyValue: 'string',
      },
    ],
  },
  MoveAppResource: { FailedResourceIds: ['string'], NonExistResourceIds: ['string'] },
}

test.each([
  { name: '@alicloud/openapi-client', connect: (target: never) => openApi(target, 'form') },
  { name: '@alicloud/pop-core', connect: (target: never) => popCore(target, 'POST') },
])('$name reads every answer in its nesting, with values of their kinds', async ({ connect }) => {
  const emulator = await testEmulator()
  onTestFinished(emulator.close)
  const { ram, credentials } = emulator.cloud.account()
  const clientOf = (key: unknown): SdkCall => connect({ url: emulator.url, key, version: '2017-03-21' } as never)
  const call = clientOf(credentials)
  const { AppId } = await call('CreateAppInfo', { AppName: 'films', Description: 'words' })
  const { AppId: other } = await call('CreateAppInfo', { AppName: 'news', Description: 'words' })
  const { VideoId } = await call('CreateUploadVideo', { Title: 'a', FileName: 'a.mp4', AppId })
  ram.putUser('alice', { allow: ['vod:*'] })
  const alice = clientOf(ram.createAccessKey('alice'))
  const grant = { IdentityType: 'RamUser', IdentityName: 'alice' }
  await call('AttachAppPolicyToIdentity', { ...grant, AppId, PolicyNames: 'VODAppFullAccess' })
  const calls: [action: string, params: Record<string, unknown>, as?: SdkCall][] = [
    ['CreateAppInfo', { AppName: 'sports' }],
    ['UpdateAppInfo', { AppId, Description: 'other words' }],
    ['AttachAppPolicyToIdentity', { ...grant, AppId: other, PolicyNames: 'VODAppFullAccess,none' }],
    ['ListAppPoliciesForIdentity', { ...grant, AppId }],
    ['GetAppInfos', { AppIds: `${AppId},none` }, alice],
    ['ListAppInfo', { Status: 'Normal' }, alice],
    ['MoveAppResource', { ResourceType: 'video', ResourceIds: `${VideoId},none`, TargetAppId: other }, alice],
    ['DetachAppPolicyFromIdentity', { ...grant, AppId, PolicyNames: 'VODAppFullAccess,VODAppReadOnlyAccess,none' }],
    ['DeleteAppInfo', { AppId }],
  ]
  expect(calls.map(([action]) => action).sort()).toEqual(Object.keys(shapes).sort())
  const wrong: string[] = []
  for (const [action, params, as = call] of calls)
    wrong.push(...misfits(await as(action, params), { RequestId: 'string', ...(shapes[action] as object) }, action))
  // What would be there is where it can be empty, because the call leaves nothing out.
  expect(wrong).toEqual([])
})
