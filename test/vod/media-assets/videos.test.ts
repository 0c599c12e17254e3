import { describe, expect, test } from 'vitest'
import { addApps } from '../../support/apps.js'
import { download } from '../../support/cloud.js'
import { domains, sample, vodWorld } from '../support.js'

const described = {
  Title: 'a film',
  Description: 'of a river',
  Tags: 'x,y',
  CateId: 12,
  CoverURL: 'http://example.com/cover.jpg',
  UserData: '{"Extend":"7"}',
}

describe('what is answered of a video', () => {
  test('is what was said of it, and once it has been analysed, what it is', async () => {
    const { call, create, put, advance } = vodWorld()
    const ticket = await create(described)
    const { VideoId } = ticket
    const said = {
      VideoId,
      ...described,
      AppId: 'app-1000000',
      RegionId: 'cn-shanghai',
      AuditStatus: 'Normal',
      StorageLocation: expect.stringMatching(/^outin-\w+\.oss-cn-shanghai\.aliyuncs\.com$/),
      TemplateGroupId: expect.stringMatching(/^[0-9a-f]{32}$/),
      CreationTime: '2026-01-01T00:00:00Z',
    }
    const info = async () => (await call('GetVideoInfo', { VideoId })).body.Video
    expect(await info()).toEqual({ ...said, Status: 'Uploading', ModificationTime: '2026-01-01T00:00:00Z', Snapshots: { Snapshot: [] } })
    await advance('1m')
    await put(ticket, sample('sample.mp4'))
    await advance('1m')
    expect(await info()).toEqual({
      ...said,
      Status: 'Normal',
      Size: sample('sample.mp4').length,
      Duration: 2,
      ModificationTime: '2026-01-01T00:01:06Z',
      Snapshots: { Snapshot: [expect.stringMatching(/^http:.*-00001\.jpg\?Expires=/)] },
    })
  })

  test('is the same in GetVideoInfo, GetVideoInfos and GetVideoList, but for what each leaves out', async () => {
    const { call, upload, advance } = vodWorld()
    const VideoId = await upload(described)
    await advance('1m')
    const { RegionId, AuditStatus, ...one } = (await call('GetVideoInfo', { VideoId })).body.Video
    const [ofSeveral] = (await call('GetVideoInfos', { VideoIds: VideoId })).body.VideoList
    const [listed] = (await call('GetVideoList')).body.VideoList.Video
    expect(ofSeveral).toEqual({ ...one, Snapshots: one.Snapshots.Snapshot })
    const { TemplateGroupId: _, ...rest } = one
    expect(listed).toEqual(rest)
  })

  test('has a cover and snapshots that can be downloaded, of OSS or under the domain', async () => {
    const { cloud, account, call, upload, advance } = vodWorld()
    const VideoId = await upload()
    await advance('1m')
    const pictures = async (): Promise<string[]> => {
      const { CoverURL, Snapshots } = (await call('GetVideoInfo', { VideoId })).body.Video
      return [CoverURL, ...Snapshots.Snapshot]
    }
    for (const url of await pictures()) expect((await download(cloud, url)).headers['content-type']).toBe('image/jpeg')
    account.settings.change({ vod: { domains: domains.slice(1) } })
    for (const url of await pictures()) {
      expect(url).toMatch(/^http:\/\/safe\.example\.com\/.*\?auth_key=/)
      expect((await download(cloud, url)).status).toBe(200)
    }
  })

  test('tells the region of a bucket of the account, and its app', async () => {
    const location = 'own-bucket.oss-cn-beijing.aliyuncs.com'
    const { account, call, create } = vodWorld({ settings: { vod: { storages: [{ location }] } } })
    addApps(account, 'app-mine')
    const { VideoId } = await create({ StorageLocation: location, AppId: 'app-mine' })
    expect((await call('GetVideoInfo', { VideoId })).body.Video).toMatchObject({
      StorageLocation: location,
      RegionId: 'cn-beijing',
      AppId: 'app-mine',
    })
  })

  test('of several, in the order in which they were asked for, each once, and beside them those that do not exist', async () => {
    const { call, create } = vodWorld()
    const [first, second] = [(await create()).VideoId, (await create()).VideoId]
    const { VideoList, NonExistVideoIds } = (await call('GetVideoInfos', { VideoIds: `${second},none,${first},${second}, none` })).body
    expect(VideoList.map((video: { VideoId: string }) => video.VideoId)).toEqual([second, first])
    expect(NonExistVideoIds).toEqual(['none'])
  })

  test('is nothing to another account', async () => {
    const { cloud, create, refusal } = vodWorld()
    const { VideoId } = await create()
    const other = { account: cloud.createAccount() }
    const calls: Record<string, Record<string, string>> = {
      GetVideoInfo: { VideoId },
      GetVideoInfos: { VideoIds: VideoId },
      GetMezzanineInfo: { VideoId },
      UpdateVideoInfo: { VideoId, Title: 'mine' },
      DeleteVideo: { VideoIds: VideoId },
      GetVideoList: {},
    }
    for (const [action, params] of Object.entries(calls))
      expect([action, (await refusal(action, params, other)).code]).toEqual([action, 'InvalidVideo.NotFound'])
  })
})

