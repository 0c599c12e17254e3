/** Transcoding template groups: what a call does, others see. */

import { describe, expect, test } from 'vitest'
import { storagesOf } from '../../../src/products/vod/shared/storage/storages.js'
import { addApps } from '../../support/apps.js'
import { sample } from '../support.js'
import { packaged, sd, subtitles, templateWorld } from './support.js'

const ids = (templates: { TranscodeTemplateId: string }[]) => templates.map(({ TranscodeTemplateId }) => TranscodeTemplateId)
const names = (templates: { TemplateName: string }[]) => templates.map(({ TemplateName }) => TemplateName)

describe('AddTranscodeTemplateGroup', () => {
  test('creates a group, which is listed behind those that every account has', async () => {
    const { done, add, group } = templateWorld()
    const id = await add()
    const { TranscodeTemplateGroupList: list } = await done('ListTranscodeTemplateGroup')
    expect(list.map(({ Name, IsDefault }: Record<string, string>) => [Name, IsDefault])).toEqual([
      ['No Transcoding', 'NotDefault'],
      ['TranscodeTemplateGroup', 'Default'],
      ['group', 'NotDefault'],
    ])
    const { TranscodeTemplateList, ...info } = await group(id)
    expect(list[2]).toEqual(info)
    expect(info).toMatchObject({ AppId: 'app-1000000', Locked: 'Disabled', TranscodeTemplateGroupId: id })
    expect(TranscodeTemplateList).toHaveLength(1)
  })

  test('without templates, a group transcodes nothing', async () => {
    const { done, templates, upload, advance, status } = templateWorld()
    const { TranscodeTemplateGroupId } = await done('AddTranscodeTemplateGroup', { Name: 'empty' })
    expect(await templates(TranscodeTemplateGroupId)).toEqual([])
    const video = await upload({ TemplateGroupId: TranscodeTemplateGroupId })
    await advance('1m')
    expect(await status(video)).toBe('UploadSucc')
  })

  test('adds templates to a group, with ids of their own, and its name stays', async () => {
    const { add, group, templates, advance } = templateWorld()
    const id = await add()
    await advance('1h')
    const again = await add([{ ...sd, TemplateName: 'second', TranscodeTemplateId: 'mine' }], {
      TranscodeTemplateGroupId: id,
      Name: 'other',
    })
    expect(again).toBe(id)
    const list = await templates(id)
    expect(names(list)).toEqual(['SD', 'second'])
    expect(new Set([...ids(list), 'mine']).size).toBe(3)
    const { Name, CreationTime, ModifyTime } = await group(id)
    expect([Name, Date.parse(ModifyTime) - Date.parse(CreationTime)]).toEqual(['group', 3_600_000])
  })

  test('takes the answer of GetTranscodeTemplateGroup for a list', async () => {
    const { add, group, templates } = templateWorld()
    const id = await add([packaged, subtitles, { ...sd, Clip: { TimeSpan: { Seek: 1, Duration: '00:00:05' } }, Rotate: 90 }])
    const copy = await add((await group(id)).TranscodeTemplateList)
    const bare = (list: object[]) => list.map((template) => ({ ...template, TranscodeTemplateId: '' }))
    expect(bare(await templates(copy))).toEqual(bare(await templates(id)))
  })

  test('a refused call changes nothing', async () => {
    const { call, add, group, account } = templateWorld()
    const id = await add()
    const before = await group(id)
    const TranscodeTemplateList = JSON.stringify([sd, { ...sd, Rotate: 361 }])
    expect((await call('AddTranscodeTemplateGroup', { TranscodeTemplateGroupId: id, TranscodeTemplateList })).status).toBe(400)
    expect((await call('AddTranscodeTemplateGroup', { Name: 'new', TranscodeTemplateList })).status).toBe(400)
    expect(await group(id)).toEqual(before)
    expect(account.vod.templateGroups.count).toBe(3)
  })

  test.each([
    ['LD-NBV1', '640'],
    ['SD-NBV1', '848'],
    ['HD-NBV1', '1280'],
    ['FHD-NBV1', '1920'],
    ['2K-NBV1', '2048'],
    ['4K-NBV1', '3840'],
  ])('narrow-band templates have their settings built in: %s', async (Definition, Width) => {
    const { add, templates } = templateWorld()
    const id = await add([{ TemplateName: 'narrow', Definition, Container: { Format: 'mp4' }, Video: { Codec: 'H.265', Width: '128' } }])
    const [template] = await templates(id)
    expect(template).toMatchObject({ Definition, Video: { Codec: 'H.264', Width }, Audio: { Codec: 'AAC' } })
  })
})

