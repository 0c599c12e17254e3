/** What a test says of a live stream that has been recorded. */

import { z } from 'zod'
import { strict } from '../../../base/strict.js'
import { durationSchema, instantSchema } from '../../../base/time-schemas.js'
import { DEFAULT_APP_ID } from '../shared/apps/app.js'

/** Milliseconds of a stream, and of a part of it: from a second to a month. */
const length = () =>
  durationSchema.pipe(
    z
      .number()
      .min(1000)
      .max(31 * 86_400_000),
  )

/** Recordings of one stream. */
const MAX_RECORDINGS = 100

const name = () => z.string().min(1).max(100)

/** See the comments of its fields. */
export const liveStreamSchema = strict({
  /** Host that it was pushed to. */
  domainName: name().toLowerCase(),
  appName: name(),
  streamName: name(),
  /** How long it lasted: `38m`, or milliseconds. */
  duration: length(),
  /** When it began. Default: so that it ends now. */
  startTime: instantSchema.optional(),
  /** How long a recording is at most; each becomes a video. Default: as long as the stream. */
  period: length().optional(),
  /** Whether the recordings are put together to one further video. Default: false. */
  compose: z.boolean().default(false),
  /** Pixels. Default: 1280 x 720. */
  width: z.int().min(2).max(8192).default(1280),
  height: z.int().min(2).max(8192).default(720),
  /** Template group of the recordings. Default: that of the account. */
  templateGroupId: z.string().max(64).optional(),
  /** Template group of the video that is put together. Default: that of the account. */
  composeTemplateGroupId: z.string().max(64).optional(),
  /** Host of a bucket. Default: the storage that comes with the service. */
  storageLocation: z.string().max(256).optional(),
  appId: z
    .string()
    .regex(/^app-[0-9A-Za-z]{1,32}$/, 'is not the id of an app')
    .default(DEFAULT_APP_ID),
}).refine(({ duration, period = duration }) => Math.ceil(duration / period) <= MAX_RECORDINGS, {
  path: ['period'],
  error: `makes more than ${MAX_RECORDINGS} recordings of it`,
})

/** A live stream that has been recorded, as a test tells of it. */
export type LiveStreamInput = z.input<typeof liveStreamSchema>

/** The same, with nothing left open but what the account decides. */
export type LiveStream = z.output<typeof liveStreamSchema>
