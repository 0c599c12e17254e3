/** Snapshots: pictures that were taken of a video. */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { timestampSchema } from '../../../../base/time-schemas.js'
import type { File } from './file.js'

/** Types of snapshots. A set of type WebVttSnapshot is the one file that lists the pictures, as players want it. */
export const snapshotTypes = ['CoverSnapshot', 'NormalSnapshot', 'SpriteSnapshot', 'SpriteOriginSnapshot', 'WebVttSnapshot'] as const

/** See {@link snapshotTypes}. */
export type SnapshotType = (typeof snapshotTypes)[number]

/** Files that are numbered from 1. */
const numberedFiles = {
  count: z.int(),
  /** Names of the objects, with `{SnapshotCount}` for the number, five digits wide. */
  pattern: z.string(),
}

export const snapshotSetSchema = z.object({
  /** Job that took them. */
  jobId: z.string(),
  type: z.enum(snapshotTypes),
  ...numberedFiles,
  bucket: z.string(),
  /** Pictures that the files of the set refer to. */
  pictures: z.object(numberedFiles).optional(),
  createdAt: timestampSchema,
})

/** Pictures taken of a video at one time. */
export type SnapshotSet = z.output<typeof snapshotSetSchema>

/** The object with picture `number` of a set. */
export const snapshotFile = ({ bucket, pattern }: Pick<SnapshotSet, 'bucket' | 'pattern'>, number: number): File => ({
  bucket,
  key: pattern.replace('{SnapshotCount}', String(number).padStart(5, '0')),
})

/** The first `most` files of a set, in order. */
export const snapshotFiles = (set: Pick<SnapshotSet, 'bucket' | 'pattern' | 'count'>, most = set.count): File[] =>
  Array.from({ length: Math.min(set.count, most) }, (_, index) => snapshotFile(set, index + 1))

/** Deletes all files that go with sets; they need not be there. */
export function deleteSnapshots({ oss }: Account, sets: readonly SnapshotSet[]): void {
  for (const { pictures, ...set } of sets)
    for (const files of [set, ...(pictures ? [{ bucket: set.bucket, ...pictures }] : [])])
      for (let number = 1; number <= files.count; ) {
        const { bucket, key } = snapshotFile(files, number)
        // One object can stand for many of them, which go with it.
        number += oss.object(bucket, key)?.copies ?? 1
        oss.delete(bucket, key)
      }
}
