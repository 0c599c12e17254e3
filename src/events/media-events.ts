/**
 * Events of media: uploads, analysis, transcoding, snapshots, editing, live recordings, review by people, changes.
 *
 * Where table and sample of an event disagree in the guide, this follows the table on which fields there are and the sample on
 * their types, because a sample is what has once been sent; fields that only the sample has are sent, too.
 */

import { z } from 'zod'
import { defineEvent, jsonText, numeral, outcome, utcSeconds } from './definition.js'

const UPLOADS = ['CreateUploadVideo', 'UploadMediaByURL', 'RegisterMedia'] as const

export const fileUploadComplete = defineEvent({
  when: 'the whole file of a video or audio has arrived',
  actions: ['CreateUploadVideo', 'UploadMediaByURL', 'ProduceEditingProjectVideo'],
  // No Status: an upload that was broken off can be resumed, so none is known to have failed.
  fields: z.strictObject({ VideoId: z.string(), Size: z.int(), FileUrl: z.string() }),
})

export const imageUploadComplete = defineEvent({
  when: 'the file of an image has arrived',
  actions: ['CreateUploadImage'],
  fields: z.strictObject({ ImageId: z.string(), Size: z.int(), FileURL: z.string(), Status: z.literal('success').default('success') }),
  namesApp: true,
})

export const attachedMediaUploadComplete = defineEvent({
  when: 'the file of an attached medium has arrived',
  actions: ['CreateUploadAttachedMedia'],
  fields: z.strictObject({
    AttachedMediaId: z.string(),
    Size: z.int(),
    FileURL: z.string(),
    Status: z.literal('success').default('success'),
  }),
})

export const uploadByURLComplete = defineEvent({
  when: 'the pull of one URL has ended',
  actions: ['UploadMediaByURL'],
  fields: outcome({ JobId: z.string(), SourceURL: z.string() }, { VideoId: z.string(), Size: numeral() }),
})

export const videoAnalysisComplete = defineEvent({
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

export const streamTranscodeComplete = defineEvent({
  when: 'one stream of a video has been transcoded',
  actions: [...UPLOADS, 'SubmitTranscodeJobs'],
  fields: z.discriminatedUnion('Status', [streamSucceeded.extend({ VideoId: z.string() }), streamFailed.extend({ VideoId: z.string() })]),
})

export const transcodeComplete = defineEvent({
  when: 'all streams of a video have been transcoded; it succeeded if one of them did',
  actions: [...UPLOADS, 'SubmitTranscodeJobs', 'SubmitPreprocessJobs'],
  fields: z.strictObject({
    VideoId: z.string(),
    Status: z.enum(['success', 'fail']),
    StreamInfos: z.array(stream),
    /** Of a job of SubmitPreprocessJobs. */
    Preprocess: z.literal(true).optional(),
  }),
})

const snapshotInfo = z.strictObject({
  Status: z.enum(['success', 'fail']),
  SnapshotType: z.enum(['CoverSnapshot', 'NormalSnapshot', 'SpriteSnapshot']),
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

export const snapshotComplete = defineEvent({
  when: 'snapshots of a video have been taken',
  actions: [...UPLOADS, 'SubmitSnapshotJob'],
  fields: outcome(snapshots, { CoverUrl: z.string().optional(), SnapshotInfos: z.array(snapshotInfo) }),
})

const dynamicImage = z.strictObject({
  /** Bytes. */
  FileSize: numeral(),
  FileURL: z.string(),
  Fps: numeral(),
  Height: numeral(),
  JobId: z.string(),
  Status: z.literal('success').default('success'),
  Width: numeral(),
})

export const dynamicImageComplete = defineEvent({
  when: 'an animated image has been made of a video',
  actions: ['SubmitDynamicImageJob'],
  fields: outcome({ VideoId: z.string(), JobId: z.string() }, { DynamicImageJobInfo: jsonText(dynamicImage) }),
})

const liveStream = {
  VideoId: z.string(),
  Status: z.enum(['success', 'fail']),
  StreamName: z.string(),
  DomainName: z.string(),
  AppName: z.string(),
}

export const addLiveRecordVideoComplete = defineEvent({
  when: 'a recording of a live stream has become a video',
  actions: [],
  fields: z.strictObject({ ...liveStream, RecordStartTime: utcSeconds(), RecordEndTime: utcSeconds() }),
})

export const liveRecordVideoComposeStart = defineEvent({
  when: 'the recordings of a live stream that is over are being put together',
  actions: [],
  fields: z.strictObject(liveStream),
})

export const produceMediaComplete = defineEvent({
  when: 'the video of an editing project has been produced',
  actions: ['ProduceEditingProjectVideo'],
  fields: outcome({ MediaId: z.string(), ProjectId: z.string() }, {}),
})

export const createAuditComplete = defineEvent({
  when: 'someone has reviewed a medium',
  actions: ['CreateAudit'],
  fields: z.strictObject({
    MediaId: z.string(),
    Status: z.enum(['success', 'fail']),
    CreationTime: utcSeconds(),
    SubType: z.literal('video').default('video'),
    AuditStatus: z.enum(['Normal', 'Blocked']),
    Auditor: z.string().optional(),
    Reason: z.string().optional(),
  }),
})

export const deleteMediaComplete = defineEvent({
  when: 'a video was to be deleted',
  actions: ['DeleteVideo'],
  fields: outcome(
    {
      MediaType: z.enum(['video', 'image', 'attached']),
      DeleteType: z.enum(['all', 'mezzanine', 'stream']),
      MediaId: z.string(),
      /** Separated by commas; of streams only. */
      JobIds: z.string().optional(),
    },
    {},
  ),
})

/** A field's value before (absent if it had none) and after (absent if the medium is gone). */
const change = jsonText(
  z.strictObject({
    OldValue: z.union([z.string(), z.number()]).optional(),
    NewValue: z.union([z.string(), z.number()]).optional(),
  }),
).optional()

export const mediaBaseChangeComplete = defineEvent({
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
