/** Where the clips of a timeline are, and how long they last. */

import { type Clip, mediaIdOf, type Timeline } from './timeline.js'

/** Seconds of a medium, by its id; `undefined` of what has none of its own, or where it is not known. */
export type Durations = (mediaId: string) => number | undefined

/** A clip in its place. */
export interface PlacedClip {
  clip: Clip
  /** Where it stands in the JSON: `VideoTracks.0.VideoTrackClips.2`. */
  path: string
  /** Seconds of the timeline at which it begins. */
  start: number
  /** Seconds; `undefined` where nothing tells, and nothing or less if its medium has ended before it begins. */
  length: number | undefined
}

/** A timeline with its clips in their places. */
export interface Sequence {
  /** Seconds until the last clip ends. */
  duration: number
  /** In the order of the timeline, track by track. */
  clips: readonly PlacedClip[]
}

/**
 * Puts the clips of a timeline in their places: each at its TimelineIn, or behind the one before it on its track. It shows its medium from In to Out; without
 * an Out it is as long as its Duration, or as the timeline says, or as the medium. Nothing is longer than its medium (developer guide, editing).
 */
export function sequenceOf({ VideoTracks }: Timeline, durations: Durations): Sequence {
  const clips: PlacedClip[] = []
  let duration = 0
  for (const [track, { VideoTrackClips }] of VideoTracks.entries()) {
    let end = 0
    for (const { clip, position } of inOrder(VideoTrackClips)) {
      const start = clip.TimelineIn ?? end
      const length = lengthOf(clip, start, durations(mediaIdOf(clip)))
      clips.push({ clip, path: `VideoTracks.${track}.VideoTrackClips.${position}`, start, length })
      end = start + Math.max(0, length ?? 0)
      duration = Math.max(duration, end)
    }
  }
  return { duration: toFourDecimals(duration), clips }
}

/** Seconds as the services have them. */
const toFourDecimals = (seconds: number): number => Math.round(seconds * 10_000) / 10_000

/** Clips by their Index; one that has none is where it stands. */
const inOrder = (clips: readonly Clip[]): { clip: Clip; position: number }[] =>
  clips.map((clip, position) => ({ clip, position })).sort((a, b) => (a.clip.Index ?? a.position) - (b.clip.Index ?? b.position))

/** Seconds of a clip that begins at an instant of the timeline; `whole`: those of its medium. */
function lengthOf({ In = 0, Out, Duration, TimelineOut }: Clip, start: number, whole: number | undefined): number | undefined {
  const asked = Out === undefined ? Duration || (TimelineOut === undefined ? undefined : TimelineOut - start) : Out - In
  return whole === undefined ? asked : Math.min(asked ?? Number.POSITIVE_INFINITY, whole - In)
}
