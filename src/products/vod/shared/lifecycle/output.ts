/** What a transcoding template makes of a source: definition, size, specification (VOD manual, appendix "Definition", "Specification"). */

import type { MediaFacts } from '../../../../media/probe.js'
import type { Stream } from '../media/stream.js'
import type { Template, TemplateGroup } from '../templates/template-group.js'

type Picture = NonNullable<MediaFacts['picture']>

/** Templates that can be applied to a source: one that has no picture takes those that make none. */
export function templatesFor({ templates }: Pick<TemplateGroup, 'templates'>, { picture }: MediaFacts): Template[] {
  return templates.filter((template) => (makesSound(template) ? !picture || template.forAudioOnly !== true : picture !== undefined))
}

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

/** What a template makes of a source, apart from its bytes. */
export function outputOf(
  template: Template,
  { picture }: MediaFacts,
): Pick<Stream, 'definition' | 'format' | 'streamType' | 'specification' | 'width' | 'height' | 'fps' | 'bitDepth'> {
  const { Container, Video } = template
  const common = { definition: playDefinition(template.Definition), format: Container.Format }
  if (picture === undefined || makesSound(template)) return { ...common, streamType: 'audio', specification: 'Audio' }
  const size = scaled(picture, Video)
  return {
    ...common,
    streamType: 'video',
    specification: `${Video.Codec === 'H.265' ? 'H265' : 'H264'}.${sizeClass(size)}`,
    ...size,
    fps: Video.Fps === undefined ? picture.fps : Math.min(Number(Video.Fps), 60),
    bitDepth: 8,
  }
}

/** With one side given the other follows in proportion; with none the size stays. Unless told otherwise, width is the long side. */
function scaled({ width, height }: Picture, { Width, Height, LongShortMode }: Template['Video']): { width: number; height: number } {
  const turned = LongShortMode !== 'false' && height > width
  const [from, across] = turned ? [height, width] : [width, height]
  const [first, second] = [Width, Height].map((side) => (side === undefined ? undefined : Number(side)))
  const newFrom = first ?? (second === undefined ? from : even((second * from) / across))
  const newAcross = second ?? (first === undefined ? across : even((first * across) / from))
  return turned ? { width: newAcross, height: newFrom } : { width: newFrom, height: newAcross }
}

/** Encoders work with sides of even length. */
const even = (side: number): number => Math.max(2, 2 * Math.round(side / 2))

/** The largest long and short side of each class. */
const CLASSES = [
  ['LD', 640, 480],
  ['SD', 1280, 720],
  ['HD', 1920, 1080],
  ['2K', 2560, 1440],
] as const

function sizeClass({ width, height }: { width: number; height: number }): string {
  const [long, short] = [Math.max(width, height), Math.min(width, height)]
  return CLASSES.find(([, mostLong, mostShort]) => long <= mostLong && short <= mostShort)?.[0] ?? '4K'
}
