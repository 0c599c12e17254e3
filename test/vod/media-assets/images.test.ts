import { describe, expect, onTestFinished, test } from 'vitest'
import { addApps } from '../../support/apps.js'
import { download } from '../../support/cloud.js'
import { popCore, testEmulator } from '../../support/sdk.js'
import { domains, sample, vodWorld } from '../support.js'

/** A world with a function that creates an image and uploads its file. */
function imageWorld(options: Parameters<typeof vodWorld>[0] = {}) {
  const world = vodWorld(options)
  const { account, call, put } = world
  addApps(account, 'app-mine')
  const image = async (params: Record<string, string | number> = {}): Promise<{ ImageId: string; ImageURL: string; FileURL: string }> => {
    const { body } = await call('CreateUploadImage', { ImageType: 'default', ImageExt: 'png', ...params })
    await put(body, sample('sample.png'))
    return body
  }
  const info = async (ImageId: string, params: Record<string, string | number> = {}) =>
    (await call('GetImageInfo', { ImageId, ...params })).body.ImageInfo
  return { ...world, image, info }
}

const described = { Title: 'a sample', Description: 'of a test', Tags: 'x,y', CateId: 12, AppId: 'app-mine' }

describe('GetImageInfo', () => {
  test('answers what was said of an image, and once it is uploaded, what it is', async () => {
    const { call, info, put } = imageWorld()
    const { body } = await call('CreateUploadImage', { ImageType: 'cover', ImageExt: 'png', ...described })
    const { ImageId } = body
    const common = {
      ImageId,
      ...described,
      ImageType: 'cover',
      URL: expect.stringMatching(/^http:\/\/outin-.*\.png\?Expires=/),
      StorageLocation: expect.stringMatching(/^outin-/),
      CreationTime: '2026-01-01T00:00:00Z',
    }
    const Mezzanine = { FileURL: expect.stringMatching(/^http:\/\/outin-.*\?Expires=/), OriginalFileName: expect.stringMatching(/\.png$/) }
    expect(await info(ImageId)).toEqual({ ...common, Status: 'Uploading', Mezzanine })
    await put(body, sample('sample.png'))
    const FileSize = String(sample('sample.png').length)
    expect(await info(ImageId)).toEqual({ ...common, Status: 'Normal', Mezzanine: { ...Mezzanine, Width: 320, Height: 180, FileSize } })
  })

  test('knows the name that the file had at the uploader, if it was said, and SearchMedia finds it', async () => {
    const { call, image, info } = imageWorld()
    const { ImageId } = await image({ OriginalFileName: '封面 1.png' })
    await image()
    expect((await info(ImageId)).Mezzanine.OriginalFileName).toBe('封面 1.png')
    const { MediaList } = (await call('SearchMedia', { SearchType: 'image', Fields: 'FileName', Match: "FileName = '封面'" })).body
    expect(MediaList).toMatchObject([{ MediaId: ImageId, Image: { FileName: '封面 1.png' } }])
  })

  test('gives the address that is asked for, and always one of OSS for the file', async () => {
    const { cloud, image, info } = imageWorld({ settings: { vod: { domains: domains.slice(1) } } })
    const { ImageId } = await image()
    const [usual, oss] = [await info(ImageId), await info(ImageId, { OutputType: 'oss' })]
    expect(usual.URL).toMatch(/^http:\/\/safe\.example\.com\/image\/default\/.*\?auth_key=/)
    expect(oss.URL).toMatch(/^http:\/\/outin-/)
    for (const url of [usual.URL, oss.URL, usual.Mezzanine.FileURL]) {
      const { body } = await download(cloud, url)
      expect(Buffer.from(body as Uint8Array).equals(sample('sample.png'))).toBe(true)
    }
  })

  test('gives addresses that last as long as was asked', async () => {
    const { cloud, image, info, advance } = imageWorld()
    const { ImageId } = await image()
    const { URL: url, Mezzanine } = await info(ImageId, { OutputType: 'oss', AuthTimeout: 60 })
    const statuses = async () => [(await download(cloud, url)).status, (await download(cloud, Mezzanine.FileURL)).status]
    expect(await statuses()).toEqual([200, 200])
    await advance('1m')
    expect(await statuses()).toEqual([403, 403])
  })

  test('refuses an address of OSS that would last longer than one may', async () => {
    const { image, refusal } = imageWorld()
    const { ImageId } = await image()
    expect(await refusal('GetImageInfo', { ImageId, OutputType: 'oss', AuthTimeout: 2_592_001 })).toMatchObject({
      code: 'InvalidParameter',
    })
  })
})

