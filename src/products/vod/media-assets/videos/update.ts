/** What is said of videos, changed (VOD manual 7.3.5, 7.3.6). */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { perSecond } from '../../../../actions/action.js'
import { inAnyOrder } from '../../../../actions/promises.js'
import { paramType, Violated } from '../../../../params/param-type.js'
import { long, text } from '../../../../params/scalars.js'
import { json, url } from '../../../../params/structures.js'
import { notifyBaseChange } from '../../shared/lifecycle/base-change.js'
import { updateVideo } from '../../shared/media/medium.js'
import type { Video } from '../../shared/media/video.js'
import { vod } from '../../shared/service/service.js'
import { bytes, tagList, wholeNumber } from '../../upload/metadata.js'
import { id, TAGS } from '../../upload/params.js'
import { change, changeAll, changedId, changeWords, MAX_CHANGES, type WordChanges, wordChanges } from '../common/changes.js'
import { videoErrors } from '../common/errors.js'
import { forbiddenAmong } from '../common/find.js'

/** What can be changed of a video. */
interface VideoChanges extends WordChanges {
  CoverURL?: string | undefined
  CateId?: number | undefined
}

/** Changes a video and tells of it; `undefined` if there is none. */
function changeVideo(account: Account, videoId: string, changes: VideoChanges): Video | undefined {
  const before = account.vod.videos.get(videoId)
  const after = updateVideo(account, videoId, (draft) => {
    changeWords(draft, changes)
    if (changes.CoverURL !== undefined) draft.coverUrl = changes.CoverURL || undefined
    if (changes.CateId !== undefined) draft.cateId = changes.CateId
  })
  if (after) notifyBaseChange(account, before, after)
  return after
}

/** Unlike those of an upload, tags are counted in bytes here, and may hold any characters. */
const tags = () =>
  paramType({ type: 'String', format: 'list', separator: ',', maxItems: TAGS.most, itemMaxLength: 32, lengthUnit: 'bytes' }, (value) => {
    const { success, data, error } = tagList(bytes).safeParse(value)
    return success ? data : new Violated('value', error.issues[0]?.message ?? '')
  })

export const updateVideoInfo = vod.action('UpdateVideoInfo', {
  summary: 'Changes title, tags, description, cover or category of a video or audio; what is not given stays.',
  source: 'VOD manual 7.3.5',
  limit: perSecond(100),
  accepts: ['ReferenceId'],
  input: () => ({
    VideoId: id(),
    Title: text({ maxBytes: 128 }).optional(),
    Tags: tags().optional(),
    Description: text({ maxBytes: 1024 }).optional(),
    CoverURL: url().optional(),
    CateId: long().optional(),
  }),
  output: () => z.object({}),
  errors: videoErrors,
  run({ input: { VideoId, ...changes }, account, fail }) {
    if (changeVideo(account, VideoId, changes) === undefined)
      fail('InvalidVideo.NotFound', { param: 'VideoId', reason: 'is not the id of a video of this account' })
    return {}
  },
})

const videoChange = z.object({
  VideoId: changedId(),
  ...wordChanges(),
  CoverURL: change(url()),
  CateId: change(wholeNumber),
})

export const updateVideoInfos = vod.action('UpdateVideoInfos', {
  summary: 'Changes title, tags, description, cover or category of up to 20 videos and audios; what is not given stays.',
  source: 'VOD manual 7.3.6',
  limit: perSecond(30),
  input: () => ({ UpdateContent: json(z.array(videoChange).min(1), { maxItems: MAX_CHANGES }) }),
  output: () =>
    z.object({
      /** Videos that the caller may not change. */
      ForbiddenVideoIds: inAnyOrder(z.array(z.string())),
      NonExistVideoIds: inAnyOrder(z.array(z.string())),
    }),
  // The manual names this code in the text alone.
  errors: { CountExceededMax: { status: 400, message: 'The count of UpdateContent exceeded maximum.' } },
  run({ input: { UpdateContent }, account, fail }) {
    if (UpdateContent.length > MAX_CHANGES)
      fail('CountExceededMax', {
        param: 'UpdateContent',
        reason: `has ${UpdateContent.length} elements, and at most ${MAX_CHANGES} are allowed`,
      })
    const unchanged = changeAll(
      UpdateContent,
      ({ VideoId }) => VideoId,
      ({ VideoId, ...changes }) => changeVideo(account, VideoId, changes),
    )
    const { forbidden: ForbiddenVideoIds, missing: NonExistVideoIds } = forbiddenAmong(account.vod.videos, unchanged)
    return { ForbiddenVideoIds, NonExistVideoIds }
  },
})
