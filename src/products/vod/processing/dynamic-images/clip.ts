/** What an animated image is to be like: the template, what a job has otherwise, and what the video has. */

import type { JobError } from '../../../../jobs/job.js'
import type { Animation } from '../../../../media/images/animation.js'
import type { PictureFacts } from '../../shared/lifecycle/source-picture.js'
import type { DynamicImageOverride, DynamicImageTemplateConfig } from '../../shared/templates/dynamic-image-config.js'
import { secondsOf } from '../../shared/templates/structure.js'

/** More frames than anybody puts into one image. */
const MAX_FRAMES = 10_000

/** Sides that animated images may have, in pixels. */
const SIDE = { min: 128, max: 4096 } as const

const MAX_FPS = 60

/** A template, with what a job has otherwise. */
export function overridden(template: DynamicImageTemplateConfig, override: DynamicImageOverride): DynamicImageOverride {
  const { Duration, End, ...seek } = template.Clip?.TimeSpan ?? {}
  const span = override.Clip?.TimeSpan
  // One of the two says how long the image is, and what the job says of it goes before what the template does.
  const length = span?.Duration === undefined && span?.End === undefined ? { Duration, End } : {}
  return {
    ...template,
    ...override,
    Container: { ...template.Container, ...override.Container },
    Video: { ...template.Video, ...override.Video },
    Clip: { TimeSpan: { ...seek, ...length, ...span } },
  }
}

/** An animated image, and the seconds of the video that it shows. */
export interface Clip extends Animation {
  duration: number
}

/** The image that is made of a video, or why none can be. What is not said is as the source has it. */
export function clipOf({ Container, Video, Clip }: DynamicImageOverride, { duration: whole, picture }: PictureFacts): Clip | JobError {
  const { Seek = '0', Duration, End } = Clip?.TimeSpan ?? {}
  const seek = secondsOf(Seek)
  if (seek >= whole) return invalid(`Seek is ${seek} s, and the video has ${whole} s`)
  const left = whole - seek
  const wanted = End !== undefined ? left - secondsOf(End) : Duration !== undefined ? Math.min(left, secondsOf(Duration)) : left
  if (wanted < 0) return invalid(`End is ${End} s, and after Seek the video has ${left} s`)
  const fps = Number(Video?.Fps ?? Math.min(MAX_FPS, picture.fps))
  const frames = Math.max(1, Math.round(wanted * fps))
  if (frames > MAX_FRAMES) return invalid(`the image would have ${frames} frames, and at most ${MAX_FRAMES} are made`)
  const within = (side: number): number => Math.min(SIDE.max, Math.max(SIDE.min, side))
  return {
    format: Container?.Format ?? 'gif',
    width: Number(Video?.Width ?? within(picture.width)),
    height: Number(Video?.Height ?? within(picture.height)),
    fps,
    frames,
    duration: Math.round(wanted * 1000) / 1000,
  }
}

const invalid = (reason: string): JobError => ({
  code: 'InvalidParameter',
  message: 'The specified parameter "Clip.TimeSpan" is not valid.',
  reason,
})
