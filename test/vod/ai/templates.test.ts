/** AI templates (VOD manual 11.1). */

import { describe, expect, test } from 'vitest'
import { auditWorld } from '../audit/support.js'

const START = '2026-01-01T00:00:00Z'
const BUILT_IN = 'VOD-0003-000001'
const AUDIT =
  '{"AuditItem":["terrorism","porn"],"AuditRange":["image-cover","text-title","video"],"AuditContent":["screen"],"AuditAutoBlock":"yes"}'
const COVER = '{"Format":"gif","SetDefaultCover":"true"}'

function world() {
  const { call, refusal, advance, account, cloud } = auditWorld()
  const add = async (TemplateName: string, TemplateType = 'AIMediaAudit', TemplateConfig = AUDIT): Promise<string> =>
    (await call('AddAITemplate', { TemplateName, TemplateType, TemplateConfig })).body.TemplateId
  const get = async (TemplateId: string) => (await call('GetAITemplate', { TemplateId })).body.TemplateInfo
  const list = async (TemplateType: string) => (await call('ListAITemplate', { TemplateType })).body.TemplateInfoList
  const theDefault = async () => (await call('GetDefaultAITemplate', { TemplateType: 'AIMediaAudit' })).body.TemplateInfo
  return { call, refusal, advance, account, cloud, add, get, list, theDefault }
}

test('a template is added, changed and deleted; it is answered as it was given, in the order of the service', async () => {
  const { call, advance, add, get, list, refusal } = world()
  const TemplateId = await add('AI-media-test')
  const info = {
    TemplateId,
    TemplateType: 'AIMediaAudit',
    TemplateName: 'AI-media-test',
    TemplateConfig:
      '{"AuditRange":["image-cover","text-title","video"],"AuditContent":["screen"],"AuditItem":["terrorism","porn"],"AuditAutoBlock":"yes"}',
    Source: 'Custom',
    IsDefault: 'NotDefault',
    CreationTime: START,
    ModifyTime: START,
  }
  expect(await get(TemplateId)).toEqual(info)
  expect(await list('AIMediaAudit')).toEqual([expect.objectContaining({ TemplateId: BUILT_IN, Source: 'System' }), info])
  expect(await list('AIImage')).toEqual([])
  await advance('8m')
  const TemplateConfig =
    '{"AuditRange":["video"],"AuditContent":["screen"],"AuditItem":["live"],"AuditAutoBlock":"no","Later":null,"Own":1}'
  const { body } = await call('UpdateAITemplate', { TemplateId, TemplateName: 'DemoAITemplate', TemplateConfig })
  expect(body.TemplateId).toBe(TemplateId)
  expect(await get(TemplateId)).toEqual({
    ...info,
    TemplateName: 'DemoAITemplate',
    TemplateConfig: TemplateConfig.replace('"Later":null,', ''),
    ModifyTime: '2026-01-01T00:08:00Z',
  })
  expect((await call('DeleteAITemplate', { TemplateId })).body.TemplateId).toBe(TemplateId)
  expect(await refusal('GetAITemplate', { TemplateId })).toMatchObject({ status: 404, code: 'NoSuchResource' })
})

test.each([
  ['as text', COVER],
  ['as a boolean', '{"Format":"gif","SetDefaultCover":true}'],
])('a template for smart covers, with SetDefaultCover %s', async (_case, config) => {
  const { add, list } = world()
  const TemplateId = await add('covers', 'AIImage', config)
  expect(await list('AIImage')).toMatchObject([{ TemplateId, TemplateType: 'AIImage', TemplateConfig: COVER, IsDefault: 'NotDefault' }])
})

test("the default is the service's own until another is made it; each type has its own", async () => {
  const { call, add, get, theDefault, refusal } = world()
  expect(await theDefault()).toMatchObject({ TemplateId: BUILT_IN, TemplateName: '预置模板01', Source: 'System', IsDefault: 'Default' })
  const [mine, cover] = [await add('mine'), await add('cover', 'AIImage', COVER)]
  expect((await call('SetDefaultAITemplate', { TemplateId: mine })).body.TemplateId).toBe(mine)
  await call('SetDefaultAITemplate', { TemplateId: cover })
  expect(await theDefault()).toMatchObject({ TemplateId: mine, IsDefault: 'Default' })
  expect([(await get(BUILT_IN)).IsDefault, (await get(cover)).IsDefault]).toEqual(['NotDefault', 'Default'])
  expect(await refusal('DeleteAITemplate', { TemplateId: mine })).toMatchObject({ status: 403, code: 'Forbidden' })
  await call('SetDefaultAITemplate', { TemplateId: BUILT_IN })
  expect((await call('DeleteAITemplate', { TemplateId: mine })).status).toBe(200)
  expect((await theDefault()).TemplateId).toBe(BUILT_IN)
})

describe("the service's own template", () => {
  test.each([
    ['UpdateAITemplate', { TemplateName: 'mine', TemplateConfig: AUDIT }],
    ['DeleteAITemplate', {}],
  ])('%s is refused', async (action, params) => {
    const { refusal, call, add, get } = world()
    await call('SetDefaultAITemplate', { TemplateId: await add('mine') })
    const before = await get(BUILT_IN)
    expect(await refusal(action, { TemplateId: BUILT_IN, ...params })).toMatchObject({ status: 403, code: 'Forbidden' })
    expect(await get(BUILT_IN)).toEqual(before)
  })
})

const config = (change: object) => JSON.stringify({ ...JSON.parse(AUDIT), ...change })

