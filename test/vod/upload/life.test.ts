import { describe, expect, test } from 'vitest'
import { decode, sample, vodWorld } from '../support.js'

describe('a video', () => {
  test('walks from Uploading to Normal', async () => {
    const { create, put, status, advance } = vodWorld()
    const ticket = await create()
    const { VideoId } = ticket
    const walked = [await status(VideoId)]
    await put(ticket, sample('sample.mp4'))
    walked.push(await status(VideoId))
    for (const milliseconds of [999, 1, 4999, 1]) {
      await advance(milliseconds)
      walked.push(await status(VideoId))
    }
    expect(walked).toEqual(['Uploading', 'UploadSucc', 'UploadSucc', 'Transcoding', 'Transcoding', 'Normal'])
  })

  test('tells what happens to it, in order, with the Extend data', async () => {
    const { upload, advance, events } = vodWorld()
    const VideoId = await upload({ UserData: '{"Extend":{"localId":"7"}}', Title: 'a film', Tags: 'x,y', CateId: 12 })
    await advance('1m')
    expect(events().map(({ EventType }) => EventType)).toEqual([
      'MediaBaseChangeComplete',
      'FileUploadComplete',
      'VideoAnalysisComplete',
      'SnapshotComplete',
      'StreamTranscodeComplete',
      'StreamTranscodeComplete',
      'TranscodeComplete',
    ])
    expect(events().every(({ Extend }) => Extend === '{"localId":"7"}')).toBe(true)
    const [created, uploaded, analysed] = events()
    expect(created?.MediaContent).toEqual({ Title: '{"NewValue":"a film"}', CateId: '{"NewValue":12}', Tags: '{"NewValue":"x,y"}' })
    expect(uploaded).toMatchObject({ VideoId, Size: sample('sample.mp4').length })
    expect(analysed).toMatchObject({
      VideoId,
      Width: '320',
      Height: '180',
      Duration: '2',
      Fps: '25',
      Size: String(sample('sample.mp4').length),
    })
  })

  test('is analysed once, however often its file is replaced before that', async () => {
    const { account, create, put, advance, events } = vodWorld()
    const ticket = await create()
    for (let size = 1; size <= 20; size++) await put(ticket, Buffer.alloc(size))
    expect(account.jobs.unfinished).toBe(1)
    await advance('1m')
    expect(events('VideoAnalysisComplete')).toMatchObject([{ Size: '20' }])
  })

  test('without transcoding is playable as soon as it is uploaded, and no transcoding event follows', async () => {
    const { upload, play, advance, events } = vodWorld()
    const VideoId = await upload({ TemplateGroupId: 'VOD_NO_TRANSCODE' })
    const { VideoBase, PlayInfoList } = (await play(VideoId)).body
    expect(VideoBase).toMatchObject({ Status: 'Normal', TranscodeMode: 'NoTranscode' })
    expect(PlayInfoList.PlayInfo).toMatchObject([{ Definition: 'OD', Format: 'mp4', Specification: 'Original', Width: 320, Height: 180 }])
    await advance('1m')
    expect(events().filter(({ EventType }) => /Transcode/.test(String(EventType)))).toEqual([])
  })

  test('without transcoding and in a container that players do not read is only stored', async () => {
    const { upload, refusal, status } = vodWorld()
    const VideoId = await upload({ TemplateGroupId: 'VOD_NO_TRANSCODE', FileName: 'film.mov' }, sample('sample.mov'))
    expect(await status(VideoId)).toBe('Normal')
    expect((await refusal('GetPlayInfo', { VideoId })).code).toBe('InvalidVideo.NoneStream')
  })

  test('goes by its workflow rather than by its template group', async () => {
    const workflows = [{ id: 'as-it-is', distributesSource: true }]
    const { upload, play, advance } = vodWorld({ settings: { vod: { workflows } } })
    const VideoId = await upload({ WorkflowId: 'as-it-is', TemplateGroupId: 'VOD_NO_TRANSCODE' })
    await advance('1m')
    expect((await play(VideoId)).body.PlayInfoList.PlayInfo).toMatchObject([{ Definition: 'OD' }])
  })

  test('whose file is empty cannot be analysed, nor transcoded', async () => {
    const { upload, status, advance, events, refusal } = vodWorld()
    const VideoId = await upload({}, new Uint8Array())
    await advance('1m')
    expect(await status(VideoId)).toBe('TranscodeFail')
    expect(events('VideoAnalysisComplete')).toMatchObject([{ Status: 'fail', ErrorCode: 'InvalidParameter.ResourceContentBad' }])
    expect(events('TranscodeComplete')).toMatchObject([{ Status: 'fail', StreamInfos: [] }])
    expect(await refusal('RefreshUploadVideo', { VideoId })).toMatchObject({ status: 400, code: 'InvalidVideo.Damaged' })
  })

  test('whose transcoding fails every time ends as TranscodeFail', async () => {
    const { create, put, status, advance, events, account } = vodWorld()
    const ticket = await create()
    const { Bucket, FileName } = decode(ticket.UploadAddress)
    await account.putAssets([{ url: `http://${Bucket}.oss-cn-shanghai.aliyuncs.com/${FileName}`, defect: 'fails every time' }])
    await put(ticket, sample('sample.mp4'))
    await advance('1m')
    expect(await status(ticket.VideoId)).toBe('TranscodeFail')
    expect(events('StreamTranscodeComplete')).toMatchObject([{ Status: 'fail' }, { Status: 'fail' }])
    expect(events('TranscodeComplete')).toMatchObject([{ Status: 'fail' }])
  })

  test('is processed again when its file is replaced; the old streams stay', async () => {
    const { upload, call, put, play, advance, status } = vodWorld()
    const VideoId = await upload()
    await advance('1m')
    await put((await call('RefreshUploadVideo', { VideoId })).body, sample('sample.mp4'))
    expect(await status(VideoId)).toBe('UploadSucc')
    await advance('1m')
    expect((await play(VideoId)).body.PlayInfoList.PlayInfo).toHaveLength(2)
    expect((await play(VideoId, { ResultType: 'Multiple' })).body.PlayInfoList.PlayInfo).toHaveLength(4)
  })

  test('fails to be transcoded where there is no room for the streams', async () => {
    const { upload, status, advance, events } = vodWorld({ settings: { maxObjectBytes: sample('sample.mov').length } })
    // Its HLS playlist is the first thing that takes room of its own.
    const VideoId = await upload({ FileName: 'film.mov' }, sample('sample.mov'))
    await advance('1m')
    expect(await status(VideoId)).toBe('Normal')
    expect(events('StreamTranscodeComplete')).toMatchObject([{ Status: 'success' }, { Status: 'fail', ErrorCode: 'QuotaExceeded' }])
    expect(events('TranscodeComplete')).toMatchObject([{ Status: 'success' }])
  })

  test('takes its time as the settings say', async () => {
    const { upload, status, advance } = vodWorld({ settings: { jobs: { 'vod.CreateUploadVideo': { stages: { Analyzing: '1h' } } } } })
    const VideoId = await upload()
    await advance('59m')
    expect(await status(VideoId)).toBe('UploadSucc')
    await advance('1m')
    expect(await status(VideoId)).toBe('Transcoding')
  })

  test('that is no film at all takes its course all the same', async () => {
    const { upload, play, advance } = vodWorld()
    const VideoId = await upload({}, Buffer.from('not a film'))
    await advance('1m')
    expect((await play(VideoId)).body.VideoBase).toMatchObject({ Status: 'Normal', Duration: '10' })
  })
})

