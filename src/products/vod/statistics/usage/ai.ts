/** DescribeVodAIData (VOD manual 14.1.4). */

import { z } from 'zod'
import { perSecond } from '../../../../actions/action.js'
import { oneOf } from '../../../../params/scalars.js'
import { csv } from '../../../../params/structures.js'
import { vod } from '../../shared/service/service.js'
import { AI_SECONDS, aiTypes } from '../../shared/statistics/ai-seconds.js'
import { checkOwner, ownerParam, regionParam, slicesOf, timeParams, usageErrors } from './range.js'
import { dataItems, itemsOf, sumsOf } from './readings.js'

export const describeVodAIData = vod.action('DescribeVodAIData', {
  summary: 'Tells how many seconds of videos were looked at by AI, by what it looked for, by the hour or by the day.',
  source: 'VOD manual 14.1.4',
  limit: perSecond(10),
  input: () => ({ ...timeParams, Region: regionParam(), AIType: csv(oneOf(aiTypes)).optional(), OwnerId: ownerParam() }),
  output: () =>
    z.object({
      DataInterval: z.string(),
      AIData: z.object({ AIDataItem: z.array(z.object({ TimeStamp: z.string(), Data: dataItems })) }),
    }),
  errors: usageErrors,
  run({ input, account, fail }) {
    checkOwner(input, account, fail)
    const { Region, AIType } = input
    const { DataInterval, slices } = slicesOf(account, input, fail)
    const sums = sumsOf(account, AI_SECONDS, slices, {
      nameOf: ({ type = '' }) => type,
      where: ({ region, type }) => (AIType?.some((each) => each === type) ?? true) && (Region?.some((each) => each === region) ?? true),
    })
    return {
      DataInterval,
      AIData: { AIDataItem: slices.map(({ TimeStamp }, index) => ({ TimeStamp, Data: itemsOf(sums[index] ?? []) })) },
    }
  },
})
