import { XMLParser } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { domains, sample } from '../support.js'
import { streamWorld, template, total } from './support.js'

const packaged = (Definition: string, width: string, BandWidth: string, rest: object = {}) =>
  template(Definition, 'm3u8', {
    Type: 'VideoPackage',
    Video: { Codec: 'H.264', Width: width, Bitrate: String(Number(BandWidth) / 1000 - 64) },
    PackageSetting: { PackageType: 'HLSPackage', PackageConfig: { BandWidth } },
    ...rest,
  })

const THREE = [packaged('LD', '640', '400000'), packaged('SD', '960', '900000'), packaged('HD', '1280', '1500000')]
const SOURCE = { duration: 25, width: 1920, height: 1080 }

const PLACES: [how: string, params: Record<string, string>][] = [
  ['from OSS', { OutputType: 'oss' }],
  ['through a domain', {}],
  ['through a domain with URL authentication', { PlayConfig: '{"PlayDomain":"safe.example.com"}' }],
]

const settings = { vod: { domains } }

describe('an adaptive stream', () => {
  test.each(PLACES)('%s: one master playlist, and behind it a playlist for each template', async (_how, params) => {
    const { transcoded, streams, master, playSegments } = streamWorld({ settings })
    const infos = await streams(await transcoded(THREE, SOURCE), params)
    expect(infos).toMatchObject([{ Definition: 'AUTO', Format: 'm3u8', StreamType: 'video', Width: 1280, Height: 720, Duration: '25' }])
    const { variants } = await master(infos[0].PlayURL)
    expect(variants.map(({ bandwidth, resolution, codecs }) => [bandwidth, resolution?.width, resolution?.height, codecs])).toEqual([
      [400_000, 640, 360, 'avc1.640015,mp4a.40.2'],
      [900_000, 960, 540, 'avc1.640015,mp4a.40.2'],
      [1_500_000, 1280, 720, 'avc1.640015,mp4a.40.2'],
    ])
    for (const { uri } of variants) {
      const played = await playSegments(new URL(uri, infos[0].PlayURL).href)
      expect([total(played), played.map(({ bytes }) => bytes.equals(sample('sample.ts')))]).toEqual([25, [true, true, true]])
    }
  })

  test('is one job, of which SubmitTranscodeJobs does not tell; the events do', async () => {
    const { group, uploadSource, call, advance, events, account } = streamWorld()
    group([...THREE, template('LD', 'mp4')])
    const VideoId = await uploadSource(SOURCE, { TemplateGroupId: 'VOD_NO_TRANSCODE' })
    const { TranscodeJobs, TranscodeTaskId } = (await call('SubmitTranscodeJobs', { VideoId, TemplateGroupId: 'mine' })).body
    await advance('1m')
    expect([TranscodeJobs, typeof TranscodeTaskId]).toEqual([undefined, 'string'])
    expect(events('StreamTranscodeComplete').map(({ Definition, Format, Status }) => [Definition, Format, Status])).toEqual([
      ['AUTO', 'm3u8', 'success'],
      ['FD', 'mp4', 'success'],
    ])
    expect(account.jobs.records.list({ where: ({ kind }) => kind === 'vod.SubmitTranscodeJobs' }).total).toBe(2)
  })

  test('can be encrypted as a whole', async () => {
    const secret = { EncryptSetting: { EncryptType: 'Private' } }
    const { group, uploadSource, call, advance, streams, master, playSegments } = streamWorld({ settings })
    group([packaged('LD', '640', '400000', secret), packaged('SD', '960', '900000', secret)])
    const VideoId = await uploadSource(SOURCE, { TemplateGroupId: 'VOD_NO_TRANSCODE' })
    const { CiphertextBlob: CipherText } = (await call('GenerateKMSDataKey')).body
    const DecryptKeyUri = `http://vod.cn-shanghai.aliyuncs.com/_vod/hls-key?CipherText=${encodeURIComponent(CipherText)}`
    await call('SubmitTranscodeJobs', { VideoId, TemplateGroupId: 'mine', EncryptConfig: JSON.stringify({ CipherText, DecryptKeyUri }) })
    await advance('1m')
    const PlayConfig = JSON.stringify({ PlayDomain: 'safe.example.com', MtsHlsUriToken: 'token' })
    const [{ PlayURL, EncryptType }] = await streams(VideoId, { Formats: 'm3u8', PlayConfig })
    expect(EncryptType).toBe('HLSEncryption')
    const { variants } = await master(PlayURL)
    for (const { uri } of variants) {
      expect(uri).toContain('MtsHlsUriToken=token')
      const [first] = await playSegments(new URL(uri, PlayURL).href)
      expect(first?.bytes).toEqual(sample('sample.ts'))
    }
  })

  test.each(['DeleteStream', 'DeleteVideo'])('%s takes all of it away', async (action) => {
    const { transcoded, streams, call, account } = streamWorld()
    const VideoId = await transcoded(THREE, SOURCE)
    const [{ JobId }] = await streams(VideoId)
    const left = () => account.oss.objects.list({ where: ({ key }) => key.includes('-auto') }).total
    expect(left()).toBe(7)
    await call(action, action === 'DeleteStream' ? { VideoId, JobIds: JobId } : { VideoIds: VideoId })
    expect(left()).toBe(0)
  })

  test('fails with the first of its templates that does', async () => {
    const { transcoded, events } = streamWorld()
    await transcoded([packaged('LD', '640', '400000'), packaged('HD', '1280', '1500000', { TransConfig: { IsCheckResoFail: 'true' } })])
    expect(events('StreamTranscodeComplete')).toMatchObject([
      { Status: 'fail', Definition: 'AUTO', Format: 'm3u8', ErrorCode: 'InvalidParameter.ResourceNotSupported' },
    ])
  })
})

