/**
 * Events of the life of a medium: its file has arrived, was analysed, transcoded, snapshots of it were taken, what is known of it has changed.
 *
 * Where table and sample of an event disagree in the guide, this follows the table on which fields there are and the sample on
 * their types, because a sample is what has once been sent; fields that only the sample has are sent, too.
 */

import { z } from 'zod'
import { jsonText, numeral, outcome, utcSeconds } from '../../../../events/definition.js'
import { defineVodEvent } from '../notification/event.js'

const UPLOADS = ['CreateUploadVideo', 'UploadMediaByURL', 'RegisterMedia', 'ProduceEditingProjectVideo'] as const

export const fileUploadComplete = defineVodEvent({
  type: 'FileUploadComplete',
  when: 'the whole file of a video or audio has arrived',
  actions: ['CreateUploadVideo', 'UploadMediaByURL', 'ProduceEditingProjectVideo'],
  // Status is not in the guide, but in what the service sends; an upload that was broken off can be resumed, so none is known to have failed.
  fields: z.strictObject({
    VideoId: z.string(),
    Size: z.int(),
    FileUrl: z.string(),
    Status: z.literal('success').default('success'),
  }),
})

export const imageUploadComplete = defineVodEvent({
  type: 'ImageUploadComplete',
  when: 'the file of an image has arrived',
  actions: ['CreateUploadImage'],
  fields: z.strictObject({ ImageId: z.string(), Size: z.int(), FileURL: z.string(), Status: z.literal('success').default('success') }),
  namesApp: true,
})

export const attachedMediaUploadComplete = defineVodEvent({
  type: 'AttachedMediaUploadComplete',
  when: 'the file of an attached medium has arrived',
  actions: ['CreateUploadAttachedMedia'],
  fields: z.strictObject({
    AttachedMediaId: z.string(),
    Size: z.int(),
    FileURL: z.string(),
    Status: z.literal('success').default('success'),
  }),
})

export const videoAnalysisComplete = defineVodEvent({
  type: 'VideoAnalysisComplete',
  when: 'the file of a video or audio has been analysed',
  actions: UPLOADS,
  fields: outcome(
    { VideoId: z.string() },
    {
      /** Seconds. */
      Duration: numeral(),
      /** Pixels; audio has neither. */
      Height: numeral().optional(),
      Width: numeral().optional(),
      /** Frames a second; audio has none. */
      Fps: numeral().optional(),
      /** Kbit/s. */
      Bitrate: numeral(),
      /** Bytes. */
      Size: numeral(),
    },
  ),
})

/** One stream of a transcode; audio has neither dimensions nor frames. */
const stream = outcome(
  { Definition: z.enum(['FD', 'LD', 'SD', 'HD', 'OD', '2K', '4K', 'SQ', 'HQ', 'AUTO']), Format: z.string(), JobId: z.string() },
  {
    /** Kbit/s. */
    Bitrate: numeral(),
    /** Seconds. */
    Duration: z.number(),
    Encrypt: z.boolean(),
    /** Without auth_key: who has URL authentication on adds one. */
    FileUrl: z.string(),
    /** Frames a second. */
    Fps: numeral().optional(),
    Height: z.int().optional(),
    Width: z.int().optional(),
    /** Bytes. */
    Size: z.int(),
  },
)

const [streamSucceeded, streamFailed] = stream.options

export const streamTranscodeComplete = defineVodEvent({
  type: 'StreamTranscodeComplete',
  when: 'one stream of a video has been transcoded',
  actions: [...UPLOADS, 'SubmitTranscodeJobs', 'SubmitWorkflowJob'],
  fields: z.discriminatedUnion('Status', [streamSucceeded.extend({ VideoId: z.string() }), streamFailed.extend({ VideoId: z.string() })]),
})

/** What an item of StreamInfos has beside that; it is not in the guide, but in what the service sends. */
const times = { IsAudio: z.boolean(), StartTime: utcSeconds(), FinishTime: utcSeconds() }

export const transcodeComplete = defineVodEvent({
  type: 'TranscodeComplete',
  when: 'all streams of a video have been transcoded; it succeeded if one of them did',
  actions: [...UPLOADS, 'SubmitTranscodeJobs', 'SubmitPreprocessJobs', 'SubmitWorkflowJob'],
  fields: z.strictObject({
    VideoId: z.string(),
    Status: z.enum(['success', 'fail']),
    StreamInfos: z.array(z.discriminatedUnion('Status', [streamSucceeded.extend(times), streamFailed.extend(times)])),
    /** Of a job of SubmitPreprocessJobs. */
    Preprocess: z.literal(true).optional(),
  }),
})

const snapshotInfo = z.strictObject({
  Status: z.enum(['success', 'fail']),
  /** The guide lists the first three; jobs of a template take the fourth, too. */
  SnapshotType: z.enum(['CoverSnapshot', 'NormalSnapshot', 'SpriteSnapshot', 'WebVttSnapshot']),
  SnapshotCount: z.int(),
  /** Key of the objects, with `{SnapshotCount}` for a number of five digits from 00001 on. */
  SnapshotFormat: z.string(),
  /** Their addresses, in the same way. */
  SnapshotRegular: z.string(),
  JobId: z.string(),
})

const snapshots = {
  VideoId: z.string(),
  /** Of a job of SubmitSnapshotJob. */
  SubType: z.literal('SpecifiedTime').optional(),
}

export const snapshotComplete = defineVodEvent({
  type: 'SnapshotComplete',
  when: 'snapshots of a video have been taken',
  actions: [...UPLOADS, 'SubmitSnapshotJob', 'SubmitWorkflowJob'],
  fields: outcome(snapshots, { CoverUrl: z.string().optional(), SnapshotInfos: z.array(snapshotInfo) }),
})

/** A field's value before (absent if it had none) and after (absent if the medium is gone). */
const change = jsonText(
  z.strictObject({
    OldValue: z.union([z.string(), z.number()]).optional(),
    NewValue: z.union([z.string(), z.number()]).optional(),
  }),
).optional()

export const mediaBaseChangeComplete = defineVodEvent({
  type: 'MediaBaseChangeComplete',
  when: 'title, description, cover, category or tags of a video have been set, changed or deleted',
  actions: ['CreateUploadVideo', 'UpdateVideoInfo', 'UpdateVideoInfos', 'DeleteVideo'],
  fields: z.strictObject({
    Status: z.enum(['success', 'fail']),
    MediaId: z.string(),
    MediaType: z.enum(['video', 'image', 'attached']),
    OperateMode: z.enum(['create', 'update', 'delete']),
    MediaContent: z.strictObject({ Title: change, Description: change, CoverURL: change, CateId: change, Tags: change }),
  }),
})
