/** From timelines to videos. */

import { describe, expect, test } from 'vitest'
import { addApps } from '../../support/apps.js'
import { sample } from '../support.js'
import { type ClipInput, editingWorld, timelineOf } from './support.js'

test('a project of three clips becomes a video as long as the three together, which can be played', async () => {
  const { cloud, footage, project, produce, get, video, advance, play, events } = editingWorld({
    settings: { vod: { domains: [{ name: 'vod.example.com' }] }, limits: { enabled: false } },
  })
  const clips = [await footage(12.5), await footage(30), await footage(7.25)]
  const ProjectId = await project({ Timeline: timelineOf(...clips.map((MediaId) => ({ MediaId }))) })
  const before = events().length
  const { MediaId, ProjectId: produced } = (await produce({ ProjectId })).body
  expect(produced).toBe(ProjectId)
  expect((await get(ProjectId)).Status).toBe('Producing')
  expect((await video(MediaId)).Status).toBe('Uploading')

  await advance('1m')
  expect((await get(ProjectId)).Status).toBe('Produced')
  expect(await video(MediaId)).toMatchObject({ Status: 'Normal', Duration: 49.75, Title: 'cut' })
  const { VideoBase, PlayInfoList } = (await play(MediaId)).body
  expect(VideoBase.Duration).toBe('49.75')
  const mp4 = PlayInfoList.PlayInfo.find(({ Format }: { Format: string }) => Format === 'mp4')
  expect(mp4.Duration).toBe('49.75')
  const { host, pathname } = new URL(mp4.PlayURL)
  const played = await cloud.handle({ method: 'GET', host, path: pathname, query: '', headers: { host }, body: Buffer.alloc(0) })
  expect([played.status, played.headers['content-type'], Number(played.headers['content-length'])]).toEqual([200, 'video/mp4', mp4.Size])

  const told = events().slice(before)
  expect(told.map(({ EventType }) => EventType)).toEqual([
    'ProduceMediaComplete',
    'FileUploadComplete',
    'VideoAnalysisComplete',
    'SnapshotComplete',
    'StreamTranscodeComplete',
    'StreamTranscodeComplete',
    'TranscodeComplete',
  ])
  expect(told[0]).toMatchObject({ Status: 'success', MediaId, ProjectId })
  expect(told[2]).toMatchObject({ Status: 'success', VideoId: MediaId, Duration: '49.75' })
})

describe('the duration is that of the timeline', () => {
  test.each<[what: string, clips: (a: string, b: string) => ClipInput[], duration: number]>([
    [
      'parts of media',
      (a, b) => [
        { MediaId: a, In: 2, Out: 5.5 },
        { MediaId: b, In: '1', Out: '2.25' },
      ],
      4.75,
    ],
    ['an Out beyond the end', (a) => [{ MediaId: a, In: 4, Out: 100 }], 6],
    [
      'a length instead of an Out',
      (a, b) => [
        { MediaId: a, In: 1, Duration: 3 },
        { MediaId: b, Duration: 2 },
      ],
      5,
    ],
    ['VideoId for MediaId', (a) => [{ VideoId: a }], 10],
    [
      'places on the timeline',
      (a, b) => [
        { MediaId: a, In: 0, Out: 4, TimelineIn: 1, TimelineOut: 5 },
        { MediaId: b, TimelineIn: 8, TimelineOut: 11 },
      ],
      11,
    ],
    [
      'an order other than that of the list',
      (a, b) => [
        { MediaId: a, Out: 3, Index: 1 },
        { MediaId: b, Out: 2, Index: 0, TimelineIn: 4 },
      ],
      9,
    ],
    ['nulls for what is not given', (a) => [{ MediaId: a, VideoId: null, In: null, Out: null, Effects: null, Type: null }], 10],
    [
      'four decimals',
      (a) => [
        { MediaId: a, Out: 1.00005 },
        { MediaId: a, Out: 1.00004 },
      ],
      2.0001,
    ],
  ])('%s', async (_what, clips, duration) => {
    const { footage, produce, video, advance, call } = editingWorld()
    const Timeline = timelineOf(...clips(await footage(10), await footage(20)))
    const { MediaId } = (await produce({ Timeline })).body
    expect((await call('SearchEditingProject')).body.ProjectList.Project[0].Duration).toBe(duration)
    await advance('1m')
    expect((await video(MediaId)).Duration).toBe(duration)
  })

  test('of several tracks the longest counts', async () => {
    const { footage, produce, video, advance } = editingWorld()
    const [a, b] = [await footage(10), await footage(20)]
    const tracks = [a, b, a].map((MediaId) => ({ VideoTrackClips: [{ MediaId }] }))
    const { MediaId } = (await produce({ Timeline: JSON.stringify({ VideoTracks: tracks }) })).body
    await advance('1m')
    expect((await video(MediaId)).Duration).toBe(20)
  })

  test('images last as long as is said', async () => {
    const { footage, image, produce, video, advance } = editingWorld()
    const clips = [{ MediaId: await footage(10) }, { MediaId: await image(), Type: 'Image', Duration: 4 }]
    const { MediaId } = (await produce({ Timeline: timelineOf(...clips) })).body
    await advance('1m')
    expect((await video(MediaId)).Duration).toBe(14)
  })

  test('materials of material management can be clips, too', async () => {
    const { call, put, produce, video, advance } = editingWorld()
    const ticket = (await call('CreateUploadAttachedMedia', { BusinessType: 'material', MediaExt: 'mp4' })).body
    await put(ticket, sample('sample.mp4'))
    const { MediaId } = (await produce({ Timeline: timelineOf({ MediaId: ticket.MediaId }) })).body
    await advance('1m')
    expect((await video(MediaId)).Duration).toBe(2)
  })
})

