/** What animated images are to be like (VOD manual 17.3, "DynamicImageTemplateConfig"). */

import type { z } from 'zod'
import { choice, flag, moment, numeral, structure, words } from './structure.js'

const side = () => numeral({ min: 128, max: 4096, whole: true })

/** The same for a template and for what a job overrides of it, but that a job need not say everything. */
const members = {
  Name: words(128).optional(),
  Container: structure(() => ({ Format: choice(['webp', 'gif'], { anyCase: true }) })).optional(),
  /** True: the animated image becomes the cover of the video. */
  SetDefaultCover: flag().optional(),
} as const

const fps = () => numeral({ above: 0, max: 60 })

export const dynamicImageTemplateConfig = structure(() => ({
  ...members,
  Video: structure(() => ({ Width: side(), Height: side(), Fps: fps() })).optional(),
  /** Of Duration, and End, which is the length of the tail that is left out, one will do; End counts more. */
  Clip: structure(() => ({
    TimeSpan: structure(() => ({ Seek: moment(), Duration: moment().optional(), End: moment().optional() })),
  })).optional(),
}))

/** See {@link dynamicImageTemplateConfig}. */
export type DynamicImageTemplateConfig = z.output<typeof dynamicImageTemplateConfig>

/** What a job has otherwise than its template. */
export const dynamicImageOverride = structure(() => ({
  ...members,
  Container: structure(() => ({ Format: choice(['webp', 'gif'], { anyCase: true }).optional() })).optional(),
  Video: structure(() => ({ Width: side().optional(), Height: side().optional(), Fps: fps().optional() })).optional(),
  Clip: structure(() => ({
    TimeSpan: structure(() => ({ Seek: moment().optional(), Duration: moment().optional(), End: moment().optional() })).optional(),
  })).optional(),
}))

/** See {@link dynamicImageOverride}. */
export type DynamicImageOverride = z.output<typeof dynamicImageOverride>
