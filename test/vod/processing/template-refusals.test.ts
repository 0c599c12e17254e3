/** Refusals of templates and watermarks: every code, and parameters that are wrong. */

import { describe, expect, test } from 'vitest'
import { vodWorld } from '../support.js'
import { sd, templateWorld } from './support.js'

const invalid = (param: string) => `The specified parameter "${param}" is not valid.`
const missing = (param: string) => `The input parameter "${param}" that is mandatory for processing this request is not supplied.`
const noGroup = 'The transcode template group does not exist.'
const noResource = (param: string) => `The specified resource ${param} does not exist.`
const long = '标'.repeat(43)
const list = JSON.stringify([sd])
const ids = (count: number) => Array.from({ length: count }, (_, index) => `id${index}`).join(',')
const text = { Name: 'a', Type: 'Text', WatermarkConfig: '{"Content":"a"}' }
const snapshot = { Name: 'a', TemplateType: 'Snapshot', TemplateConfig: '{}' }

type Row = [action: string, params: Record<string, string>, status: number, code: string, message: string]

describe.each<Row>([
  ['AddTranscodeTemplateGroup', {}, 400, 'MissingParameter', missing('Name')],
  ['AddTranscodeTemplateGroup', { Name: long }, 400, 'InvalidParameter', invalid('Name')],
  ['AddTranscodeTemplateGroup', { Name: 'a', AppId: 'films' }, 400, 'InvalidParameter', invalid('AppId')],
  ['AddTranscodeTemplateGroup', { Name: 'a', TranscodeTemplateList: '[' }, 400, 'InvalidParameter', invalid('TranscodeTemplateList')],
  ['AddTranscodeTemplateGroup', { Name: 'a', TranscodeTemplateList: '{}' }, 400, 'InvalidParameter', invalid('TranscodeTemplateList')],
  ['AddTranscodeTemplateGroup', { Name: 'a', TranscodeTemplateList: '[null]' }, 400, 'InvalidParameter', invalid('TranscodeTemplateList')],
  ['AddTranscodeTemplateGroup', { TranscodeTemplateGroupId: 'none' }, 404, 'InvalidTranscodeTemplateGroup.NotFound', noGroup],
  [
    'AddTranscodeTemplateGroup',
    { TranscodeTemplateGroupId: 'VOD_NO_TRANSCODE', TranscodeTemplateList: list },
    403,
    'Forbidden.SpecialTemplateGroup',
    'The transcode template group is using for special purpose.',
  ],
  ['UpdateTranscodeTemplateGroup', {}, 400, 'MissingParameter', missing('TranscodeTemplateGroupId')],
  ['UpdateTranscodeTemplateGroup', { TranscodeTemplateGroupId: 'none' }, 404, 'InvalidTranscodeTemplateGroup.NotFound', noGroup],
  ['UpdateTranscodeTemplateGroup', { TranscodeTemplateGroupId: 'none', Name: long }, 400, 'InvalidParameter', invalid('Name')],
  ['UpdateTranscodeTemplateGroup', { TranscodeTemplateGroupId: 'none', Locked: 'locked' }, 400, 'InvalidParameter', invalid('Locked')],
  [
    'UpdateTranscodeTemplateGroup',
    { TranscodeTemplateGroupId: 'VOD_NO_TRANSCODE', Name: 'a' },
    403,
    'Forbidden',
    'User not authorized to operate on the specified resource.',
  ],
  ['DeleteTranscodeTemplateGroup', {}, 400, 'MissingParameter', missing('TranscodeTemplateGroupId')],
  [
    'DeleteTranscodeTemplateGroup',
    { TranscodeTemplateGroupId: 'none' },
    404,
    'InvalidTranscodeTemplateGroup.NotFound',
    'The transcode template does not exist.',
  ],
  [
    'DeleteTranscodeTemplateGroup',
    { TranscodeTemplateGroupId: 'none', TranscodeTemplateIds: ids(11) },
    400,
    'InvalidParameter',
    invalid('TranscodeTemplateIds'),
  ],
  [
    'DeleteTranscodeTemplateGroup',
    { TranscodeTemplateGroupId: 'none', TranscodeTemplateIds: '["a",7]' },
    400,
    'InvalidParameter',
    invalid('TranscodeTemplateIds'),
  ],
  [
    'DeleteTranscodeTemplateGroup',
    { TranscodeTemplateGroupId: 'none', ForceDelGroup: 'yes' },
    400,
    'InvalidParameter',
    invalid('ForceDelGroup'),
  ],
  [
    'DeleteTranscodeTemplateGroup',
    { TranscodeTemplateGroupId: 'VOD_NO_TRANSCODE', ForceDelGroup: 'true' },
    403,
    'Forbidden',
    'User not authorized to operate on the specified resource.',
  ],
  ['ListTranscodeTemplateGroup', { AppId: 'films' }, 400, 'InvalidParameter', invalid('AppId')],
  ['GetTranscodeTemplateGroup', {}, 400, 'MissingParameter', missing('TranscodeTemplateGroupId')],
  ['GetTranscodeTemplateGroup', { TranscodeTemplateGroupId: 'none' }, 404, 'InvalidTranscodeTemplateGroup.NotFound', noGroup],
  ['SetDefaultTranscodeTemplateGroup', {}, 400, 'MissingParameter', missing('TranscodeTemplateGroupId')],
  ['SetDefaultTranscodeTemplateGroup', { TranscodeTemplateGroupId: 'none' }, 404, 'InvalidTranscodeTemplateGroup.NotFound', noGroup],
  ['AddVodTemplate', { ...snapshot, Name: '' }, 400, 'MissingParameter', missing('Name')],
  ['AddVodTemplate', { ...snapshot, Name: long }, 400, 'InvalidParameter', invalid('Name')],
  ['AddVodTemplate', { ...snapshot, TemplateType: 'Cover' }, 400, 'InvalidParameter', invalid('TemplateType')],
  ['AddVodTemplate', { ...snapshot, TemplateConfig: '[]' }, 400, 'InvalidParameter', invalid('TemplateConfig')],
  ['AddVodTemplate', snapshot, 400, 'InvalidParameter', invalid('TemplateConfig')],
  ['UpdateVodTemplate', {}, 400, 'MissingParameter', missing('VodTemplateId')],
  ['UpdateVodTemplate', { VodTemplateId: 'none', TemplateConfig: '{' }, 400, 'InvalidParameter', invalid('TemplateConfig')],
  ['UpdateVodTemplate', { VodTemplateId: 'none' }, 404, 'NoSuchResource', noResource('VodTemplateId')],
  ['DeleteVodTemplate', {}, 400, 'MissingParameter', missing('VodTemplateId')],
  ['DeleteVodTemplate', { VodTemplateId: 'none' }, 404, 'NoSuchResource', noResource('VodTemplateId')],
  ['GetVodTemplate', {}, 400, 'MissingParameter', missing('VodTemplateId')],
  ['GetVodTemplate', { VodTemplateId: 'none' }, 404, 'NoSuchResource', noResource('VodTemplateId')],
  ['ListVodTemplate', {}, 400, 'MissingParameter', missing('TemplateType')],
  ['ListVodTemplate', { TemplateType: 'Sprite' }, 400, 'InvalidParameter', invalid('TemplateType')],
  ['AddWatermark', { ...text, Name: '' }, 400, 'MissingParameter', missing('Name')],
  ['AddWatermark', { ...text, Name: 'my logo' }, 400, 'InvalidParameter', invalid('Name')],
  ['AddWatermark', { ...text, Name: long }, 400, 'InvalidParameter', invalid('Name')],
  ['AddWatermark', { ...text, Type: 'Video' }, 400, 'InvalidParameter', invalid('Type')],
  ['AddWatermark', { ...text, WatermarkConfig: '"a"' }, 400, 'InvalidParameter', invalid('WatermarkConfig')],
  ['AddWatermark', { ...text, Type: 'Image' }, 400, 'InvalidParameter', invalid('WatermarkConfig')],
  ['UpdateWatermark', { WatermarkId: 'none' }, 400, 'MissingParameter', missing('WatermarkConfig')],
  ['UpdateWatermark', { WatermarkId: 'none', WatermarkConfig: '{}' }, 404, 'NoSuchResource', noResource('WatermarkId')],
  ['DeleteWatermark', {}, 400, 'MissingParameter', missing('WatermarkId')],
  ['DeleteWatermark', { WatermarkId: 'none' }, 404, 'NoSuchResource', noResource('WatermarkId')],
  ['SetDefaultWatermark', {}, 400, 'MissingParameter', missing('WatermarkId')],
  ['SetDefaultWatermark', { WatermarkId: 'none' }, 404, 'NoSuchResource', noResource('WatermarkId')],
  ['GetWatermark', {}, 400, 'MissingParameter', missing('WatermarkId')],
  ['GetWatermark', { WatermarkId: 'none' }, 404, 'NoSuchResource', noResource('WatermarkId')],
  ['ListWatermark', { AppId: 'films' }, 400, 'InvalidParameter', invalid('AppId')],
])('%s %j', (action, params, status, code, message) => {
  test(`is refused with ${status} ${code}`, async () => {
    const { reason, ...refused } = await vodWorld().refusal(action, params)
    expect(refused).toEqual({ status, code, message })
    expect(reason).toMatch(/\w/)
  })
})

