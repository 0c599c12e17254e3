/** Errors of several Actions of media assets, as the manual has them, and what leads to them. */

import type { Account } from '../../../../account/types.js'
import type { ErrorTable, Refusal } from '../../../../base/errors.js'
import type { Video } from '../../shared/media/video.js'

export const videoErrors = {
  'InvalidVideo.NotFound': { status: 404, message: 'The video does not exist.' },
} as const satisfies ErrorTable

export const resourceErrors = {
  NoSuchResource: { status: 404, message: 'The specified resource does not exist.' },
} as const satisfies ErrorTable

/** The video that a call names. */
export const videoNamed = ({ vod }: Account, videoId: string, fail: (code: 'InvalidVideo.NotFound', refusal: Refusal) => never): Video =>
  vod.videos.get(videoId) ?? fail('InvalidVideo.NotFound', { param: 'VideoId', reason: 'is not the id of a video of this account' })
