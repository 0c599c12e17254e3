/** What the tests of templates share: a world without limits on calls, and templates as the manual writes them. */

import { vodWorld } from '../support.js'

/** A template that can be added as it is. */
export const sd = {
  TemplateName: 'SD',
  Definition: 'SD',
  Container: { Format: 'mp4' },
  Video: { Codec: 'H.264', Width: '640', Bitrate: '400', Fps: '25' },
  Audio: { Codec: 'AAC', Bitrate: '64' },
}

/** One that transcodes and packages. */
export const packaged = {
  ...sd,
  Type: 'VideoPackage',
  Container: { Format: 'm3u8' },
  MuxConfig: { Segment: { Duration: '6' } },
  PackageSetting: { PackageType: 'HLSPackage', PackageConfig: { BandWidth: '900000' } },
}

/** One that adds subtitles to what is packaged. */
export const subtitles = {
  Type: 'SubtitlePackage',
  TemplateName: 'English',
  Container: { Format: 'm3u8' },
  PackageSetting: {
    PackageType: 'HLSPackage',
    SubtitleExtractConfigList: [
      { SubtitleUrlList: ['http://films.oss-cn-shanghai.aliyuncs.com/a.vtt'], Language: 'en-US', Format: 'vtt', Name: 'English' },
    ],
  },
}

/** What GetTranscodeTemplateGroup has as JSON text. */
const STRUCTURES = [
  'Container',
  'Video',
  'Audio',
  'MuxConfig',
  'TransConfig',
  'Clip',
  'EncryptSetting',
  'PackageSetting',
  'SubtitleList',
  'CopyrightMark',
  'TraceMark',
]

// biome-ignore lint/suspicious/noExplicitAny: answers have all shapes
type Body = any

/** A cloud with functions that add, change and read template groups, as often as a test likes. */
export function templateWorld(options: Parameters<typeof vodWorld>[0] = {}) {
  const world = vodWorld({ ...options, settings: { limits: { enabled: false }, ...options.settings } })
  const done = async (action: string, params: Record<string, string | number> = {}): Promise<Body> => {
    const { status, body, headers } = await world.call(action, params)
    if (status !== 200) throw new Error(`${action}: ${status} ${body.Code}: ${decodeURIComponent(headers['x-emulator-reason'] ?? '')}`)
    return body
  }
  const add = async (templates: readonly object[] = [sd], params: Record<string, string> = {}): Promise<string> =>
    (await done('AddTranscodeTemplateGroup', { Name: 'group', TranscodeTemplateList: JSON.stringify(templates), ...params }))
      .TranscodeTemplateGroupId
  const group = async (TranscodeTemplateGroupId: string): Promise<Body> =>
    (await done('GetTranscodeTemplateGroup', { TranscodeTemplateGroupId })).TranscodeTemplateGroup
  /** The templates of a group, their structures read. */
  const templates = async (id: string): Promise<Body[]> =>
    (await group(id)).TranscodeTemplateList.map((template: Record<string, unknown>) =>
      Object.fromEntries(
        Object.entries(template).map(([name, value]) => [name, STRUCTURES.includes(name) ? JSON.parse(value as string) : value]),
      ),
    )
  const update = (TranscodeTemplateGroupId: string, changes: readonly object[], params: Record<string, string> = {}) =>
    done('UpdateTranscodeTemplateGroup', { TranscodeTemplateGroupId, TranscodeTemplateList: JSON.stringify(changes), ...params })
  /** Why a call is refused: its code, and the reason after the name of the parameter. */
  const refused = async (action: string, params: Record<string, string | number>): Promise<string> => {
    const { code, reason = '' } = await world.refusal(action, params)
    return `${code} ${decodeURIComponent(reason)}`
  }
  const textWatermark = async (Name = 'text', params: Record<string, string> = {}): Promise<string> =>
    (await done('AddWatermark', { Name, Type: 'Text', WatermarkConfig: '{"Content":"hello"}', ...params })).WatermarkInfo.WatermarkId
  return { ...world, done, add, group, templates, update, refused, textWatermark }
}
