import { describe, expect, test } from 'vitest'
import { sample } from '../support.js'
import { streamWorld, template } from './support.js'

/** What GetPlayInfo says of the one stream that a template makes. */
async function madeBy(one: object, declared: object = { width: 1920, height: 1080 }, file?: string) {
  const world = streamWorld()
  const VideoId = await world.transcoded([one], declared, file)
  const [info] = await world.streams(VideoId)
  const job = world.account.jobs.records.list({ where: ({ kind }) => kind === 'vod.SubmitTranscodeJobs' }).rows.at(-1)
  return { ...world, VideoId, info, error: job?.error }
}

describe('definition and specification', () => {
  test.each<[mark: string, video: object, expected: object]>([
    ['LD', { Width: '640' }, { Definition: 'FD', Specification: 'H264.LD', NarrowBandType: '0' }],
    ['SD', { Width: '960' }, { Definition: 'LD', Specification: 'H264.SD' }],
    ['HD', { Width: '1280', Codec: 'H.265' }, { Definition: 'SD', Specification: 'H265.SD' }],
    ['FHD', { Width: '1920' }, { Definition: 'HD', Specification: 'H264.HD' }],
    ['2K', { Width: '2560' }, { Definition: '2K', Specification: 'H264.2K' }],
    ['4K', { Width: '3840' }, { Definition: '4K', Specification: 'H264.4K' }],
    ['SD', { Width: '3840' }, { Definition: 'LD', Specification: 'H264.4K' }],
    ['SD-NBV1', { Width: '848' }, { Definition: 'LD', Specification: 'H264.SD.NarrowBandHDV1', NarrowBandType: '1.0', Bitrate: '100.82' }],
    ['2K-NBV1', { Width: '2048' }, { Definition: '2K', Specification: 'H264.HD.NarrowBandHDV1', Width: 1920, Height: 1080 }],
  ])('a template %s with %j', async (mark, Video, expected) => {
    const Audio = { Codec: 'AAC', Bitrate: '32.336' }
    const narrow = mark.endsWith('-NBV1') ? { Video, Audio } : { Video: { Bitrate: '400', Codec: 'H.264', ...Video }, Audio }
    expect((await madeBy(template(mark, 'mp4', narrow))).info).toMatchObject(expected)
  })

  test('OD is another container for the same streams', async () => {
    const { info } = await madeBy(template('OD', 'm3u8', { Video: { Codec: 'H.264', Width: '640' } }))
    expect(info).toMatchObject({ Definition: 'OD', Specification: 'Segmentation', Width: 1920, Height: 1080, Bitrate: '100.82' })
  })

  test.each([
    ['SQ', 'mp3', 'SQ'],
    ['HQ', 'mp4', 'HQ'],
  ])('sound alone: %s as %s', async (mark, format, Definition) => {
    const { info } = await madeBy(template(mark, format, { Video: { Remove: 'true' }, Audio: { Codec: 'MP3', Bitrate: '96' } }))
    expect(info).toMatchObject({ Definition, StreamType: 'audio', Specification: 'Audio', Bitrate: '96' })
    expect(info.Width).toBeUndefined()
  })
})

describe('bitrate', () => {
  test.each<[what: string, video: object, audio: object, kbps: string]>([
    ['picture and sound as the template has them', { Width: '640', Bitrate: '400' }, { Bitrate: '64' }, '464'],
    ['picture alone', { Width: '640', Bitrate: '400' }, { Bitrate: '64', Remove: 'true' }, '400'],
    ['of a quality, never more than the source has', { Width: '640', Crf: '20', Bitrate: '400' }, { Bitrate: '64' }, '132.484'],
    ['of neither, as of the usual quality', { Width: '640' }, { Bitrate: '64' }, '132.484'],
  ])('%s', async (_what, Video, Audio, kbps) => {
    expect((await madeBy(template('LD', 'mp4', { Video, Audio }))).info.Bitrate).toBe(kbps)
  })
})