describe('subtitles of an adaptive stream', () => {
  const track = (Language: string, Name: string, url: string) => ({ SubtitleUrlList: [url], Language, Format: 'vtt', Name })

  /** A world with files of subtitles in the bucket that came with the service. */
  async function subtitleWorld() {
    const world = streamWorld({ settings })
    const { account, create } = world
    await create()
    const bucket = account.oss.buckets[0]?.name ?? ''
    const urlOf = (name: string) => `http://${bucket}.oss-cn-shanghai.aliyuncs.com/subtitles/${name}.vtt`
    for (const name of ['en', 'ja', 'other'])
      await account.oss.putObject(bucket, `subtitles/${name}.vtt`, Buffer.from(`WEBVTT\n\n00:00.000 --> 00:02.000\n${name}\n`))
    const subtitles = template('LD', 'm3u8', {
      TranscodeTemplateId: 'subtitles',
      Type: 'SubtitlePackage',
      Definition: 'AUTO',
      Video: {},
      PackageSetting: {
        PackageType: 'HLSPackage',
        SubtitleExtractConfigList: [track('en-US', 'English', urlOf('en')), track('ja', '日文', urlOf('ja'))],
      },
    })
    return { ...world, urlOf, subtitles }
  }

  test.each(PLACES)('%s: each is a track of the master playlist, and its text can be had', async (_how, params) => {
    const { transcoded, streams, master, media, text, subtitles } = await subtitleWorld()
    const [{ PlayURL }, ...others] = await streams(await transcoded([...THREE, subtitles], SOURCE), params)
    expect(others).toEqual([])
    const tracks = (await master(PlayURL)).variants[0]?.subtitles ?? []
    expect(tracks.map(({ language, name }) => [language, name])).toEqual([
      ['en-US', 'English'],
      ['ja', '日文'],
    ])
    const texts = await Promise.all(
      tracks.map(async ({ uri = '' }) => {
        const url = new URL(uri, PlayURL).href
        const { segments } = await media(url)
        expect(total(segments)).toBe(25)
        return (await text(new URL(segments[0]?.uri ?? '', url).href)).split('\n').at(-2)
      }),
    )
    expect(texts).toEqual(['en', 'ja'])
  })

  test('a call can have another file for a language', async () => {
    const { group, uploadSource, call, advance, streams, master, media, text, urlOf, subtitles } = await subtitleWorld()
    group([...THREE, subtitles])
    const VideoId = await uploadSource(SOURCE, { TemplateGroupId: 'VOD_NO_TRANSCODE' })
    const PackageSubtitleList = [{ SubtitlePackageTemplateId: 'subtitles', Language: 'ja', SubtitleUrl: urlOf('other') }]
    const OverrideParams = JSON.stringify({ PackageSubtitleSetting: { PackageSubtitleList } })
    expect((await call('SubmitTranscodeJobs', { VideoId, TemplateGroupId: 'mine', OverrideParams })).status).toBe(200)
    await advance('1m')
    const [{ PlayURL }] = await streams(VideoId, { Formats: 'm3u8' })
    const japanese = (await master(PlayURL)).variants[0]?.subtitles.find(({ language }) => language === 'ja')
    const url = new URL(japanese?.uri ?? '', PlayURL).href
    expect(await text(new URL((await media(url)).segments[0]?.uri ?? '', url).href)).toContain('other')
  })

  test('a file that is not there, or in another bucket, fails the job', async () => {
    const { transcoded, events, urlOf, subtitles } = await subtitleWorld()
    for (const url of [urlOf('none'), 'http://elsewhere.oss-cn-shanghai.aliyuncs.com/subtitles/en.vtt']) {
      const SubtitleExtractConfigList = [track('en', 'English', url)]
      await transcoded([...THREE, { ...subtitles, PackageSetting: { PackageType: 'HLSPackage', SubtitleExtractConfigList } }])
      expect(events('StreamTranscodeComplete').at(-1)).toMatchObject({ Status: 'fail', ErrorCode: 'InvalidParameter.ResourceNotFound' })
    }
  })
})

