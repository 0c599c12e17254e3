/** What a transcoding template may say: each rule of the manual's structures, and where a violation is told. */

import { describe, expect, test } from 'vitest'
import { packaged, sd, subtitles, templateWorld } from './support.js'

const video = (changes: object) => ({ ...sd, Video: { ...sd.Video, ...changes } })
const audio = (changes: object) => ({ ...sd, Audio: { ...sd.Audio, ...changes } })
const volume = (changes: object) => audio({ Volume: { Method: 'dynamic', ...changes } })
const setting = (PackageSetting: object, Type = 'VideoPackage') => ({ ...packaged, Type, PackageSetting })
const track = (changes: object) => ({
  ...subtitles,
  PackageSetting: {
    PackageType: 'HLSPackage',
    SubtitleExtractConfigList: [{ ...subtitles.PackageSetting.SubtitleExtractConfigList[0], ...changes }],
  },
})
const span = (TimeSpan: object) => ({ ...sd, Clip: { TimeSpan } })
const without = (template: object, ...members: string[]) =>
  Object.fromEntries(Object.entries(template).filter(([name]) => !members.includes(name)))
const hls = { ...sd, Container: { Format: 'm3u8' }, MuxConfig: { Segment: { Duration: 10 } } }
const flv = { ...sd, Container: { Format: 'flv' } }
const mp3 = { ...without(sd, 'Video'), Definition: 'SQ', Container: { Format: 'mp3' }, Audio: { Codec: 'MP3', Bitrate: '128' } }
const burnt = (SubtitleUrl: string, rest = {}) => ({ ...sd, SubtitleList: [{ SubtitleUrl, ...rest }] })
const ass = 'http://films.oss-cn-shanghai.aliyuncs.com/a.ass'

