/** What comes of a timeline: the facts of the video, and the bytes that stand for it. */

import type { Account } from '../../../account/types.js'
import { yieldToOthers } from '../../../base/clock.js'
import type { JobError } from '../../../jobs/job.js'
import type { Outcome } from '../../../jobs/kind.js'
import type { MediaFacts } from '../../../media/probe.js'
import type { StoredObject } from '../../../oss/object.js'
import { examine, sourceAsset } from '../shared/lifecycle/examine.js'
import { MADE_EXTENSION } from '../shared/lifecycle/made.js'
import { extensionOf } from '../shared/media/extensions.js'
import { objectOf } from '../shared/media/files.js'
import type { Medium } from '../shared/media/medium.js'
import { materialTypeOf, mediumNamed } from './material.js'
import type { Production } from './production.js'
import { type Durations, sequenceOf } from './sequence.js'
import { mediaIdOf, readTimeline } from './timeline.js'

/** What the service says of media that it cannot put together (developer guide, ProduceMediaComplete). */
export const BAD_CONTENT: JobError = { code: 'InvalidParameter.ResourceContentBad', message: 'The resource operated InputFile is bad' }

/** What the production needs to know of a medium. */
interface Source {
  duration?: number | undefined
  picture?: Partial<MediaFacts['picture']>
  sound?: MediaFacts['sound']
}

/** Sizes of pictures where no medium has any. */
const USUAL = { width: 1280, height: 720, fps: 25 } as const

/** What the video of a production is: as long as the timeline, and as wide and high as the largest of its media, each for itself (manual 17.3, ProduceConfig). */
export async function factsOf(account: Account, { timeline: text, width, height }: Production): Promise<Outcome> {
  const timeline = readTimeline(text)
  const sources = new Map<string, Source>()
  for (const clip of timeline.VideoTracks.flatMap(({ VideoTrackClips }) => VideoTrackClips)) {
    const id = mediaIdOf(clip)
    if (sources.has(id)) continue
    await yieldToOthers()
    const source = await sourceOf(account, id)
    if (source === 'endless') return source
    if (typeof source === 'string') return { failed: { ...BAD_CONTENT, reason: `${id} ${source}` } }
    sources.set(id, source)
  }
  const durations: Durations = (id) => sources.get(id)?.duration
  const { clips, duration } = sequenceOf(timeline, durations)
  const wrong = clips.find(({ length }) => length === undefined || length <= 0)
  if (wrong) return { failed: { ...BAD_CONTENT, reason: `at ${wrong.path}: the medium ends before the clip begins` } }
  const all = [...sources.values()]
  const pictures = all.flatMap(({ picture }) => picture ?? [])
  const sound = all.find((source) => source.sound)?.sound
  const largest = (name: 'width' | 'height' | 'fps' | 'bitrate') =>
    pictures.reduce((most, picture) => Math.max(most, picture[name] ?? 0), 0)
  const bitrate = largest('bitrate')
  const facts: MediaFacts = {
    duration,
    ...(pictures.length > 0 && {
      picture: {
        codec: 'h264',
        width: width ?? (largest('width') || USUAL.width),
        height: height ?? (largest('height') || USUAL.height),
        fps: largest('fps') || USUAL.fps,
        ...(bitrate > 0 && { bitrate }),
        bitDepth: 8,
        rotation: 0,
      },
    }),
    ...(sound && { sound: { ...sound, codec: 'aac' } }),
  }
  return { result: facts }
}

/** What is known of a medium; `endless` if that is never found out; else why it cannot be used, in words that follow its id. */
async function sourceOf(account: Account, id: string): Promise<Source | string> {
  const medium = mediumNamed(account, id)
  if (medium === undefined) return 'was deleted before the video was made'
  const object = fileOf(account, medium)
  if (object === undefined) return 'has no source file'
  if ('image' in medium) return { picture: { width: medium.image.width, height: medium.image.height } }
  if (materialTypeOf(medium) === 'image') return { picture: {} }
  if ('attached' in medium) {
    const { file, fileName = file.key } = medium.attached
    return examine(account, { file, fileName }, object)
  }
  const { video } = medium
  const defect = sourceAsset(account, video)?.defect
  if (defect === 'never finishes') return 'endless'
  if (video.damage || defect === 'fails every time')
    return `cannot be read: ${video.damage?.message ?? `its file has the defect "${defect}"`}`
  return video.facts ?? examine(account, video, object)
}

function fileOf(account: Account, medium: Medium): StoredObject | undefined {
  if ('video' in medium) return medium.video.sourceStatus === 'Normal' ? objectOf(account, medium.video.file) : undefined
  return objectOf(account, ('image' in medium ? medium.image : medium.attached).file)
}

/** The file whose bytes stand for the video: that of the first medium on the timeline which has the right container; `undefined` if there is none. */
export function bytesOf(account: Account, { timeline }: Production): StoredObject | undefined {
  for (const { clip } of sequenceOf(readTimeline(timeline), () => undefined).clips) {
    const medium = mediumNamed(account, mediaIdOf(clip))
    if (medium === undefined || !('video' in medium) || extensionOf(medium.video.file.key) !== MADE_EXTENSION) continue
    const object = fileOf(account, medium)
    if (object !== undefined && object.size > 0) return object
  }
  return undefined
}
