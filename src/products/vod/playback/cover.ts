/** The cover of a video: chosen by the uploader, else taken from the video. */

import type { Account } from '../../../account/types.js'
import { type PlayUrlOptions, playUrl } from '../shared/addresses/addresses.js'
import type { Video } from '../shared/media/video.js'

/** Address of a video's cover; `undefined` until there is one. */
export const coverOf = (account: Account, { coverUrl, cover }: Video, { domain, seconds, reAuth }: PlayUrlOptions): string | undefined =>
  coverUrl ?? (cover && playUrl(account, cover, { domain, seconds, reAuth }))
