import { describe, expect, test } from 'vitest'
import { download } from '../../support/cloud.js'
import { sample, vodWorld } from '../support.js'

/** A template as a group holds it. */
const template = (Definition: string, Format: string, rest: object = {}) => ({
  TranscodeTemplateId: `${Definition}-${Format}`,
  TemplateName: Definition,
  Definition,
  Container: { Format },
  Video: { Codec: 'H.264', Width: '1280' },
  ...rest,
})

const PRIVATE = { EncryptSetting: { EncryptType: 'AliyunVoDEncryption' } }

/** A world with a video that was transcoded by these templates. */
async function playWorld(templates: object[], options: Parameters<typeof vodWorld>[0] = {}) {
  const world = vodWorld(options)
  const { account, upload, advance, call } = world
  await account.vod.templateGroups.put({
    templateGroupId: 'mine',
    name: 'mine',
    isDefault: false,
    locked: false,
    templates: templates as never,
    appId: 'app-1000000',
    createdAt: 0,
    modifiedAt: 0,
  })
  const VideoId = await upload({ TemplateGroupId: 'mine' })
  await advance('1m')
  const streams = async (params: Record<string, string> = {}) =>
    (await call('GetPlayInfo', { VideoId, ...params })).body.PlayInfoList?.PlayInfo.map(
      ({ Definition, Format }: Record<string, string>) => `${Definition} ${Format}`,
    )
  return { ...world, VideoId, streams }
}

const many = [template('LD', 'mp4'), template('LD', 'm3u8'), template('FHD', 'mp4'), template('HQ', 'mp3', { Video: { Remove: 'true' } })]

describe('filters', () => {
  test.each<[Record<string, string>, string[]]>([
    [{}, ['FD mp4', 'FD m3u8', 'HD mp4', 'HQ mp3']],
    [{ Formats: 'mp4' }, ['FD mp4', 'HD mp4']],
    [{ Formats: 'm3u8,mp3' }, ['FD m3u8', 'HQ mp3']],
    [{ Definition: 'FD' }, ['FD mp4', 'FD m3u8']],
    [{ Definition: 'HD,HQ' }, ['HD mp4', 'HQ mp3']],
    [{ StreamType: 'audio' }, ['HQ mp3']],
    [{ StreamType: 'video', Formats: 'mp4', Definition: 'HD' }, ['HD mp4']],
    [{ PlayConfig: '{"EncryptType":"Unencrypted"}', Definition: 'FD' }, ['FD mp4', 'FD m3u8']],
  ])('%j', async (params, expected) => {
    expect(await (await playWorld(many)).streams(params)).toEqual(expected)
  })

  test('Single answers with the newest of each definition and format, Multiple with all', async () => {
    const { call, put, streams, advance, VideoId } = await playWorld([template('LD', 'mp4')])
    await put((await call('RefreshUploadVideo', { VideoId })).body, sample('sample.mp4'))
    await advance('1m')
    const created = async (params: Record<string, string>) =>
      (await call('GetPlayInfo', { VideoId, ...params })).body.PlayInfoList.PlayInfo.map(
        (info: { CreationTime: string }) => info.CreationTime,
      )
    expect(await created({})).toEqual(['2026-01-01T00:01:06Z'])
    expect(await created({ ResultType: 'Multiple' })).toEqual(['2026-01-01T00:00:06Z', '2026-01-01T00:01:06Z'])
    expect(await streams()).toEqual(['FD mp4'])
  })

  test('a stream with private encryption is for Multiple only', async () => {
    const { streams } = await playWorld([template('LD', 'mp4'), template('HD', 'm3u8', PRIVATE)])
    expect(await streams()).toEqual(['FD mp4'])
    expect(await streams({ ResultType: 'Multiple' })).toEqual(['FD mp4', 'SD m3u8'])
    expect(await streams({ ResultType: 'Multiple', PlayConfig: '{"EncryptType":"AliyunVoDEncryption"}' })).toEqual(['SD m3u8'])
  })
})

describe('refusals', () => {
  const cases: [params: Record<string, string>, status: number, code: string, message: string][] = [
    [{ VideoId: 'none' }, 404, 'InvalidVideo.NotFound', 'The video does not exist.'],
    [
      { Formats: 'm3u8', Definition: 'LD', StreamType: 'video' },
      404,
      'InvalidVideo.NoneStream',
      "The video has no stream to play for the request parameter 'Formats : m3u8, Definition : LD, StreamType : video'.",
    ],
    [{ Formats: 'avi' }, 400, 'InvalidParameter', 'The specified parameter "Formats" is not valid.'],
    [{ Definition: 'best' }, 400, 'InvalidParameter', 'The specified parameter "Definition" is not valid.'],
    [{ AuthTimeout: '0' }, 400, 'InvalidParameter', 'The specified parameter "AuthTimeout" is not valid.'],
    [{ OutputType: 'oss', AuthTimeout: '2592001' }, 400, 'InvalidParameter', 'The specified parameter "AuthTimeout" is not valid.'],
    [{ ReAuthInfo: '{"rand":"a-b"}' }, 400, 'InvalidParameter', 'The specified parameter "ReAuthInfo" is not valid.'],
    [{ PlayConfig: '{"PreviewTime":"0"}' }, 400, 'InvalidParameter', 'The specified parameter "PlayConfig" is not valid.'],
    [{ PlayConfig: '{"PreviewTime":"3"}' }, 400, 'InvalidParameter', 'The specified parameter "PlayConfig" is not valid.'],
    [{ AdditionType: 'lyrics' }, 400, 'InvalidParameter', 'The specified parameter "AdditionType" is not valid.'],
  ]
  test.each(cases)('%j', async (params, status, code, message) => {
    const { refusal, VideoId } = await playWorld([template('LD', 'mp4')])
    const { reason, ...refused } = await refusal('GetPlayInfo', { VideoId, ...params })
    expect(refused).toEqual({ status, code, message })
    expect(reason).toMatch(/\w/)
  })

  test('a video that is not Normal', async () => {
    const { upload, refusal } = vodWorld()
    const VideoId = await upload()
    expect(await refusal('GetPlayInfo', { VideoId })).toMatchObject({
      status: 403,
      code: 'Forbidden.IllegalStatus',
      message: 'Status of the video is illegal. Current Status is UploadSucc.',
    })
    expect(await refusal('GetVideoPlayAuth', { VideoId })).toMatchObject({
      status: 403,
      code: 'Forbidden.IllegalStatus',
      message: 'Status of the video is illegal.',
    })
  })

  test('a video with privately encrypted streams only', async () => {
    const { refusal, VideoId } = await playWorld([template('LD', 'm3u8', PRIVATE)])
    expect(await refusal('GetPlayInfo', { VideoId })).toMatchObject({ status: 403, code: 'Forbidden.AliyunVoDEncryption' })
  })
})

