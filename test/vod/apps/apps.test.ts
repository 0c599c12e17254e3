/** Apps and grants: created, changed, deleted, listed. */

import { describe, expect, test } from 'vitest'
import { appWorld, SYSTEMS, twoApps } from './support.js'

const ids = (list: { AppId: string }[]): string[] => list.map(({ AppId }) => AppId)

describe('apps', () => {
  test('every account has the app of the system; what is created is one of its own', async () => {
    const { call, advance } = appWorld()
    await advance('1h')
    const { body } = await call('CreateAppInfo', { AppName: '影片-1.a@b', Description: 'my first app.' })
    expect(body.AppId).toMatch(/^app-\d{7}$/)
    expect((await call('ListAppInfo')).body).toMatchObject({
      Total: 2,
      AppInfoList: [
        { AppId: SYSTEMS, Type: 'System', Status: 'Normal', CreationTime: '2026-01-01T00:00:00Z' },
        {
          AppId: body.AppId,
          AppName: '影片-1.a@b',
          Description: 'my first app.',
          Type: 'Custom',
          Status: 'Normal',
          CreationTime: '2026-01-01T01:00:00Z',
          ModificationTime: '2026-01-01T01:00:00Z',
        },
      ],
    })
  })

  test('what UpdateAppInfo is not given stays', async () => {
    const { call, createApp, advance } = appWorld()
    const AppId = await createApp('films')
    await advance('1s')
    await call('UpdateAppInfo', { AppId, Description: 'words' })
    await call('UpdateAppInfo', { AppId, AppName: 'films', Status: 'Disable' })
    const { AppInfoList, NonExistAppIds } = (await call('GetAppInfos', { AppIds: `${AppId},app-none,${AppId}` })).body
    expect(AppInfoList).toEqual([
      {
        AppId,
        AppName: 'films',
        Description: 'words',
        Status: 'Disable',
        Type: 'Custom',
        CreationTime: '2026-01-01T00:00:00Z',
        ModificationTime: '2026-01-01T00:00:01Z',
      },
    ])
    expect(NonExistAppIds).toEqual(['app-none'])
  })

  test('are listed by their status, page by page', async () => {
    const { call, createApp } = appWorld()
    const [a, b] = [await createApp('a'), await createApp('b')]
    await call('UpdateAppInfo', { AppId: a, Status: 'Disable' })
    const list = async (params: Record<string, string | number>) => {
      const { Total, AppInfoList } = (await call('ListAppInfo', params)).body
      return [Total, ...ids(AppInfoList)]
    }
    expect(await list({ Status: 'Normal' })).toEqual([2, SYSTEMS, b])
    expect(await list({ Status: 'Disable' })).toEqual([1, a])
    expect(await list({ PageNo: 2, PageSize: 2 })).toEqual([3, b])
  })

  test('one that is disabled takes nothing new, and keeps what it has', async () => {
    const { call, films, film, refusal, videoIn } = await twoApps()
    await call('UpdateAppInfo', { AppId: films, Status: 'Disable' })
    expect(await refusal('CreateUploadVideo', { Title: 'a', FileName: 'a.mp4', AppId: films })).toMatchObject({
      status: 403,
      code: 'Forbidden',
    })
    expect((await call('GetVideoInfo', { VideoId: film })).body.Video.AppId).toBe(films)
    await call('UpdateAppInfo', { AppId: films, Status: 'Normal' })
    expect(await videoIn(films)).toMatch(/\w/)
  })

  test('are gone with their callbacks and grants, once they hold nothing', async () => {
    const { call, createApp, attach, as, user, refusal } = appWorld()
    const AppId = await createApp('films')
    await call('SetMessageCallback', { CallbackURL: 'http://example.com', AppId })
    await attach('alice', 'VODAppFullAccess', AppId)
    expect((await call('DeleteAppInfo', { AppId })).status).toBe(200)
    expect((await call('ListAppInfo')).body.Total).toBe(1)
    expect((await refusal('GetMessageCallback', { AppId })).code).toBe('InvalidParameter')
    // Nothing is left of the grant: it is as if nothing had ever been granted.
    const alice = as(user('alice'))
    expect(ids((await alice.body('ListAppInfo')).AppInfoList)).toEqual([SYSTEMS])
  })
})

test('the default watermark and template group of an app, which cannot be deleted, go with it', async () => {
  const { call, createApp, account } = appWorld()
  const AppId = await createApp('films')
  const watermark = { Name: 'mark', Type: 'Text', WatermarkConfig: '{"Content":"a"}', AppId }
  const { WatermarkId } = (await call('AddWatermark', watermark)).body.WatermarkInfo
  const { TranscodeTemplateGroupId } = (await call('AddTranscodeTemplateGroup', { Name: 'films', AppId })).body
  await call('SetDefaultWatermark', { WatermarkId })
  await call('SetDefaultTranscodeTemplateGroup', { TranscodeTemplateGroupId })
  expect((await call('DeleteAppInfo', { AppId })).status).toBe(200)
  const { watermarks, templateGroups } = account.vod
  expect([watermarks.get(WatermarkId), templateGroups.get(TranscodeTemplateGroupId)]).toEqual([undefined, undefined])
})

