/** Recordings of live streams. */

import { z } from 'zod'
import { timestampSchema } from '../../../../base/time-schemas.js'

export const liveRecordingSchema = z.object({
  /** Host that the stream was pushed to. */
  domainName: z.string(),
  appName: z.string(),
  streamName: z.string(),
  /** The same of all recordings of one stream. */
  playlistId: z.string(),
  /** True of the video that all recordings of the stream were put together to. */
  composed: z.boolean(),
  /** What of the stream was recorded, from when to when. Milliseconds since 1970 on the account's clock. */
  startedAt: timestampSchema,
  endedAt: timestampSchema,
})

/** What of a live stream a video shows. */
export type LiveRecording = z.output<typeof liveRecordingSchema>
