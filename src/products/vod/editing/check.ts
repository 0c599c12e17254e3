/** What a timeline must be like to become a video. */

import type { Account } from '../../../account/types.js'
import { storageAt } from '../shared/storage/settings.js'
import { type MaterialType, materialTypeOf, mediumNamed, storageLocationOf } from './material.js'
import { type Durations, sequenceOf } from './sequence.js'
import { type Clip, MAX_SECONDS, mediaIdOf, type Timeline } from './timeline.js'

/** What keeps a timeline from becoming a video. */
export interface TimelineProblem {
  /** The first two: a clip names no video or audio, or no image, of the account. */
  code: 'InvalidVideo.NotFound' | 'NoSuchResource' | 'InvalidParameter'
  /** Where and what, as a continuation of the parameter's name. */
  reason: string
}

/** What is known of the lengths of an account's media. */
export const durationsOf =
  ({ vod }: Account): Durations =>
  (mediaId) =>
    vod.videos.get(mediaId)?.facts?.duration

/** What keeps a timeline from being submitted. What is not known yet, such as the length of a video that is still being uploaded, does not. */
export function problemOf(account: Account, timeline: Timeline): TimelineProblem | undefined {
  const { clips, duration } = sequenceOf(timeline, durationsOf(account))
  if (clips.length === 0) return impossible('has no clip')
  const regions = new Set<string>()
  for (const { clip, path } of clips) {
    const medium = mediumNamed(account, mediaIdOf(clip))
    const problem = typeProblem(clip, medium && materialTypeOf(medium))
    const reason = `at ${path}.${clip.MediaId ? 'MediaId' : 'VideoId'}: ${problem}`
    if (medium === undefined || problem !== undefined)
      return { code: clip.Type === 'Image' ? 'NoSuchResource' : 'InvalidVideo.NotFound', reason }
    regions.add(storageAt(storageLocationOf(medium), true).region)
  }
  if (regions.size > 1) return impossible(`has media of several regions: ${[...regions].join(', ')}; all must be stored in one`)
  for (const { clip, path, length } of clips) {
    if (length === undefined && clip.Type === 'Image')
      return impossible(`at ${path}.Duration: is not given, and an image has none of its own`)
    if (length !== undefined && length <= 0)
      return impossible(`at ${path}: begins when its medium, or its place on the timeline, has ended`)
  }
  return duration > MAX_SECONDS ? impossible(`lasts ${duration} s, and ${MAX_SECONDS} are the most`) : undefined
}

const impossible = (reason: string): TimelineProblem => ({ code: 'InvalidParameter', reason })

/** Why a clip cannot show a medium of this type, in words that follow its member. */
function typeProblem({ Type, ...clip }: Clip, type: MaterialType | undefined): string | undefined {
  if (type === undefined) return `"${mediaIdOf(clip).slice(0, 64)}" is not the id of a video, audio or image of this account`
  if (Type === 'Image') return type === 'image' ? undefined : `is the id of ${type === 'audio' ? 'an' : 'a'} ${type}, and Type is Image`
  return type === 'image' ? 'is the id of an image, and Type is not Image' : undefined
}
