/** The part of a source that is transcoded (VOD manual 17.1, "Clip"). */

import { secondsOf } from '../templates/structure.js'
import type { Template } from '../templates/template-group.js'

/** Seconds of what a template takes of a source of so many; `undefined` if it begins where the source has ended. What goes beyond the end is not there. */
export function clippedDuration({ Clip }: Template, duration: number): number | undefined {
  if (Clip === undefined) return duration
  const { Seek, Duration, End } = Clip.TimeSpan
  const rest = duration - secondsOf(Seek)
  const length = End !== undefined ? rest - secondsOf(End) : Duration !== undefined ? Math.min(rest, secondsOf(Duration)) : rest
  return length > 0 ? Math.round(length * 1000) / 1000 : undefined
}
