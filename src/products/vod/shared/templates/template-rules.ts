/** What a transcoding template needs as a whole, and what of it does not go together (VOD manual 17.3). Each problem is told as `Video.Codec: is missing`. */

import { isNarrowBand, type TemplateRequest } from './transcode-template.js'

/** What is wrong with a template that is to be in a group. */
export const problemOfTemplate = (template: TemplateRequest): string | undefined =>
  missingIn(template) ?? packagingProblem(template) ?? codecProblem(template) ?? soundProblem(template)

/** What is wrong with the templates of a group taken together. */
export function problemOfGroup(templates: readonly Pick<TemplateRequest, 'Type'>[]): string | undefined {
  const count = (type: TemplateRequest['Type']) => templates.filter(({ Type }) => Type === type).length
  if (count('SubtitlePackage') > 1) return 'a group has at most one template of Type SubtitlePackage'
  if (count('SubtitlePackage') === 1 && count('VideoPackage') === 0)
    return 'a template of Type SubtitlePackage is in a group only beside one of Type VideoPackage'
  return undefined
}

/** Whether a template says how picture and sound are encoded: others add subtitles, change the container alone, or have it built in. */
const encodes = (template: TemplateRequest): boolean =>
  template.Type !== 'SubtitlePackage' && template.Definition !== 'OD' && !isNarrowBand(template)

const isSoundOnly = ({ Container, Video }: TemplateRequest): boolean => Container?.Format === 'mp3' || Video?.Remove === 'true'

function missingIn(template: TemplateRequest): string | undefined {
  const { Type, TemplateName, Definition, Container, MuxConfig, Video, Audio } = template
  const needed: [member: string, value: unknown][] = [
    ['TemplateName', TemplateName],
    ['Container', Container],
  ]
  // What a template for subtitles makes has no definition but AUTO.
  if (Type !== 'SubtitlePackage') needed.push(['Definition', Definition])
  if (Type !== 'SubtitlePackage' && Container?.Format === 'm3u8') needed.push(['MuxConfig.Segment', MuxConfig?.Segment])
  if (encodes(template)) {
    if (Container?.Format !== 'mp3') needed.push(['Video', Video])
    if (!isSoundOnly(template)) needed.push(['Video.Codec', Video?.Codec])
    needed.push(['Audio', Audio])
    if (Audio?.Remove !== 'true') needed.push(['Audio.Codec', Audio?.Codec], ['Audio.Bitrate', Audio?.Bitrate])
  }
  const missing = needed.find(([, value]) => value === undefined)
  return missing && `${missing[0]}: is missing`
}

function packagingProblem({ Type = 'Normal', Definition, PackageSetting }: TemplateRequest): string | undefined {
  if (Type === 'Normal') {
    if (Definition === 'AUTO') return 'Definition: is AUTO, which only templates have that package'
    return PackageSetting && 'PackageSetting: is not for templates of Type Normal'
  }
  if (PackageSetting === undefined) return `PackageSetting: is missing, and templates of Type ${Type} need it`
  const { PackageConfig, SubtitleExtractConfigList } = PackageSetting
  if (Type === 'VideoPackage') {
    if (PackageConfig === undefined) return 'PackageSetting.PackageConfig: is missing'
    return SubtitleExtractConfigList && 'PackageSetting.SubtitleExtractConfigList: is for templates of Type SubtitlePackage only'
  }
  return SubtitleExtractConfigList?.length ? undefined : 'PackageSetting.SubtitleExtractConfigList: is missing'
}

const NARROW_BAND_FORMATS = ['flv', 'm3u8', 'mp4']

function codecProblem(template: TemplateRequest): string | undefined {
  const { Container, Video, Audio } = template
  const format = Container?.Format ?? ''
  if (format === 'webm') return 'Container.Format: is webm, which can be played, and not be transcoded to'
  if (isNarrowBand(template) && !NARROW_BAND_FORMATS.includes(format))
    return `Container.Format: is ${format}, and narrow-band templates are for ${NARROW_BAND_FORMATS.join(', ')}`
  if (!encodes(template)) return undefined
  if (Video?.Remove === 'true' && Audio?.Remove === 'true') return 'Audio.Remove: is true, as Video.Remove is; nothing would be left'
  if (format === 'flv' && Video?.Codec === 'H.265') return 'Video.Codec: is H.265, which flv cannot hold'
  if (!isSoundOnly(template)) return undefined
  const codec = SOUND_CODECS[format]
  if (codec === undefined) return `Container.Format: is ${format}, and sound alone goes into mp3 or mp4`
  if (Audio?.Remove === 'true') return 'Audio.Remove: is true, and there is no picture; nothing would be left'
  return Audio?.Codec === codec ? undefined : `Audio.Codec: is ${Audio?.Codec}, and sound alone in ${format} is ${codec}`
}

/** Codecs of sound without a picture, by container. */
const SOUND_CODECS: Readonly<Record<string, string>> = { mp3: 'MP3', mp4: 'AAC' }

/** MP3 has fewer channels and sample rates than AAC, and in FLV fewer still. */
function soundProblem({ Container, Audio }: TemplateRequest): string | undefined {
  if (Audio?.Codec !== 'MP3' || Audio.Remove === 'true') return undefined
  const { Channels = '2', Samplerate = '44100' } = Audio
  if (!['1', '2'].includes(Channels)) return `Audio.Channels: is ${Channels}, and MP3 has 1 or 2`
  const format = Container?.Format
  const without = format === 'flv' ? ['32000', '48000', '96000'] : ['96000']
  return without.includes(Samplerate) ? `Audio.Samplerate: is ${Samplerate}, which MP3 in ${format} does not have` : undefined
}
