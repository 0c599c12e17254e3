/** Source files and streams, deleted without their videos (VOD manual 7.3.7, 7.3.8). No event tells of it. */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { perSecond } from '../../../../actions/action.js'
import { inAnyOrder } from '../../../../actions/promises.js'
import { boolean } from '../../../../params/scalars.js'
import { deleteFiles, filesOfStream, isSource, segmentsOf } from '../../shared/lifecycle/delete-files.js'
import { planOf } from '../../shared/lifecycle/plan.js'
import { updateVideo } from '../../shared/media/medium.js'
import type { Video } from '../../shared/media/video.js'
import { vod } from '../../shared/service/service.js'
import { id } from '../../upload/params.js'
import { accessReason, accessTo } from '../common/deletion.js'
import { videoErrors, videoNamed } from '../common/errors.js'
import { boundedIds, findAll, forbiddenAmong } from '../common/find.js'

export const deleteMezzanines = vod.action('DeleteMezzanines', {
  summary: 'Deletes the source files of up to 20 videos and audios; their streams stay, but nothing can be made of them any more.',
  source: 'VOD manual 7.3.7',
  limit: perSecond(50),
  input: () => ({
    VideoIds: boundedIds(),
    /** Also those that are played as they are. */
    Force: boolean().default(false),
  }),
  output: () =>
    z.object({
      /** Videos whose source file is played as it is, is not there yet, or may not be deleted. */
      UnRemoveableVideoIds: inAnyOrder(z.array(z.string())),
      NonExistVideoIds: inAnyOrder(z.array(z.string())),
    }),
  run({ input: { VideoIds, Force }, account }) {
    const { videos } = account.vod
    const { found, missing: notFound } = findAll(videos, VideoIds)
    const { forbidden, missing } = forbiddenAmong(videos, notFound)
    const kept = found.filter((video) => !isRemovable(account, video, Force))
    for (const video of found) if (!kept.includes(video)) removeSource(account, video)
    return { UnRemoveableVideoIds: [...kept.map(({ videoId }) => videoId), ...forbidden], NonExistVideoIds: missing }
  },
})

function isRemovable(account: Account, video: Video, force: boolean): boolean {
  if (video.sourceStatus === 'Uploading' || accessTo(account, video) !== 'open') return false
  const isPlayed = planOf(account, video).playsSource || video.streams.some((stream) => isSource(video, stream))
  return force || !isPlayed
}

function removeSource(account: Account, video: Video): void {
  deleteFiles(account, [video.file, ...segmentsOf(account, video.file)])
  updateVideo(account, video.videoId, (draft) => {
    draft.sourceStatus = 'Deleted'
    // Where nothing is left, there is nothing to play.
    draft.streams = draft.streams.filter((stream) => !isSource(video, stream))
  })
}

export const deleteStream = vod.action('DeleteStream', {
  summary: 'Deletes up to 20 streams of a video or audio, with their files.',
  source: 'VOD manual 7.3.8',
  limit: perSecond(50),
  accepts: ['ReferenceId'],
  input: () => ({ JobIds: boundedIds('JobIdsExceededMax'), VideoId: id() }),
  output: () => z.object({}),
  errors: {
    JobIdsExceededMax: { status: 400, message: 'The JobIds exceeded maximum.' },
    ...videoErrors,
    'InvalidStream.NotFound': { status: 404, message: 'The stream does not exist.' },
    DeleteStreamFailed: { status: 503, message: 'Deleting stream has failed due to some unknown error.' },
  },
  run({ input: { JobIds, VideoId }, account, fail }) {
    const video = videoNamed(account, VideoId, fail)
    // The answer has no list of those that are missing: it is all or nothing.
    const unknown = JobIds.find((jobId) => !video.streams.some((stream) => stream.jobId === jobId))
    if (unknown !== undefined)
      fail('InvalidStream.NotFound', { param: 'JobIds', reason: `holds ${unknown}, which is not the JobId of a stream of the video` })
    const access = accessTo(account, video)
    if (access !== 'open') fail('DeleteStreamFailed', { reason: accessReason(access, video) })
    const dropped = video.streams.filter(({ jobId }) => JobIds.includes(jobId))
    deleteFiles(
      account,
      dropped.flatMap((stream) => filesOfStream(video, stream)),
    )
    updateVideo(account, VideoId, (draft) => {
      draft.streams = draft.streams.filter(({ jobId }) => !JobIds.includes(jobId))
    })
    return {}
  },
})
