/** From live streams to videos (VOD manual 12). */

import { defineChapter } from '../shared/chapter.js'
import * as events from './events.js'
import { listLiveRecordVideo } from './list.js'
import { liveStreamsPart } from './live-streams.js'
import { recordJob } from './record-job.js'
import { liveStates } from './states.js'

export const live = defineChapter({
  name: 'live',
  actions: [listLiveRecordVideo],
  jobs: [recordJob],
  events: Object.values(events),
  parts: [liveStreamsPart],
  states: liveStates,
})