describe('conditions', () => {
  const conditional = (TransConfig: object) =>
    template('HD', 'flv', {
      Video: { Codec: 'H.264', Width: '1280', Bitrate: '1500' },
      Audio: { Codec: 'AAC', Bitrate: '128' },
      TransConfig,
    })
  const SMALL = { width: 320, height: 180 }

  test.each<[config: object, expected: object]>([
    [{}, { Width: 1280, Height: 720, Bitrate: '1628' }],
    [{ IsCheckReso: 'true' }, { Width: 320, Height: 180, Bitrate: '1628' }],
    [{ IsCheckVideoBitrate: 'true' }, { Width: 1280, Bitrate: '196.484' }],
    [{ IsCheckAudioBitrate: 'true' }, { Width: 1280, Bitrate: '1532.336' }],
    [
      { IsCheckReso: 'true', IsCheckVideoBitrate: 'true', IsCheckAudioBitrate: 'true' },
      { Width: 320, Specification: 'H264.LD', Bitrate: '100.82' },
    ],
  ])('%j: what is above the source is lowered', async (config, expected) => {
    expect((await madeBy(conditional(config), SMALL)).info).toMatchObject(expected)
  })

  test.each(['IsCheckResoFail', 'IsCheckVideoBitrateFail', 'IsCheckAudioBitrateFail'])(
    '%s fails, and counts more than what lowers',
    async (name) => {
      const lower = { [name.replace('Fail', '')]: 'true' }
      const { info, error } = await madeBy(conditional({ [name]: 'true', ...lower }), SMALL)
      expect([info, error?.code]).toEqual([undefined, 'InvalidParameter.ResourceNotSupported'])
    },
  )

  test('what is not above the source is as it was asked', async () => {
    const { info } = await madeBy(conditional({ IsCheckReso: 'true', IsCheckResoFail: 'true' }))
    expect([info.Width, info.Height]).toEqual([1280, 720])
  })
})

describe('a part of the source, and turned', () => {
  test.each<[span: object, seconds: string]>([
    [{ Seek: '5' }, '55'],
    [{ Seek: '5', Duration: '10.5' }, '10.5'],
    [{ Seek: '00:00:05', Duration: '00:10:00' }, '55'],
    [{ Seek: '5', End: '15', Duration: '10' }, '40'],
  ])('%j of a minute', async (TimeSpan, Duration) => {
    const one = template('SD', 'm3u8', { Clip: { TimeSpan } })
    const { info, media } = await madeBy(one, { duration: 60 })
    expect(info.Duration).toBe(Duration)
    expect((await media(info.PlayURL)).segments).toHaveLength(Math.ceil(Number(Duration) / 10))
  })

  test.each([{ Seek: '60' }, { Seek: '20', End: '40' }])('%j of a minute is nothing, so the job fails', async (TimeSpan) => {
    const { info, error } = await madeBy(template('SD', 'mp4', { Clip: { TimeSpan } }), { duration: 60 })
    expect([info, error?.code]).toEqual([undefined, 'InvalidParameter.OutOfRange'])
  })

  test.each([
    ['90', [360, 640]],
    ['180', [640, 360]],
    ['270', [360, 640]],
  ])('by %s degrees', async (Rotate, size) => {
    const { info } = await madeBy(template('SD', 'mp4', { Rotate }))
    expect([info.Width, info.Height]).toEqual(size)
  })
})

describe('Size is that of what is downloaded', () => {
  test.each([
    ['mp4', 'sample.mp4', 'sample.mp4'],
    ['flv', 'sample.mp4', 'sample.flv'],
    ['mp4', 'sample.flv', 'sample.mp4'],
  ])('%s made of %s', async (format, source, bytes) => {
    const { info, get } = await madeBy(template('SD', format), {}, source)
    expect([info.Size, Buffer.from((await get(info.PlayURL)).body as Uint8Array)]).toEqual([sample(bytes).length, sample(bytes)])
  })
})

test('WebM is no container of transcoding, so the job fails', async () => {
  expect((await madeBy(template('SD', 'webm'))).error?.code).toBe('InvalidParameter.NotSupported')
})

