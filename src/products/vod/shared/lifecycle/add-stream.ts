/** A stream becomes part of its video, which can be played from then on. */

import type { Account } from '../../../../account/types.js'
import { publishedStatus } from '../audit/verdict.js'
import { updateVideo } from '../media/medium.js'
import type { Stream } from '../media/stream.js'
import type { Video } from '../media/video.js'
import { deleteFiles, filesOfStream } from './delete-files.js'

/** Streams that a video keeps; beyond that the oldest go. */
const MAX_STREAMS = 100

/** Videos that can be played from their first stream on; what a review has to decide, or has blocked, stays as it is. */
const UNTIL_PLAYABLE: readonly Video['status'][] = ['UploadSucc', 'Transcoding', 'TranscodeFail']

/** Adds a stream, beside those of earlier times; one that is the source file itself takes the place of the one before. */
export function addStream(account: Account, videoId: string, stream: Stream): Video | undefined {
  const former = account.vod.videos.get(videoId)
  if (former === undefined) return undefined
  const { bucket, key } = stream.file
  const kept = former.streams.filter(({ file }) => file.key !== key || file.bucket !== bucket)
  const dropped = kept.splice(0, Math.max(0, kept.length + 1 - MAX_STREAMS))
  const video = updateVideo(account, videoId, (draft) => {
    draft.streams = [...kept, stream]
    if (stream.status === 'Normal' && UNTIL_PLAYABLE.includes(draft.status)) draft.status = publishedStatus(account, draft)
  })
  deleteFiles(
    account,
    dropped.flatMap((old) => filesOfStream(former, old)),
  )
  return video
}
