/** Every event type says what the developer guide documents for it. */

import { expect, test } from 'vitest'
import type { EventFields, EventType } from '../../src/index.js'
import { eventCloud } from './support.js'

/** What an event is made of, and what it must say beside EventTime and EventType; one case per type and outcome. */
type Cases = { [Type in EventType]: readonly [EventFields<Type>, Record<string, unknown>][] }

const stream = {
  Status: 'success',
  Bitrate: 925,
  Definition: 'LD',
  Duration: 15.5,
  Encrypt: false,
  FileUrl: 'http://vod.example.com/a.mp4',
  Format: 'mp4',
  Fps: 30,
  Height: 960,
  Size: 1_815_321,
  Width: 540,
  JobId: 'job-1',
} as const
const sentStream = { ...stream, Bitrate: '925', Fps: '30' }

const failedStream = {
  Status: 'fail',
  Definition: 'SD',
  Format: 'm3u8',
  JobId: 'job-2',
  ErrorCode: 'InvalidParameter.ResourceContentBad',
  ErrorMessage: 'The resource operated InputFile is bad',
} as const

const failed = { Status: 'fail', ErrorCode: 'InvalidVideo.NotFound', ErrorMessage: 'The video does not exist.' } as const

const cover = {
  Status: 'success',
  SnapshotType: 'CoverSnapshot',
  SnapshotCount: 2,
  SnapshotFormat: 'v1/covers/a-{SnapshotCount}.jpg',
  SnapshotRegular: 'http://vod.example.com/v1/covers/a-{SnapshotCount}.jpg',
  JobId: 'job-3',
} as const

const image = { FileURL: 'http://vod.example.com/a.gif', JobId: 'job-4' }

const live = { VideoId: 'v1', Status: 'success', StreamName: 's', DomainName: 'live.example.com', AppName: 'app' } as const

type Audit = Extract<EventFields<'AIMediaAuditComplete'>, { Status: 'success' }>['Data']

const scene = {
  Suggestion: 'pass' as const,
  MaxScore: '100.0000000000',
  AverageScore: '100.0000000000',
  Label: 'normal' as const,
  CounterList: [{ Label: 'normal' as const, Count: 16 }],
  TopList: [{ Score: '100.0000000000', Label: 'normal' as const, Timestamp: '3005', Url: 'http://b/a.jpg' }],
}

const audit: Audit = {
  AbnormalModules: 'video',
  Label: 'porn',
  Suggestion: 'review',
  VideoResult: { Suggestion: 'review', Label: 'porn', TerrorismResult: scene, PornResult: { ...scene, Label: 'sexy' } },
  ImageResult: [
    {
      Suggestion: 'pass',
      Type: 'cover',
      Label: 'normal',
      Url: 'http://b/c.jpg',
      Result: [
        { Suggestion: 'pass', Score: '65.25', Label: 'normal', Scene: 'porn' },
        { Suggestion: 'pass', Score: '100.0', Label: 'normal', Scene: 'terrorism' },
      ],
    },
  ],
  TextResult: [{ Suggestion: 'pass', Type: 'title', Score: '99.91', Content: '1111', Label: 'normal', Scene: 'antispam' }],
}

const dna = {
  VideoDNA: [
    {
      Similarity: '0.99',
      PrimaryKey: 'v2',
      Detail: [{ Input: { Start: '0.0', Duration: '14.0' }, Duplication: { Start: '0.5', Duration: '14.4' } }],
    },
  ],
}

const tags = {
  Keyword: [{ Tag: '兰蔻', Times: ['3260', '4000'] }],
  Person: [{ Tag: '张三', Times: ['10760'], FaceUrl: 'http://b/f.jpg' }],
}

const job = { JobId: 'job-5', MediaId: 'v1' }
const done = { ...job, Status: 'success', Code: '0', Message: 'OK' }

const workflow = {
  WorkflowId: 'w1',
  Status: 'Succeed',
  VideoId: 'v1',
  TaskId: 'task-1',
  CreateTime: '2026-01-01T00:00:00Z',
  ModifiedTime: '2026-01-01T00:00:02Z',
  FinishTime: '2026-01-01T00:00:02Z',
  UserId: '1234567890123456',
} as const
const activity = {
  Status: 'Succeed',
  StartTime: '2026-01-01T00:00:00Z',
  EndTime: '2026-01-01T00:00:02Z',
  ActivityId: 'VodSnapshot',
  ActivityInstanceId: 'job-6',
  Result: { MediaId: 'v1', JobId: 'job-6' },
} as const
const taskInput = { Type: 'Media', Media: 'v1', Title: 'film', StorageLocation: 'b.oss-cn-shanghai.aliyuncs.com' } as const