describe('UpdateTranscodeTemplateGroup', () => {
  test('changes what it names: a structure as a whole, and nothing else', async () => {
    const { add, templates, group, update } = templateWorld()
    const id = await add([
      { ...sd, Rotate: '90' },
      { ...sd, TemplateName: 'other' },
    ])
    const [first, other] = await templates(id)
    await update(id, [{ TranscodeTemplateId: first.TranscodeTemplateId, Video: { Codec: 'H.265' }, Clip: null }], { Name: 'renamed' })
    expect(await templates(id)).toEqual([{ ...first, Video: { Codec: 'H.265' } }, other])
    expect((await group(id)).Name).toBe('renamed')
  })

  test('a group that it locks cannot be changed by any call, not even unlocked', async () => {
    const { add, done, group, templates, refused } = templateWorld()
    const id = await add()
    const [{ TranscodeTemplateId }] = await templates(id)
    await done('UpdateTranscodeTemplateGroup', { TranscodeTemplateGroupId: id, Locked: 'Enabled' })
    expect((await group(id)).Locked).toBe('Enabled')
    const locked = /^Forbidden\.LockedTemplateGroup TranscodeTemplateGroupId is the id of a group that is locked/
    for (const [action, params] of [
      ['AddTranscodeTemplateGroup', { TranscodeTemplateList: JSON.stringify([sd]) }],
      ['UpdateTranscodeTemplateGroup', { Locked: 'Disabled' }],
      ['DeleteTranscodeTemplateGroup', { TranscodeTemplateIds: TranscodeTemplateId }],
      ['DeleteTranscodeTemplateGroup', { ForceDelGroup: 'true' }],
    ] as const)
      expect(await refused(action, { TranscodeTemplateGroupId: id, ...params })).toMatch(locked)
    expect(await templates(id)).toHaveLength(1)
  })

  test('a locked group is still used', async () => {
    const { add, done, upload, advance, play } = templateWorld()
    const id = await add()
    await done('UpdateTranscodeTemplateGroup', { TranscodeTemplateGroupId: id, Locked: 'Enabled' })
    await done('SetDefaultTranscodeTemplateGroup', { TranscodeTemplateGroupId: id })
    const video = await upload()
    await advance('1m')
    expect((await play(video)).body.PlayInfoList.PlayInfo).toHaveLength(1)
  })
})

describe('DeleteTranscodeTemplateGroup', () => {
  test('deletes templates, and names those that the group does not have', async () => {
    const { add, done, templates } = templateWorld()
    const id = await add([sd, { ...sd, TemplateName: 'second' }, { ...sd, TemplateName: 'third' }])
    const [first, second] = ids(await templates(id))
    const answer = await done('DeleteTranscodeTemplateGroup', { TranscodeTemplateGroupId: id, TranscodeTemplateIds: `${first},none,none` })
    expect(answer.NonExistTranscodeTemplateIds).toEqual(['none'])
    await done('DeleteTranscodeTemplateGroup', { TranscodeTemplateGroupId: id, TranscodeTemplateIds: JSON.stringify([second]) })
    expect(names(await templates(id))).toEqual(['third'])
  })

  test('without ids it deletes nothing, and with ForceDelGroup everything', async () => {
    const { add, done, templates, refused } = templateWorld()
    const id = await add()
    expect((await done('DeleteTranscodeTemplateGroup', { TranscodeTemplateGroupId: id })).NonExistTranscodeTemplateIds).toEqual([])
    expect(await templates(id)).toHaveLength(1)
    await done('DeleteTranscodeTemplateGroup', { TranscodeTemplateGroupId: id, ForceDelGroup: 'true' })
    expect(await refused('GetTranscodeTemplateGroup', { TranscodeTemplateGroupId: id })).toMatch(/^InvalidTranscodeTemplateGroup\.NotFound/)
    expect(await refused('CreateUploadVideo', { Title: 'a', FileName: 'a.mp4', TemplateGroupId: id })).toMatch(
      /^InvalidTemplateGroupId\.NotFound/,
    )
  })

  test('a video that waits for its file is not transcoded by a group that is gone', async () => {
    const { add, done, create, put, advance, status } = templateWorld()
    const id = await add()
    const ticket = await create({ TemplateGroupId: id })
    await done('DeleteTranscodeTemplateGroup', { TranscodeTemplateGroupId: id, ForceDelGroup: 'true' })
    await put(ticket, sample('sample.mp4'))
    await advance('1m')
    expect(await status(ticket.VideoId)).toBe('UploadSucc')
  })
})

