/** SearchMedia: what it answers, in which order, and page by page. */

import { describe, expect, test } from 'vitest'
import { addApps } from '../../support/apps.js'
import { download } from '../../support/cloud.js'
import { domains, sample } from '../support.js'
import { searchWorld } from './support.js'

describe('without any parameters', () => {
  test('the ten newest videos are answered, with their basic fields', async () => {
    const { call, video, advance } = searchWorld()
    for (let number = 1; number <= 12; number++) {
      video(`v${number}`)
      await advance('1s')
    }
    const { status, body } = await call('SearchMedia')
    expect([status, body.Total]).toEqual([200, 12])
    expect(body.MediaList.map(({ MediaId }: { MediaId: string }) => MediaId)).toEqual(
      Array.from({ length: 10 }, (_, index) => `v${12 - index}`),
    )
    expect(body.MediaList[0]).toEqual({
      CreationTime: '2026-01-01T00:00:11Z',
      MediaType: 'video',
      MediaId: 'v12',
      Video: { VideoId: 'v12', CreationTime: '2026-01-01T00:00:11Z' },
    })
  })

  test('an account without media has no hits, and no ScrollToken', async () => {
    expect((await searchWorld().call('SearchMedia')).body).toEqual({ RequestId: expect.any(String), Total: 0, MediaList: [] })
  })
})