const cases: Cases = {
  FileUploadComplete: [
    [
      { VideoId: 'v1', Size: 1_439_213, FileUrl: 'http://b/a.mp4' },
      { VideoId: 'v1', Size: 1_439_213, FileUrl: 'http://b/a.mp4' },
    ],
  ],
  ImageUploadComplete: [
    [
      { ImageId: 'i1', Size: 105_520, FileURL: 'http://b/a.jpg' },
      { ImageId: 'i1', Size: 105_520, FileURL: 'http://b/a.jpg', Status: 'success', AppId: 'app-1000000' },
    ],
  ],
  AttachedMediaUploadComplete: [
    [
      { AttachedMediaId: 'm1', Size: 14_333, FileURL: 'http://b/a.png' },
      { AttachedMediaId: 'm1', Size: 14_333, FileURL: 'http://b/a.png', Status: 'success' },
    ],
  ],
  UploadByURLComplete: [
    [
      { Status: 'success', VideoId: 'v1', JobId: 'job-0', SourceURL: 'http://b/a.mp4', Size: 123_456 },
      { Status: 'success', VideoId: 'v1', JobId: 'job-0', SourceURL: 'http://b/a.mp4', Size: '123456' },
    ],
    [
      { Status: 'fail', JobId: 'job-0', SourceURL: 'http://b/a.mp4', ErrorCode: 'URLInvalidError', ErrorMessage: 'no such file' },
      { Status: 'fail', JobId: 'job-0', SourceURL: 'http://b/a.mp4', ErrorCode: 'URLInvalidError', ErrorMessage: 'no such file' },
    ],
  ],
  VideoAnalysisComplete: [
    [
      { Status: 'success', VideoId: 'v1', Duration: 12.5, Height: 360, Width: 630, Fps: 30, Bitrate: 499, Size: 1_234_568 },
      { Status: 'success', VideoId: 'v1', Duration: '12.5', Height: '360', Width: '630', Fps: '30', Bitrate: '499', Size: '1234568' },
    ],
    [
      { Status: 'success', VideoId: 'v1', Duration: 12, Bitrate: 128, Size: 200_000 },
      { Status: 'success', VideoId: 'v1', Duration: '12', Bitrate: '128', Size: '200000' },
    ],
    [
      { ...failed, VideoId: 'v1' },
      { ...failed, VideoId: 'v1' },
    ],
  ],
  StreamTranscodeComplete: [
    [
      { ...stream, VideoId: 'v1' },
      { ...sentStream, VideoId: 'v1' },
    ],
    [
      { ...failedStream, VideoId: 'v1' },
      { ...failedStream, VideoId: 'v1' },
    ],
  ],
  TranscodeComplete: [
    [
      { VideoId: 'v1', Status: 'success', StreamInfos: [stream, failedStream] },
      { VideoId: 'v1', Status: 'success', StreamInfos: [sentStream, failedStream] },
    ],
    [
      { VideoId: 'v1', Status: 'fail', StreamInfos: [failedStream], Preprocess: true },
      { VideoId: 'v1', Status: 'fail', StreamInfos: [failedStream], Preprocess: true },
    ],
  ],
  SnapshotComplete: [
    [
      { VideoId: 'v1', Status: 'success', CoverUrl: 'http://b/c.jpg', SnapshotInfos: [cover] },
      { VideoId: 'v1', Status: 'success', CoverUrl: 'http://b/c.jpg', SnapshotInfos: [cover] },
    ],
    [
      { ...failed, VideoId: 'v1', SubType: 'SpecifiedTime' },
      { ...failed, VideoId: 'v1', SubType: 'SpecifiedTime' },
    ],
  ],
  DynamicImageComplete: [
    [
      {
        VideoId: 'v1',
        Status: 'success',
        JobId: 'job-4',
        DynamicImageJobInfo: { ...image, FileSize: 1_834_831, Fps: 25, Height: 200, Width: 200 },
      },
      {
        VideoId: 'v1',
        Status: 'success',
        JobId: 'job-4',
        DynamicImageJobInfo:
          '{"FileSize":"1834831","FileURL":"http://vod.example.com/a.gif","Fps":"25","Height":"200","JobId":"job-4","Status":"success","Width":"200"}',
      },
    ],
    [
      { ...failed, VideoId: 'v1', JobId: 'job-4' },
      { ...failed, VideoId: 'v1', JobId: 'job-4' },
    ],
  ],
  AddLiveRecordVideoComplete: [
    [
      { ...live, RecordStartTime: '2017-12-08T07:40:56Z', RecordEndTime: '2017-12-08T09:26:17Z' },
      { ...live, RecordStartTime: '2017-12-08T07:40:56Z', RecordEndTime: '2017-12-08T09:26:17Z' },
    ],
  ],
  LiveRecordVideoComposeStart: [[live, live]],
  ProduceMediaComplete: [
    [
      { Status: 'success', MediaId: 'v1', ProjectId: 'p1' },
      { Status: 'success', MediaId: 'v1', ProjectId: 'p1' },
    ],
    [
      { ...failed, MediaId: 'v1', ProjectId: 'p1' },
      { ...failed, MediaId: 'v1', ProjectId: 'p1' },
    ],
  ],
  CreateAuditComplete: [
    [
      { MediaId: 'v1', Status: 'success', CreationTime: '2017-03-20T07:49:17Z', AuditStatus: 'Blocked', Auditor: 'author', Reason: '低俗' },
      {
        MediaId: 'v1',
        Status: 'success',
        CreationTime: '2017-03-20T07:49:17Z',
        SubType: 'video',
        AuditStatus: 'Blocked',
        Auditor: 'author',
        Reason: '低俗',
      },
    ],
  ],
  DeleteMediaComplete: [
    [
      { Status: 'success', MediaType: 'video', DeleteType: 'all', MediaId: 'v1' },
      { Status: 'success', MediaType: 'video', DeleteType: 'all', MediaId: 'v1' },
    ],
    [
      { ...failed, MediaType: 'video', DeleteType: 'all', MediaId: 'v1' },
      { ...failed, MediaType: 'video', DeleteType: 'all', MediaId: 'v1' },
    ],
  ],
  MediaBaseChangeComplete: [
    [
      {
        Status: 'success',
        MediaId: 'v1',
        MediaType: 'video',
        OperateMode: 'update',
        MediaContent: { Description: { OldValue: 'old', NewValue: 'new' }, CateId: { NewValue: 100_002 } },
      },
      {
        Status: 'success',
        MediaId: 'v1',
        MediaType: 'video',
        OperateMode: 'update',
        MediaContent: { Description: '{"OldValue":"old","NewValue":"new"}', CateId: '{"NewValue":100002}' },
      },
    ],
  ],
  AIMediaAuditComplete: [
    [
      { ...job, Status: 'success', Data: audit },
      { ...done, Data: audit },
    ],
    [
      { ...job, Status: 'fail', Code: 'JobFailed', Message: 'failed' },
      { ...job, Status: 'fail', Code: 'JobFailed', Message: 'failed' },
    ],
  ],
  WorkflowTaskComplete: [
    [
      { ...workflow, ActivityResults: { snapshot: activity }, TaskInput: taskInput },
      { ...workflow, ActivityResults: JSON.stringify({ snapshot: activity }), TaskInput: JSON.stringify(taskInput) },
    ],
  ],
  AIMediaDNAComplete: [
    [
      { ...job, Status: 'success', Data: dna },
      {
        ...done,
        Data: '{"VideoDNA":[{"PrimaryKey":"v2","Similarity":"0.99","Detail":[{"Input":{"Start":"0.0","Duration":"14.0"},"Duplication":{"Start":"0.5","Duration":"14.4"}}]}]}',
      },
    ],
  ],
  AIVideoTagComplete: [
    [
      { ...job, Status: 'success', Data: tags },
      {
        ...done,
        Data: '{"Person":[{"Tag":"张三","Times":["10760"],"FaceUrl":"http://b/f.jpg"}],"Keyword":[{"Tag":"兰蔻","Times":["3260","4000"]}]}',
      },
    ],
  ],
}

const rows = Object.entries(cases).flatMap(([type, each]) => each.map(([fields, sent]) => ({ type: type as EventType, fields, sent })))

test.each(rows)('$type, $sent.Status', async ({ type, fields, sent }) => {
  const { account } = eventCloud()
  const { payload } = await account.turn.take(() => account.events.notify(type, fields as never))
  expect(payload).toEqual({ EventTime: '2026-01-01T00:00:00Z', EventType: type, ...sent })
})

test('an event cannot be sent without what belongs to it', () => {
  const { events } = eventCloud()
  // @ts-expect-error a video has an id
  expect(() => events.notify('FileUploadComplete', { Size: 1, FileUrl: 'u' })).toThrow(/VideoId/)
  // @ts-expect-error what failed says why
  expect(() => events.notify('ProduceMediaComplete', { Status: 'fail', MediaId: 'v1', ProjectId: 'p1' })).toThrow(/ErrorCode/)
  // @ts-expect-error what succeeded has a result
  expect(() => events.notify('AIVideoTagComplete', { ...job, Status: 'success' })).toThrow(/Data/)
  expect(events.list()).toEqual([])
})
