/** What happens when the file of a medium is complete. */

import type { Account } from '../../../../account/types.js'
import { probePicture } from '../../../../media/probe.js'
import type { StoredObject } from '../../../../oss/object.js'
import { objectUrl } from '../../../../oss/urls.js'
import type { AttachedMedia } from '../media/attached-media.js'
import { readable } from '../media/files.js'
import type { Image } from '../media/image.js'
import { mediumOf, updateVideo } from '../media/medium.js'
import type { Video } from '../media/video.js'
import { recipientOf } from '../notification/recipient.js'
import { startAnalysis } from './analysis.js'
import { attachedMediaUploadComplete, fileUploadComplete, imageUploadComplete } from './events.js'
import { examineQuickly } from './examine.js'
import { planOf } from './plan.js'
import { playSource } from './source-stream.js'

/** Called for every object that is complete; those that are no medium's file are none of VOD's business. */
export async function onObjectComplete(account: Account, object: StoredObject): Promise<void> {
  const medium = mediumOf(account, object)
  if (medium === undefined) return
  if ('video' in medium) await videoComplete(account, medium.video, object)
  else if ('image' in medium) await imageComplete(account, medium.image, object)
  else await attachedMediaComplete(account, medium.attached, object)
}

/** Arriving anew, under the same address, a file starts everything again; streams of the old file stay. */
async function videoComplete(account: Account, { videoId, file }: Video, object: StoredObject): Promise<void> {
  const video = await processVideo(account, videoId, object)
  if (video === undefined) return
  account.events.notify(fileUploadComplete, { VideoId: videoId, Size: object.size, FileUrl: objectUrl(account, file) }, recipientOf(video))
}

/** Takes up a video whose source file is there: playable at once if it needs no transcoding and is soon understood, and analysed in any case. */
export async function processVideo(account: Account, videoId: string, object: StoredObject): Promise<Video | undefined> {
  const video = updateVideo(account, videoId, (draft) => {
    draft.status = 'UploadSucc'
    draft.sourceStatus = 'Normal'
    draft.size = object.size
    draft.uploadedAt = account.clock.now()
    draft.facts = undefined
    draft.damage = undefined
    // Reviews were of the file before.
    draft.verdict = undefined
  })
  if (video === undefined) return undefined
  if (planOf(account, video).playsSource) {
    // Of an empty file these are assumptions; the analysis says so soon enough.
    const facts = await examineQuickly(account, video, object)
    if (facts) playSource(account, video, object, facts)
  }
  await startAnalysis(account, video, object)
  return account.vod.videos.get(videoId)
}

async function imageComplete(account: Account, { imageId, file }: Image, object: StoredObject): Promise<void> {
  const pixels = await probePicture(readable(object))
  const image = account.vod.images.update(imageId, (draft) => {
    draft.status = 'Normal'
    draft.size = object.size
    draft.width = pixels?.width
    draft.height = pixels?.height
    draft.modifiedAt = account.clock.now()
  })
  if (image === undefined) return
  account.events.notify(imageUploadComplete, { ImageId: imageId, Size: object.size, FileURL: objectUrl(account, file) }, recipientOf(image))
}

async function attachedMediaComplete(account: Account, { mediaId, file }: AttachedMedia, object: StoredObject): Promise<void> {
  const attached = account.vod.attachedMedia.update(mediaId, (draft) => {
    draft.status = 'Normal'
    draft.size = object.size
    draft.modifiedAt = account.clock.now()
  })
  if (attached === undefined) return
  account.events.notify(
    attachedMediaUploadComplete,
    { AttachedMediaId: mediaId, Size: object.size, FileURL: objectUrl(account, file) },
    recipientOf(attached),
  )
}
