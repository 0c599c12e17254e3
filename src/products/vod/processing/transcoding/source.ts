/** Videos that can be processed: those in certain states, whose source file is there. */

import type { Account } from '../../../../account/types.js'
import type { ErrorTable, Refusal } from '../../../../base/errors.js'
import { videoErrors } from '../../media-assets/common/errors.js'
import { objectOf } from '../../shared/media/files.js'
import type { Video, videoStatuses } from '../../shared/media/video.js'

export const sourceErrors = {
  ...videoErrors,
  NoSuchResource: { status: 404, message: 'The specified resource %s does not exist.' },
  'Forbidden.IllegalStatus': { status: 400, message: 'Status of the video is illegal.' },
} as const satisfies ErrorTable

/** The refusal of something that does not exist. */
export const noSuchResource = (resource: string, param: string, reason: string): Refusal => ({
  message: `The specified resource ${resource} does not exist.`,
  param,
  reason,
})

/** The video that a parameter of a call names, if it can be processed; the states in which it can be differ from Action to Action. */
export function videoToProcess(
  account: Account,
  videoId: string,
  statuses: readonly (typeof videoStatuses)[number][],
  fail: (code: keyof typeof sourceErrors, refusal?: Refusal) => never,
  param = 'VideoId',
): Video {
  const video =
    account.vod.videos.get(videoId) ?? fail('InvalidVideo.NotFound', { param, reason: 'is not the id of a video of this account' })
  const { status, file } = video
  if (!statuses.includes(status))
    fail('Forbidden.IllegalStatus', { param, reason: `is a video that is ${status}, and not one of ${statuses.join(', ')}` })
  // Streams may be left where the source was deleted; what is made, is made of the source.
  if (objectOf(account, file) === undefined)
    fail('NoSuchResource', noSuchResource('Mezzanine', param, 'is a video whose source file is not there any more'))
  return video
}
