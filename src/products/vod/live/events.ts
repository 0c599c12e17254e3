/** Events of recordings of live streams. */

import { z } from 'zod'
import { utcSeconds } from '../../../events/definition.js'
import { defineVodEvent } from '../shared/notification/event.js'

const liveStream = {
  VideoId: z.string(),
  Status: z.enum(['success', 'fail']),
  StreamName: z.string(),
  DomainName: z.string(),
  AppName: z.string(),
}

export const addLiveRecordVideoComplete = defineVodEvent({
  type: 'AddLiveRecordVideoComplete',
  when: 'a recording of a live stream has become a video',
  actions: [],
  fields: z.strictObject({ ...liveStream, RecordStartTime: utcSeconds(), RecordEndTime: utcSeconds() }),
})

export const liveRecordVideoComposeStart = defineVodEvent({
  type: 'LiveRecordVideoComposeStart',
  when: 'the recordings of a live stream that is over are being put together',
  actions: [],
  fields: z.strictObject(liveStream),
})
