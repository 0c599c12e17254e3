/** Answers as the official clients read them: nesting and kinds of every Action of editing and of live to VOD, as the SDKs' interface has them. */

import { expect, onTestFinished, test } from 'vitest'
import { openApi, popCore, type SdkCall, testEmulator } from '../../support/sdk.js'
import { misfits, type Shape } from '../../support/shape.js'
import { sample, type Ticket } from '../support.js'
import { objectOf, uploaderOf } from '../uploader.js'
import { timelineOf } from './support.js'

const ofProject = {
  CreationTime: 'string',
  Description: 'string',
  ModifiedTime: 'string',
  ProjectId: 'string',
  Status: 'string',
  Title: 'string',
} as const

const inLists = { CoverURL: 'string', RegionId: 'string', StorageLocation: 'string' } as const

const shapes: Record<string, Shape> = {
  AddEditingProject: { Project: ofProject },
  UpdateEditingProject: {},
  GetEditingProject: { Project: { ...ofProject, ...inLists, Timeline: 'string' } },
  SearchEditingProject: { Total: 'number', ProjectList: { Project: [{ ...ofProject, ...inLists, Duration: 'number' }] } },
  SetEditingProjectMaterials: {},
  GetEditingProjectMaterials: {
    MaterialList: {
      Material: [
        {
          CateId: 'number',
          CateName: 'string',
          CoverURL: 'string',
          CreationTime: 'string',
          Description: 'string',
          Duration: 'number',
          MaterialId: 'string',
          MaterialType: 'string',
          ModifiedTime: 'string',
          Size: 'number',
          Snapshots: { Snapshot: ['string'] },
          'Source?': 'string',
          'SpriteConfig?': 'string',
          Sprites: { Sprite: ['string'] },
          Status: 'string',
          Tags: 'string',
          Title: 'string',
        },
      ],
    },
  },
  ProduceEditingProjectVideo: { MediaId: 'string', ProjectId: 'string' },
  DeleteEditingProject: {},
  ListLiveRecordVideo: {
    Total: 'number',
    LiveRecordVideoList: {
      LiveRecordVideo: [
        {
          AppName: 'string',
          DomainName: 'string',
          PlaylistId: 'string',
          RecordEndTime: 'string',
          RecordStartTime: 'string',
          StreamName: 'string',
          Video: {
            CateId: 'number',
            CateName: 'string',
            CoverURL: 'string',
            CreationTime: 'string',
            Description: 'string',
            Duration: 'number',
            ModifyTime: 'string',
            Size: 'number',
            Snapshots: { Snapshot: ['string'] },
            Status: 'string',
            Tags: 'string',
            TemplateGroupId: 'string',
            Title: 'string',
            VideoId: 'string',
          },
        },
      ],
    },
  },
}

/** An emulator with a video and a recording of a live stream that have all that can be said of them, and a client. */
async function library(connect: (target: { url: string; key: never; version: string }) => SdkCall) {
  const emulator = await testEmulator()
  onTestFinished(emulator.close)
  const account = emulator.cloud.account()
  const call = connect({ url: emulator.url, key: account.credentials as never, version: '2017-03-21' })
  const { CateId } = (await call('AddCategory', { CateName: 'raw' })).Category
  const words = { Title: 'title', Description: 'words', Tags: 'a,b', CateId }
  const ticket: Ticket & { VideoId: string } = await call('CreateUploadVideo', { ...words, FileName: 'a.mp4' })
  await uploaderOf(ticket).put(objectOf(ticket), sample('sample.mp4'))
  await account.liveStreams.record({ domainName: 'live.example.com', appName: 'app', streamName: 'stream', duration: '1m' })
  await account.clock.advance('1m')
  const [recording] = (await call('ListLiveRecordVideo')).LiveRecordVideoList.LiveRecordVideo
  await call('UpdateVideoInfo', { VideoId: recording.Video.VideoId, ...words })
  return { call, VideoId: ticket.VideoId }
}

test.each([
  { name: '@alicloud/openapi-client', connect: (target: never) => openApi(target, 'form') },
  { name: '@alicloud/pop-core', connect: (target: never) => popCore(target, 'POST') },
])('$name reads every answer in its nesting, with values of their kinds', async ({ connect }) => {
  const { call, VideoId } = await library(connect as never)
  const Timeline = timelineOf({ MediaId: VideoId })
  const added = await call('AddEditingProject', { Title: 'cut', Description: 'words', Timeline })
  const { ProjectId } = added.Project
  const calls: [action: string, params: Record<string, unknown>][] = [
    ['AddEditingProject', { Title: 'another', Description: 'words', Timeline }],
    ['UpdateEditingProject', { ProjectId, Title: 'new' }],
    ['GetEditingProject', { ProjectId }],
    ['SearchEditingProject', { Title: 'new' }],
    ['SetEditingProjectMaterials', { ProjectId, MaterialIds: VideoId }],
    ['GetEditingProjectMaterials', { ProjectId, Type: 'video' }],
    ['ProduceEditingProjectVideo', { ProjectId, MediaMetadata: '{"Title":"film"}' }],
    ['DeleteEditingProject', { ProjectIds: ProjectId }],
    ['ListLiveRecordVideo', { StreamName: 'stream' }],
  ]
  expect(calls.map(([action]) => action).sort()).toEqual(Object.keys(shapes).sort())
  const wrong: string[] = []
  for (const [action, params] of calls)
    wrong.push(...misfits(await call(action, params), { RequestId: 'string', ...(shapes[action] as object) }, action))
  expect(wrong).toEqual([])
})