describe('the picture', () => {
  const size = async (ProduceConfig?: string) => {
    const { footage, produce, advance, call } = editingWorld()
    const sizes = [
      { width: 1280, height: 720 },
      { width: 1920, height: 1080 },
      { width: 720, height: 1280 },
    ]
    const clips = []
    for (const each of sizes) clips.push({ MediaId: await footage(5, each) })
    const { MediaId } = (await produce({ Timeline: timelineOf(...clips), ...(ProduceConfig && { ProduceConfig }) })).body
    await advance('1m')
    const { Width, Height, Duration } = (await call('GetMezzanineInfo', { VideoId: MediaId })).body.Mezzanine
    return { Width, Height, Duration }
  }

  test('is as wide and as high as the largest media', async () => {
    expect(await size()).toEqual({ Width: 1920, Height: 1280, Duration: '15.0000' })
  })

  test('is as wide and as high as is asked for', async () => {
    expect(await size('{"Width":640,"Height":"480","TemplateId":null}')).toEqual({ Width: 640, Height: 480, Duration: '15.0000' })
  })
})

test('what is said of the video is what MediaMetadata and ProduceConfig say', async () => {
  const { footage, produce, video, advance, call, account } = editingWorld({
    settings: { vod: { storages: [{ location: 'own.oss-cn-shanghai.aliyuncs.com' }] }, limits: { enabled: false } },
  })
  addApps(account, 'app-1000001')
  const { CateId } = (await call('AddCategory', { CateName: 'cuts' })).body.Category
  const { MediaId, ProjectId } = (
    await produce({
      Timeline: timelineOf({ MediaId: await footage(5) }),
      Title: 'project',
      Description: 'of the project',
      MediaMetadata: JSON.stringify({
        Title: 'film',
        Description: 'of the film',
        CateId: String(CateId),
        Tags: 'a,b',
        CoverURL: 'https://example.com/cover.jpg',
      }),
      ProduceConfig: JSON.stringify({ TemplateGroupId: 'VOD_NO_TRANSCODE', StorageLocation: 'own.oss-cn-shanghai.aliyuncs.com' }),
      UserData: '{"Extend":{"id":"7"}}',
      AppId: 'app-1000001',
    })
  ).body
  await advance('1m')
  expect(await video(MediaId)).toMatchObject({
    Status: 'Normal',
    Title: 'film',
    Description: 'of the film',
    CateId,
    CateName: 'cuts',
    Tags: 'a,b',
    CoverURL: 'https://example.com/cover.jpg',
    TemplateGroupId: 'VOD_NO_TRANSCODE',
    StorageLocation: 'own.oss-cn-shanghai.aliyuncs.com',
    AppId: 'app-1000001',
  })
  const { Project } = (await call('GetEditingProject', { ProjectId })).body
  expect(Project).toMatchObject({ Title: 'project', Description: 'of the project' })
  const [complete] = account.events.list().filter(({ type }) => type === 'ProduceMediaComplete')
  expect(complete?.payload).toMatchObject({ Extend: '{"id":"7"}', MediaId })
  const [hit] = (await call('SearchMedia', { Match: "MediaSource = 'editing'", Fields: 'Title,MediaSource' })).body.MediaList
  expect(hit.Video).toMatchObject({ Title: 'film', MediaSource: 'editing' })
})

