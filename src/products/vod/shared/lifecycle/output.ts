/** What a transcoding template makes of a source: definition, size, bitrate, specification (VOD manual, appendix "Definition", "Specification"). */

import type { JobError } from '../../../../jobs/job.js'
import type { MediaFacts } from '../../../../media/probe.js'
import type { Stream } from '../media/stream.js'
import { audioBitrate, videoBitrate } from '../streams/bitrate.js'
import { clippedDuration } from '../streams/clip.js'
import { exceedsSource, onExcess } from '../streams/conditions.js'
import { formatOf } from '../streams/names.js'
import { classOf, exceeds, type Size, sizeOf, turned } from '../streams/picture.js'
import { NARROW_BAND_SUFFIX } from '../templates/narrow-band.js'
import type { Template, TemplateGroup } from '../templates/template-group.js'
import { isNarrowBand } from '../templates/transcode-template.js'

type Picture = NonNullable<MediaFacts['picture']>

/** Templates that can be applied to a source: one that has no picture takes those that make none. Those for subtitles make nothing of their own. */
export const templatesFor = ({ templates }: Pick<TemplateGroup, 'templates'>, { picture }: MediaFacts): Template[] =>
  templates.filter(
    (template) =>
      template.Type !== 'SubtitlePackage' && (makesSound(template) ? !picture || template.forAudioOnly !== true : picture !== undefined),
  )

const makesSound = ({ Video, Container }: Template): boolean => Video.Remove === 'true' || Container.Format === 'mp3'

/** Playback names the definitions of templates otherwise: what a template calls LD is FD there, and so on. */
const PLAY_DEFINITIONS: Readonly<Record<Template['Definition'], Stream['definition']>> = {
  LD: 'FD',
  SD: 'LD',
  HD: 'SD',
  FHD: 'HD',
  'LD-NBV1': 'FD',
  'SD-NBV1': 'LD',
  'HD-NBV1': 'SD',
  'FHD-NBV1': 'HD',
  '2K-NBV1': '2K',
  '4K-NBV1': '4K',
  OD: 'OD',
  '2K': '2K',
  '4K': '4K',
  SQ: 'SQ',
  HQ: 'HQ',
  AUTO: 'AUTO',
}

/** Definition by which playback knows what a template of this one makes. */
export const playDefinition = (definition: Template['Definition']): Stream['definition'] => PLAY_DEFINITIONS[definition]

/** The definition of what comes of a template: what is packaged adapts itself. */
export const markOf = ({ Definition, Type }: Pick<Template, 'Definition' | 'Type'>): Template['Definition'] =>
  Type === 'VideoPackage' ? 'AUTO' : Definition

/** What comes out, apart from its bytes. */
export type Output = Pick<
  Stream,
  'definition' | 'format' | 'streamType' | 'specification' | 'duration' | 'bitrate' | 'width' | 'height' | 'fps' | 'bitDepth'
>

/** What a template makes of a source, or why it makes nothing. */
export function outputOf(template: Template, facts: MediaFacts): Output | { failed: JobError } {
  const duration = clippedDuration(template, facts.duration)
  if (duration === undefined) return { failed: BEYOND_END }
  const common = { definition: playDefinition(markOf(template)), format: formatOf(template), duration }
  const sound = soundOf(template, facts)
  if (typeof sound === 'object') return sound
  if (facts.picture === undefined || makesSound(template))
    return { ...common, streamType: 'audio', specification: 'Audio', bitrate: rounded(sound) }
  const shown = pictureOf(template, facts.picture)
  if ('failed' in shown) return shown
  const { bitrate, ...rest } = shown
  return { ...common, streamType: 'video', ...rest, bitrate: rounded(bitrate + sound) }
}

const BEYOND_END: JobError = {
  code: 'InvalidParameter.OutOfRange',
  message: 'The specified parameter "Clip" is out of range.',
  reason: 'the clip begins where the source has ended',
}

/** To three decimals. */
const rounded = (bitrate: number): number => Math.round(bitrate * 1000) / 1000

/** Kilobits per second of the sound. */
function soundOf(template: Template, { sound }: MediaFacts): number | { failed: JobError } {
  const source = sound?.bitrate
  if (template.Definition === 'OD' && source !== undefined) return source
  const wanted = audioBitrate(template, sound)
  if (source === undefined || wanted <= source) return wanted
  const excess = onExcess(template, 'AudioBitrate')
  if (excess === 'fail') return { failed: exceedsSource('an audio bitrate') }
  return excess === 'lower' ? source : wanted
}

type Shown = Pick<Output, 'specification' | 'bitrate' | 'width' | 'height' | 'fps' | 'bitDepth'>

function pictureOf(template: Template, picture: Picture): Shown | { failed: JobError } {
  const { width, height, fps, bitDepth, bitrate: source } = picture
  // Original quality is another container for the same streams.
  if (template.Definition === 'OD')
    return { specification: 'Segmentation', bitrate: source ?? classOf(picture).bitrate, width, height, fps, bitDepth }
  let size: Size = sizeOf(template, picture)
  if (exceeds(size, picture)) {
    const excess = onExcess(template, 'Reso')
    if (excess === 'fail') return { failed: exceedsSource('a resolution') }
    if (excess === 'lower') size = { width, height }
  }
  let bitrate = videoBitrate(template, size, source)
  if (source !== undefined && bitrate > source) {
    const excess = onExcess(template, 'VideoBitrate')
    if (excess === 'fail') return { failed: exceedsSource('a video bitrate') }
    if (excess === 'lower') bitrate = source
  }
  const { Codec, Fps } = template.Video
  const suffix = isNarrowBand(template) ? NARROW_BAND_SUFFIX : ''
  return {
    specification: `${Codec === 'H.265' ? 'H265' : 'H264'}.${classOf(size).name}${suffix}`,
    bitrate,
    ...turned(size, Number(template.Rotate ?? 0)),
    fps: Fps === undefined ? fps : Number(Fps),
    bitDepth: 8,
  }
}
