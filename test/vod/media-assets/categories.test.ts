import { describe, expect, test } from 'vitest'
import { vodWorld } from '../support.js'
import { videoOf } from './support.js'

/** A world with a function that creates a category and answers its id. */
function categoryWorld() {
  const world = vodWorld()
  const { call, advance, account } = world
  account.settings.change({ limits: { actions: { 'vod.AddCategory': { limit: 10_000, per: 'second' } } } })
  const add = async (CateName: string, ParentId?: number, Type = 'default'): Promise<number> => {
    const { body } = await call('AddCategory', { CateName, Type, ...(ParentId !== undefined && { ParentId }) })
    await advance('1s')
    return body.Category.CateId
  }
  const names = async (params: Record<string, string | number> = {}): Promise<string[]> =>
    (await call('GetCategories', params)).body.SubCategories.Category.map(({ CateName }: { CateName: string }) => CateName)
  return { ...world, add, names }
}

test('categories have three levels; each tells its own level, its parent, and how many are below it', async () => {
  const { call, add } = categoryWorld()
  const { Category: top } = (await call('AddCategory', { CateName: '搞笑' })).body
  expect(top).toEqual({ CateId: expect.any(Number), CateName: '搞笑', Level: 0, ParentId: -1, Type: 'default' })
  const middle = await add('middle', top.CateId)
  const { Category: bottom } = (await call('AddCategory', { CateName: 'bottom', ParentId: middle })).body
  expect(bottom).toMatchObject({ Level: 2, ParentId: middle })
  const { RequestId: _, ...answer } = (await call('GetCategories', { CateId: top.CateId })).body
  expect(answer).toEqual({
    SubTotal: 1,
    Category: top,
    SubCategories: {
      Category: [{ CateId: middle, CateName: 'middle', Level: 1, ParentId: top.CateId, Type: 'default', SubTotal: 1 }],
    },
  })
})

test('a fourth level is refused', async () => {
  const { add, refusal } = categoryWorld()
  const bottom = await add('third', await add('second', await add('first')))
  expect(await refusal('AddCategory', { CateName: 'fourth', ParentId: bottom })).toMatchObject({
    status: 400,
    code: 'LevelExceededMax',
    message: 'The level of categories exceeded maximum.',
  })
})

describe('at most 100 categories are below', () => {
  test.each([
    ['the root', false],
    ['a category', true],
  ])('%s', async (_where, inside) => {
    const { add, call, refusal } = categoryWorld()
    const parent = inside ? await add('parent') : undefined
    for (let number = 0; number < 100; number++) await add(`category ${number}`, parent)
    const more = { CateName: 'one more', ...(parent !== undefined && { ParentId: parent }) }
    expect(await refusal('AddCategory', more)).toMatchObject({
      status: 400,
      code: 'SubTotalExceededMax',
      message: 'The total of sub categories exceeded maximum.',
    })
    const { SubTotal, SubCategories } = (await call('GetCategories', { PageSize: 100, ...(parent && { CateId: parent }) })).body
    expect([SubTotal, SubCategories.Category.length]).toEqual([100, 100])
    await call('DeleteCategory', { CateId: SubCategories.Category[0].CateId })
    expect((await call('AddCategory', more)).status).toBe(200)
  })
})

test('sub-categories come newest first, or oldest first, a page at a time', async () => {
  const { add, names, call } = categoryWorld()
  const parent = await add('parent')
  for (let number = 1; number <= 12; number++) await add(String(number), parent)
  const newest = ['12', '11', '10', '9', '8', '7', '6', '5', '4', '3']
  expect(await names({ CateId: parent })).toEqual(newest)
  expect(await names({ CateId: parent, PageNo: 2 })).toEqual(['2', '1'])
  expect(await names({ CateId: parent, PageNo: 3 })).toEqual([])
  expect(await names({ CateId: parent, PageSize: 2, SortBy: 'CreationTime:Asc' })).toEqual(['1', '2'])
  expect((await call('GetCategories', { CateId: parent, PageNo: 3 })).body.SubTotal).toBe(12)
})

test.each<Record<string, number>>([{}, { CateId: -1 }])(
  'GetCategories %j answers the first level, which is below no category',
  async (params) => {
    const { add, call } = categoryWorld()
    await add('below', await add('top'))
    const { body } = await call('GetCategories', params)
    expect(body.Category).toBeUndefined()
    expect(body.SubCategories.Category).toMatchObject([{ CateName: 'top', ParentId: -1, Level: 0, SubTotal: 1 }])
  },
)

