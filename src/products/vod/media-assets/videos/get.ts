/** One video or several by their ids (VOD manual 7.3.1, 7.3.2). */

import { z } from 'zod'
import { perSecond } from '../../../../actions/action.js'
import { inAnyOrder } from '../../../../actions/promises.js'
import { vod } from '../../shared/service/service.js'
import { storageAt } from '../../shared/storage/settings.js'
import { id } from '../../upload/params.js'
import { videoErrors, videoNamed } from '../common/errors.js'
import { boundedIds, findAll } from '../common/find.js'
import { infoOf, snapshotUrls, videoInfo } from './info.js'

const templateGroup = { TemplateGroupId: z.string().optional() }

export const getVideoInfo = vod.action('GetVideoInfo', {
  summary: 'Answers what is said and known of a video or audio.',
  source: 'VOD manual 7.3.1',
  limit: perSecond(100),
  accepts: ['ReferenceId'],
  input: () => ({ VideoId: id() }),
  output: () =>
    z.object({
      Video: videoInfo.extend({
        ...templateGroup,
        RegionId: z.string(),
        /** Of all reviews together. */
        AuditStatus: z.string(),
        Snapshots: z.object({ Snapshot: z.array(z.string()) }),
      }),
    }),
  errors: videoErrors,
  run({ input: { VideoId }, account, fail }) {
    const video = videoNamed(account, VideoId, fail)
    const { templateGroupId, storageLocation, status } = video
    return {
      Video: Object.assign(infoOf(account, video), {
        TemplateGroupId: templateGroupId,
        RegionId: storageAt(storageLocation, true).region,
        AuditStatus: status === 'Blocked' ? 'Blocked' : 'Normal',
        Snapshots: { Snapshot: snapshotUrls(account, video) },
      }),
    }
  },
})

export const getVideoInfos = vod.action('GetVideoInfos', {
  summary: 'Answers what is said and known of up to 20 videos and audios.',
  source: 'VOD manual 7.3.2',
  limit: perSecond(100),
  input: () => ({ VideoIds: boundedIds() }),
  output: () =>
    z.object({
      NonExistVideoIds: inAnyOrder(z.array(z.string())),
      VideoList: inAnyOrder(z.array(videoInfo.extend({ ...templateGroup, Snapshots: z.array(z.string()) }))),
    }),
  errors: videoErrors,
  run({ input: { VideoIds }, account, fail }) {
    const { found, missing } = findAll(account.vod.videos, VideoIds)
    // As DeleteVideo has it: those that are missing are listed only beside others that are not.
    if (found.length === 0) fail('InvalidVideo.NotFound', { param: 'VideoIds', reason: 'holds no id of a video of this account' })
    return {
      NonExistVideoIds: missing,
      VideoList: found.map((video) =>
        Object.assign(infoOf(account, video), { TemplateGroupId: video.templateGroupId, Snapshots: snapshotUrls(account, video) }),
      ),
    }
  },
})