/** A template beside one that packages, and the place of what is wrong in it. */
const wrong: [template: object, at: string, what: RegExp][] = [
  [without(sd, 'TemplateName'), 'TemplateName', /is missing/],
  [{ ...sd, TemplateName: 'x'.repeat(129) }, 'TemplateName', /more than 128 bytes/],
  [{ ...sd, TemplateName: 1 }, 'TemplateName', /is not text/],
  [without(sd, 'Definition'), 'Definition', /is missing/],
  [{ ...sd, Definition: 'sd' }, 'Definition', /is none of LD, SD,/],
  [{ ...sd, Definition: 'FD' }, 'Definition', /is none of/],
  [{ ...sd, Definition: 'AUTO' }, 'Definition', /only templates have that package/],
  [{ ...sd, Type: 'Subtitle' }, 'Type', /is none of Normal, VideoPackage, SubtitlePackage/],
  [without(sd, 'Container'), 'Container', /is missing/],
  [{ ...sd, Container: {} }, 'Container.Format', /is missing/],
  [{ ...sd, Container: { Format: 'avi' } }, 'Container.Format', /is none of/],
  [without(sd, 'Video'), 'Video', /is missing/],
  [{ ...sd, Video: 'fast' }, 'Video', /is not an object/],
  [video({ Codec: null }), 'Video.Codec', /is missing/],
  [video({ Codec: 'VP9' }), 'Video.Codec', /is none of H\.264, H\.265/],
  [video({ Bitrate: 9 }), 'Video.Bitrate', /less than 10/],
  [video({ Bitrate: '50001' }), 'Video.Bitrate', /more than 50000/],
  [video({ Bitrate: 'high' }), 'Video.Bitrate', /is not a number/],
  [video({ Bitrate: { kbps: 400 } }), 'Video.Bitrate', /is not a number/],
  [video({ Width: 126 }), 'Video.Width', /less than 128/],
  [video({ Width: 641 }), 'Video.Width', /not an even number/],
  [video({ Height: '4098' }), 'Video.Height', /more than 4096/],
  [video({ Fps: 0 }), 'Video.Fps', /not more than 0/],
  [video({ Fps: 61 }), 'Video.Fps', /more than 60/],
  [video({ Gop: 0 }), 'Video.Gop', /less than 1/],
  [video({ Gop: 1.5 }), 'Video.Gop', /not a whole number/],
  [video({ LongShortMode: 'yes' }), 'Video.LongShortMode', /is neither true nor false/],
  [video({ Remove: 1 }), 'Video.Remove', /is neither true nor false/],
  [video({ Crf: 52 }), 'Video.Crf', /more than 51/],
  [video({ Profile: 'low' }), 'Video.Profile', /is none of baseline, main, high/],
  [video({ Preset: 'ultrafast' }), 'Video.Preset', /is none of veryfast/],
  [video({ ScanMode: 'both' }), 'Video.ScanMode', /is none of interlaced, progressive/],
  [video({ Bufsize: 999 }), 'Video.Bufsize', /less than 1000/],
  [video({ Maxrate: 50_001 }), 'Video.Maxrate', /more than 50000/],
  [video({ PixFmt: 'YUV 420' }), 'Video.PixFmt', /is not a pixel format/],
  [without(sd, 'Audio'), 'Audio', /is missing/],
  [audio({ Codec: '' }), 'Audio.Codec', /is missing/],
  [audio({ Codec: 'OPUS' }), 'Audio.Codec', /is none of AAC, MP3/],
  [audio({ Bitrate: undefined }), 'Audio.Bitrate', /is missing/],
  [audio({ Bitrate: 7 }), 'Audio.Bitrate', /less than 8/],
  [audio({ Bitrate: 1001 }), 'Audio.Bitrate', /more than 1000/],
  [audio({ Samplerate: 8000 }), 'Audio.Samplerate', /is none of 22050,/],
  [audio({ Channels: 3 }), 'Audio.Channels', /is none of 1, 2,/],
  [audio({ Profile: 'aac' }), 'Audio.Profile', /is none of aac_low/],
  [volume({ Method: 'loud' }), 'Audio.Volume.Method', /is none of auto, dynamic, linear/],
  [volume({ IntegratedLoudnessTarget: -4 }), 'Audio.Volume.IntegratedLoudnessTarget', /neither auto nor a number from -70 to -5/],
  [volume({ TruePeak: 1 }), 'Audio.Volume.TruePeak', /more than 0/],
  [volume({ LoudnessRangeTarget: 0 }), 'Audio.Volume.LoudnessRangeTarget', /less than 1/],
  [{ ...video({ Remove: true }), Audio: { Remove: true } }, 'Audio.Remove', /nothing would be left/],
  [{ ...flv, Video: { Codec: 'H.265' } }, 'Video.Codec', /H\.265, which flv cannot hold/],
  [{ ...mp3, Audio: sd.Audio }, 'Audio.Codec', /sound alone in mp3 is MP3/],
  [{ ...video({ Remove: 'true' }), Audio: mp3.Audio }, 'Audio.Codec', /sound alone in mp4 is AAC/],
  [{ ...hls, Video: { Remove: 'true' } }, 'Container.Format', /sound alone goes into mp3 or mp4/],
  [{ ...mp3, Audio: { Remove: true } }, 'Audio.Remove', /there is no picture/],
  [{ ...mp3, Audio: { ...mp3.Audio, Channels: 4 } }, 'Audio.Channels', /MP3 has 1 or 2/],
  [{ ...mp3, Audio: { ...mp3.Audio, Samplerate: 96_000 } }, 'Audio.Samplerate', /MP3 in mp3 does not have/],
  [{ ...flv, Audio: { ...mp3.Audio, Samplerate: '48000' } }, 'Audio.Samplerate', /MP3 in flv does not have/],
  [without(hls, 'MuxConfig'), 'MuxConfig.Segment', /is missing/],
  [{ ...hls, MuxConfig: {} }, 'MuxConfig.Segment', /is missing/],
  [{ ...hls, MuxConfig: { Segment: {} } }, 'MuxConfig.Segment.Duration', /is missing/],
  [{ ...hls, MuxConfig: { Segment: { Duration: 61 } } }, 'MuxConfig.Segment.Duration', /more than 60/],
  [{ ...sd, TransConfig: { TransMode: 'threepass' } }, 'TransConfig.TransMode', /is none of onepass, twopass, CBR/],
  [{ ...sd, TransConfig: { IsCheckReso: 'maybe' } }, 'TransConfig.IsCheckReso', /is neither true nor false/],
  [{ ...sd, TranscodeFileRegular: 'film-{MediaId}' }, 'TranscodeFileRegular', /does not start with \{MediaId\}/],
  [{ ...sd, TranscodeFileRegular: '{MediaId}/a.b' }, 'TranscodeFileRegular', /other characters/],
  [{ ...sd, TranscodeFileRegular: `{MediaId}${'x'.repeat(120)}` }, 'TranscodeFileRegular', /more than 128 characters/],
  [{ ...sd, Clip: {} }, 'Clip.TimeSpan', /is missing/],
  [span({ Duration: 5 }), 'Clip.TimeSpan.Seek', /is missing/],
  [span({ Seek: '24:00:00' }), 'Clip.TimeSpan.Seek', /below 24 hours/],
  [span({ Seek: 86_400 }), 'Clip.TimeSpan.Seek', /below 24 hours/],
  [span({ Seek: 0, Duration: '5s' }), 'Clip.TimeSpan.Duration', /is neither seconds/],
  [span({ Seek: 0, End: -1 }), 'Clip.TimeSpan.End', /is neither seconds/],
  [{ ...sd, Rotate: -1 }, 'Rotate', /less than 0/],
  [{ ...sd, Rotate: '361' }, 'Rotate', /more than 360/],
  [{ ...hls, EncryptSetting: {} }, 'EncryptSetting.EncryptType', /is missing/],
  [{ ...hls, EncryptSetting: { EncryptType: 'AES' } }, 'EncryptSetting.EncryptType', /is none of AliyunVoDEncryption/],
  [{ ...sd, PackageSetting: packaged.PackageSetting }, 'PackageSetting', /is not for templates of Type Normal/],
  [without(packaged, 'PackageSetting'), 'PackageSetting', /is missing/],
  [setting({}), 'PackageSetting.PackageType', /is missing/],
  [setting({ PackageType: 'DASHPackage' }), 'PackageSetting.PackageType', /is none of HLSPackage/],
  [setting({ PackageType: 'HLSPackage' }), 'PackageSetting.PackageConfig', /is missing/],
  [setting({ PackageType: 'HLSPackage', PackageConfig: {} }), 'PackageSetting.PackageConfig.BandWidth', /is missing/],
  [setting({ PackageType: 'HLSPackage', PackageConfig: { BandWidth: 0 } }), 'PackageSetting.PackageConfig.BandWidth', /not more than 0/],
  [
    setting({ ...packaged.PackageSetting, ...subtitles.PackageSetting }),
    'PackageSetting.SubtitleExtractConfigList',
    /SubtitlePackage only/,
  ],
  [setting({ PackageType: 'HLSPackage' }, 'SubtitlePackage'), 'PackageSetting.SubtitleExtractConfigList', /is missing/],
  [track({ SubtitleUrlList: [] }), 'PackageSetting.SubtitleExtractConfigList.0.SubtitleUrlList', /fewer than 1/],
  [track({ SubtitleUrlList: [ass] }), 'PackageSetting.SubtitleExtractConfigList.0.SubtitleUrlList.0', /extension vtt/],
  [
    track({ SubtitleUrlList: ['https://films.oss-cn-shanghai.aliyuncs.com/a.vtt'] }),
    'PackageSetting.SubtitleExtractConfigList.0.SubtitleUrlList.0',
    /is not the http address of a file in OSS/,
  ],
  [track({ Language: 'English language' }), 'PackageSetting.SubtitleExtractConfigList.0.Language', /is not a language/],
  [track({ Format: 'srt' }), 'PackageSetting.SubtitleExtractConfigList.0.Format', /is none of vtt/],
  [track({ Name: null }), 'PackageSetting.SubtitleExtractConfigList.0.Name', /is missing/],
  [burnt('a.ass'), 'SubtitleList.0.SubtitleUrl', /is not an absolute http or https URL/],
  [burnt('http://films.oss-cn-shanghai.aliyuncs.com/a.vtt'), 'SubtitleList.0.SubtitleUrl', /extension srt or ass/],
  [burnt('http://cdn.example.com/a.ass'), 'SubtitleList.0.SubtitleUrl', /is not the http address of a file in OSS/],
  [burnt(ass.replace('http', 'https')), 'SubtitleList.0.SubtitleUrl', /is not the http address of a file in OSS/],
  [burnt(ass, { CharEncode: 'latin1' }), 'SubtitleList.0.CharEncode', /is none of auto, UTF-8, GBK, BIG5/],
  [{ ...sd, WatermarkIds: ['USER_DEFAULT_WATERMARK', 'none'] }, 'WatermarkIds.1', /is not the id of a watermark/],
  [{ ...sd, WatermarkIds: 'none' }, 'WatermarkIds', /is not a list/],
  [{ ...sd, Definition: 'LD-NBV1', Container: { Format: 'mp3' } }, 'Container.Format', /narrow-band templates are for flv, m3u8, mp4/],
  [{ ...sd, Container: { Format: 'webm' } }, 'Container.Format', /is webm, which can be played/],
  [{ ...sd, CopyrightMark: { Content: 7 } }, 'CopyrightMark.Content', /is not text/],
  [{ ...sd, TraceMark: { Enable: 'on' } }, 'TraceMark.Enable', /is neither true nor false/],
]

