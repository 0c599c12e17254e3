/** Videos and audios: the media that are analysed, transcoded and played. */

import { z } from 'zod'
import { timestampSchema } from '../../../../base/time-schemas.js'
import { mediaFactsSchema } from '../../../../media/probe.js'
import { fileSchema } from './file.js'
import { liveRecordingSchema } from './live-recording.js'
import { snapshotSetSchema } from './snapshot-set.js'
import { streamSchema } from './stream.js'
import { userDataSchema } from './user-data.js'

/** What becomes of a video, as the services write it (VOD manual, appendix "Status: video status"). */
export const videoStatuses = [
  'Uploading',
  'UploadFail',
  'UploadSucc',
  'Transcoding',
  'TranscodeFail',
  'Checking',
  'Blocked',
  'Normal',
  'ProduceFail',
] as const

/** Where videos come from (VOD manual 17.6, "MediaSource"): uploads, the SDK for short videos, editing, recordings of live streams. */
export const mediaSources = ['general', 'short_video', 'editing', 'live'] as const

/** What reviews have made of a video: the latest of people, else the latest of machines. */
const verdictSchema = z.object({
  status: z.enum(['Normal', 'Blocked']),
  by: z.enum(['person', 'machine']),
  /** Of a blocked video: the status that it had before. */
  from: z.enum(videoStatuses).optional(),
})

/** See {@link verdictSchema}. */
export type Verdict = z.output<typeof verdictSchema>

export const videoSchema = z.object({
  videoId: z.string(),
  title: z.string(),
  description: z.string().optional(),
  tags: z.array(z.string()),
  cateId: z.int().optional(),
  status: z.enum(videoStatuses),
  /** Audio only, or with a picture; by the name of the file until its bytes have been read. */
  mediaType: z.enum(['video', 'audio']),
  /** Cover that the caller has chosen. */
  coverUrl: z.string().optional(),
  /** Cover taken from the video. */
  cover: fileSchema.optional(),
  /** Name of the file at the uploader's. */
  fileName: z.string(),
  /** Bytes, as the uploader has declared them. */
  declaredSize: z.number().optional(),
  /** Where it comes from. Default: `general`. */
  mediaSource: z.enum(mediaSources).optional(),
  /** What of a live stream it shows, if it is a recording. */
  liveRecording: liveRecordingSchema.optional(),
  /** URL that the source file was fetched from, if the service fetched it. */
  sourceUrl: z.string().optional(),
  /** Where the source file is. */
  file: fileSchema,
  sourceStatus: z.enum(['Uploading', 'Normal', 'Deleted']),
  /** Bytes of the source file, once it is there. */
  size: z.number().optional(),
  /** Job that has analysed the source file, or is about to. */
  analysisId: z.string().optional(),
  /** What the source file is, once it has been analysed. */
  facts: mediaFactsSchema.optional(),
  /**
   * What the service has made, where it has made the source file: nothing here encodes, so the file has other bytes. It holds for the file with
   * this entity tag; one that takes its place is what its bytes are.
   */
  made: z.object({ etag: z.string(), facts: mediaFactsSchema }).optional(),
  /** Why the source file is of no use. */
  damage: z.object({ code: z.string(), message: z.string() }).optional(),
  /** What has come of its reviews, if it was reviewed. */
  verdict: verdictSchema.optional(),
  /** Host of the bucket. */
  storageLocation: z.string(),
  appId: z.string(),
  /** Template group by which it is transcoded; without one it is not. */
  templateGroupId: z.string().optional(),
  workflowId: z.string().optional(),
  userData: userDataSchema.optional(),
  /** How it was made ready for the live director desk, if it was. */
  preprocessStatus: z.enum(['Preprocessing', 'PreprocessSucceed', 'PreprocessFailed']).optional(),
  /** Everything that can be played, oldest first. */
  streams: z.array(streamSchema),
  snapshots: z.array(snapshotSetSchema),
  /** Milliseconds since 1970 on the account's clock, as all instants here. */
  createdAt: timestampSchema,
  modifiedAt: timestampSchema,
  /** When the source file was complete. */
  uploadedAt: timestampSchema.optional(),
})

/** See {@link videoSchema}. */
export type Video = z.output<typeof videoSchema>

/** Where a video comes from. */
export const mediaSourceOf = ({ mediaSource = 'general' }: Video): (typeof mediaSources)[number] => mediaSource