describe('sizes follow the template', () => {
  test.each([
    [{ Width: '640' }, [640, 360], 'H264.LD'],
    [{ Height: '720' }, [1280, 720], 'H264.SD'],
    [{ Width: '1280', Height: '720', Codec: 'H.265' }, [1280, 720], 'H265.SD'],
    [{ Width: '1920' }, [1920, 1080], 'H264.HD'],
    [{ Width: '3840' }, [3840, 2160], 'H264.4K'],
    [{}, [320, 180], 'H264.LD'],
  ])('%j', async (Video, [Width, Height], Specification) => {
    const { play, VideoId } = await playWorld([template('SD', 'mp4', { Video })])
    expect((await play(VideoId)).body.PlayInfoList.PlayInfo).toMatchObject([{ Width, Height, Specification }])
  })

  test('the long side of a video that stands upright is its height', async () => {
    const { account, create, put, play, advance } = vodWorld()
    const ticket = await create()
    const { file } = account.vod.videos.get(ticket.VideoId) ?? {}
    await account.putAssets([{ url: `http://${file?.bucket}.oss-cn-shanghai.aliyuncs.com/${file?.key}`, width: 1080, height: 1920 }])
    await put(ticket, sample('sample.mp4'))
    await advance('1m')
    expect((await play(ticket.VideoId, { Formats: 'mp4' })).body.PlayInfoList.PlayInfo).toMatchObject([{ Width: 360, Height: 640 }])
  })
})

describe('what is behind an address', () => {
  test.each([
    ['mp4', 'video/mp4', /^....ftyp/s],
    ['m3u8', 'application/vnd.apple.mpegurl', /^#EXTM3U/],
    ['mp3', 'audio/mpeg', /^(?:ID3|\xff)/],
    ['flv', 'video/x-flv', /^FLV/],
  ])('%s: a file of this container, of the size that is said', async (format, type, start) => {
    const Video = format === 'mp3' ? { Remove: 'true' } : {}
    const { cloud, play, VideoId } = await playWorld([template('SD', format, { Video })])
    const [{ PlayURL, Size }] = (await play(VideoId)).body.PlayInfoList.PlayInfo
    const { status, headers, body } = await download(cloud, PlayURL)
    expect([status, headers['content-type']]).toEqual([200, type])
    expect(Buffer.from(body as Uint8Array).toString('latin1')).toMatch(start)
    if (format !== 'm3u8') expect(Size).toBe(body.length)
  })

  test('of the original: the uploaded bytes', async () => {
    const { cloud, upload, play } = vodWorld()
    const VideoId = await upload({ TemplateGroupId: 'VOD_NO_TRANSCODE' }, Buffer.from('as uploaded'))
    const [{ PlayURL }] = (await play(VideoId)).body.PlayInfoList.PlayInfo
    expect(String((await download(cloud, PlayURL)).body)).toBe('as uploaded')
  })

  test('of OSS it can be had for an hour, or as long as was asked', async () => {
    const { cloud, play, VideoId, advance } = await playWorld([template('SD', 'mp4')])
    const address = async (params: Record<string, string> = {}) => (await play(VideoId, params)).body.PlayInfoList.PlayInfo[0].PlayURL
    const [hour, day] = [await address(), await address({ OutputType: 'oss', AuthTimeout: '86400' })]
    await advance(3_599_999)
    expect((await download(cloud, hour)).status).toBe(200)
    await advance(1)
    expect((await download(cloud, hour)).status).toBe(403)
    expect((await download(cloud, day)).status).toBe(200)
  })
})

test("the cover is the uploader's, else one of the snapshots", async () => {
  const { cloud, upload, play, advance, events } = vodWorld()
  const [own, taken] = [await upload({ CoverURL: 'http://example.com/cover.jpg' }), await upload()]
  await advance('1m')
  expect((await play(own)).body.VideoBase.CoverURL).toBe('http://example.com/cover.jpg')
  const { CoverURL } = (await play(taken)).body.VideoBase
  expect((await download(cloud, CoverURL)).headers['content-type']).toBe('image/jpeg')
  expect(events('SnapshotComplete')[1]?.CoverUrl).toBe(CoverURL.split('?')[0])
})
