/** Animated images made of videos (VOD manual 7.6). */

import { z } from 'zod'
import { perSecond } from '../../../../actions/action.js'
import { toUtcSeconds } from '../../../../base/times.js'
import { csv } from '../../../../params/structures.js'
import { playUrl } from '../../shared/addresses/addresses.js'
import { defaultDomain } from '../../shared/addresses/output-type.js'
import { vod } from '../../shared/service/service.js'
import { id } from '../../upload/params.js'

/** Dynamic images that one call takes from a video. */
const MAX_DYNAMIC_IMAGES = 10

export const listDynamicImage = vod.action('ListDynamicImage', {
  summary: 'Lists the animated images that were made of a video, oldest first.',
  source: 'VOD manual 7.6.1',
  limit: perSecond(100),
  input: () => ({ VideoId: id() }),
  output: () =>
    z.object({
      DynamicImageList: z.array(
        z.object({
          DynamicImageId: z.string(),
          VideoId: z.string(),
          JobId: z.string(),
          Format: z.string(),
          FileURL: z.string(),
          /** Numbers as text: bytes, pixels, frames per second, seconds. */
          FileSize: z.string(),
          Width: z.string(),
          Height: z.string(),
          Fps: z.string(),
          Duration: z.string(),
          CreationTime: z.string(),
        }),
      ),
    }),
  // The manual has no error for a video that does not exist; no dynamic images are made of it, in any case.
  run({ input: { VideoId }, account }) {
    const domain = defaultDomain(account)
    return {
      DynamicImageList: account.vod.dynamicImages.list({ by: { video: VideoId } }).rows.map((image) => ({
        DynamicImageId: image.dynamicImageId,
        VideoId,
        JobId: image.jobId,
        Format: image.format,
        FileURL: playUrl(account, image.file, { domain }),
        FileSize: String(image.size),
        Width: String(image.width),
        Height: String(image.height),
        Fps: String(image.fps),
        Duration: String(image.duration),
        CreationTime: toUtcSeconds(image.createdAt),
      })),
    }
  },
})

export const deleteDynamicImage = vod.action('DeleteDynamicImage', {
  summary: 'Takes animated images from a video, or all of up to 10; their files stay.',
  source: 'VOD manual 7.6.2',
  limit: perSecond(10),
  input: () => ({ VideoId: id(), DynamicImageIds: csv(id(), { maxItems: MAX_DYNAMIC_IMAGES }).optional() }),
  output: () => z.object({}),
  run({ input: { VideoId, DynamicImageIds }, account, fail }) {
    const { dynamicImages } = account.vod
    const { rows } = dynamicImages.list({ by: { video: VideoId } })
    // The manual says that this is refused, and not with what.
    if (DynamicImageIds === undefined && rows.length > MAX_DYNAMIC_IMAGES)
      fail('InvalidParameter', {
        param: 'DynamicImageIds',
        reason: `is not given, and the video has ${rows.length} dynamic images; without it at most ${MAX_DYNAMIC_IMAGES} are deleted`,
      })
    for (const { dynamicImageId } of rows) if (DynamicImageIds?.includes(dynamicImageId) ?? true) dynamicImages.delete(dynamicImageId)
    return {}
  },
})