describe('grants', () => {
  const listed = { PolicyType: 'System', PolicyValue: expect.stringContaining('"Effect":"Allow"'), Description: expect.any(String) }

  test('are listed by identity and app, with the times of the grant', async () => {
    const { call, createApp, attach, advance } = appWorld()
    const AppId = await createApp('films')
    await attach('alice', 'VODAppFullAccess,VODAppReadOnlyAccess', AppId)
    await attach('alice', 'VODAppFullAccess', SYSTEMS)
    await advance('1m')
    await attach('alice', 'VODAppFullAccess', AppId)
    const list = async (params: Record<string, string>) =>
      (await call('ListAppPoliciesForIdentity', { IdentityType: 'RamUser', IdentityName: 'alice', ...params })).body.AppPolicyList
    const of = (PolicyName: string, ModificationTime: string) => ({
      ...listed,
      AppId,
      PolicyName,
      CreationTime: '2026-01-01T00:00:00Z',
      ModificationTime,
    })
    expect(await list({ AppId })).toEqual([
      of('VODAppFullAccess', '2026-01-01T00:01:00Z'),
      of('VODAppReadOnlyAccess', '2026-01-01T00:00:00Z'),
    ])
    expect(await list({})).toMatchObject([{ AppId: SYSTEMS, PolicyName: 'VODAppFullAccess' }])
    expect(await list({ AppId, IdentityType: 'RamRole' })).toEqual([])
  })

  test('who is no administrator learns of their own alone', async () => {
    const { films, filmmaker, nobody } = await twoApps()
    const list = (who: typeof nobody, IdentityName: string) =>
      who.body('ListAppPoliciesForIdentity', { IdentityType: 'RamUser', IdentityName, AppId: films })
    expect((await list(filmmaker, 'critic')).AppPolicyList).toMatchObject([{ PolicyName: 'VODAppFullAccess' }])
    expect((await list(nobody, 'critic')).AppPolicyList).toEqual([])
    expect((await filmmaker.body('ListAppPoliciesForIdentity')).AppPolicyList).toEqual([])
  })

  test('of policies that there are not, or that cannot be granted or withdrawn, it is answered which', async () => {
    const { attach, detach, films } = await twoApps()
    expect((await attach('alice', 'VODAppFullAccess,test1,test1', films)).body).toMatchObject({
      NonExistPolicyNames: ['test1'],
      FailedPolicyNames: [],
    })
    expect((await detach('alice', 'VODAppReadOnlyAccess,VODAppFullAccess,test2', films)).body).toMatchObject({
      NonExistPolicyNames: ['test2'],
      FailedPolicyNames: ['VODAppReadOnlyAccess'],
    })
  })

  test('an identity has them in at most 10 apps; another policy in one of these is no further one', async () => {
    const { createApp, attach, detach } = appWorld()
    const apps = [SYSTEMS]
    for (let number = 0; number < 10; number++) apps.push(await createApp(`app${number}`))
    const failed = async (policy: string, AppId: string | undefined) => (await attach('alice', policy, AppId)).body.FailedPolicyNames
    for (const AppId of apps.slice(0, 10)) expect(await failed('VODAppFullAccess', AppId)).toEqual([])
    expect(await failed('VODAppReadOnlyAccess', apps[10])).toEqual(['VODAppReadOnlyAccess'])
    expect(await failed('VODAppReadOnlyAccess', apps[0])).toEqual([])
    expect(await failed('VODAppAdministratorAccess', undefined)).toEqual([])
    await detach('alice', 'VODAppFullAccess', apps[1])
    expect(await failed('VODAppReadOnlyAccess', apps[10])).toEqual([])
  })

  test('administrators are granted without an app, and manage apps and grants', async () => {
    const { userWith, as, user, createApp } = appWorld()
    const admin = await userWith('admin', 'VODAppAdministratorAccess')
    // The first app is the account's own to create.
    expect(await admin.code('CreateAppInfo', { AppName: 'first' })).toBe('Forbidden.OperateApp')
    await createApp('first')
    const { AppId } = await admin.body('CreateAppInfo', { AppName: 'second' })
    expect((await admin.call('UpdateAppInfo', { AppId, AppName: 'renamed' })).status).toBe(200)
    const alice = as(user('alice'))
    await admin.call('AttachAppPolicyToIdentity', {
      IdentityType: 'RamUser',
      IdentityName: 'alice',
      AppId,
      PolicyNames: 'VODAppFullAccess',
    })
    expect(ids((await alice.body('ListAppInfo')).AppInfoList)).toEqual([AppId])
    expect((await admin.call('DeleteAppInfo', { AppId })).status).toBe(200)
  })
})