describe('projects and timelines', () => {
  test('a timeline alone makes a project of it, with its media as materials', async () => {
    const { footage, produce, get, call } = editingWorld()
    const [a, b] = [await footage(5), await footage(6)]
    const Timeline = timelineOf({ MediaId: a }, { MediaId: b }, { MediaId: a })
    const { ProjectId } = (await produce({ Timeline })).body
    expect(await get(ProjectId)).toMatchObject({ Timeline, Status: 'Producing', RegionId: 'cn-shanghai' })
    const { Material } = (await call('GetEditingProjectMaterials', { ProjectId })).body.MaterialList
    expect(Material.map(({ MaterialId }: { MaterialId: string }) => MaterialId)).toEqual([a, b])
  })

  test('a timeline beside a project takes the place of what it had, and so do other words', async () => {
    const { footage, project, produce, get, call, video, advance } = editingWorld()
    const [a, b] = [await footage(5), await footage(6)]
    const ProjectId = await project({ Timeline: timelineOf({ MediaId: a }), Description: 'stays' })
    await call('SetEditingProjectMaterials', { ProjectId, MaterialIds: a })
    const Timeline = ` ${timelineOf({ MediaId: b })} `
    const { MediaId } = (await produce({ ProjectId, Timeline, Title: 'new' })).body
    expect(await get(ProjectId)).toMatchObject({ Timeline, Title: 'new', Description: 'stays' })
    const { Material } = (await call('GetEditingProjectMaterials', { ProjectId })).body.MaterialList
    expect(Material.map(({ MaterialId }: { MaterialId: string }) => MaterialId)).toEqual([b])
    await advance('1m')
    expect((await video(MediaId)).Duration).toBe(6)
  })

  test('a project keeps its materials where no timeline is given', async () => {
    const { footage, project, produce, call } = editingWorld()
    const [a, b] = [await footage(5), await footage(6)]
    const ProjectId = await project({ Timeline: timelineOf({ MediaId: a }) })
    await call('SetEditingProjectMaterials', { ProjectId, MaterialIds: `${b},${a}` })
    await produce({ ProjectId })
    const { Material } = (await call('GetEditingProjectMaterials', { ProjectId })).body.MaterialList
    expect(Material.map(({ MaterialId }: { MaterialId: string }) => MaterialId)).toEqual([b, a])
  })

  test('what is saved while a video is made counts for the next one', async () => {
    const { footage, project, produce, call, video, advance } = editingWorld()
    const [a, b] = [await footage(5), await footage(6)]
    const ProjectId = await project({ Timeline: timelineOf({ MediaId: a }) })
    const first = (await produce({ ProjectId })).body.MediaId
    await call('UpdateEditingProject', { ProjectId, Timeline: timelineOf({ MediaId: b }) })
    const second = (await produce({ ProjectId })).body.MediaId
    await advance('1m')
    expect([(await video(first)).Duration, (await video(second)).Duration]).toEqual([5, 6])
  })

  test('a project has the status of its latest production', async () => {
    const { footage, project, produce, account, advance, get } = editingWorld()
    const ProjectId = await project({ Timeline: timelineOf({ MediaId: await footage(5) }) })
    account.faults.add({
      action: 'ProduceEditingProjectVideo',
      job: { fail: { code: 'InternalError', message: 'Broken.' } },
      custom: true,
      times: 1,
    })
    await produce({ ProjectId })
    await produce({ ProjectId })
    await advance('1m')
    expect((await get(ProjectId)).Status).toBe('Produced')
  })

  test('a project that is deleted meanwhile holds up nothing', async () => {
    const { footage, project, produce, call, advance, video, events } = editingWorld()
    const ProjectId = await project({ Timeline: timelineOf({ MediaId: await footage(5) }) })
    const { MediaId } = (await produce({ ProjectId })).body
    await call('DeleteEditingProject', { ProjectIds: ProjectId })
    await advance('1m')
    expect((await video(MediaId)).Status).toBe('Normal')
    expect(events('ProduceMediaComplete')).toEqual([expect.objectContaining({ Status: 'success', MediaId, ProjectId })])
  })

  test('a copy of the account goes on with what is being made', async () => {
    const { cloud, account, footage, produce, video } = editingWorld()
    const { MediaId } = (await produce({ Timeline: timelineOf({ MediaId: await footage(5) }) })).body
    const fork = await account.fork()
    await fork.clock.advance('1m')
    expect(fork.vod.videos.get(MediaId)).toMatchObject({ status: 'Normal', facts: { duration: 5 } })
    expect(fork.vod.productions.count).toBe(0)
    expect((await video(MediaId)).Status).toBe('Uploading')
    cloud.disposeAccount(fork)
  })
})