test('UpdateImageInfos changes what is given of those that exist, and lists the others', async () => {
  const { call, image, info } = imageWorld()
  const [first, second] = [await image(described), await image(described)]
  const UpdateContent = JSON.stringify([
    { ImageId: first.ImageId, Title: '标题', CateId: 13 },
    { ImageId: 'none', Title: 'nobody' },
    { ImageId: second.ImageId, Description: '', Tags: '标签1,标签2' },
  ])
  expect((await call('UpdateImageInfos', { UpdateContent })).body.NonExistImageIds).toEqual({ ImageId: ['none'] })
  expect(await info(first.ImageId)).toMatchObject({ ...described, Title: '标题', CateId: 13 })
  const changed = await info(second.ImageId)
  expect([changed.Title, changed.Description, changed.Tags]).toEqual(['a sample', undefined, '标签1,标签2'])
})

describe('DeleteImage', () => {
  test('by id deletes images and their files', async () => {
    const { cloud, call, image, info, refusal } = imageWorld()
    const [first, second, kept] = [await image(), await image(), await image()]
    const { URL: url } = await info(first.ImageId)
    await call('DeleteImage', { DeleteImageType: 'ImageId', ImageIds: `${first.ImageId},${second.ImageId}` })
    expect((await download(cloud, url)).status).toBe(404)
    for (const { ImageId } of [first, second]) expect((await refusal('GetImageInfo', { ImageId })).code).toBe('NoSuchResource')
    expect((await info(kept.ImageId)).Status).toBe('Normal')
  })

  test.each([
    ['of OSS', [], (address: string) => address],
    ['of OSS, signed and over https', [], (address: string) => `${address.replace('http:', 'https:')}?Expires=1&Signature=a%3D`],
    ['of OSS, from inside the cloud', [], (address: string) => address.replace('.aliyuncs', '-internal.aliyuncs')],
    ['under a domain', domains, (address: string) => address],
    ['under a domain, signed, percent-encoded', domains, (address: string) => encodeURIComponent(`${address}?auth_key=1-0-0-a`)],
  ])('by an address %s', async (_what, names, change) => {
    const { account, call, image } = imageWorld({ settings: { vod: { domains: names } } })
    const { ImageURL } = await image()
    expect((await call('DeleteImage', { DeleteImageType: 'ImageURL', ImageURLs: change(ImageURL) })).status).toBe(200)
    expect([account.vod.images.count, account.oss.objects.count]).toEqual([0, 0])
  })

  test.each([{ names: [] }, { names: domains }])('by an address of a server that everything is behind, %j', async ({ names }) => {
    const { cloud, url, close } = await testEmulator({ settings: { vod: { domains: names } } })
    onTestFinished(close)
    const account = cloud.account()
    const call = popCore({ url, key: account.credentials, version: '2017-03-21' }, 'POST')
    const [deleted, kept] = [
      await call('CreateUploadImage', { ImageType: 'cover' }),
      await call('CreateUploadImage', { ImageType: 'cover' }),
    ]
    expect(deleted.ImageURL).toMatch(new RegExp(`^${url}/(?:outin-|vod\\.example\\.com/)`))
    await call('DeleteImage', { DeleteImageType: 'ImageURL', ImageURLs: encodeURIComponent(deleted.ImageURL) })
    expect(account.vod.images.list().rows.map(({ imageId }) => imageId)).toEqual([kept.ImageId])
  })

  test('deletes nothing if one of several is not there', async () => {
    const { account, image, refusal } = imageWorld()
    const { ImageId, ImageURL } = await image()
    const calls: Record<string, string>[] = [
      { DeleteImageType: 'ImageId', ImageIds: `${ImageId},none` },
      { DeleteImageType: 'ImageURL', ImageURLs: `${ImageURL},${ImageURL}x` },
    ]
    for (const params of calls) expect(await refusal('DeleteImage', params)).toMatchObject({ status: 404, code: 'NoSuchResource' })
    expect(account.vod.images.count).toBe(1)
  })

  test('does not reach images in a storage that is closed', async () => {
    const location = 'own-bucket.oss-cn-shanghai.aliyuncs.com'
    const { account, image, refusal } = imageWorld({ settings: { vod: { storages: [{ location }] } } })
    const { ImageId } = await image({ StorageLocation: location })
    account.settings.change({ vod: { storages: [{ location, authorised: false }] } })
    expect(await refusal('DeleteImage', { DeleteImageType: 'ImageId', ImageIds: ImageId })).toMatchObject({
      status: 403,
      code: 'Forbidden',
    })
    expect(account.vod.images.count).toBe(1)
  })

  describe.each(['All', 'CoverSnapshot', 'NormalSnapshot,CoverSnapshot'])('by video, of type %s', (ImageType) => {
    test('deletes the snapshots, and with them the cover', async () => {
      const { cloud, account, call, upload, advance, refusal } = imageWorld()
      const VideoId = await upload()
      await advance('1m')
      const { CoverURL } = (await call('GetVideoInfo', { VideoId })).body.Video
      const remove = { DeleteImageType: 'VideoId', VideoId, ImageType }
      expect((await call('DeleteImage', remove)).status).toBe(200)
      const { Video } = (await call('GetVideoInfo', { VideoId })).body
      expect([Video.CoverURL, Video.Snapshots, Video.Status]).toEqual([undefined, { Snapshot: [] }, 'Normal'])
      expect((await download(cloud, CoverURL)).status).toBe(404)
      expect((await refusal('ListSnapshots', { VideoId })).code).toBe('NoSuchResource')
      expect((await refusal('DeleteImage', remove)).code).toBe('NoSuchResource')
      expect(account.vod.videos.count).toBe(1)
    })
  })

  test('by video leaves a cover that the uploader has chosen, and snapshots of other types', async () => {
    const { call, upload, advance, refusal } = imageWorld()
    const VideoId = await upload({ CoverURL: 'http://example.com/cover.jpg' })
    await advance('1m')
    expect((await refusal('DeleteImage', { DeleteImageType: 'VideoId', VideoId, ImageType: 'SpriteSnapshot' })).code).toBe('NoSuchResource')
    expect((await call('ListSnapshots', { VideoId })).status).toBe(200)
    await call('DeleteImage', { DeleteImageType: 'VideoId', VideoId, ImageType: 'All' })
    expect((await call('GetVideoInfo', { VideoId })).body.Video.CoverURL).toBe('http://example.com/cover.jpg')
  })
})