test('the default group is not deleted', async () => {
  const { done, refusal } = templateWorld()
  const { TranscodeTemplateGroupList } = await done('ListTranscodeTemplateGroup')
  const { TranscodeTemplateGroupId } = TranscodeTemplateGroupList.find(({ IsDefault }: { IsDefault: string }) => IsDefault === 'Default')
  const params = { TranscodeTemplateGroupId, ForceDelGroup: 'true' }
  expect(await refusal('DeleteTranscodeTemplateGroup', params)).toMatchObject({
    status: 403,
    code: 'Forbidden.DefaultTemplateGroup',
    message: 'The transcode template group is default.',
  })
})

test('a locked group is not changed', async () => {
  const { add, done, refusal } = templateWorld()
  const TranscodeTemplateGroupId = await add()
  await done('UpdateTranscodeTemplateGroup', { TranscodeTemplateGroupId, Locked: 'Enabled' })
  const locked = { status: 403, code: 'Forbidden.LockedTemplateGroup', message: 'The transcode template group has been locked.' }
  expect(await refusal('AddTranscodeTemplateGroup', { TranscodeTemplateGroupId, TranscodeTemplateList: list })).toMatchObject(locked)
  expect(await refusal('UpdateTranscodeTemplateGroup', { TranscodeTemplateGroupId, Name: 'a' })).toMatchObject(locked)
  expect(await refusal('DeleteTranscodeTemplateGroup', { TranscodeTemplateGroupId, ForceDelGroup: 'true' })).toMatchObject(locked)
})

