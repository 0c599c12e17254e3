/** Files that go with what they belong to. */

import type { Account } from '../../../../account/types.js'
import { type File, filePath } from '../media/file.js'
import type { Stream } from '../media/stream.js'
import type { SnapshotSet, Video } from '../media/video.js'

/** Deletes objects; they need not be there. */
export function deleteFiles({ oss }: Account, files: Iterable<File>): void {
  for (const { bucket, key } of files) oss.delete(bucket, key)
}

/** True if a stream is the source file of its video itself. */
export const isSource = ({ file }: Pick<Video, 'file'>, stream: Stream): boolean => filePath(stream.file) === filePath(file)

/** The files of a stream that are its own; the source file is not, even where it is what is played. */
export const filesOfStream = (video: Pick<Video, 'file'>, stream: Stream): File[] =>
  isSource(video, stream) ? [] : [stream.file, ...(stream.segments ?? [])]

/** The object with picture `number` of a set. */
export const snapshotFile = ({ bucket, pattern }: Pick<SnapshotSet, 'bucket' | 'pattern'>, number: number): File => ({
  bucket,
  key: pattern.replace('{SnapshotCount}', String(number).padStart(5, '0')),
})

/** The pictures of a set. */
export const filesOfSnapshots = (set: SnapshotSet): File[] => Array.from({ length: set.count }, (_, index) => snapshotFile(set, index + 1))
