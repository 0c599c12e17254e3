/** Whole videos, deleted (VOD manual 7.3.9). */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { perSecond } from '../../../../actions/action.js'
import { inAnyOrder } from '../../../../actions/promises.js'
import { DEFAULT_APP_ID } from '../../shared/apps/app.js'
import { wholeOf } from '../../shared/apps/seen.js'
import { notifyBaseChange } from '../../shared/lifecycle/base-change.js'
import { deleteFiles, filesOfStream, segmentsOf } from '../../shared/lifecycle/delete-files.js'
import { deleteFragments } from '../../shared/media/files.js'
import { deleteSnapshots } from '../../shared/media/snapshot-set.js'
import type { Video } from '../../shared/media/video.js'
import { recipientOf } from '../../shared/notification/recipient.js'
import { vodErrors } from '../../shared/service/errors.js'
import { vod } from '../../shared/service/service.js'
import { accessReason, accessTo } from '../common/deletion.js'
import { videoErrors } from '../common/errors.js'
import { deleteMediaComplete } from '../common/events.js'
import { boundedIds, findAll, forbiddenAmong } from '../common/find.js'

export const deleteVideo = vod.action('DeleteVideo', {
  summary: 'Deletes up to 20 videos and audios with all that belongs to them: source, streams, cover and snapshots.',
  source: 'VOD manual 7.3.9',
  limit: perSecond(30),
  input: () => ({ VideoIds: boundedIds('VideoIdsExceededMax') }),
  output: () =>
    z.object({
      /** Videos that the caller, or VOD itself, may not delete. */
      ForbiddenVideoIds: inAnyOrder(z.array(z.string())),
      NonExistVideoIds: inAnyOrder(z.array(z.string())),
    }),
  errors: {
    VideoIdsExceededMax: { status: 400, message: 'The VideoIds exceeded maximum.' },
    ...videoErrors,
    DeleteVideoFailed: { status: 503, message: 'Deleting video has failed due to some unknown error.' },
  },
  run({ input: { VideoIds }, account, fail }) {
    const { videos } = account.vod
    const { found, missing: notFound } = findAll(videos, VideoIds)
    const { forbidden: ofOthers, missing } = forbiddenAmong(videos, notFound)
    if (missing.length === notFound.length && found.length === 0)
      fail('InvalidVideo.NotFound', { param: 'VideoIds', reason: 'holds no id of a video of this account' })
    const lost = found.find((video) => accessTo(account, video) === 'gone')
    if (lost) fail('DeleteVideoFailed', { reason: `of ${lost.videoId}, ${accessReason('gone', lost)}` })

    const closed = found.filter((video) => accessTo(account, video) === 'closed')
    const forbidden = { code: 'Forbidden', ...vodErrors.Forbidden }
    for (const video of found) {
      if (closed.includes(video)) notifyFailed(account, video, forbidden)
      else removeVideo(account, video)
    }
    for (const videoId of ofOthers) notifyFailed(account, { videoId }, forbidden)
    for (const videoId of missing)
      notifyFailed(account, { videoId }, { code: 'InvalidVideo.NotFound', ...videoErrors['InvalidVideo.NotFound'] })
    return { ForbiddenVideoIds: [...closed.map(({ videoId }) => videoId), ...ofOthers], NonExistVideoIds: missing }
  },
})

/** Deletes a video with its files. Jobs that still work on it find it gone, and end without a word. */
function removeVideo(account: Account, video: Video): void {
  const { vod, events } = account
  const { videoId, file, streams, snapshots } = video
  const dynamicImages = vod.dynamicImages.list({ by: { video: videoId } }).rows
  const ofStreams = streams.flatMap((stream) => filesOfStream(video, stream))
  deleteFiles(account, [file, ...segmentsOf(account, file), ...ofStreams, ...dynamicImages.map((image) => image.file)])
  deleteSnapshots(account, snapshots)
  deleteFragments(account, file)
  for (const { dynamicImageId } of dynamicImages) vod.dynamicImages.delete(dynamicImageId)
  vod.videos.delete(videoId)
  // With the video goes the app by which what belongs to it is found.
  for (const videoDeleted of account.cloud.videoDeleted) videoDeleted(wholeOf(account), video)
  events.notify(deleteMediaComplete, { Status: 'success', MediaType: 'video', DeleteType: 'all', MediaId: videoId }, recipientOf(video))
  notifyBaseChange(account, video, undefined)
}

/** Of a video that does not exist, or is in an app that is closed to who calls, the system's own app is told. */
function notifyFailed(
  { events }: Account,
  video: Pick<Video, 'videoId'> & Partial<Video>,
  { code, message }: { code: string; message: string },
): void {
  const { videoId, appId = DEFAULT_APP_ID, userData } = video
  events.notify(
    deleteMediaComplete,
    { Status: 'fail', MediaType: 'video', DeleteType: 'all', MediaId: videoId, ErrorCode: code, ErrorMessage: message },
    recipientOf({ appId, userData }),
  )
}
