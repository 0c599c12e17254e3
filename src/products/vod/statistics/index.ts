/** Statistics (VOD manual 14): what was used, and what was played. */

import { defineChapter } from '../shared/chapter.js'
import { describePlayTopVideos } from './plays/top.js'
import { describePlayUserAvg, describePlayUserTotal } from './plays/users.js'
import { describePlayVideoStatis } from './plays/video.js'
import { statisticsStates } from './states.js'
import { describeVodAIData } from './usage/ai.js'
import { describeVodDomainUsageData } from './usage/domains.js'
import { describeVodStorageData } from './usage/storages.js'
import { describeVodTranscodeData } from './usage/transcoding.js'

export const statistics = defineChapter({
  name: 'statistics',
  actions: [
    describeVodDomainUsageData,
    describeVodStorageData,
    describeVodTranscodeData,
    describeVodAIData,
    describePlayTopVideos,
    describePlayUserAvg,
    describePlayUserTotal,
    describePlayVideoStatis,
  ],
  states: statisticsStates,
})