describe('DASH', () => {
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' })

  test.each(PLACES.slice(1))('%s: a manifest that names one file, which can be had', async (_how, params) => {
    const { transcoded, streams, text, get } = streamWorld({ settings })
    const VideoId = await transcoded([template('HD', 'mpd', { Video: { Codec: 'H.264', Width: '1280', Bitrate: '1500' } })], SOURCE)
    const [{ PlayURL, Size, Definition }] = await streams(VideoId, { Formats: 'mpd', ...params })
    expect(Definition).toBe('SD')
    const { MPD } = parser.parse(await text(PlayURL))
    expect(MPD).toMatchObject({ xmlns: 'urn:mpeg:dash:schema:mpd:2011', type: 'static', mediaPresentationDuration: 'PT25.000S' })
    const { AdaptationSet } = MPD.Period
    expect(AdaptationSet).toMatchObject({
      mimeType: 'video/mp4',
      Representation: { bandwidth: '1564000', codecs: 'avc1.640015,mp4a.40.2', width: '1280', height: '720', frameRate: '25' },
    })
    const file = await get(new URL(AdaptationSet.Representation.BaseURL, PlayURL).href)
    expect([file.status, file.headers['content-type'], Buffer.from(file.body as Uint8Array).equals(sample('sample.mp4'))]).toEqual([
      200,
      'video/mp4',
      true,
    ])
    expect(Size).toBe(sample('sample.mp4').length)
  })

  test('what belongs to it goes with it', async () => {
    const { transcoded, streams, call, account } = streamWorld()
    const VideoId = await transcoded([template('HD', 'mpd')])
    const left = () => account.oss.objects.list({ where: ({ key }) => key.includes('-sd.') }).rows.map(({ key }) => key.split('.').at(-1))
    expect(left().sort()).toEqual(['mp4', 'mpd'])
    await call('DeleteStream', { VideoId, JobIds: (await streams(VideoId))[0].JobId })
    expect(left()).toEqual([])
  })
})