describe('what a file is comes from its bytes', () => {
  test.each([
    ['sample.mp4', 'video', { Width: 320, Height: 180, Fps: '25' }, 2],
    ['sample.flv', 'video', { Width: 320, Height: 180, Fps: '25' }, 2],
    ['sample.mp3', 'audio', {}, 2],
  ])('%s', async (name, type, picture, duration) => {
    const { upload, play, advance } = vodWorld()
    const VideoId = await upload({ FileName: name, TemplateGroupId: 'VOD_NO_TRANSCODE' }, sample(name))
    await advance('1m')
    const { VideoBase, PlayInfoList } = (await play(VideoId)).body
    expect(VideoBase.MediaType).toBe(type)
    expect(Math.abs(Number(VideoBase.Duration) - duration)).toBeLessThan(0.15)
    expect(PlayInfoList.PlayInfo).toMatchObject([{ ...picture, StreamType: type, Size: sample(name).length }])
  })

  test('a small file of MPEG-TS has a picture', async () => {
    const { upload, advance, events } = vodWorld()
    await upload({ FileName: 'sample.ts' }, sample('sample.ts'))
    await advance('1m')
    expect(events('VideoAnalysisComplete')).toMatchObject([{ Width: '320', Height: '180' }])
  })

  test('sample.mov, once it has been transcoded: the events and the record have its own size', async () => {
    const { upload, advance, events, account } = vodWorld()
    const VideoId = await upload({ FileName: 'sample.mov' }, sample('sample.mov'))
    await advance('1m')
    expect(events('VideoAnalysisComplete')).toMatchObject([
      { Width: '320', Height: '180', Duration: '2', Size: String(sample('sample.mov').length) },
    ])
    expect(account.vod.videos.get(VideoId)?.facts).toMatchObject({
      picture: { codec: 'h264', fps: 25 },
      sound: { codec: 'aac', sampleRate: 44_100 },
    })
  })

  test('an audio is transcoded to an MP3', async () => {
    const { upload, play, advance } = vodWorld()
    const VideoId = await upload({ FileName: 'song.mp3' }, sample('sample.mp3'))
    await advance('1m')
    expect((await play(VideoId)).body.PlayInfoList.PlayInfo).toMatchObject([{ Definition: 'SQ', Format: 'mp3', StreamType: 'audio' }])
  })
})