describe('SetDefaultTranscodeTemplateGroup', () => {
  test('makes a group the one that uploads take, and the former default can be deleted', async () => {
    const { add, done, upload, advance, play, call } = templateWorld()
    const { TranscodeTemplateGroupList } = await done('ListTranscodeTemplateGroup')
    const former = TranscodeTemplateGroupList.find(
      ({ IsDefault }: { IsDefault: string }) => IsDefault === 'Default',
    ).TranscodeTemplateGroupId
    const id = await add([{ ...sd, Definition: 'HD', Video: { Codec: 'H.264', Width: '1280' } }])
    await done('SetDefaultTranscodeTemplateGroup', { TranscodeTemplateGroupId: id })
    const defaults = (await done('ListTranscodeTemplateGroup')).TranscodeTemplateGroupList.filter(
      ({ IsDefault }: { IsDefault: string }) => IsDefault === 'Default',
    )
    expect(defaults).toMatchObject([{ TranscodeTemplateGroupId: id }])
    await done('DeleteTranscodeTemplateGroup', { TranscodeTemplateGroupId: former, ForceDelGroup: 'true' })
    const video = await upload()
    await advance('1m')
    expect((await play(video)).body.PlayInfoList.PlayInfo).toMatchObject([{ Definition: 'SD', Width: 1280 }])
    expect((await call('GetVideoInfo', { VideoId: video })).body.Video.TemplateGroupId).toBe(id)
  })

  test('with the group that does not transcode, uploads are played as they are', async () => {
    const { done, upload, advance, play, refused } = templateWorld()
    await done('SetDefaultTranscodeTemplateGroup', { TranscodeTemplateGroupId: 'VOD_NO_TRANSCODE' })
    const video = await upload()
    await advance('1m')
    expect((await play(video)).body.PlayInfoList.PlayInfo).toMatchObject([{ Definition: 'OD', Specification: 'Original' }])
    const params = { TranscodeTemplateGroupId: 'VOD_NO_TRANSCODE', ForceDelGroup: 'true' }
    expect(await refused('DeleteTranscodeTemplateGroup', params)).toMatch(/^Forbidden\.DefaultTemplateGroup/)
  })

  test('apps have defaults of their own; one that has none takes that of the system', async () => {
    const { account, add, done, create, call, group } = templateWorld()
    addApps(account, 'app-films', 'app-news')
    const system = await add()
    const own = await add([sd], { AppId: 'app-films' })
    await done('SetDefaultTranscodeTemplateGroup', { TranscodeTemplateGroupId: system })
    await done('SetDefaultTranscodeTemplateGroup', { TranscodeTemplateGroupId: own })
    expect([(await group(system)).IsDefault, (await group(own)).IsDefault]).toEqual(['Default', 'Default'])
    const taken = async (AppId?: string) => {
      const { VideoId } = await create(AppId === undefined ? {} : { AppId })
      return (await call('GetVideoInfo', { VideoId })).body.Video.TemplateGroupId
    }
    expect([await taken(), await taken('app-films'), await taken('app-news')]).toEqual([system, own, system])
    const list = async (AppId: string) => (await done('ListTranscodeTemplateGroup', { AppId })).TranscodeTemplateGroupList
    expect([await list('app-films'), await list('app-news')]).toMatchObject([[{ TranscodeTemplateGroupId: own }], []])
  })
})

test('a group that packages needs a template for the picture, before and after any change', async () => {
  const { add, templates, refused, done } = templateWorld()
  const alone = /a template of Type SubtitlePackage is in a group only beside one of Type VideoPackage/
  expect(await refused('AddTranscodeTemplateGroup', { Name: 'a', TranscodeTemplateList: JSON.stringify([subtitles]) })).toMatch(alone)
  const id = await add([packaged, subtitles])
  const [video, text] = ids(await templates(id))
  expect(
    await refused('AddTranscodeTemplateGroup', { TranscodeTemplateGroupId: id, TranscodeTemplateList: JSON.stringify([subtitles]) }),
  ).toMatch(/a group has at most one template of Type SubtitlePackage/)
  expect(await refused('DeleteTranscodeTemplateGroup', { TranscodeTemplateGroupId: id, TranscodeTemplateIds: video as string })).toMatch(
    alone,
  )
  await done('DeleteTranscodeTemplateGroup', { TranscodeTemplateGroupId: id, TranscodeTemplateIds: `${video},${text}` })
  expect(await templates(id)).toEqual([])
})