describe('materials', () => {
  test('have a first level of the service, which cannot be added to, renamed or deleted', async () => {
    const { call, refusal } = categoryWorld()
    const { SubTotal, SubCategories } = (await call('GetCategories', { Type: 'material' })).body
    expect(SubTotal).toBe(5)
    const { CateId } = SubCategories.Category[0]
    const refused = { status: 403, code: 'Forbidden' }
    expect(await refusal('AddCategory', { CateName: 'a', Type: 'material', ParentId: -1 })).toMatchObject(refused)
    expect(await refusal('UpdateCategory', { CateName: 'a', CateId })).toMatchObject(refused)
    expect(await refusal('DeleteCategory', { CateId })).toMatchObject(refused)
    expect((await call('GetCategories', { Type: 'material' })).body.SubCategories).toEqual(SubCategories)
  })

  test("have two levels; those of the second are the account's own", async () => {
    const { add, call, names, refusal } = categoryWorld()
    const [{ CateId: first }] = (await call('GetCategories', { Type: 'material' })).body.SubCategories.Category
    const own = await add('own', first, 'material')
    expect(await refusal('AddCategory', { CateName: 'a', Type: 'material', ParentId: own })).toMatchObject({ code: 'LevelExceededMax' })
    await call('UpdateCategory', { CateId: own, CateName: 'renamed' })
    expect(await names({ CateId: first, Type: 'material' })).toEqual(['renamed'])
    await call('DeleteCategory', { CateId: own })
    expect(await names({ CateId: first, Type: 'material' })).toEqual([])
  })

  test('are not found among the other categories, nor those among them', async () => {
    const { add, call, refusal } = categoryWorld()
    const [{ CateId: material }] = (await call('GetCategories', { Type: 'material' })).body.SubCategories.Category
    const other = await add('other')
    const notFound = { status: 404, code: 'InvalidCateId.NotFound' }
    expect(await refusal('GetCategories', { CateId: material })).toMatchObject(notFound)
    expect(await refusal('GetCategories', { CateId: other, Type: 'material' })).toMatchObject(notFound)
    expect(await refusal('AddCategory', { CateName: 'a', ParentId: material })).toMatchObject(notFound)
    expect(await refusal('AddCategory', { CateName: 'a', ParentId: other, Type: 'material' })).toMatchObject(notFound)
  })
})

test('a category that is renamed shows the new name wherever it is shown', async () => {
  const { add, call, create } = categoryWorld()
  const CateId = await add('old')
  const { VideoId } = await create({ CateId })
  const name = async () => (await call('GetVideoInfo', { VideoId })).body.Video.CateName
  expect(await name()).toBe('old')
  await call('UpdateCategory', { CateId, CateName: 'new' })
  expect(await name()).toBe('new')
})

test('deleting a category deletes all below it, and leaves the media in them without a category', async () => {
  const { add, call, create, refusal } = categoryWorld()
  const top = await add('top')
  const middle = await add('middle', top)
  const bottom = await add('bottom', middle)
  const beside = await add('beside')
  const video = async (CateId: number) => (await create({ CateId })).VideoId
  const [inTop, inBottom, inBeside] = [await video(top), await video(bottom), await video(beside)]
  const image = (await call('CreateUploadImage', { ImageType: 'default', CateId: middle })).body.ImageId
  const attached = (await call('CreateUploadAttachedMedia', { BusinessType: 'material', CateIds: `${bottom},${beside}` })).body.MediaId

  await call('DeleteCategory', { CateId: top })
  for (const CateId of [top, middle, bottom]) expect((await refusal('GetCategories', { CateId })).code).toBe('InvalidCateId.NotFound')
  const cateOf = async (VideoId: string) => (await call('GetVideoInfo', { VideoId })).body.Video.CateId
  expect([await cateOf(inTop), await cateOf(inBottom), await cateOf(inBeside)]).toEqual([undefined, undefined, beside])
  expect((await call('GetImageInfo', { ImageId: image })).body.ImageInfo.CateId).toBeUndefined()
  expect((await call('GetAttachedMediaInfo', { MediaIds: attached })).body.AttachedMediaList[0].Categories).toMatchObject([
    { CateId: beside },
  ])
  expect((await refusal('GetVideoList', { CateId: bottom })).code).toBe('InvalidVideo.NotFound')
})

test('a category of many media is deleted without holding up the calls of others', async () => {
  const { account, cloud, add, call } = categoryWorld()
  const cateId = await add('large')
  for (let number = 0; number < 5000; number++) account.vod.videos.put(videoOf(account, `v${number}`, { cateId }))
  let deleted = false
  const deleting = call('DeleteCategory', { CateId: cateId }).then(() => {
    deleted = true
  })
  await call('GetCategories', {}, { account: cloud.createAccount() })
  expect(deleted).toBe(false)
  await deleting
  expect(account.vod.videos.list({ by: { category: String(cateId) } }).total).toBe(0)
})

test('categories that a world has put below themselves can be deleted', async () => {
  const { account, call, refusal } = categoryWorld()
  const category = { type: 'default', name: 'a', level: 1, createdAt: 'now' }
  const tables = {
    'vod.categories': [
      { ...category, cateId: 1, parentId: 2 },
      { ...category, cateId: 2, parentId: 1 },
    ],
  }
  await account.worlds.apply({ description: 'a circle', tables })
  await call('DeleteCategory', { CateId: 1 })
  expect((await refusal('GetCategories', { CateId: 2 })).code).toBe('InvalidCateId.NotFound')
})

describe('a category that does not exist is taken by uploads, and has no name', () => {
  test.each(['CreateUploadVideo', 'UploadMediaByURL'])('%s', async (action) => {
    const { call, create, advance } = categoryWorld()
    const url = 'http://input.oss-cn-shanghai.aliyuncs.com/a.mp4'
    if (action === 'CreateUploadVideo') await create({ CateId: 77 })
    else await call(action, { UploadURLs: url, UploadMetadatas: JSON.stringify([{ SourceURL: url, Title: 'a', CateId: '77' }]) })
    await advance('1m')
    const [video] = (await call('GetVideoList', { CateId: 77 })).body.VideoList.Video
    expect([video.CateId, video.CateName]).toEqual([77, undefined])
  })
})