test('an image is Normal once it is uploaded, and has the size of its bytes', async () => {
  const { call, put, events, account } = vodWorld()
  const { body } = await call('CreateUploadImage', { ImageType: 'default', ImageExt: 'png' })
  const image = () => account.vod.images.get(body.ImageId)
  expect(image()?.status).toBe('Uploading')
  await put(body, sample('sample.png'))
  expect(image()).toMatchObject({ status: 'Normal', width: 320, height: 180, size: sample('sample.png').length })
  expect(events('ImageUploadComplete')).toMatchObject([
    { ImageId: body.ImageId, FileURL: body.FileURL, Status: 'success', AppId: 'app-1000000' },
  ])
})

test('an auxiliary medium is Normal once it is uploaded', async () => {
  const { call, put, events, account } = vodWorld()
  const { body } = await call('CreateUploadAttachedMedia', { BusinessType: 'watermark', MediaExt: 'png' })
  await put(body, sample('sample.png'))
  expect(account.vod.attachedMedia.get(body.MediaId)?.status).toBe('Normal')
  expect(events('AttachedMediaUploadComplete')).toMatchObject([
    { AttachedMediaId: body.MediaId, FileURL: body.FileURL, Size: sample('sample.png').length },
  ])
})

test('nothing of an account is known to another', async () => {
  const { cloud, upload, refusal } = vodWorld()
  const VideoId = await upload()
  const other = { account: cloud.createAccount() }
  const foreign = await refusal('RefreshUploadVideo', { VideoId }, other)
  expect(foreign).toEqual(await refusal('RefreshUploadVideo', { VideoId: '0'.repeat(32) }, other))
  expect(foreign.code).toBe('InvalidVideo.NotFound')
})