test('what another account has is not there', async () => {
  const { add, textWatermark, cloud } = templateWorld()
  const [TranscodeTemplateGroupId, WatermarkId] = [await add(), await textWatermark()]
  const other = cloud.createAccount()
  expect(other.vod.templateGroups.get(TranscodeTemplateGroupId)).toBeUndefined()
  expect(other.vod.watermarks.get(WatermarkId)).toBeUndefined()
})

test('the documented limits on calls hold', async () => {
  const limits = {
    AddTranscodeTemplateGroup: 5,
    UpdateTranscodeTemplateGroup: 5,
    DeleteTranscodeTemplateGroup: 5,
    ListTranscodeTemplateGroup: 15,
    GetTranscodeTemplateGroup: 30,
    SetDefaultTranscodeTemplateGroup: 5,
    AddVodTemplate: 10,
    UpdateVodTemplate: 20,
    DeleteVodTemplate: 5,
    GetVodTemplate: 30,
    ListVodTemplate: 10,
    AddWatermark: 10,
    UpdateWatermark: 2,
    DeleteWatermark: 5,
    SetDefaultWatermark: 2,
    GetWatermark: 10,
    ListWatermark: 10,
  }
  const { cloud, refusal } = vodWorld()
  for (const [action, limit] of Object.entries(limits))
    expect([action, cloud.catalogue.byId.get(`vod.${action}`)?.limit]).toEqual([action, { limit, per: 'second' }])
  const codes = []
  for (let count = 0; count < 3; count++) codes.push((await refusal('SetDefaultWatermark', { WatermarkId: 'none' })).code)
  expect(codes).toEqual(['NoSuchResource', 'NoSuchResource', 'Throttling.User'])
})