describe('UpdateVideoInfo', () => {
  test.each<[params: Record<string, string | number>, changed: object]>([
    [{ Title: 'new' }, { Title: 'new' }],
    [{ Description: 'new' }, { Description: 'new' }],
    [{ Tags: ' a, b ,,c' }, { Tags: 'a,b,c' }],
    [{ CoverURL: 'http://example.com/new.jpg' }, { CoverURL: 'http://example.com/new.jpg' }],
    [{ CateId: 99 }, { CateId: 99 }],
    [{}, {}],
  ])('%j changes this, and nothing else but the time of the change', async (params, changed) => {
    const { call, create, advance } = vodWorld()
    const { VideoId } = await create(described)
    const info = async () => (await call('GetVideoInfo', { VideoId })).body.Video
    const before = await info()
    await advance('1m')
    await call('UpdateVideoInfo', { VideoId, ...params })
    expect(await info()).toEqual({ ...before, ModificationTime: '2026-01-01T00:01:00Z', ...changed })
  })

  test('tells what has changed, with the values before and after', async () => {
    const { account, call, create, events } = vodWorld()
    addApps(account, 'app-mine')
    const { VideoId } = await create({ Title: 'old', Description: 'words', UserData: '{"Extend":"7"}', AppId: 'app-mine' })
    await call('UpdateVideoInfo', { VideoId, Title: 'new', Description: 'words', CateId: 12, Tags: 'a,b' })
    expect(events('MediaBaseChangeComplete')[1]).toEqual({
      EventType: 'MediaBaseChangeComplete',
      EventTime: '2026-01-01T00:00:00Z',
      Status: 'success',
      MediaId: VideoId,
      MediaType: 'video',
      OperateMode: 'update',
      MediaContent: { Title: '{"OldValue":"old","NewValue":"new"}', CateId: '{"NewValue":12}', Tags: '{"NewValue":"a,b"}' },
      Extend: '7',
    })
  })

  test('moves a video from one category to the other', async () => {
    const { call, create, refusal } = vodWorld()
    const { VideoId } = await create({ CateId: 12 })
    await call('UpdateVideoInfo', { VideoId, CateId: 13 })
    expect((await call('GetVideoList', { CateId: 13 })).body.Total).toBe(1)
    expect((await refusal('GetVideoList', { CateId: 12 })).code).toBe('InvalidVideo.NotFound')
  })
})

describe('UpdateVideoInfos', () => {
  test('changes those that exist, lists the others, and tells of each', async () => {
    const { call, create, events } = vodWorld()
    const [first, second] = [(await create(described)).VideoId, (await create(described)).VideoId]
    const UpdateContent = JSON.stringify([
      { VideoId: first, Title: 'first', CateId: '5' },
      { VideoId: 'none', Title: 'nobody' },
      { VideoId: second, Tags: 'z', CoverURL: 'https://example.com/2.jpg', Unknown: true },
      { VideoId: 'none', Title: 'nobody' },
    ])
    expect((await call('UpdateVideoInfos', { UpdateContent })).body).toMatchObject({ ForbiddenVideoIds: [], NonExistVideoIds: ['none'] })
    const { VideoList } = (await call('GetVideoInfos', { VideoIds: `${first},${second}` })).body
    expect(VideoList).toMatchObject([
      { Title: 'first', CateId: 5, Tags: 'x,y', Description: 'of a river' },
      { Title: 'a film', CateId: 12, Tags: 'z', CoverURL: 'https://example.com/2.jpg' },
    ])
    expect(events('MediaBaseChangeComplete').slice(2)).toMatchObject([
      { MediaId: first, OperateMode: 'update' },
      { MediaId: second, OperateMode: 'update' },
    ])
  })

  test('takes words away where they are given as empty, and leaves them where they are null', async () => {
    const { call, create } = vodWorld()
    const [emptied, kept] = [(await create(described)).VideoId, (await create(described)).VideoId]
    const all = (value: unknown) => ({ Title: value, Description: value, Tags: value, CoverURL: value })
    const UpdateContent = JSON.stringify([
      { VideoId: emptied, ...all('') },
      { VideoId: kept, ...all(null), CateId: null },
    ])
    await call('UpdateVideoInfos', { UpdateContent })
    const [first, second] = (await call('GetVideoInfos', { VideoIds: `${emptied},${kept}` })).body.VideoList
    expect([first.Title, first.Description, first.Tags, first.CoverURL]).toEqual(['a film', undefined, undefined, undefined])
    const { UserData: _, ...words } = described
    expect(second).toMatchObject(words)
  })
})