test.each(wrong)('%j is refused at %s', async (template, at, what) => {
  const { refusal, account } = templateWorld()
  const params = { Name: 'a', TranscodeTemplateList: JSON.stringify([packaged, template]) }
  const { status, code, message, reason = '' } = await refusal('AddTranscodeTemplateGroup', params)
  expect([status, code, message]).toEqual([400, 'InvalidParameter', 'The specified parameter "TranscodeTemplateList" is not valid.'])
  expect(decodeURIComponent(reason)).toContain(`TranscodeTemplateList at 1.${at}: `)
  expect(decodeURIComponent(reason)).toMatch(what)
  expect(account.vod.templateGroups.count).toBe(2)
})

describe('is taken', () => {
  test.each<[title: string, template: object, stored: object]>([
    [
      "the manual's example",
      {
        Video: { Bitrate: '400', Codec: 'H.264', Fps: '30', Height: '' },
        Definition: 'SD',
        Container: { Format: 'mp4' },
        TemplateName: 'testName',
        MuxConfig: {},
        Audio: { Codec: 'AAC', Bitrate: '64', Samplerate: '44100' },
      },
      { Video: { Bitrate: '400', Codec: 'H.264', Fps: '30' }, MuxConfig: {}, Type: 'Normal' },
    ],
    ['numbers as numbers', video({ Width: 640, Fps: 29.97, Crf: 0 }), { Video: { ...sd.Video, Width: '640', Fps: '29.97', Crf: '0' } }],
    [
      'booleans as booleans',
      video({ LongShortMode: false, Remove: 'False' }),
      { Video: { ...sd.Video, LongShortMode: 'false', Remove: 'false' } },
    ],
    ['what is null, as if it were not there', { ...sd, Clip: null, Rotate: null }, sd],
    ['what nobody knows, and does not keep it', { ...sd, Sparkle: true, Video: { ...sd.Video, Hue: 7 } }, sd],
    ['structures as text', { ...sd, Video: JSON.stringify(sd.Video), WatermarkIds: '[]' }, sd],
    ['a container in capitals', { ...sd, Container: { Format: 'FLV' } }, { Container: { Format: 'flv' } }],
    [
      'one subtitle without brackets, and by the other name',
      { ...sd, SubtitleList: { SubtitleUrl: ass, CharEnc: 'utf-8' } },
      burnt(ass, { CharEncode: 'UTF-8' }),
    ],
    ['sound alone without a word on the picture', mp3, { Audio: mp3.Audio }],
    ['a change of the container alone', { TemplateName: 'OD', Definition: 'OD', Container: { Format: 'mp4' } }, { Definition: 'OD' }],
    ['auto for the loudness', volume({ IntegratedLoudnessTarget: 'auto' }), volume({ IntegratedLoudnessTarget: 'auto' })],
    [
      'the default watermark, even if there is none yet',
      { ...sd, WatermarkIds: ['USER_DEFAULT_WATERMARK'] },
      { WatermarkIds: ['USER_DEFAULT_WATERMARK'] },
    ],
    [
      'the older name of the encryption',
      { ...hls, EncryptSetting: { EncryptType: 'Private' } },
      { EncryptSetting: { EncryptType: 'Private' } },
    ],
  ])('%s', async (_title, template, stored) => {
    const { add, templates } = templateWorld()
    const [found] = await templates(await add([template]))
    expect(found).toMatchObject(stored)
    expect(JSON.stringify(found)).not.toMatch(/Sparkle|Hue|null/)
  })
})

