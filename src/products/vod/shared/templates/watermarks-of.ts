/** Which watermarks a template puts on what it makes. */

import type { Account } from '../../../../account/types.js'
import type { Video } from '../media/video.js'
import { defaultOf } from './defaults.js'
import type { Template } from './transcode-template.js'
import type { Watermark } from './watermark.js'

/** Stands in WatermarkIds for the default watermark, whichever that is when the template is used. */
export const DEFAULT_WATERMARK = 'USER_DEFAULT_WATERMARK'

/** Watermarks that one template may have. */
export const MAX_WATERMARKS_OF_TEMPLATE = 4

/**
 * The watermarks that a template puts on what it makes of a video, in order. One that was deleted since is none, nor is one whose image is in
 * another storage than the video; and what is not encoded anew takes none.
 */
export function watermarksOf(
  account: Account,
  { WatermarkIds = [], Definition }: Pick<Template, 'WatermarkIds' | 'Definition'>,
  { appId, file }: Pick<Video, 'appId' | 'file'>,
): Watermark[] {
  if (Definition === 'OD') return []
  return WatermarkIds.flatMap(
    (id) => (id === DEFAULT_WATERMARK ? defaultOf(account.vod.watermarks, appId) : account.vod.watermarks.get(id)) ?? [],
  ).filter((watermark) => watermark.file === undefined || watermark.file.bucket === file.bucket)
}
