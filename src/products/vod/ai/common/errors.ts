/** What Actions of AI refuse. The manual has no error rows for them; these are those of the Actions beside them. */

import type { Account } from '../../../../account/types.js'
import type { ErrorTable, Refusal } from '../../../../base/errors.js'
import type { Video } from '../../shared/media/video.js'

export const videoErrors = {
  'InvalidVideo.NotFound': { status: 404, message: 'The video does not exist.' },
} as const satisfies ErrorTable

/** The video that a parameter of a call names. */
export const videoNamed = (
  { vod }: Account,
  param: 'MediaId' | 'VideoId',
  videoId: string,
  fail: (code: 'InvalidVideo.NotFound', refusal: Refusal) => never,
): Video => vod.videos.get(videoId) ?? fail('InvalidVideo.NotFound', { param, reason: 'is not the id of a video of this account' })

export const templateErrors = {
  NoSuchResource: { status: 404, message: 'The specified resource does not exist.' },
} as const satisfies ErrorTable