describe('OverrideParams', () => {
  async function overrideWorld(templates: object[]) {
    const world = streamWorld()
    world.group(templates)
    const VideoId = await world.uploadSource({ duration: 60 }, { TemplateGroupId: 'VOD_NO_TRANSCODE' })
    const submit = (OverrideParams: object) =>
      world.refusal('SubmitTranscodeJobs', { VideoId, TemplateGroupId: 'mine', OverrideParams: JSON.stringify(OverrideParams) })
    const made = async (overrides: object) => {
      expect((await submit(overrides)).status).toBe(200)
      await world.advance('1m')
      return (await world.streams(VideoId)).slice(1)
    }
    const watermark = (watermarkId: string, type: 'Image' | 'Text') =>
      world.account.vod.watermarks.put({ watermarkId, name: watermarkId, type, isDefault: false, appId: 'app-1000000', createdAt: 0 })
    return { ...world, VideoId, submit, made, watermark }
  }

  test('video, sound, clip and turn are those of the call, of the template that it names', async () => {
    const { made } = await overrideWorld([template('SD', 'm3u8'), template('HD', 'mp4')])
    const change = {
      TranscodeTemplateId: 'SD-m3u8',
      Video: { Width: 720, Height: 480, Bitrate: '600' },
      Audio: { Bitrate: 128 },
      Clip: { TimeSpan: { Seek: '1', Duration: '25' } },
      Rotate: '270',
      TranscodeFileRegular: '{MediaId}/other/{PlayDefinition}',
    }
    const [first, second] = await made({ TranscodeTemplateList: [change] })
    expect(first).toMatchObject({
      Width: 480,
      Height: 720,
      Bitrate: '728',
      Duration: '25',
      PlayURL: expect.stringContaining('/other/ld.m3u8?'),
    })
    expect(second).toMatchObject({ Width: 640, Height: 360, Duration: '60' })
  })

  test('original quality stays as it is', async () => {
    const { made } = await overrideWorld([template('OD', 'mp4')])
    const [info] = await made({ TranscodeTemplateList: [{ TranscodeTemplateId: 'OD-mp4', Clip: { TimeSpan: { Seek: '1' } } }] })
    expect(info).toMatchObject({ Duration: '60', Specification: 'Segmentation' })
  })

  test('what is built into narrow-band stays as it is', async () => {
    const { made } = await overrideWorld([template('LD-NBV1', 'mp4', { Video: { Codec: 'H.264', Width: '640' }, Audio: { Codec: 'AAC' } })])
    const change = { TranscodeTemplateId: 'LD-NBV1-mp4', Video: { Width: '200' }, Audio: { Remove: 'true' }, Rotate: '90' }
    const [info] = await made({ TranscodeTemplateList: [change] })
    expect(info).toMatchObject({ Width: 180, Height: 320, Bitrate: '100.82' })
  })

  test('a watermark of the template is that of the stream', async () => {
    const { made, watermark } = await overrideWorld([template('SD', 'mp4', { WatermarkIds: ['gone', 'text'] })])
    watermark('text', 'Text')
    const [info] = await made({ Watermarks: [{ WatermarkId: 'text', Content: 'other words' }] })
    expect(info.WatermarkId).toBe('text')
  })

  const HERE = 'http://{bucket}.oss-cn-shanghai.aliyuncs.com'
  test.each<[overrides: object, status: number, code: string, reason: string]>([
    [{ Watermarks: [{ WatermarkId: 'none', Content: 'x' }] }, 404, 'NoSuchResource', 'Watermarks.0.WatermarkId'],
    [{ Watermarks: [{ WatermarkId: 'text' }] }, 400, 'InvalidParameter', 'Watermarks.0.Content'],
    [{ Watermarks: [{ WatermarkId: 'image', Content: 'x' }] }, 400, 'InvalidParameter', 'Watermarks.0.FileUrl'],
    [{ Watermarks: [{ WatermarkId: 'image', FileUrl: 'http://example.com/a.png' }] }, 400, 'InvalidParameter', 'Watermarks.0.FileUrl'],
    [{ Watermarks: [{ WatermarkId: 'image', FileUrl: `${HERE}/none.png` }] }, 404, 'NoSuchResource', 'Watermarks.0.FileUrl'],
    [
      { SubtitleSetting: { SubtitleList: [{ SubtitleUrl: `https${HERE.slice(4)}/a.srt`, CharEncode: 'auto' }] } },
      400,
      'InvalidParameter',
      'SubtitleSetting.SubtitleList.0.SubtitleUrl',
    ],
    [
      {
        PackageSubtitleSetting: {
          PackageSubtitleList: [{ SubtitlePackageTemplateId: 'none', Language: 'en', SubtitleUrl: `${HERE}/a.vtt` }],
        },
      },
      404,
      'NoSuchResource',
      'PackageSubtitleSetting.PackageSubtitleList.0.SubtitlePackageTemplateId',
    ],
    [
      { TranscodeTemplateList: [{ TranscodeTemplateId: 'SD-mp4', Video: { Remove: 'true' }, Audio: { Remove: 'true' } }] },
      400,
      'InvalidParameter',
      'TranscodeTemplateList.0.Audio.Remove',
    ],
    [
      { TranscodeTemplateList: [{ TranscodeTemplateId: 'SD-mp4', Audio: { Codec: 'MP3', Samplerate: '96000' } }] },
      400,
      'InvalidParameter',
      'TranscodeTemplateList.0.Audio.Samplerate',
    ],
    [{ TranscodeTemplateList: [{ Rotate: '90' }] }, 400, 'InvalidParameter', 'TranscodeTemplateList.0.TranscodeTemplateId'],
    [{ TranscodeTemplateList: [{ TranscodeTemplateId: 'none' }] }, 404, 'NoSuchResource', 'TranscodeTemplateList.0.TranscodeTemplateId'],
  ])('%j is refused', async (overrides, status, code, at) => {
    const { submit, watermark, account, VideoId } = await overrideWorld([template('SD', 'mp4')])
    watermark('text', 'Text')
    watermark('image', 'Image')
    const bucket = account.vod.videos.get(VideoId)?.file.bucket ?? ''
    const { unfinished } = account.jobs
    const refused = await submit(JSON.parse(JSON.stringify(overrides).replaceAll('{bucket}', bucket)))
    expect(refused).toMatchObject({ status, code, reason: expect.stringContaining(at) })
    expect(account.jobs.unfinished).toBe(unfinished)
  })
})