describe('ListSnapshots', () => {
  /** A world with a video of 23 pictures of one type, beside its covers. */
  async function snapshotWorld(options: Parameters<typeof vodWorld>[0] = {}) {
    const world = imageWorld(options)
    const { account, upload, advance, call } = world
    const VideoId = await upload()
    await advance('1m')
    const { bucket } = account.vod.videos.get(VideoId)?.file ?? { bucket: '' }
    account.vod.videos.update(VideoId, ({ snapshots }) => {
      for (const [jobId, count] of [
        ['older', 5],
        ['newer', 23],
      ] as const)
        snapshots.push({
          jobId,
          type: 'NormalSnapshot',
          count,
          bucket,
          pattern: `${jobId}-{SnapshotCount}.jpg`,
          createdAt: account.clock.now(),
        })
    })
    const list = async (params: Record<string, string | number> = {}) =>
      (await call('ListSnapshots', { VideoId, ...params })).body.MediaSnapshot
    return { ...world, VideoId, list }
  }

  test('answers the covers unless another type is asked for', async () => {
    const { cloud, list, events } = await snapshotWorld()
    const { Snapshots, ...set } = await list()
    const [{ SnapshotInfos }] = events('SnapshotComplete') as [{ SnapshotInfos: { JobId: string; SnapshotRegular: string }[] }]
    expect(set).toEqual({
      JobId: SnapshotInfos[0]?.JobId,
      Regular: SnapshotInfos[0]?.SnapshotRegular,
      Total: 1,
      CreationTime: '2026-01-01T00:00:03Z',
    })
    expect(Snapshots.Snapshot).toEqual([{ Index: 1, Url: expect.stringMatching(/-00001\.jpg\?/) }])
    expect((await download(cloud, Snapshots.Snapshot[0].Url)).headers['content-type']).toBe('image/jpeg')
  })

  test.each<[params: Record<string, string | number>, first: number | undefined, last: number | undefined]>([
    [{}, 1, 20],
    [{ PageNo: 2 }, 21, 23],
    [{ PageNo: 3 }, undefined, undefined],
    [{ PageSize: 100 }, 1, 23],
    [{ PageSize: 5, PageNo: 2 }, 6, 10],
    [{ PageNo: 999_999_999, PageSize: 100 }, undefined, undefined],
  ])('of the last job of the type, %j', async (params, first, last) => {
    const { list } = await snapshotWorld()
    const { JobId, Total, Snapshots } = await list({ SnapshotType: 'NormalSnapshot', ...params })
    expect([JobId, Total, Snapshots.Snapshot.at(0)?.Index, Snapshots.Snapshot.at(-1)?.Index]).toEqual(['newer', 23, first, last])
  })

  test.each([
    ['1', '01:59:59', 200],
    ['1', '02:00:01', 403],
    ['-5', '02:00:01', 403],
    ['7200', '02:59:59', 200],
    ['7200', '03:00:01', 403],
  ])("with AuthTimeout %s, asked for at one o'clock and opened at %s: %i", async (AuthTimeout, time, status) => {
    const { cloud, account, list } = await snapshotWorld()
    await account.clock.advanceTo('2026-01-01T01:00:00Z')
    const { Snapshots } = await list({ AuthTimeout })
    await account.clock.advanceTo(`2026-01-01T${time}Z`)
    expect((await download(cloud, Snapshots.Snapshot[0].Url)).status).toBe(status)
  })

  test('addresses of OSS last 30 days at most, those under a domain as long as was asked', async () => {
    const { account, list, refusal, VideoId } = await snapshotWorld()
    const AuthTimeout = 2_592_001
    expect((await refusal('ListSnapshots', { VideoId, AuthTimeout })).code).toBe('InvalidParameter')
    account.settings.change({ vod: { domains: domains.slice(1) } })
    expect((await list({ AuthTimeout: 9_999_999_999 })).Snapshots.Snapshot[0].Url).toMatch(/auth_key=/)
    expect((await list({ AuthTimeout })).Snapshots.Snapshot[0].Url).toMatch(/^http:\/\/safe\.example\.com\/.*auth_key=/)
  })

  test('a video without snapshots of the type has none to list', async () => {
    const { refusal, VideoId } = await snapshotWorld()
    expect(await refusal('ListSnapshots', { VideoId, SnapshotType: 'WebVttSnapshot' })).toMatchObject({
      status: 404,
      code: 'NoSuchResource',
      message: 'The specified resource WebVttSnapshot does not exist.',
    })
  })

  test.each([
    ['Uploading', 400],
    ['UploadSucc', 200],
    ['Transcoding', 400],
    ['TranscodeFail', 400],
    ['Checking', 200],
    ['Blocked', 200],
    ['Normal', 200],
  ] as const)('of a video that is %s: %i', async (videoStatus, status) => {
    const { account, call, VideoId } = await snapshotWorld()
    account.vod.videos.update(VideoId, (draft) => {
      draft.status = videoStatus
    })
    const answer = await call('ListSnapshots', { VideoId })
    expect(answer.status).toBe(status)
    if (status === 400) expect(answer.body).toMatchObject({ Code: 'Forbidden.IllegalStatus', Message: 'Status of the video is illegal.' })
  })
})
