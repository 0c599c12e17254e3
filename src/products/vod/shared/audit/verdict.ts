/** What becomes of a video by its reviews. */

import type { Account } from '../../../../account/types.js'
import { updateVideo } from '../media/medium.js'
import type { Verdict, Video } from '../media/video.js'

/** The status of a video that can be played from now on: it waits for a review where the settings say so, unless it has passed or failed one. */
export function publishedStatus({ settings }: Account, { verdict }: Pick<Video, 'verdict'>): Video['status'] {
  if (verdict) return verdict.status
  return settings.values.vod.review?.beforePublish ? 'Checking' : 'Normal'
}

/** Puts down what a review has decided. What a person has decided stays until a person decides otherwise. */
export function decide(account: Account, videoId: string, { status, by }: Pick<Verdict, 'status' | 'by'>): Video | undefined {
  const before = account.vod.videos.get(videoId)
  if (before === undefined) return undefined
  if (by === 'machine' && before.verdict?.by === 'person') return before
  return updateVideo(account, videoId, (draft) => {
    if (status === 'Blocked') {
      draft.verdict = { status, by, from: before.verdict?.from ?? before.status }
      draft.status = 'Blocked'
    } else {
      draft.verdict = { status, by }
      draft.status = releasedStatus(account, before)
    }
  })
}

/** The status that a video has once a review has passed it. */
function releasedStatus({ vod }: Account, { videoId, status, verdict, streams }: Video): Video['status'] {
  if (status === 'Checking') return 'Normal'
  if (status !== 'Blocked') return status
  const from = verdict?.from ?? 'Normal'
  if (streams.length > 0 || from === 'Normal' || from === 'Checking') return 'Normal'
  // It was blocked before it could be played: it is where its transcoding has got to meanwhile.
  const [task] = vod.transcodeTasks.list({ where: (each) => each.videoId === videoId, descending: true, take: 1 }).rows
  if (task === undefined) return from
  return task.completedAt === undefined ? 'Transcoding' : 'TranscodeFail'
}
