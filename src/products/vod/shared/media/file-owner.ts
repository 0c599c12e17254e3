/** Whose a file is: the medium that it is the source of, or that it was made of. */

import type { Account } from '../../../../account/types.js'
import { readCopyName } from '../../../../oss/copies.js'
import { wholeOf } from '../apps/seen.js'
import { type File, filePath, playlistOf } from './file.js'
import { mediumOf } from './medium.js'
import type { Video } from './video.js'

/** Ids in the name of a file. */
const IDS = /[0-9a-f]{32}/g

/**
 * The video that a file may be of: its source, or what the ids in its name say, that of the video or of the job that has made the stream. An index
 * of all files of all streams would make every stream that is added cost more than the one before.
 */
export function videoOfFile({ vod: { videos }, jobs }: Account, { bucket, key }: File): Video | undefined {
  const source = videos.getBy('path', filePath({ bucket, key: readCopyName(key)?.first ?? key }))
  if (source) return source
  for (const id of key.match(IDS) ?? []) {
    const video = videos.get(id) ?? videos.get(String(jobs.get(id)?.input.videoId))
    if (video) return video
  }
  return undefined
}

/** True if a file is of media that who asks may not see, and of none that they may. */
export function isFileHidden(account: Account, file: File): boolean {
  const whole = wholeOf(account)
  return whole !== account && hasMedium(whole, file) && !hasMedium(account, file)
}

function hasMedium(account: Account, file: File): boolean {
  const playlist = playlistOf(file)
  return [file, ...(playlist ? [playlist] : [])].some(
    (each) => mediumOf(account, each) !== undefined || videoOfFile(account, each) !== undefined,
  )
}
