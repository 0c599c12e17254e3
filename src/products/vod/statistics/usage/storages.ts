/** DescribeVodStorageData (VOD manual 14.1.2). */

import { z } from 'zod'
import { perSecond } from '../../../../actions/action.js'
import { oneOf } from '../../../../params/scalars.js'
import { vod } from '../../shared/service/service.js'
import { BYTES_SENT } from '../../shared/statistics/storage-history.js'
import { storagesOf } from '../../shared/storage/storages.js'
import { bucketsParam, checkOwner, ownerParam, regionParam, slicesOf, timeParams, usageErrors } from './range.js'
import { sumsOf } from './readings.js'

export const describeVodStorageData = vod.action('DescribeVodStorageData', {
  summary: 'Tells how many bytes storages held, and how many were sent from them without a domain, by the hour or by the day.',
  source: 'VOD manual 14.1.2',
  limit: perSecond(10),
  input: () => ({
    ...timeParams,
    Region: regionParam(),
    StorageType: oneOf(['OSS']).optional(),
    Storage: bucketsParam(),
    OwnerId: ownerParam(),
  }),
  output: () =>
    z.object({
      DataInterval: z.string(),
      StorageData: z.object({
        /** Bytes, as text: held at the end of the slice, or by now; sent during the slice. */
        StorageDataItem: z.array(z.object({ TimeStamp: z.string(), StorageUtilization: z.string(), NetworkOut: z.string() })),
      }),
    }),
  errors: usageErrors,
  run({ input, account, fail }) {
    checkOwner(input, account, fail)
    const { Region, Storage } = input
    const { DataInterval, slices } = slicesOf(account, input, fail)
    const storages = storagesOf(account).filter(
      ({ bucket, region }) => (Storage?.includes(bucket) ?? true) && (Region?.some((each) => each === region) ?? true),
    )
    const buckets = new Set(storages.map(({ bucket }) => bucket))
    const ends = slices.map(({ until }) => until)
    const held = [...buckets].map((bucket) => account.storageHistory.heldAt(bucket, ends))
    const sent = sumsOf(account, BYTES_SENT, slices, { nameOf: () => 'all', where: ({ bucket = '' }) => buckets.has(bucket) })
    return {
      DataInterval,
      StorageData: {
        StorageDataItem: slices.map(({ TimeStamp }, index) => ({
          TimeStamp,
          StorageUtilization: String(held.reduce((sum, ofBucket) => sum + (ofBucket[index] ?? 0), 0)),
          NetworkOut: String(sent[index]?.get('all') ?? 0),
        })),
      },
    }
  },
})