test('a template has at most four watermarks', async () => {
  const { add, templates, textWatermark, refusal } = templateWorld()
  const marks: string[] = []
  for (let number = 0; number < 4; number++) marks.push(await textWatermark(`text${number}`))
  const id = await add([{ ...sd, WatermarkIds: marks }])
  const [{ WatermarkIds, TranscodeTemplateId }] = await templates(id)
  expect(WatermarkIds).toEqual(marks)
  const exceeded = { status: 400, code: 'WatermarkExceededMax', message: 'The watermark size exceeded maximum.' }
  const five = { ...sd, WatermarkIds: [...marks, 'USER_DEFAULT_WATERMARK'], TranscodeTemplateId }
  const params = { TranscodeTemplateGroupId: id, TranscodeTemplateList: JSON.stringify([five]) }
  expect(await refusal('AddTranscodeTemplateGroup', params)).toMatchObject(exceeded)
  expect(await refusal('UpdateTranscodeTemplateGroup', params)).toMatchObject(exceeded)
})

test('of a template, the definition never changes, nor what is built into narrow-band', async () => {
  const { add, templates, update, refused } = templateWorld()
  const id = await add([sd, { TemplateName: 'narrow', Definition: 'SD-NBV1', Container: { Format: 'mp4' } }])
  const [{ TranscodeTemplateId }, narrow] = await templates(id)
  const change = (changes: object) =>
    refused('UpdateTranscodeTemplateGroup', { TranscodeTemplateGroupId: id, TranscodeTemplateList: JSON.stringify([changes]) })
  expect(await change({ TranscodeTemplateId, Definition: 'HD' })).toMatch(/at 0\.Definition: is SD, and can never be changed/)
  expect(await change({ TranscodeTemplateId: narrow.TranscodeTemplateId, Video: { Codec: 'H.265' } })).toMatch(/at 0\.Video: is built into/)
  expect(await change({ TranscodeTemplateId, Container: { Format: 'm3u8' } })).toMatch(/at 0\.MuxConfig\.Segment: is missing/)
  expect(await change({ TemplateName: 'a' })).toMatch(/at 0\.TranscodeTemplateId: is missing/)
  expect(await change({ TranscodeTemplateId: 'none' })).toMatch(/at 0\.TranscodeTemplateId: is not the id of a template of the group/)
  await update(id, [
    { TranscodeTemplateId, Definition: 'SD', Rotate: 180 },
    { TranscodeTemplateId: narrow.TranscodeTemplateId, TemplateName: 'b' },
  ])
  expect(await templates(id)).toMatchObject([{ Rotate: '180' }, { TemplateName: 'b', Video: narrow.Video }])
})
