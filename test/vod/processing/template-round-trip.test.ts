/** What is said of a template is answered, whichever members are given: every one that the manual's structures have. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { templateWorld } from './support.js'

const SEED = 20260101

const whole = (min: number, max: number) => fc.integer({ min, max }).map(String)
const even = (min: number, max: number) => fc.integer({ min: min / 2, max: max / 2 }).map((half) => String(half * 2))
const decimal = (min: number, max: number) => fc.integer({ min: min * 10, max: max * 10 }).map((tenths) => String(tenths / 10))
const flag = fc.constantFrom('true', 'false')
const one = fc.constantFrom
const word = fc.string({ unit: fc.constantFrom(...'abc标清 "\\/<&{}'), minLength: 1, maxLength: 20 })
const seconds = fc.oneof(
  decimal(0, 86_399),
  fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}:07.125`),
)
/** Some of these members. */
const some = (members: Record<string, fc.Arbitrary<unknown>>) => fc.record(members, { requiredKeys: [] })
const address = (extension: string) =>
  fc.integer({ min: 0, max: 99 }).map((number) => `http://films.oss-cn-shanghai.aliyuncs.com/subtitles/${number}.${extension}`)

const video = fc.tuple(
  some({
    Remove: fc.constant('false'),
    Bitrate: decimal(10, 50_000),
    Width: even(128, 4096),
    Height: even(128, 4096),
    Fps: decimal(1, 60),
    Gop: whole(1, 100_000),
    LongShortMode: flag,
    Crf: decimal(0, 51),
    Profile: one('baseline', 'main', 'high'),
    Preset: one('veryfast', 'fast', 'medium', 'slow', 'slower'),
    ScanMode: one('interlaced', 'progressive'),
    Bufsize: decimal(1000, 128_000),
    Maxrate: decimal(1000, 50_000),
    PixFmt: one('yuv420p', 'yuvj420p'),
  }),
  one('H.264', 'H.265'),
)

const audio = some({
  Remove: fc.constant('false'),
  Samplerate: one('22050', '32000', '44100', '48000', '96000'),
  Channels: one('1', '2', '4', '5', '6', '8'),
  Profile: one('aac_low', 'aac_he', 'aac_he_v2', 'aac_ld', 'aac_eld'),
  Volume: some({
    Method: one('auto', 'dynamic', 'linear'),
    IntegratedLoudnessTarget: fc.oneof(decimal(-70, -5), fc.constant('auto')),
    TruePeak: decimal(-9, 0),
    LoudnessRangeTarget: decimal(1, 20),
  }),
})

const rest = some({
  TransConfig: some({
    TransMode: one('onepass', 'twopass', 'CBR'),
    IsCheckReso: flag,
    IsCheckResoFail: flag,
    IsCheckVideoBitrate: flag,
    IsCheckVideoBitrateFail: flag,
    IsCheckAudioBitrate: flag,
    IsCheckAudioBitrateFail: flag,
  }),
  TranscodeFileRegular: one('{MediaId}', '{MediaId}/watermark-{PlayDefinition}', '{MediaId}/{JobId}_1'),
  Clip: fc.record({ TimeSpan: fc.record({ Seek: seconds, Duration: seconds, End: seconds }, { requiredKeys: ['Seek'] }) }),
  Rotate: decimal(0, 360),
  EncryptSetting: fc.record({ EncryptType: one('AliyunVoDEncryption', 'Private') }),
  SubtitleList: fc.array(
    fc.record(
      { SubtitleUrl: fc.oneof(address('srt'), address('ass')), CharEncode: one('auto', 'UTF-8', 'GBK', 'BIG5') },
      { requiredKeys: ['SubtitleUrl'] },
    ),
    { maxLength: 3 },
  ),
  WatermarkIds: fc.array(fc.constant('USER_DEFAULT_WATERMARK'), { maxLength: 4 }),
  CopyrightMark: fc.record({ Content: word }),
  TraceMark: fc.record({ Enable: fc.boolean() }),
})

const normal = fc
  .tuple(video, audio, rest, word, one('LD', 'SD', 'HD', 'FHD', '2K', '4K', 'SQ', 'HQ'), one('mp4', 'm3u8'), whole(1, 60))
  .map(([[settings, Codec], sound, others, TemplateName, Definition, Format, Duration]) => ({
    ...others,
    Type: 'Normal',
    TemplateName,
    Definition,
    Container: { Format },
    MuxConfig: { Segment: { Duration } },
    Video: { ...settings, Codec },
    Audio: { ...sound, Codec: 'AAC', Bitrate: '64' },
  }))

const packaging = fc.tuple(normal, whole(1, 10_000_000)).map(([template, BandWidth]) => ({
  ...template,
  Type: 'VideoPackage',
  Container: { Format: 'm3u8' },
  PackageSetting: { PackageType: 'HLSPackage', PackageConfig: { BandWidth } },
}))

const subtitles = fc
  .array(
    fc.record({
      SubtitleUrlList: address('vtt').map((url) => [url]),
      Language: one('en-US', 'ja', 'cn'),
      Format: fc.constant('vtt'),
      Name: word,
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((SubtitleExtractConfigList) => ({
    Type: 'SubtitlePackage',
    TemplateName: 'subtitles',
    Definition: 'AUTO',
    Container: { Format: 'm3u8' },
    PackageSetting: { PackageType: 'HLSPackage', SubtitleExtractConfigList },
  }))

const { add, templates, update, done } = templateWorld()

/** Without the id, which is not the caller's to choose, and the list that is answered empty where none was given. */
const bare = ({ TranscodeTemplateId: _, WatermarkIds = [], ...template }: Record<string, unknown>) => ({ ...template, WatermarkIds })

test('what Add is given, Get answers', async () => {
  await fc.assert(
    fc.asyncProperty(normal, packaging, subtitles, async (...given) => {
      const id = await add(given)
      const found = await templates(id)
      await done('DeleteTranscodeTemplateGroup', { TranscodeTemplateGroupId: id, ForceDelGroup: 'true' })
      expect(found.map(bare)).toEqual(given.map(bare))
    }),
    { seed: SEED, numRuns: 150 },
  )
})

test('what Update is given takes the place of what was, member by member', async () => {
  await fc.assert(
    fc.asyncProperty(normal, rest, async (template, changes) => {
      const id = await add([template])
      const [{ TranscodeTemplateId }] = await templates(id)
      await update(id, [{ TranscodeTemplateId, ...changes }])
      const found = await templates(id)
      await done('DeleteTranscodeTemplateGroup', { TranscodeTemplateGroupId: id, ForceDelGroup: 'true' })
      expect(found.map(bare)).toEqual([bare({ ...template, ...changes })])
    }),
    { seed: SEED, numRuns: 100 },
  )
})
