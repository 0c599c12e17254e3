/** Media, of whatever kind. */

import type { Account } from '../../../../account/types.js'
import type { AttachedMedia } from './attached-media.js'
import { type File, filePath } from './file.js'
import type { Image } from './image.js'
import type { Video } from './video.js'

/** The medium that an object is the file of. */
export type Medium = { video: Video } | { image: Image } | { attached: AttachedMedia }

/** The medium that an object is the file of. */
export function mediumOf({ vod }: Account, file: File): Medium | undefined {
  const path = filePath(file)
  const video = vod.videos.getBy('path', path)
  if (video) return { video }
  const image = vod.images.getBy('path', path)
  if (image) return { image }
  const attached = vod.attachedMedia.getBy('path', path)
  return attached && { attached }
}

/** Changes a video, and the time of its last change. */
export const updateVideo = ({ vod, clock }: Account, videoId: string, change: (draft: Video) => void): Video | undefined =>
  vod.videos.update(videoId, (draft) => {
    change(draft)
    draft.modifiedAt = clock.now()
  })