describe('Fields', () => {
  test('of an uploaded video', async () => {
    const { account, upload, search, advance } = searchWorld()
    addApps(account, 'app-5')
    const VideoId = await upload({ Title: '影片', Description: 'about it', Tags: 'a,b', CateId: 7, AppId: 'app-5' })
    await advance('1m')
    const Fields =
      'VideoId,AppId,CateId,StorageLocation,Title,Tags,Description,Status,MediaSource,PreprocessStatus,Size,Duration,CreationTime,ModificationTime,CoverURL,Snapshots,SpriteSnapshots,DownloadSwitch,TranscodeMode'
    const [{ Video, ...hit }] = (await search({ Fields })).hits
    expect(hit).toEqual({ CreationTime: '2026-01-01T00:00:00Z', MediaType: 'video', MediaId: VideoId })
    expect(Video).toEqual({
      VideoId,
      AppId: 'app-5',
      CateId: 7,
      StorageLocation: expect.stringMatching(/^outin-\w+\.oss-cn-shanghai\.aliyuncs\.com$/),
      Title: '影片',
      Tags: 'a,b',
      Description: 'about it',
      Status: 'Normal',
      MediaSource: 'general',
      PreprocessStatus: 'UnPreprocess',
      Size: sample('sample.mp4').length,
      Duration: 2,
      CreationTime: '2026-01-01T00:00:00Z',
      ModificationTime: expect.stringMatching(/^2026-01-01T00:00:\d\dZ$/),
      CoverURL: expect.stringMatching(/\.jpg\?/),
      Snapshots: [expect.stringMatching(/-00001\.jpg\?/)],
      SpriteSnapshots: [],
      DownloadSwitch: 'on',
      TranscodeMode: 'FastTranscode',
    })
  })

  test('categories are answered by name, where the id is one of a category', async () => {
    const { call, video, image, attached, search } = searchWorld()
    const add = async (CateName: string, params = {}) => (await call('AddCategory', { CateName, ...params })).body.Category.CateId
    const [first, second] = [await add('影片'), await add('shorts')]
    video('v1', { cateId: first })
    video('v2', { cateId: 99 })
    image('i1', { cateId: second })
    attached('m1', { cateIds: [second, 99] })
    const { hits } = await search({ Fields: 'CateId,CateName', SortBy: 'CreationTime:Asc' })
    expect(hits.map(({ Video }) => Video)).toEqual([{ CateId: first, CateName: '影片' }, { CateId: 99 }])
    expect((await search({ SearchType: 'image', Fields: 'CateName' })).hits[0].Image).toEqual({ CateName: 'shorts' })
    const { AttachedMedia } = (await search({ SearchType: 'attached', Fields: 'Categories', Match: `CateId = ${second}` })).hits[0]
    expect(AttachedMedia).toEqual({ Categories: [{ ParentId: -1, CateName: 'shorts', CateId: second, Level: 0 }] })
  })

  test('exactly those come back that are asked for, and of these those that there are', async () => {
    const { video, search } = searchWorld()
    video('v1', { title: 'film' })
    const [{ Video }] = (await search({ Fields: 'Title,Description,Size' })).hits
    expect(Video).toEqual({ Title: 'film' })
  })

  test('pictures can be looked at', async () => {
    const { upload, search, advance, cloud } = searchWorld()
    await upload()
    await advance('1m')
    const [{ Video }] = (await search({ Fields: 'CoverURL,Snapshots' })).hits
    for (const url of [Video.CoverURL, ...Video.Snapshots])
      expect(Buffer.from((await download(cloud, url)).body as Uint8Array)).toEqual(sample('cover.jpg'))
  })

  test('through a domain, addresses are those of the domain', async () => {
    const { upload, search, advance, account, image } = searchWorld()
    account.settings.change({ vod: { domains } })
    await upload()
    image('i1')
    await advance('1m')
    const [{ Video }] = (await search({ Fields: 'CoverURL' })).hits
    const [{ Image }] = (await search({ SearchType: 'image', Fields: 'URL' })).hits
    expect([Video.CoverURL, Image.URL]).toEqual([
      expect.stringMatching(/^http:\/\/vod\.example\.com\/.*\.jpg$/),
      'http://vod.example.com/sv/i1.png',
    ])
  })

  test('of an audio, an image and an auxiliary medium', async () => {
    const { video, image, attached, search } = searchWorld()
    const common = { title: 'T', tags: ['x'], description: 'D' }
    video('a1', { ...common, mediaType: 'audio' })
    video('v1')
    image('i1', { ...common, cateId: 3 })
    attached('m1', { ...common, fileName: 'logo.png', cateIds: [3] })
    const one = async (SearchType: string, Fields: string) => {
      const { hits, total } = await search({ SearchType, Fields })
      return [total, hits]
    }
    const CreationTime = '2026-01-01T00:00:00Z'
    expect(await one('audio', 'AudioId,Title')).toEqual([
      1,
      [{ CreationTime, MediaType: 'audio', MediaId: 'a1', Audio: { AudioId: 'a1', Title: 'T' } }],
    ])
    expect(await one('image', 'ImageId,Title,Tags,Description,CateId,FileName,Status')).toEqual([
      1,
      [
        {
          CreationTime,
          MediaType: 'image',
          MediaId: 'i1',
          Image: { ImageId: 'i1', Title: 'T', Tags: 'x', Description: 'D', CateId: 3, FileName: 'i1.png', Status: 'Normal' },
        },
      ],
    ])
    expect(await one('attached', 'MediaId,BusinessType,FileName,AppId')).toEqual([
      1,
      [
        {
          CreationTime,
          MediaType: 'attached',
          MediaId: 'm1',
          AttachedMedia: { MediaId: 'm1', BusinessType: 'watermark', FileName: 'logo.png', AppId: 'app-1000000' },
        },
      ],
    ])
  })

  test.each([
    ['video', 'Titel', /element 1 \("Titel"\) .*did you mean "Title"\?/],
    ['video', 'Title,AudioId', /element 2 \("AudioId"\) is no field that a search of SearchType video answers/],
    ['attached', 'CateId', /element 1 \("CateId"\)/],
    ['video', 'Title,', /empty element at position 2/],
    ['video', 'constructor', /element 1 \("constructor"\)/],
  ])('of %s: %s is refused', async (SearchType, Fields, reason) => {
    const { code, reason: told } = await searchWorld().search({ SearchType, Fields })
    expect([code, told]).toEqual(['InvalidParameter', expect.stringMatching(reason)])
  })
})

