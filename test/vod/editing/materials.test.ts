/** Media that wait to be edited. */

import { describe, expect, test } from 'vitest'
import { sample } from '../support.js'
import { editingWorld } from './support.js'

/** A project with a medium of each kind among its materials. */
async function edited() {
  const world = editingWorld()
  const { footage, image, project, call, put } = world
  const { CateId } = (await call('AddCategory', { CateName: 'raw' })).body.Category
  const video = await footage(15.16)
  await call('UpdateVideoInfo', { VideoId: video, Title: 'clip', Description: 'words', Tags: 'a,b', CateId })
  const audio = await footage(30, {}, 'mp3')
  const picture = await image()
  const ticket = (await call('CreateUploadAttachedMedia', { BusinessType: 'material', MediaExt: 'mp4', Title: 'material' })).body
  await put(ticket, sample('sample.mp4'))
  const subtitle = (await call('CreateUploadAttachedMedia', { BusinessType: 'subtitle', MediaExt: 'srt' })).body.MediaId
  const ids = { video, audio, picture, material: ticket.MediaId as string, subtitle: subtitle as string }
  const ProjectId = await project()
  const set = (...media: string[]) => call('SetEditingProjectMaterials', { ProjectId, MaterialIds: media.join(',') })
  expect((await set(...Object.values(ids))).status).toBe(200)
  const materials = async (params: Record<string, string> = {}) => {
    const { Material } = (await call('GetEditingProjectMaterials', { ProjectId, ...params })).body.MaterialList
    return Material as Record<string, unknown>[]
  }
  const kinds = async (params?: Record<string, string>) => {
    const found = (await materials(params)).map(({ MaterialId }) => MaterialId)
    return found.map((id) => Object.entries(ids).find(([, each]) => each === id)?.[0])
  }
  return { ...world, ids, ProjectId, CateId, set, materials, kinds }
}

describe('materials', () => {
  test.each<[params: Record<string, string>, kinds: string[]]>([
    [{}, ['video', 'audio', 'picture', 'material', 'subtitle']],
    [{ Type: 'video' }, ['video', 'material']],
    [{ Type: 'audio' }, ['audio']],
    [{ MaterialType: 'image' }, ['picture']],
    [{ Type: 'video', MaterialType: 'image' }, ['picture']],
    [{ Type: 'audio', MaterialType: 'video' }, ['video', 'material']],
  ])('of %j', async (params, kinds) => {
    expect(await (await edited()).kinds(params)).toEqual(kinds)
  })

  test('are answered with what is known of them', async () => {
    const { materials, ids, CateId } = await edited()
    const [video, audio, picture] = await materials()
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    expect(video).toEqual({
      MaterialId: ids.video,
      MaterialType: 'video',
      Title: 'clip',
      Description: 'words',
      Tags: 'a,b',
      Status: 'Normal',
      Size: expect.any(Number),
      Duration: 15.16,
      CoverURL: expect.stringContaining('/covers/'),
      CateId,
      CateName: 'raw',
      CreationTime: time,
      ModifiedTime: time,
      Snapshots: { Snapshot: [expect.stringContaining('-00001.jpg'), expect.stringContaining('-00002.jpg')] },
      Sprites: { Sprite: [] },
    })
    expect(audio).toMatchObject({ MaterialId: ids.audio, MaterialType: 'audio', Duration: 30 })
    expect(picture).toMatchObject({ MaterialId: ids.picture, MaterialType: 'image', CoverURL: expect.stringContaining('.png') })
  })

  test('take the place of those that were set before, each once', async () => {
    const { set, kinds, ids } = await edited()
    await set(ids.audio, ids.video, ids.audio)
    expect(await kinds()).toEqual(['audio', 'video'])
  })

  test('that are deleted are none any more', async () => {
    const { call, kinds, ids } = await edited()
    await call('DeleteVideo', { VideoIds: ids.video })
    await call('DeleteImage', { DeleteImageType: 'ImageId', ImageIds: ids.picture })
    expect(await kinds()).toEqual(['audio', 'material', 'subtitle'])
  })

  test('stay as they were if one of the new ones is unknown', async () => {
    const { set, kinds, ids } = await edited()
    const { body, headers } = await set(ids.audio, 'none')
    expect([body.Code, decodeURIComponent(headers['x-emulator-reason'] ?? '')]).toEqual([
      'NoSuchResource',
      'MaterialIds holds "none", which is not the id of a medium of this account',
    ])
    expect(await kinds()).toHaveLength(5)
  })

  test('of another account are unknown', async () => {
    const { cloud, ids, call } = await edited()
    const other = cloud.createAccount()
    const { ProjectId } = (await call('AddEditingProject', { Title: 'theirs' }, { account: other })).body.Project
    const { body } = await call('SetEditingProjectMaterials', { ProjectId, MaterialIds: ids.video }, { account: other })
    expect(body.Code).toBe('NoSuchResource')
  })
})
