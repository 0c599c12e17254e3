import { describe, expect, test } from 'vitest'
import { vodWorld } from '../support.js'

const location = 'own-bucket.oss-cn-shanghai.aliyuncs.com'

/**
 * Seven videos, one a second from 2026-01-01T00:00:00.500Z on. Of each, its title is its number; those of even number are in category 2, the
 * third is in a bucket of the account's own, the first two are uploaded without transcoding.
 */
async function listWorld() {
  const world = vodWorld({ settings: { vod: { storages: [{ location }] } } })
  const { account, advance, call, create, upload } = world
  await advance(500)
  for (let number = 1; number <= 7; number++) {
    const params = { Title: String(number), CateId: number % 2 === 0 ? 2 : 1, ...(number === 3 && { StorageLocation: location }) }
    if (number <= 2) await upload({ ...params, TemplateGroupId: 'VOD_NO_TRANSCODE' })
    else await create(params)
    await advance('1s')
  }
  const titles = async (params: Record<string, string | number> = {}) => {
    const { Total, VideoList } = (await call('GetVideoList', { SortBy: 'CreationTime:Asc', ...params })).body
    return [Total, VideoList.Video.map(({ Title }: { Title: string }) => Title).join('')]
  }
  return { ...world, account, titles }
}

describe('GetVideoList', () => {
  test.each<[params: Record<string, string | number>, total: number, titles: string]>([
    [{}, 7, '1234567'],
    [{ SortBy: 'CreationTime:Desc' }, 7, '7654321'],
    [{ PageSize: 3 }, 7, '123'],
    [{ PageSize: 3, PageNo: 3 }, 7, '7'],
    [{ PageSize: 3, PageNo: 4 }, 7, ''],
    [{ PageSize: 3, PageNo: 2, SortBy: 'CreationTime:Desc' }, 7, '432'],
    [{ CateId: 2 }, 3, '246'],
    [{ CateId: 1, PageSize: 2, PageNo: 2 }, 4, '57'],
    [{ Status: 'Normal' }, 2, '12'],
    [{ Status: 'Normal,Uploading' }, 7, '1234567'],
    [{ Status: 'Uploading', CateId: 2 }, 2, '46'],
    [{ StorageLocation: location }, 1, '3'],
    [{ StorageLocation: location.toUpperCase() }, 1, '3'],
    [{ StartTime: '2026-01-01T00:00:03Z' }, 4, '4567'],
    [{ EndTime: '2026-01-01T00:00:03Z' }, 4, '1234'],
    [{ StartTime: '2026-01-01T00:00:01Z', EndTime: '2026-01-01T00:00:04Z' }, 4, '2345'],
    [{ StartTime: '2026-01-01T00:00:01Z', EndTime: '2026-01-01T00:00:04Z', CateId: 2, Status: 'Normal' }, 1, '2'],
  ])('%j', async (params, total, titles) => {
    expect(await (await listWorld()).titles(params)).toEqual([total, titles])
  })

  test.each<[params: Record<string, string | number>]>([
    [{ CateId: 3 }],
    [{ Status: 'Blocked' }],
    [{ StorageLocation: 'none.oss-cn-shanghai.aliyuncs.com' }],
    [{ StartTime: '2026-01-01T00:00:07Z' }],
    [{ StorageLocation: location, Status: 'Normal' }],
  ])('%j: nothing matches, which is an error', async (params) => {
    const { refusal } = await listWorld()
    expect(await refusal('GetVideoList', params)).toMatchObject({ status: 404, code: 'InvalidVideo.NotFound' })
  })

  test('newest first, ten of them, unless asked otherwise', async () => {
    const { call, create, advance } = vodWorld()
    for (let number = 1; number <= 11; number++) {
      await create({ Title: String(number) })
      await advance('1s')
    }
    const { Total, VideoList } = (await call('GetVideoList')).body
    expect([Total, VideoList.Video.length, VideoList.Video[0].Title]).toEqual([11, 10, '11'])
  })

  test('follows a video from status to status', async () => {
    const { upload, call, advance, refusal } = vodWorld()
    const VideoId = await upload()
    const listed = async (Status: string) => (await call('GetVideoList', { Status })).body.VideoList?.Video[0].VideoId
    expect(await listed('UploadSucc')).toBe(VideoId)
    await advance('1m')
    expect(await listed('Normal')).toBe(VideoId)
    expect((await refusal('GetVideoList', { Status: 'UploadSucc' })).code).toBe('InvalidVideo.NotFound')
  })

  test('reaches the first 5000 of those that match, and no further', async () => {
    const { account, call, create, refusal } = vodWorld()
    const { VideoId } = await create()
    const video = account.vod.videos.get(VideoId)
    if (video === undefined) throw new Error('there is no video')
    for (let number = 1; number < 5010; number++)
      account.vod.videos.put({
        ...video,
        videoId: `video${number}`,
        file: { ...video.file, key: `${number}.mp4` },
        createdAt: number * 1000,
      })
    const page = async (PageNo: number, PageSize: number) => (await call('GetVideoList', { PageNo, PageSize })).body
    expect(await page(50, 100)).toMatchObject({ Total: 5010 })
    expect((await page(50, 100)).VideoList.Video).toHaveLength(100)
    // Of a page that leads beyond, the part that does not.
    expect((await page(167, 30)).VideoList.Video).toHaveLength(20)
    expect((await refusal('GetVideoList', { PageNo: 51, PageSize: 100 })).code).toBe('VideoListExceededMax')
    expect((await call('GetVideoList', { EndTime: '1970-01-01T00:01:00Z', PageSize: 100 })).body).toMatchObject({ Total: 60 })
  })
})
