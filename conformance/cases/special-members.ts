/** What single cases of JSON need beyond what the manual says of a member, and where the manual's own word is not what holds. */

import type { Account } from '../../src/index.js'
import type { Changes, Named } from './case.js'
import { noStream } from './special.js'

/** Something that is known of some cases. */
interface MemberNote {
  /** `<service>.<Action>.<title>` of the cases that it is about. */
  cases: RegExp
  /** Members that have to go with it, beside it. */
  besides?: Readonly<Record<string, unknown>>
  /** Members that have to go with it, in the whole, or in the first element of the list. */
  root?: Readonly<Record<string, unknown>>
  /** Parameters that have to go with it. */
  changes?: Changes
  /** What a text has to begin with. */
  prefix?: string
  /** The code with which it is refused, though the member is right, or which is another than that of the service. */
  code?: string
  /** What is named, if it is not the member. */
  names?: Named
  /** The member of it that is named: one alone may be written without brackets, and then this is what it lacks. */
  within?: string
  /** Why it is left out. */
  skipped?: string
}

type Base = (account: Account, params: Readonly<Record<string, string>>) => unknown

const aVideo = ({ vod }: Account): string => vod.videos.list({ take: 1 }).rows[0]?.videoId ?? 'none'

const timeline: Base = (account) => ({
  VideoTracks: [{ VideoTrackClips: [{ MediaId: aVideo(account), Width: 640, Height: 360 }] }],
})

/** The address of a video's source, which stands for that of any file beside it. */
const sourceOf = ({ vod }: Account, videoId = ''): string => {
  const { storageLocation = '', file } = vod.videos.get(videoId) ?? {}
  return `http://${storageLocation}/${file?.key}`
}

/** Of the templates of a group, the first. */
const aTemplate = ({ vod }: Account, group = ''): string => vod.templateGroups.get(group)?.templates[0]?.TranscodeTemplateId ?? 'none'

const segments = { MuxConfig: { Segment: { Duration: '10' } } }
const hls = { Container: { Format: 'm3u8' }, ...segments }
const packed = { ...hls, Type: 'VideoPackage', PackageSetting: { PackageType: 'HLSPackage', PackageConfig: { BandWidth: '900000' } } }
const subtitles = {
  SubtitleUrlList: ['http://subtitles.oss-cn-shanghai.aliyuncs.com/a.vtt'],
  Language: 'en-US',
  Format: 'vtt',
  Name: 'English',
}
const sprite = {
  CellWidth: '120',
  CellHeight: '68',
  Padding: '0',
  Margin: '0',
  Color: 'Black',
  Columns: '3',
  Lines: '3',
  KeepCellPic: 'keep',
}
const snapshots = { FrameType: 'normal', Count: 10, Interval: 1, SpecifiedOffsetTime: 0 }
const TEMPLATES = '(?:AddTranscodeTemplateGroup|UpdateTranscodeTemplateGroup)\\.TranscodeTemplateList'

const own = (text: string): RegExp => new RegExp(`^vod\\.${text}`)

