/** Source files that the service makes itself: products of editing, recordings of live streams. */

import type { Account } from '../../../../account/types.js'
import { ApiError } from '../../../../base/errors.js'
import type { Received } from '../../../../bytes/received.js'
import { receivedSample, sampleSize } from '../../../../bytes/samples.js'
import type { JobError } from '../../../../jobs/job.js'
import type { MediaFacts } from '../../../../media/probe.js'
import type { StoredObject } from '../../../../oss/object.js'
import { storeReceived } from '../media/files.js'
import { updateVideo } from '../media/medium.js'
import type { Video } from '../media/video.js'
import { findStorage } from '../storage/storages.js'

/** Extension of such files. */
export const MADE_EXTENSION = 'mp4'

/** Stands for what is made where no other bytes do. */
export const MADE_SAMPLE = 'sample.mp4'

/** What the service says of a bucket whose owner does not let it in (manual 5.9). */
const ACCESS_DENIED: JobError = { code: 'AccessDenied', message: "Access denied by authorizer's policy." }

/** Why so many bytes cannot be stored where a video is to be; default: those that stand for what is made where no others do. */
export function whyNotStored(account: Account, storageLocation: string, size: number = sampleSize(MADE_SAMPLE)): JobError | undefined {
  const storage = findStorage(account, storageLocation)
  if (storage === undefined) return { code: 'InvalidStorage.NotFound', message: 'The StorageLocation does not exist.' }
  if (!storage.authorised) return { ...ACCESS_DENIED, reason: `the settings say that VOD may not change ${storageLocation}` }
  try {
    // What shares the bytes of others takes no room, and is to fit in all the same.
    account.oss.storage.checkRoom(size)
    return undefined
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const { code, message, reason } = error
    return { code, message, ...(reason !== undefined && { reason }) }
  }
}

/** Stores what has been made as the source file of a video: bytes that stand for it, and what it is. */
export async function storeMade(
  account: Account,
  { videoId, file }: Pick<Video, 'videoId' | 'file'>,
  facts: MediaFacts,
  received: Received = receivedSample(MADE_SAMPLE),
): Promise<StoredObject> {
  updateVideo(account, videoId, (draft) => {
    draft.made = { etag: received.md5, facts }
  })
  return storeReceived(account, received, file)
}
