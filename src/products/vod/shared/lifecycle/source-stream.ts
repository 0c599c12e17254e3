/** The source file as a stream of its own: what a video plays that is not transcoded. */

import type { Account } from '../../../../account/types.js'
import type { MediaFacts } from '../../../../media/probe.js'
import type { StoredObject } from '../../../../oss/object.js'
import { publishedStatus } from '../audit/verdict.js'
import { kilobitsPerSecond } from '../media/bitrate.js'
import { extensionOf } from '../media/extensions.js'
import { updateVideo } from '../media/medium.js'
import { newId } from '../media/new-id.js'
import type { Stream } from '../media/stream.js'
import type { Video } from '../media/video.js'
import { addStream } from './add-stream.js'

/** Containers that players understand without transcoding (VOD manual 5.1); all others are only stored. */
const playable = ['mp4', 'flv', 'mp3', 'm3u8', 'webm'] as const

/** Makes the source file playable as it is, at definition OD. */
export function playSource(account: Account, video: Video, { size }: StoredObject, facts: MediaFacts): void {
  updateVideo(account, video.videoId, (draft) => {
    draft.status = publishedStatus(account, draft)
    draft.facts = facts
  })
  const format = playable.find((each) => each === extensionOf(video.file.key))
  if (format !== undefined) addStream(account, video.videoId, sourceStream(account, video, size, format, facts))
}

function sourceStream(
  account: Account,
  { file }: Video,
  size: number,
  format: (typeof playable)[number],
  { duration, picture }: MediaFacts,
): Stream {
  const now = account.clock.now()
  return {
    jobId: newId(account),
    definition: 'OD',
    format,
    streamType: picture ? 'video' : 'audio',
    status: 'Normal',
    specification: 'Original',
    file,
    size,
    duration,
    bitrate: kilobitsPerSecond(size, duration),
    ...(picture && { width: picture.width, height: picture.height, fps: picture.fps, bitDepth: picture.bitDepth }),
    createdAt: now,
    modifiedAt: now,
  }
}
