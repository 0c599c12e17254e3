/** The pictures of a video that an automated review looks at: one a second, and one at each instant at which something was found. */

import { type Findings, pictureLabels, type Scene } from '../../../../assets/findings.js'
import { seedOf } from '../../../../base/ids.js'

/** What a review suggests: in violation, suspected, or passed; the worst last. */
export const suggestions = ['pass', 'review', 'block'] as const

/** See {@link suggestions}. */
export type Suggestion = (typeof suggestions)[number]

/** The worst of several; without any, `pass`. */
export const worst = (given: readonly Suggestion[]): Suggestion =>
  suggestions[Math.max(0, ...given.map((each) => suggestions.indexOf(each)))] ?? 'pass'

/** What was found of one scene in one picture, or in a text. */
export interface Hit {
  label: string
  suggestion: Suggestion
  /** From 0 to 100. */
  score: number
}

/** A picture in which something was found. */
export interface Picture {
  /** Milliseconds from the beginning. */
  timestamp: number
  hits: Partial<Record<Scene, Hit>>
}

/** What a review has looked at of a video. */
export interface Pictures {
  /** Pictures in which something was found, in the order of the video. */
  flagged: readonly Picture[]
  /** How many pictures it has looked at. */
  total: number
  /** The first of all pictures: as many as a list of the best has. */
  first: readonly number[]
}

/** No more pictures of one video are flagged: those that come first in the findings. */
const MAX_FLAGGED = 1000

/** Of a longer video, the rest is not looked at (user guide, review settings: six hours). */
const MAX_SECONDS = 21_600

/** Pictures that a list of those with the highest scores has. */
export const TOP = 10

/** A picture is taken shortly after each full second, as in the guide's sample. */
const regular = (second: number): number => second * 1000 + 5

/** A found member with what its finding leaves open; the score depends on the seed alone. */
export function hitOf(
  { label, suggestion, score }: { label: string; suggestion?: Suggestion | undefined; score?: number | undefined },
  ...seed: readonly (string | number)[]
): Hit {
  const suggested = suggestion ?? (label === 'sexy' ? 'review' : 'block')
  const fraction = seedOf(...seed, label) / 2 ** 32
  return { label, suggestion: suggested, score: score ?? (suggested === 'block' ? 90 + 10 * fraction : 60 + 30 * fraction) }
}

/** What was found in a picture of a scene. */
export const pictureHit = (
  { scene, label = pictureLabels[scene][0], ...rest }: NonNullable<Findings['image']>[number],
  ...seed: readonly (string | number)[]
): Hit => hitOf({ label, ...rest }, ...seed, scene)

/** True if one hit weighs more than another. */
export const outweighs = (one: Hit, other: Hit | undefined): boolean =>
  other === undefined ||
  suggestions.indexOf(one.suggestion) > suggestions.indexOf(other.suggestion) ||
  (one.suggestion === other.suggestion && one.score > other.score)

/** The pictures of a video of so many seconds. What lies behind its end was found all the same: what a test declares counts more than the bytes. */
export function picturesOf(
  findings: NonNullable<Findings['video']>,
  scenes: readonly Scene[],
  duration: number,
  ...seed: readonly string[]
): Pictures {
  const byTime = new Map<number, Picture>()
  for (const { at, to = at, ...finding } of findings.filter(({ scene }) => scenes.includes(scene))) {
    const start = Math.round(at * 1000)
    for (let timestamp = start; timestamp <= Math.max(start, to * 1000); timestamp += 1000) {
      let picture = byTime.get(timestamp)
      if (picture === undefined) {
        if (byTime.size >= MAX_FLAGGED) break
        picture = { timestamp, hits: {} }
        byTime.set(timestamp, picture)
      }
      const hit = pictureHit(finding, ...seed, timestamp)
      if (outweighs(hit, picture.hits[finding.scene])) picture.hits[finding.scene] = hit
    }
  }
  const flagged = [...byTime.values()].sort((one, other) => one.timestamp - other.timestamp)
  const seconds = Math.max(1, Math.min(MAX_SECONDS, Math.ceil(duration)))
  const taken = new Set(flagged.map(({ timestamp }) => Math.floor(timestamp / 1000)))
  const untaken = seconds - [...taken].filter((second) => second < seconds).length
  const first: number[] = []
  for (let second = 0; second < seconds && first.length < TOP; second++) if (!taken.has(second)) first.push(regular(second))
  const all = [...first, ...flagged.map(({ timestamp }) => timestamp)].sort((one, other) => one - other)
  return { flagged, total: untaken + flagged.length, first: all.slice(0, TOP) }
}
