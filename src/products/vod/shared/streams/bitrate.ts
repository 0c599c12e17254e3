/** Kilobits per second of what is transcoded. */

import type { MediaFacts } from '../../../../media/probe.js'
import { narrowBandBitrate } from '../templates/narrow-band.js'
import type { Template } from '../templates/template-group.js'
import { classOf, type Size } from './picture.js'

/** Quality where a template has neither bitrate nor quality (VOD manual 17.1, "Video"). */
const USUAL_CRF = 26

/** Steps of quality from one bitrate to twice as much, as encoders have it. */
const CRF_STEPS = 6

/** Sound, where a template does not say (developer guide, recommended templates). */
const SOUND = { SQ: 128, HQ: 320, other: 128 } as const

/** Bitrate of the picture that a template asks for. One that is about quality needs what is advised for the size, and never more than the source has. */
export function videoBitrate(template: Template, size: Size, source: number | undefined): number {
  const { Bitrate, Crf } = template.Video
  const builtIn = narrowBandBitrate(template)
  if (Crf === undefined && Bitrate !== undefined) return Number(Bitrate)
  if (builtIn !== undefined) return builtIn
  const advised = classOf(size).bitrate * 2 ** ((USUAL_CRF - Number(Crf ?? USUAL_CRF)) / CRF_STEPS)
  return Math.min(advised, source ?? advised)
}

/** Bitrate of the sound that a template asks for; 0 without sound. */
export function audioBitrate({ Audio, Definition }: Template, sound: MediaFacts['sound']): number {
  if (sound === undefined || Audio?.Remove === 'true') return 0
  return Number(Audio?.Bitrate ?? SOUND[Definition as keyof typeof SOUND] ?? SOUND.other)
}
