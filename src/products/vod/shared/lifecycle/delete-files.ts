/** Files that go with what they belong to. */

import type { Account } from '../../../../account/types.js'
import { type File, filePath, segmentsPrefix } from '../media/file.js'
import type { Stream } from '../media/stream.js'
import type { Video } from '../media/video.js'

/** Deletes objects; they need not be there. */
export function deleteFiles({ oss }: Account, files: Iterable<File>): void {
  for (const { bucket, key } of files) oss.delete(bucket, key)
}

/** The segments that were uploaded with a playlist. */
export function segmentsOf({ oss }: Account, file: File): File[] {
  const prefix = segmentsPrefix(file)
  if (prefix === undefined) return []
  return oss.objects.list({ by: { bucket: file.bucket } }).rows.filter(({ key }) => key.startsWith(prefix) && key !== file.key)
}

/** True if a stream is the source file of its video itself. */
export const isSource = ({ file }: Pick<Video, 'file'>, stream: Stream): boolean => filePath(stream.file) === filePath(file)

/** The files of a stream that are its own; the source file is not, even where it is what is played. */
export const filesOfStream = (video: Pick<Video, 'file'>, stream: Stream): File[] =>
  isSource(video, stream) ? [] : [stream.file, ...(stream.segments ?? [])]
