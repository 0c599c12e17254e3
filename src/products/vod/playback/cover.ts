/** The cover of a video: chosen by the uploader, else taken from the video. */

import type { Account } from '../../../account/types.js'
import { openUrl, type PlayUrlOptions, playUrl } from '../shared/addresses/addresses.js'
import type { Video } from '../shared/media/video.js'

/** Address of a video's cover; `undefined` until there is one. */
export function coverOf(account: Account, { coverUrl, cover }: Video, { domain, seconds, reAuth }: PlayUrlOptions): string | undefined {
  if (coverUrl !== undefined) return openUrl(account, coverUrl, { seconds, reAuth })
  return cover && playUrl(account, cover, { domain, seconds, reAuth })
}