describe('SortBy', () => {
  async function library() {
    const world = searchWorld()
    const at = (second: number) => Date.UTC(2026, 0, 1, 0, 0, second)
    world.video('a', { createdAt: at(1), modifiedAt: at(9) })
    world.video('b', { createdAt: at(2), modifiedAt: at(5) })
    world.video('c', { createdAt: at(2) + 500, modifiedAt: at(7) })
    world.video('d', { createdAt: at(3), modifiedAt: at(5) })
    return async (SortBy: string) => (await world.search({ SortBy })).ids.join('')
  }

  test.each([
    ['CreationTime:Desc', 'dcba'],
    ['CreationTime:Asc', 'abcd'],
    ['ModificationTime:Desc', 'acdb'],
    ['ModificationTime:Asc', 'bdca'],
    ['CreationTime:Asc,ModificationTime:Desc', 'acbd'],
    ['ModificationTime:Asc,CreationTime:Desc', 'dbca'],
  ])('%s', async (SortBy, order) => {
    expect(await (await library())(SortBy)).toBe(order)
  })

  test('of many videos in no order, by three fields', async () => {
    const { video, search } = searchWorld()
    const rows = Array.from({ length: 90 }, (_, number) => ({
      id: `v${number}`,
      createdAt: Date.UTC(2026, 0, 1) - ((number * 37) % 10) * 1000,
      modifiedAt: Date.UTC(2026, 0, 1) + ((number * 53) % 7) * 1000,
    }))
    for (const { id, ...fields } of rows) video(id, fields)
    const expected = rows
      .toReversed()
      .sort((a, b) => b.modifiedAt - a.modifiedAt || a.createdAt - b.createdAt)
      .map(({ id }) => id)
    const { ids } = await search({ SortBy: 'ModificationTime:Desc,CreationTime:Asc,ModificationTime:Asc', PageSize: 100 })
    expect(ids).toEqual(expected)
  })

  test.each([
    'CreationTime',
    'CreationTime:desc',
    'Title:Asc',
    ':Asc',
    'CreationTime:Asc,CreationTime:Asc,CreationTime:Asc,CreationTime:Asc',
  ])('%s is refused', async (SortBy) => {
    expect((await searchWorld().search({ SortBy })).code).toBe('InvalidParameter')
  })
})

describe('PageNo and PageSize', () => {
  test('lead through the hits of a Match', async () => {
    const { video, search, advance } = searchWorld()
    for (let number = 0; number < 25; number++) {
      video(`v${number}`, { status: number % 5 === 0 ? 'Blocked' : 'Normal' })
      await advance('1s')
    }
    const page = async (PageNo: number) => {
      const { total, ids } = await search({ Match: "Status = 'Normal'", PageNo, PageSize: 8 })
      return [total, ids.length, ids[0]]
    }
    expect(await Promise.all([1, 2, 3, 4].map(page))).toEqual([
      [20, 8, 'v24'],
      [20, 8, 'v14'],
      [20, 4, 'v4'],
      [20, 0, undefined],
    ])
  })

  test.each([
    ['PageNo', '0'],
    ['PageNo', 'x'],
    ['PageSize', '0'],
    ['PageSize', '101'],
  ])('%s = %s is refused', async (param, value) => {
    const { code, reason } = await searchWorld().search({ [param]: value })
    expect([code, reason]).toEqual(['InvalidParameter', expect.stringContaining(param)])
  })

  test('the first 5000 hits can be reached, and no more of them', async () => {
    const { video, search } = searchWorld()
    for (let number = 0; number < 5050; number++) video(`v${number}`)
    const last = await search({ PageNo: 72, PageSize: 70 })
    expect([last.total, last.ids.length, last.ids.at(-1)]).toEqual([5050, 30, 'v50'])
    const beyond = await search({ PageNo: 51, PageSize: 100 })
    expect([beyond.code, beyond.reason]).toEqual(['InvalidParameter', expect.stringContaining('only the first 5000 hits')])
  })
})

test('SearchType is one of four', async () => {
  expect((await searchWorld().search({ SearchType: 'film' })).code).toBe('InvalidParameter')
})

test('one account does not find the media of another', async () => {
  const { cloud, video, search } = searchWorld()
  video('v1')
  expect((await search({}, { account: cloud.createAccount() })).total).toBe(0)
})

test('what is changed or deleted is found as it is now', async () => {
  const { account, video, match } = searchWorld()
  video('v1', { status: 'Uploading', cateId: 1 })
  video('v2', { status: 'Uploading', cateId: 1 })
  expect(await match("Status = 'Uploading' and CateId = 1")).toEqual(['v1', 'v2'])
  account.vod.videos.update('v1', (draft) => {
    draft.status = 'Normal'
    draft.cateId = 2
  })
  account.vod.videos.delete('v2')
  expect([await match("Status = 'Uploading'"), await match('CateId = 1'), await match("Status = 'Normal' and CateId = 2")]).toEqual([
    [],
    [],
    ['v1'],
  ])
})