describe('GetMezzanineInfo', () => {
  test('of a video: what is in its file', async () => {
    const { cloud, call, upload, advance } = vodWorld()
    const VideoId = await upload()
    await advance('1m')
    const { Mezzanine } = (await call('GetMezzanineInfo', { VideoId })).body
    const size = sample('sample.mp4').length
    expect(Mezzanine).toEqual({
      VideoId,
      FileName: expect.stringMatching(/^[0-9a-f-]+\.mp4$/),
      FileURL: expect.stringMatching(/^http:\/\/outin-.*\.mp4\?Expires=/),
      OutputType: 'oss',
      Status: 'Normal',
      Size: size,
      Duration: '2.0000',
      Bitrate: ((size * 8) / 2 / 1000).toFixed(4),
      Fps: '25.0000',
      Width: 320,
      Height: 180,
      CreationTime: '2026-01-01T00:00:00Z',
    })
    expect(Buffer.from((await download(cloud, Mezzanine.FileURL)).body as Uint8Array).equals(sample('sample.mp4'))).toBe(true)
  })

  test.each<[file: string, AdditionType: string, video: object[] | undefined, audio: object[] | undefined]>([
    [
      'sample.mp4',
      'video',
      [{ Index: '0', CodecName: 'h264', Width: '320', Height: '180', Dar: '16:9', Fps: '25', NumFrames: '50' }],
      undefined,
    ],
    ['sample.mp4', 'audio', undefined, [{ Index: '1', CodecName: 'aac', SampleRate: '44100' }]],
    ['sample.mp3', 'audio,video', [], [{ Index: '0', CodecName: 'mp3', CodecLongName: 'MP3 (MPEG audio layer 3)' }]],
  ])('%s with AdditionType=%s', async (file, AdditionType, video, audio) => {
    const { call, upload, advance } = vodWorld()
    const VideoId = await upload({ FileName: file }, sample(file))
    await advance('1m')
    const { VideoStreamList, AudioStreamList } = (await call('GetMezzanineInfo', { VideoId, AdditionType })).body.Mezzanine
    if (video) expect(VideoStreamList).toMatchObject(video)
    else expect(VideoStreamList).toBeUndefined()
    if (audio) expect(AudioStreamList).toMatchObject(audio)
    else expect(AudioStreamList).toBeUndefined()
  })

  test('before the upload: nothing of the file but its place', async () => {
    const { call, create } = vodWorld()
    const { VideoId } = await create()
    const { Mezzanine } = (await call('GetMezzanineInfo', { VideoId, AdditionType: 'video' })).body
    expect([Mezzanine.Status, Mezzanine.Size, Mezzanine.Duration, Mezzanine.VideoStreamList]).toEqual([
      'Uploading',
      undefined,
      undefined,
      [],
    ])
  })

  test('under a domain, unless OSS is asked for, or the bucket is one of the type "in"', async () => {
    const location = 'in-2026.oss-cn-shanghai.aliyuncs.com'
    const { call, upload } = vodWorld({ settings: { vod: { domains: domains.slice(1), storages: [{ location }] } } })
    const [usual, behind] = [await upload(), await upload({ StorageLocation: location })]
    const address = async (VideoId: string, params: Record<string, string | number> = {}) => {
      const { FileURL, OutputType } = (await call('GetMezzanineInfo', { VideoId, ...params })).body.Mezzanine
      return [OutputType, new URL(FileURL).host]
    }
    expect(await address(usual, { AuthTimeout: 9_999_999 })).toEqual(['cdn', 'safe.example.com'])
    expect(await address(usual, { OutputType: 'oss' })).toEqual(['oss', expect.stringMatching(/^outin-/)])
    expect(await address(behind)).toEqual(['oss', location])
    // What it asked for has no limit.
    expect(await address(behind, { AuthTimeout: 9_999_999 })).toEqual(['oss', location])
  })

  test('lasts as long as was asked, an hour if nothing was', async () => {
    const { cloud, call, upload, advance } = vodWorld()
    const VideoId = await upload()
    const address = async (params: Record<string, string | number> = {}): Promise<string> =>
      (await call('GetMezzanineInfo', { VideoId, ...params })).body.Mezzanine.FileURL
    const [hour, minute] = [await address(), await address({ OutputType: 'oss', AuthTimeout: 60 })]
    await advance('1m')
    expect([(await download(cloud, hour)).status, (await download(cloud, minute)).status]).toEqual([200, 403])
    await advance('59m')
    expect((await download(cloud, hour)).status).toBe(403)
  })

  test('a file that somebody has taken from the bucket does not exist', async () => {
    const { account, call, upload, refusal } = vodWorld()
    const VideoId = await upload()
    expect((await call('GetMezzanineInfo', { VideoId })).status).toBe(200)
    const { bucket, key } = account.vod.videos.get(VideoId)?.file ?? { bucket: '', key: '' }
    account.oss.delete(bucket, key)
    expect(await refusal('GetMezzanineInfo', { VideoId })).toMatchObject({
      status: 404,
      code: 'InvalidFile.NotFound',
      message: 'The file does not exist.',
    })
  })
})