/** See the fields. */
export const memberNotes: {
  /** JSON to begin with, by `<service>.<Action>.<parameter>`, where that of the call that succeeds is not enough. */
  bases: Readonly<Record<string, Base>>
  /** What may stand where a structure may, by its name, where the JSON to begin with has none. */
  examples: Readonly<Record<string, unknown>>
  notes: readonly MemberNote[]
} = {
  bases: {
    // The manual's example is written with single quotes.
    'vod.SubmitSnapshotJob.SpriteSnapshotConfig': () => ({ ...sprite, Padding: '20', Margin: '50' }),
    'vod.AddEditingProject.Timeline': timeline,
    'vod.UpdateEditingProject.Timeline': timeline,
    'vod.ProduceEditingProjectVideo.Timeline': timeline,
    'vod.UpdateTranscodeTemplateGroup.TranscodeTemplateList': (account, { TranscodeTemplateGroupId }) => [
      { TranscodeTemplateId: aTemplate(account, TranscodeTemplateGroupId) },
    ],
    'vod.SubmitTranscodeJobs.OverrideParams': (account, { TemplateGroupId, VideoId }) => ({
      SubtitleSetting: { SubtitleList: [{ SubtitleUrl: sourceOf(account, VideoId), CharEncode: 'UTF-8' }] },
      TranscodeTemplateList: [{ TranscodeTemplateId: aTemplate(account, TemplateGroupId) }],
    }),
  },
  examples: {
    UserData: { Extend: { localId: '1' } },
    'UserData.MessageCallback': { CallbackURL: 'http://example.com/callback', CallbackType: 'http' },
    'UserData.AccelerateConfig': { Type: 'oss', Domain: 'https://oss-accelerate.aliyuncs.com' },
    ReAuthInfo: { uid: '12345', rand: 'abc' },
    PlayConfig: { PreviewTime: '1' },
    UploadMetadata: { SourceURL: 'http://example.com/film.mp4', Title: 'film' },
    MediaMetadata: { Title: 'film' },
    ProduceConfig: { Width: 640, Height: 360 },
    Config: { AIVideoTag: { AnalyseTypes: 'Face,ASR' } },
    MediaAuditConfiguration: { ResourceType: 'short_video' },
    EncryptConfig: { CipherText: 'abc', DecryptKeyUri: 'http://example.com/key', KeyServiceType: 'KMS' },
    Effect: { Type: 'Text', Content: 'text' },
    FontFace: { Bold: true },
    WatermarkOverrides: { Watermarks: [{ WatermarkId: 'mark', Content: 'text' }] },
    Watermark: { WatermarkId: 'mark', Content: 'text' },
    SubtitleSetting: { SubtitleList: [{ SubtitleUrl: 'http://example.com/a.srt', CharEncode: 'UTF-8' }] },
    PackageSubtitleSetting: {
      PackageSubtitleList: [{ SubtitlePackageTemplateId: 'template', Language: 'en-US', SubtitleUrl: 'http://example.com/a.vtt' }],
    },
    SnapshotTemplateConfig: { SnapshotType: 'NormalSnapshot', SnapshotConfig: snapshots },
    'SnapshotConfig.SpriteSnapshotConfig': sprite,
    SubOut: { IsSptFrag: 'false' },
    Origin: { type: 'ipaddr', content: '1.1.1.1', port: 80, priority: '20' },
    TranscodeTemplate: {
      Definition: 'SD',
      Container: { Format: 'mp4' },
      Video: { Codec: 'H.264', Bitrate: '400', Remove: 'false' },
      Audio: { Codec: 'AAC', Bitrate: '64', Remove: 'false', Samplerate: '44100' },
      TemplateName: 'template',
    },
    'TranscodeTemplate.Video': { Codec: 'H.264', Bitrate: '400', Remove: 'false' },
    'TranscodeTemplate.Audio': { Codec: 'AAC', Bitrate: '64', Remove: 'false', Samplerate: '44100' },
    'TranscodeTemplate.Container': { Format: 'mp4' },
    'OverriddenTemplate.Video': { Bitrate: '400' },
    'OverriddenTemplate.Audio': { Bitrate: '64' },
    Volume: { Method: 'auto', IntegratedLoudnessTarget: '-6' },
    ...segments,
    TransConfig: { IsCheckReso: 'true' },
    'TranscodeTemplate.Clip': { TimeSpan: { Seek: '1', Duration: '5' } },
    EncryptSetting: { EncryptType: 'AliyunVoDEncryption' },
    SubtitleConfig: { SubtitleUrl: 'http://subtitles.oss-cn-shanghai.aliyuncs.com/a.srt', CharEnc: 'UTF-8' },
    PackageSetting: packed.PackageSetting,
    'WatermarkConfig.Timeline': { Start: '0', Duration: 'ToEND' },
  },
  notes: [
    { cases: own(`${TEMPLATES}: Container.Format of m3u8`), root: segments },
    {
      cases: own(`${TEMPLATES}: Container.Format of mp3`),
      root: { Audio: { Codec: 'MP3', Bitrate: '64' }, Video: { Codec: 'H.264', Remove: 'true' } },
    },
    { cases: own(`${TEMPLATES}: MuxConfig.Segment left out`), root: { Container: { Format: 'm3u8' } } },
    { cases: own(`${TEMPLATES}: Type of VideoPackage`), root: packed },
    // It stands beside one of Type VideoPackage alone.
    {
      cases: own(`${TEMPLATES}: Type of SubtitlePackage`),
      root: { ...hls, PackageSetting: { PackageType: 'HLSPackage', SubtitleExtractConfigList: [subtitles] } },
      code: 'InvalidParameter',
      names: { param: 'TranscodeTemplateList' },
    },
    // It can never be changed.
    { cases: own('UpdateTranscodeTemplateGroup.TranscodeTemplateList: Definition of (?!SD$)\\w'), code: 'InvalidParameter' },
    { cases: own(`${TEMPLATES}: PackageSetting.PackageType of HLSPackage`), root: { ...hls, Type: 'VideoPackage' } },
    { cases: /TranscodeFileRegular .* in letters of 3/, skipped: 'It is made of letters, digits and few other characters.' },
    { cases: /TranscodeFileRegular of 128 characters/, prefix: '{MediaId}/' },
    { cases: /SubtitleList(?:\[\])?\.CharEnc left out/, skipped: 'The examples have another name for it.' },
    { cases: /Sources: type of domain/, besides: { content: 'origin.example.com' } },
    { cases: /Sources: type of oss/, besides: { content: 'files.oss-cn-shanghai.aliyuncs.com' } },
    { cases: own('AddVodDomain.Sources: type (?:left|of (?:"|\\{|\\[))'), code: 'InvalidSourceType.Malformed' },
    { cases: own('UpdateVodDomain.Sources: type (?:left|of (?:"|\\{|\\[))'), code: 'InvalidSource.Type.Malformed' },
    { cases: own('AddVodDomain.Sources: priority of ["{[]'), code: 'InvalidPriorities.Malformed' },
    { cases: own('UpdateVodDomain.Sources: priority of ["{[]'), code: 'InvalidSource.Priority.Malformed' },
    { cases: /SnapshotType of SpriteSnapshot/, besides: { SnapshotConfig: { ...snapshots, SpriteSnapshotConfig: sprite } } },
    { cases: /TemplateConfig: SnapshotConfig\.FrameType (?:left out|of "")/, skipped: "The manual's own examples leave it out." },
    {
      cases: own('UpdateVodTemplate.TemplateConfig: Snapshot(?:Type|Config) left out'),
      skipped: "The manual's own example changes some of it.",
    },
    { cases: /WatermarkConfig: BorderWidth of 0, which it must exceed/, skipped: 'It is the default.' },
    { cases: /Effects\.SubType of "NoneOfThese"/, besides: { Type: 'DeWatermark' } },
    {
      cases: own('ProduceEditingProjectVideo.Timeline: VideoTracks.VideoTrackClips.Type of Image'),
      code: 'NoSuchResource',
      names: { param: 'Timeline', member: 'VideoTracks.VideoTrackClips.MediaId' },
    },
    { cases: own('GetPlayInfo.PlayConfig: EncryptType of (?:AliyunVoD|HLS)Encryption'), ...noStream },
    { cases: /OverrideParams: Watermarks of \{\}/, within: 'WatermarkId' },
    { cases: /\.PackageSubtitleList of \{\}/, within: 'SubtitlePackageTemplateId' },
    { cases: /OverrideParams: TranscodeTemplateList of \{\}/, within: 'TranscodeTemplateId' },
    { cases: /PackageSetting\.SubtitleExtractConfigList of \{\}/, within: 'SubtitleUrlList' },
    { cases: own('RegisterMedia.RegisterMetadatas: (?:CoverURL|FileURL) .*in letters of 3'), skipped: 'A URL has letters of one byte.' },
    { cases: own('RegisterMedia.RegisterMetadatas: (?:CoverURL|FileURL) of 1024 bytes'), prefix: 'http://example.com/' },
  ],
}
