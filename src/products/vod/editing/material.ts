/** Media that can be edited: videos, audios and images of the media library, and auxiliary media. */

import type { Account } from '../../../account/types.js'
import { extensionOf, mediaTypeOf } from '../shared/media/extensions.js'
import type { Medium } from '../shared/media/medium.js'

/** The medium with an id, whatever its kind. */
export function mediumNamed({ vod }: Account, id: string): Medium | undefined {
  const video = vod.videos.get(id)
  if (video) return { video }
  const image = vod.images.get(id)
  if (image) return { image }
  const attached = vod.attachedMedia.get(id)
  return attached && { attached }
}

/** What a medium is to an editor. */
export type MaterialType = 'video' | 'audio' | 'image'

/** Extensions of auxiliary media that are pictures. */
const PICTURES: readonly (string | undefined)[] = ['jpg', 'png', 'gif', 'apng']

/** What a medium is to an editor; subtitles and packages are nothing of it. */
export function materialTypeOf(medium: Medium): MaterialType | undefined {
  if ('video' in medium) return medium.video.mediaType
  if ('image' in medium) return 'image'
  const extension = extensionOf(medium.attached.file.key)
  return PICTURES.includes(extension) ? 'image' : mediaTypeOf(extension)
}

/** Host of the bucket that a medium is in. */
export function storageLocationOf(medium: Medium): string {
  const { storageLocation } = 'video' in medium ? medium.video : 'image' in medium ? medium.image : medium.attached
  return storageLocation
}
