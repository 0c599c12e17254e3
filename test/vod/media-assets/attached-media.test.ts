import { describe, expect, test } from 'vitest'
import { download } from '../../support/cloud.js'
import { domains, sample, vodWorld } from '../support.js'

/** A world with a function that creates an auxiliary medium and uploads its file. */
function attachedWorld(options: Parameters<typeof vodWorld>[0] = {}) {
  const world = vodWorld(options)
  const { call, put } = world
  const attach = async (params: Record<string, string> = {}): Promise<string> => {
    const { body } = await call('CreateUploadAttachedMedia', { BusinessType: 'watermark', MediaExt: 'png', ...params })
    await put(body, sample('sample.png'))
    return body.MediaId
  }
  const info = async (MediaIds: string, params: Record<string, string | number> = {}) =>
    (await call('GetAttachedMediaInfo', { MediaIds, ...params })).body
  return { ...world, attach, info }
}

test('GetAttachedMediaInfo answers what was said and is known of media, with their categories, and lists those that do not exist', async () => {
  const { call, attach, info, advance } = attachedWorld()
  const { CateId: parent } = (await call('AddCategory', { CateName: 'top' })).body.Category
  const { CateId } = (await call('AddCategory', { CateName: 'below', ParentId: parent })).body.Category
  const described = { Title: 'a logo', Description: 'of us', Tags: 'x,y' }
  const first = await attach({ ...described, CateIds: `${CateId},${parent},77` })
  await advance('1m')
  const second = await attach()
  const { AttachedMediaList, NonExistMediaIds } = await info(`${first},none,${second}`)
  expect(AttachedMediaList[0]).toEqual({
    MediaId: first,
    ...described,
    Type: 'watermark',
    Status: 'Normal',
    AppId: 'app-1000000',
    URL: expect.stringMatching(/^http:\/\/outin-.*\/watermark\/.*\.png\?Expires=/),
    // What is no category is left out.
    Categories: [
      { CateId, CateName: 'below', Level: 1, ParentId: parent },
      { CateId: parent, CateName: 'top', Level: 0, ParentId: -1 },
    ],
    StorageLocation: expect.stringMatching(/^outin-/),
    CreationTime: '2026-01-01T00:00:00Z',
    ModificationTime: '2026-01-01T00:00:00Z',
  })
  expect(AttachedMediaList[1]).toMatchObject({ MediaId: second, Categories: [], CreationTime: '2026-01-01T00:01:00Z' })
  expect(NonExistMediaIds).toEqual(['none'])
})

test('its address is under the domain, or of OSS if that is asked for', async () => {
  const { cloud, attach, info } = attachedWorld({ settings: { vod: { domains: domains.slice(1) } } })
  const MediaId = await attach()
  const address = async (params: Record<string, string> = {}): Promise<string> => (await info(MediaId, params)).AttachedMediaList[0].URL
  const [usual, oss] = [await address(), await address({ OutputType: 'oss' })]
  expect([new URL(usual).host, new URL(oss).host]).toEqual(['safe.example.com', expect.stringMatching(/^outin-/)])
  for (const url of [usual, oss]) expect((await download(cloud, url)).status).toBe(200)
})

test('UpdateAttachedMediaInfos changes what is given of those that exist, and lists the others', async () => {
  const { call, attach, info, advance } = attachedWorld()
  const { CateId } = (await call('AddCategory', { CateName: 'top' })).body.Category
  const [first, second] = [await attach({ Title: 'old', Tags: 'x' }), await attach({ Title: 'old', CateIds: String(CateId) })]
  await advance('1m')
  const UpdateContent = JSON.stringify([
    { MediaId: first, Title: 'new', CateIds: `${CateId}`, Title2: 'ignored' },
    { MediaId: 'none', Title: 'nobody' },
    { MediaId: second, Description: 'words', CateIds: '' },
  ])
  expect((await call('UpdateAttachedMediaInfos', { UpdateContent })).body.NonExistMediaIds).toEqual(['none'])
  expect((await info(`${first},${second}`)).AttachedMediaList).toMatchObject([
    { Title: 'new', Tags: 'x', Categories: [{ CateName: 'top' }], ModificationTime: '2026-01-01T00:01:00Z' },
    { Title: 'old', Description: 'words', Categories: [] },
  ])
})

test.each<[given: unknown, kept: number[]]>([
  ['7', [7]],
  [7, [7]],
  [' 7 , 8 ', [7, 8]],
  ['7,8,7', [7, 8]],
  ['1,2,3,4,5', [1, 2, 3, 4, 5]],
  ['-1', [-1]],
  ['', []],
  [' ', []],
])('of CateIds %j in a change, %j are kept', async (CateIds, kept) => {
  const { account, call, attach } = attachedWorld()
  const MediaId = await attach({ CateIds: '12' })
  await call('UpdateAttachedMediaInfos', { UpdateContent: JSON.stringify([{ MediaId, CateIds }]) })
  expect(account.vod.attachedMedia.get(MediaId)?.cateIds).toEqual(kept)
})

test('a category that is given twice is answered once', async () => {
  const { call, attach, info } = attachedWorld()
  const { CateId } = (await call('AddCategory', { CateName: 'top' })).body.Category
  expect((await info(await attach({ CateIds: `${CateId},${CateId}` }))).AttachedMediaList[0].Categories).toHaveLength(1)
})

describe('DeleteAttachedMedia', () => {
  test('deletes media and their files, and lists those that do not exist', async () => {
    const { cloud, call, attach, info } = attachedWorld()
    const [first, second, kept] = [await attach(), await attach(), await attach()]
    const { URL: url } = (await info(first)).AttachedMediaList[0]
    expect((await call('DeleteAttachedMedia', { MediaIds: `${first},none,${second}` })).body.NonExistMediaIds).toEqual(['none'])
    expect((await download(cloud, url)).status).toBe(404)
    expect((await info(`${first},${second},${kept}`)).NonExistMediaIds).toEqual([first, second])
  })

  test('lists what it may not delete, too', async () => {
    const location = 'own-bucket.oss-cn-shanghai.aliyuncs.com'
    const { account, call, attach, info } = attachedWorld({ settings: { vod: { storages: [{ location }] } } })
    const MediaId = await attach({ StorageLocation: location })
    account.settings.change({ vod: { storages: [{ location, authorised: false }] } })
    expect((await call('DeleteAttachedMedia', { MediaIds: `${MediaId},none` })).body.NonExistMediaIds).toEqual(['none', MediaId])
    expect((await info(MediaId)).AttachedMediaList).toHaveLength(1)
  })
})
