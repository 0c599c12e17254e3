/** Answers as the official clients read them: nesting and kinds of every Action of the chapter, as the SDKs' interface has them. */

import { expect, onTestFinished, test } from 'vitest'
import { openApi, popCore, type SdkCall, testEmulator } from '../../support/sdk.js'
import { misfits, type Shape } from '../../support/shape.js'
import { sample, type Ticket } from '../support.js'
import { objectOf, uploaderOf } from '../uploader.js'

const category = { CateId: 'number', CateName: 'string', Level: 'number', ParentId: 'number' } as const

const ofVideo = {
  AppId: 'string',
  CateId: 'number',
  CateName: 'string',
  CoverURL: 'string',
  CreationTime: 'string',
  Description: 'string',
  Duration: 'number',
  ModificationTime: 'string',
  Size: 'number',
  Status: 'string',
  StorageLocation: 'string',
  Tags: 'string',
  Title: 'string',
  UserData: 'string',
  VideoId: 'string',
  'ReferenceId?': 'string',
  'RestoreExpiration?': 'string',
  'RestoreStatus?': 'string',
  'StorageClass?': 'string',
} as const

const ofStream = {
  CodecLongName: 'string',
  CodecName: 'string',
  CodecTag: 'string',
  CodecTagString: 'string',
  CodecTimeBase: 'string',
  Duration: 'string',
  Index: 'string',
  Lang: 'string',
  NumFrames: 'string',
  StartTime: 'string',
  Timebase: 'string',
  'Bitrate?': 'string',
} as const

const shapes: Record<string, Shape> = {
  AddCategory: { Category: { ...category, Type: 'string' } },
  UpdateCategory: {},
  DeleteCategory: {},
  GetCategories: {
    SubTotal: 'number',
    Category: { ...category, Type: 'string' },
    SubCategories: { Category: [{ ...category, SubTotal: 'number', Type: 'string' }] },
  },
  GetVideoInfo: {
    Video: {
      ...ofVideo,
      AuditStatus: 'string',
      RegionId: 'string',
      TemplateGroupId: 'string',
      Snapshots: { Snapshot: ['string'] },
      'CustomMediaInfo?': 'string',
      'DownloadSwitch?': 'string',
    },
  },
  GetVideoInfos: {
    NonExistVideoIds: ['string'],
    'NonExistReferenceIds?': ['string'],
    VideoList: [{ ...ofVideo, TemplateGroupId: 'string', Snapshots: ['string'], 'DownloadSwitch?': 'string' }],
  },
  GetVideoList: { Total: 'number', VideoList: { Video: [{ ...ofVideo, Snapshots: { Snapshot: ['string'] } }] } },
  GetMezzanineInfo: {
    Mezzanine: {
      Bitrate: 'string',
      CreationTime: 'string',
      Duration: 'string',
      FileName: 'string',
      FileURL: 'string',
      Fps: 'string',
      Height: 'number',
      OutputType: 'string',
      Size: 'number',
      Status: 'string',
      VideoId: 'string',
      Width: 'number',
      'FileMD5?': 'string',
      'PreprocessStatus?': 'string',
      'RestoreExpiration?': 'string',
      'RestoreStatus?': 'string',
      'StorageClass?': 'string',
      AudioStreamList: [{ ...ofStream, ChannelLayout: 'string', Channels: 'string', SampleFmt: 'string', SampleRate: 'string' }],
      VideoStreamList: [
        {
          ...ofStream,
          AvgFPS: 'string',
          Dar: 'string',
          Fps: 'string',
          HasBFrames: 'string',
          Height: 'string',
          PixFmt: 'string',
          Rotate: 'string',
          Sar: 'string',
          Width: 'string',
          'HDRType?': 'string',
          'Level?': 'string',
          'Profile?': 'string',
        },
      ],
    },
  },
  UpdateVideoInfo: {},
  UpdateVideoInfos: { ForbiddenVideoIds: ['string'], NonExistVideoIds: ['string'], 'NonExistReferenceIds?': ['string'] },
  DeleteMezzanines: { NonExistVideoIds: ['string'], UnRemoveableVideoIds: ['string'], 'NonExistReferenceIds?': ['string'] },
  DeleteStream: {},
  DeleteVideo: { ForbiddenVideoIds: ['string'], NonExistVideoIds: ['string'], 'NonExistReferenceIds?': ['string'] },
  GetImageInfo: {
    ImageInfo: {
      AppId: 'string',
      CateId: 'number',
      CateName: 'string',
      CreationTime: 'string',
      Description: 'string',
      ImageId: 'string',
      ImageType: 'string',
      Status: 'string',
      StorageLocation: 'string',
      Tags: 'string',
      Title: 'string',
      URL: 'string',
      Mezzanine: { FileSize: 'string', FileURL: 'string', Height: 'number', OriginalFileName: 'string', Width: 'number' },
    },
  },
  UpdateImageInfos: { NonExistImageIds: { ImageId: ['string'] } },
  DeleteImage: {},
  ListSnapshots: {
    MediaSnapshot: {
      CreationTime: 'string',
      JobId: 'string',
      Regular: 'string',
      Total: 'number',
      Snapshots: { Snapshot: [{ Index: 'number', Url: 'string' }] },
    },
  },
  GetAttachedMediaInfo: {
    NonExistMediaIds: ['string'],
    AttachedMediaList: [
      {
        AppId: 'string',
        Categories: [category],
        CreationTime: 'string',
        Description: 'string',
        MediaId: 'string',
        ModificationTime: 'string',
        Status: 'string',
        StorageLocation: 'string',
        Tags: 'string',
        Title: 'string',
        Type: 'string',
        URL: 'string',
      },
    ],
  },
  UpdateAttachedMediaInfos: { NonExistMediaIds: ['string'] },
  DeleteAttachedMedia: { NonExistMediaIds: ['string'] },
  ListDynamicImage: {
    DynamicImageList: [
      {
        CreationTime: 'string',
        Duration: 'string',
        DynamicImageId: 'string',
        FileSize: 'string',
        FileURL: 'string',
        Format: 'string',
        Fps: 'string',
        Height: 'string',
        JobId: 'string',
        VideoId: 'string',
        Width: 'string',
      },
    ],
  },
  DeleteDynamicImage: {},
}

