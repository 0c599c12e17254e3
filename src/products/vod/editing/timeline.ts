/** Timelines: which media an editing project puts together, and how (VOD manual 17.3, "Timeline", "VideoTrack", "VideoTrackClip"). */

import type { z } from 'zod'
import { listOf } from '../../../base/json.js'
import { factsOf, paramType, Violated } from '../../../params/param-type.js'
import { json, parseJson } from '../../../params/structures.js'
import { choice, decimal, structure, textual, truth } from '../shared/templates/structure.js'
import { effectSchema } from './effect.js'

/** Characters of a timeline; the manual has no limit. */
const MAX_CHARACTERS = 65_536

/** Tracks of a timeline, clips of a track, effects of a clip; the manual has no limits for them either. */
const MOST = { tracks: 10, clips: 500, effects: 20 } as const

/** Seconds of a timeline, and of everything in it: a year. */
export const MAX_SECONDS = 366 * 86_400

const seconds = () => decimal({ min: 0, max: MAX_SECONDS }).optional()

const size = () => decimal({ min: 1, whole: true }).optional()

const clipSchema = structure(() => ({
  Id: textual().optional(),
  /** The manual's table has VideoId, all its examples have MediaId. */
  MediaId: textual().optional(),
  VideoId: textual().optional(),
  Type: choice(['Video', 'Image']).default('Video'),
  Title: textual().optional(),
  Index: decimal({ min: 0, whole: true }).optional(),
  CutFlag: truth().optional(),
  TextFlag: truth().optional(),
  DeWatermarkFlag: truth().optional(),
  URL: textual().optional(),
  CoverURL: textual().optional(),
  SpriteURLs: textual().optional(),
  Width: size(),
  Height: size(),
  Fps: decimal({ min: 0 }).optional(),
  Bitrate: decimal({ min: 0 }).optional(),
  In: seconds(),
  Out: seconds(),
  Duration: seconds(),
  VirginDuration: seconds(),
  TimelineIn: seconds(),
  TimelineOut: seconds(),
  Effects: listOf(effectSchema(seconds), MOST.effects).optional(),
})).superRefine((clip, context) => {
  const wrong = (member: string, message: string) => context.addIssue({ code: 'custom', path: [member], message })
  if (!mediaIdOf(clip)) wrong('MediaId', 'is not given')
  const { In = 0, Out, TimelineIn = 0, TimelineOut, Effects, Width, Height } = clip
  if (Out !== undefined && Out <= In) wrong('Out', 'is not later than In')
  if (TimelineOut !== undefined && TimelineOut <= TimelineIn) wrong('TimelineOut', 'is not later than TimelineIn')
  if (!Effects?.length) return
  if (Width === undefined) wrong('Width', 'is not given, and effects need it')
  if (Height === undefined) wrong('Height', 'is not given, and effects need it')
})

/** A piece of a medium on a timeline. */
export type Clip = z.output<typeof clipSchema>

/** The medium that a clip shows. */
export const mediaIdOf = ({ MediaId, VideoId }: { MediaId?: string | undefined; VideoId?: string | undefined }): string =>
  MediaId ?? VideoId ?? ''

const trackSchema = structure(() => ({
  Count: decimal({ min: 0, whole: true }).optional(),
  Duration: seconds(),
  VideoTrackClips: listOf(clipSchema, MOST.clips).default([]),
}))

const timelineSchema = structure(() => ({
  Id: textual().optional(),
  Title: textual().optional(),
  CreationTime: textual().optional(),
  ModifiedTime: textual().optional(),
  Duration: seconds(),
  CurrentRuler: decimal().optional(),
  CurrentPosition: seconds(),
  VideoTracks: listOf(trackSchema, MOST.tracks).default([]),
})).superRefine(({ VideoTracks }, context) => {
  const seen = new Set<string>()
  for (const [track, { VideoTrackClips }] of VideoTracks.entries())
    for (const [index, { Id }] of VideoTrackClips.entries()) {
      const path = ['VideoTracks', track, 'VideoTrackClips', index, 'Id']
      if (Id !== undefined && seen.has(Id)) context.addIssue({ code: 'custom', path, message: `is that of another clip: "${Id}"` })
      if (Id !== undefined) seen.add(Id)
    }
})

/** What a timeline says; members that the manual does not have count for nothing. */
export type Timeline = z.output<typeof timelineSchema>

/** A timeline as it was given, which is how it is kept, and what it says. */
export interface GivenTimeline {
  text: string
  timeline: Timeline
}

/** The parameter Timeline. */
export function timelineParam(): z.ZodType<GivenTimeline, string> {
  const document = json(timelineSchema, { maxLength: MAX_CHARACTERS })
  return paramType(factsOf(document), (text) => {
    const { success, data, error } = document.safeParse(text)
    if (success) return { text, timeline: data }
    const issue = error.issues[0] as z.core.$ZodIssueCustom
    return new Violated(issue.params?.violation, issue.message)
  })
}

/** What a timeline says that was checked when it was given. */
export const readTimeline = (text: string): Timeline => timelineSchema.parse(parseJson(text))

/** A timeline without anything on it. */
export const EMPTY_TIMELINE = '{"VideoTracks":[]}'