test('an account creates at most 20 groups, of all its apps; those it begins with do not count', async () => {
  const { account, add, done, refusal } = templateWorld()
  addApps(account, 'app-0', 'app-1')
  const created: string[] = []
  for (let number = 0; number < 20; number++) created.push(await add([], { AppId: `app-${number % 2}` }))
  expect(await refusal('AddTranscodeTemplateGroup', { Name: 'one more' })).toMatchObject({
    status: 400,
    code: 'TrasncodeTemplateGroupExceededMax',
    message: 'The transcode template group size exceeded maximum.',
  })
  await add([sd], { TranscodeTemplateGroupId: created[0] as string })
  await done('DeleteTranscodeTemplateGroup', { TranscodeTemplateGroupId: created[0] as string, ForceDelGroup: 'true' })
  await add()
})

test('a group holds at most 20 templates', async () => {
  const { add, templates, refusal } = templateWorld()
  const some = (count: number) => Array.from({ length: count }, (_, number) => ({ ...sd, TemplateName: `template ${number}` }))
  const id = await add(some(19))
  await add(some(1), { TranscodeTemplateGroupId: id })
  const exceeded = {
    status: 400,
    code: 'TranscodeTemplateExceededMax',
    message: 'The template transcode template config size exceeded maximum.',
  }
  const one = JSON.stringify(some(1))
  expect(await refusal('AddTranscodeTemplateGroup', { TranscodeTemplateGroupId: id, TranscodeTemplateList: one })).toMatchObject(exceeded)
  expect(await refusal('AddTranscodeTemplateGroup', { Name: 'a', TranscodeTemplateList: JSON.stringify(some(21)) })).toMatchObject(exceeded)
  expect(await templates(id)).toHaveLength(20)
})

test('without a storage there is nothing to set up', async () => {
  const { account, cloud, refusal } = templateWorld()
  // Somebody else was there first.
  const other = cloud.createAccount()
  const [{ bucket }] = storagesOf(account)
  await other.turn.take(() => other.oss.createBucket(bucket, 'cn-shanghai'))
  const none = { status: 404, code: 'InvalidStorage.NotFound', message: 'The storage info dose not exist.' }
  expect(await refusal('AddTranscodeTemplateGroup', { Name: 'a' })).toMatchObject(none)
  expect(await refusal('UpdateTranscodeTemplateGroup', { TranscodeTemplateGroupId: 'VOD_NO_TRANSCODE' })).toMatchObject(none)
})

test('a world can have a locked group, and a view shows and unlocks it', async () => {
  const { account, group, done, refused } = templateWorld()
  const template = {
    TranscodeTemplateId: 'template',
    TemplateName: 'SD',
    Definition: 'SD',
    Container: { Format: 'mp4' },
    Video: { Width: 640 },
  }
  const locked = { templateGroupId: 'theirs', name: 'theirs', isDefault: false, locked: true, templates: [template], appId: 'app-1000000' }
  await account.worlds.apply({
    description: 'A group that the service has locked.',
    tables: { 'vod.templateGroups': [{ ...locked, createdAt: '-3d', modifiedAt: '-1d' }] },
  })
  expect(await group('theirs')).toMatchObject({ Locked: 'Enabled', TranscodeTemplateList: [{ Video: '{"Width":"640"}' }] })
  const change = { TranscodeTemplateGroupId: 'theirs', Name: 'mine' }
  expect(await refused('UpdateTranscodeTemplateGroup', change)).toMatch(/^Forbidden\.LockedTemplateGroup/)
  const view = await account.vod.templateGroups.view()
  await view.update((query) => query.where({ templateGroupId: 'theirs' }), {
    data(record) {
      record.locked = false
    },
  })
  await done('UpdateTranscodeTemplateGroup', change)
  expect(await group('theirs')).toMatchObject({ Locked: 'Disabled', Name: 'mine' })
})

test('groups, templates and watermarks are part of a state', async () => {
  const { account, cloud, add, textWatermark, done } = templateWorld()
  const WatermarkIds = [await textWatermark()]
  const id = await add([{ ...packaged, WatermarkIds }, subtitles])
  const config = { SnapshotType: 'NormalSnapshot', SnapshotConfig: { Count: 1, Interval: 0, SpecifiedOffsetTime: 0 } }
  await done('AddVodTemplate', { Name: 'a', TemplateType: 'Snapshot', TemplateConfig: JSON.stringify(config) })
  const other = cloud.createAccount()
  await other.import(JSON.parse(JSON.stringify(await account.export())))
  expect(other.vod.templateGroups.get(id)).toEqual(account.vod.templateGroups.get(id))
  expect(other.vod.watermarks.list().rows).toEqual(account.vod.watermarks.list().rows)
  expect(other.vod.vodTemplates.list().rows).toEqual(account.vod.vodTemplates.list().rows)
})