/** An emulator with media of every kind in it, and a client. */
async function library(connect: (target: { url: string; key: never; version: string }) => SdkCall) {
  const emulator = await testEmulator()
  onTestFinished(emulator.close)
  const account = emulator.cloud.account()
  const call = connect({ url: emulator.url, key: account.credentials as never, version: '2017-03-21' })
  const upload = async (ticket: Ticket, name: string) => uploaderOf(ticket).put(objectOf(ticket), sample(name))
  const { CateId: top } = (await call('AddCategory', { CateName: 'top' })).Category
  const { CateId } = (await call('AddCategory', { CateName: 'below', ParentId: top })).Category
  const words = { Title: 'title', Description: 'words', Tags: 'a,b' }
  const video = await call('CreateUploadVideo', { ...words, FileName: 'a.mp4', CateId, UserData: '{"Extend":"7"}' })
  await upload(video, 'sample.mp4')
  const image = await call('CreateUploadImage', { ...words, ImageType: 'default', CateId })
  await upload(image, 'sample.png')
  const attached = await call('CreateUploadAttachedMedia', { ...words, BusinessType: 'watermark', CateIds: CateId })
  await upload(attached, 'sample.png')
  await account.clock.advance('1m')
  const { VideoId } = video
  const { file, size = 0 } = account.vod.videos.get(VideoId) ?? { file: { bucket: '', key: '' } }
  const picture = { jobId: 'job', format: 'gif', file, size, width: 320, height: 180, fps: 10, duration: 2, createdAt: 0 } as const
  account.vod.dynamicImages.put({ dynamicImageId: 'dynamic', videoId: VideoId, ...picture })
  const [{ JobId }] = (await call('GetPlayInfo', { VideoId })).PlayInfoList.PlayInfo
  return { call, top, CateId, VideoId, JobId, ImageId: image.ImageId, MediaId: attached.MediaId }
}

test.each([
  { name: '@alicloud/openapi-client', connect: (target: never) => openApi(target, 'form') },
  { name: '@alicloud/pop-core', connect: (target: never) => popCore(target, 'POST') },
])('$name reads every answer in its nesting, with values of their kinds', async ({ connect }) => {
  const { call, top, CateId, VideoId, JobId, ImageId, MediaId } = await library(connect as never)
  const change = (idName: string, id: string) => ({
    UpdateContent: JSON.stringify([id, 'none'].map((each) => ({ [idName]: each, Title: 'new' }))),
  })
  const calls: [action: string, params: Record<string, unknown>][] = [
    ['AddCategory', { CateName: 'another' }],
    ['UpdateCategory', { CateId: top, CateName: 'renamed' }],
    ['GetCategories', { CateId: top }],
    ['GetVideoInfo', { VideoId }],
    ['GetVideoInfos', { VideoIds: `${VideoId},none` }],
    ['GetVideoList', { CateId }],
    ['GetMezzanineInfo', { VideoId, AdditionType: 'video,audio' }],
    ['UpdateVideoInfo', { VideoId, Title: 'new' }],
    ['UpdateVideoInfos', change('VideoId', VideoId)],
    ['GetImageInfo', { ImageId }],
    ['UpdateImageInfos', change('ImageId', ImageId)],
    ['ListSnapshots', { VideoId }],
    ['GetAttachedMediaInfo', { MediaIds: `${MediaId},none` }],
    ['UpdateAttachedMediaInfos', change('MediaId', MediaId)],
    ['ListDynamicImage', { VideoId }],
    ['DeleteDynamicImage', { VideoId, DynamicImageIds: 'dynamic' }],
    ['DeleteStream', { VideoId, JobIds: JobId }],
    ['DeleteMezzanines', { VideoIds: `${VideoId},none` }],
    ['DeleteImage', { DeleteImageType: 'ImageId', ImageIds: ImageId }],
    ['DeleteAttachedMedia', { MediaIds: `${MediaId},none` }],
    ['DeleteVideo', { VideoIds: `${VideoId},none` }],
    ['DeleteCategory', { CateId }],
  ]
  expect(calls.map(([action]) => action).sort()).toEqual(Object.keys(shapes).sort())
  const wrong: string[] = []
  for (const [action, params] of calls)
    wrong.push(...misfits(await call(action, params), { RequestId: 'string', ...(shapes[action] as object) }, action))
  expect(wrong).toEqual([])
})
