/** What a project keeps of a timeline. */

import type { Account } from '../../../account/types.js'
import { durationsOf } from './check.js'
import type { EditingProject } from './project.js'
import { sequenceOf } from './sequence.js'
import { type GivenTimeline, mediaIdOf, readTimeline, type Timeline } from './timeline.js'

/** A timeline as a project keeps it, with what is often asked of it. */
export function saved(account: Account, { text, timeline }: GivenTimeline): Pick<EditingProject, 'timeline' | 'duration' | 'firstMediaId'> {
  const { clips, duration } = sequenceOf(timeline, durationsOf(account))
  const [first] = clips
  return {
    timeline: text,
    duration: clips.some(({ length }) => length === undefined) ? undefined : duration,
    firstMediaId: first && mediaIdOf(first.clip).slice(0, MAX_ID),
  }
}

/** Characters of an id that could be one. */
const MAX_ID = 64

/** Seconds of a project's timeline, as far as they are known; clips of which nothing tells how long they are count as nothing. */
export const durationOf = (account: Account, { duration, timeline }: EditingProject): number =>
  duration ?? sequenceOf(readTimeline(timeline), durationsOf(account)).duration

/** The media on a timeline, each once, in its order. */
export const mediaOn = (timeline: Timeline): string[] => [
  ...new Set(sequenceOf(timeline, () => undefined).clips.map(({ clip }) => mediaIdOf(clip))),
]
