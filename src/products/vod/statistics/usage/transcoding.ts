/** DescribeVodTranscodeData (VOD manual 14.1.3). */

import { z } from 'zod'
import { perSecond } from '../../../../actions/action.js'
import { oneOf, text } from '../../../../params/scalars.js'
import { csv } from '../../../../params/structures.js'
import { TRANSCODED_SECONDS } from '../../shared/lifecycle/transcoding.js'
import { vod } from '../../shared/service/service.js'
import { bucketsParam, checkOwner, ownerParam, regionParam, slicesOf, timeParams, usageErrors } from './range.js'
import { dataItems, itemsOf, sumsOf } from './readings.js'

export const describeVodTranscodeData = vod.action('DescribeVodTranscodeData', {
  summary: 'Tells how many seconds were transcoded, by specification, by the hour or by the day.',
  source: 'VOD manual 14.1.3',
  limit: perSecond(10),
  input: () => ({
    ...timeParams,
    Region: regionParam(),
    Interval: oneOf(['day', 'hour']).optional(),
    Storage: bucketsParam(),
    // The manual's list is an open one.
    Specification: csv(text({ maxLength: 64 }), { maxItems: 100, ownLimit: true }).optional(),
    OwnerId: ownerParam(),
  }),
  output: () =>
    z.object({
      DataInterval: z.string(),
      TranscodeData: z.object({ TranscodeDataItem: z.array(z.object({ TimeStamp: z.string(), Data: dataItems })) }),
    }),
  errors: usageErrors,
  run({ input, account, fail }) {
    checkOwner(input, account, fail)
    const { Region, Storage, Specification } = input
    const { DataInterval, slices } = slicesOf(account, input, fail, input.Interval)
    const regions = new Map(account.oss.buckets.map(({ name, region }) => [name, region]))
    const sums = sumsOf(account, TRANSCODED_SECONDS, slices, {
      nameOf: ({ specification = '' }) => specification,
      where: ({ bucket = '', specification = '' }) =>
        (Storage?.includes(bucket) ?? true) &&
        (Specification?.includes(specification) ?? true) &&
        (Region?.some((each) => each === regions.get(bucket)) ?? true),
    })
    return {
      DataInterval,
      TranscodeData: {
        TranscodeDataItem: slices.map(({ TimeStamp }, index) => ({ TimeStamp, Data: itemsOf(withSum(sums[index] ?? new Map())) })),
      },
    }
  },
})

/** Where something was transcoded, what it comes to is told as well, behind the others. */
function withSum(seconds: ReadonlyMap<string, number>): [name: string, value: number][] {
  if (seconds.size === 0) return []
  return [...seconds, ['All', [...seconds.values()].reduce((sum, each) => sum + each, 0)]]
}
