/** Source files that the service makes itself: products of editing, recordings of live streams. */

import type { Account } from '../../../../account/types.js'
import type { Received } from '../../../../bytes/received.js'
import { receivedSample, sampleSize } from '../../../../bytes/samples.js'
import type { MediaFacts } from '../../../../media/probe.js'
import type { StoredObject } from '../../../../oss/object.js'
import { storeReceived } from '../media/files.js'
import { updateVideo } from '../media/medium.js'
import type { Video } from '../media/video.js'

/** Extension of such files. */
export const MADE_EXTENSION = 'mp4'

/** Stands for what is made where no other bytes do. */
const SAMPLE = 'sample.mp4'

/** Bytes of that sample. */
export const madeSize = (): number => sampleSize(SAMPLE)

/** Stores what has been made as the source file of a video: bytes that stand for it, and what it is. */
export async function storeMade(
  account: Account,
  { videoId, file }: Pick<Video, 'videoId' | 'file'>,
  facts: MediaFacts,
  received: Received = receivedSample(SAMPLE),
): Promise<StoredObject> {
  updateVideo(account, videoId, (draft) => {
    draft.made = { etag: received.md5, facts }
  })
  return storeReceived(account, received, file)
}