describe.each([
  ['AddAITemplate', { TemplateType: 'AIMediaAudit', TemplateConfig: AUDIT }, 'MissingParameter', 'TemplateName'],
  ['AddAITemplate', { TemplateName: 'a', TemplateConfig: AUDIT }, 'MissingParameter', 'TemplateType'],
  ['AddAITemplate', { TemplateName: 'a', TemplateType: 'AIMediaAudit' }, 'MissingParameter', 'TemplateConfig'],
  [
    'AddAITemplate',
    { TemplateName: '模'.repeat(43), TemplateType: 'AIMediaAudit', TemplateConfig: AUDIT },
    'InvalidParameter',
    'TemplateName',
  ],
  ['AddAITemplate', { TemplateName: 'a', TemplateType: 'AIVideoTag', TemplateConfig: AUDIT }, 'InvalidParameter', 'TemplateType'],
  ['AddAITemplate', { TemplateName: 'a', TemplateType: 'AIImage', TemplateConfig: AUDIT }, 'InvalidParameter', 'at Format'],
  ['AddAITemplate', { TemplateName: 'a', TemplateType: 'AIMediaAudit', TemplateConfig: '[]' }, 'InvalidParameter', 'at its root'],
  ...[
    [{ AuditItem: undefined }, 'at AuditItem'],
    [{ AuditItem: null }, 'at AuditItem'],
    [{ AuditItem: [] }, 'at AuditItem'],
    [{ AuditItem: 'porn' }, 'at AuditItem'],
    [{ AuditItem: ['porn', 'noise'] }, 'at AuditItem.1'],
    [{ AuditRange: ['sound'] }, 'at AuditRange.0'],
    [{ AuditContent: ['voice'] }, 'at AuditContent.0'],
    [{ AuditAutoBlock: 'perhaps' }, 'at AuditAutoBlock'],
  ].map(([change, reason]) => [
    'AddAITemplate',
    { TemplateName: 'a', TemplateType: 'AIMediaAudit', TemplateConfig: config(change as object) },
    'InvalidParameter',
    reason,
  ]),
  [
    'AddAITemplate',
    { TemplateName: 'a', TemplateType: 'AIImage', TemplateConfig: '{"Format":"gif"}' },
    'InvalidParameter',
    'SetDefaultCover',
  ],
  ['UpdateAITemplate', { TemplateId: 'none', TemplateName: 'a', TemplateConfig: AUDIT }, 'NoSuchResource', 'TemplateId'],
  ['UpdateAITemplate', { TemplateName: 'a', TemplateConfig: AUDIT }, 'MissingParameter', 'TemplateId'],
  ['DeleteAITemplate', { TemplateId: 'none' }, 'NoSuchResource', 'TemplateId'],
  ['GetAITemplate', { TemplateId: 'none' }, 'NoSuchResource', 'TemplateId'],
  ['SetDefaultAITemplate', { TemplateId: 'none' }, 'NoSuchResource', 'TemplateId'],
  ['ListAITemplate', {}, 'MissingParameter', 'TemplateType'],
  ['GetDefaultAITemplate', { TemplateType: 'AIImage' }, 'InvalidParameter', 'TemplateType'],
] as [string, Record<string, string>, string, string][])('%s %j', (action, params, code, reason) => {
  test(`is refused with ${code}, and changes nothing`, async () => {
    const { refusal, account } = world()
    const refused = await refusal(action, params)
    expect([refused.code, decodeURIComponent(refused.reason ?? '')]).toEqual([code, expect.stringContaining(reason)])
    expect(account.vod.aiTemplates.count).toBe(1)
  })
})

test('a change that is refused leaves a template as it was', async () => {
  const { add, get, refusal } = world()
  const TemplateId = await add('mine')
  const before = await get(TemplateId)
  const TemplateConfig = config({ AuditItem: ['noise'] })
  expect((await refusal('UpdateAITemplate', { TemplateId, TemplateName: 'other', TemplateConfig })).code).toBe('InvalidParameter')
  expect(await get(TemplateId)).toEqual(before)
})

test('an account has a thousand templates at most', async () => {
  const { account, refusal, add } = world()
  const { aiTemplates } = account.vod
  const template = aiTemplates.get(await add('first')) ?? expect.fail('there is no such template')
  for (let count = aiTemplates.count; count < 1000; count++) aiTemplates.put({ ...template, templateId: String(count) })
  const params = { TemplateName: 'a', TemplateType: 'AIMediaAudit', TemplateConfig: AUDIT }
  expect(await refusal('AddAITemplate', params)).toMatchObject({ status: 403, code: 'Forbidden' })
  aiTemplates.delete('999')
  expect(await add('a')).toMatch(/^[0-9a-f]{32}$/)
})

test('templates belong to the state: a copy of the account has its own, and a reset begins with the one of the service', async () => {
  const { account, add, call, theDefault } = world()
  await call('SetDefaultAITemplate', { TemplateId: await add('mine') })
  const fork = await account.fork()
  expect(fork.vod.aiTemplates.count).toBe(2)
  await account.reset()
  expect(account.vod.aiTemplates.count).toBe(1)
  expect((await theDefault()).TemplateId).toBe(BUILT_IN)
})

test('the documented limits on calls hold', () => {
  const { cloud } = world()
  for (const action of ['AddAITemplate', 'DeleteAITemplate', 'UpdateAITemplate', 'GetAITemplate', 'ListAITemplate', 'SetDefaultAITemplate'])
    expect([action, cloud.catalogue.byId.get(`vod.${action}`)?.limit]).toEqual([action, { limit: 5, per: 'second' }])
  expect(cloud.catalogue.byId.get('vod.GetDefaultAITemplate')?.limit).toEqual({ limit: 10, per: 'second' })
})
