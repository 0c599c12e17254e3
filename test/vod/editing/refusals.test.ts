/** Every refusal of the chapter, by what leads to it. */

import { describe, expect, test } from 'vitest'
import { editingWorld, timelineOf } from './support.js'

type Params = Record<string, string | number>
type Row = [action: string, params: Params, status: number, code: string, message: string, reason: string]

const words = (bytes: number) => 'x'.repeat(bytes)
const list = (count: number) => Array.from({ length: count }, (_, index) => `item${index}`).join(',')
const invalid = (param: string) => `The specified parameter "${param}" is not valid.`
const missing = (param: string) => `The input parameter "${param}" that is mandatory for processing this request is not supplied.`
const noProject = 'The editing project does not exist.'
const unknownProject = 'ProjectId is not the id of an editing project of this account'
const json = (value: object) => JSON.stringify(value)

describe.each<Row>([
  ['AddEditingProject', {}, 400, 'MissingParameter', missing('Title'), 'Title is not given'],
  ['AddEditingProject', { Title: '' }, 400, 'MissingParameter', missing('Title'), 'Title is not given'],
  ['AddEditingProject', { Title: words(1025) }, 400, 'InvalidParameter', invalid('Title'), 'has 1025 bytes'],
  ['AddEditingProject', { Title: 'a', Description: words(4097) }, 400, 'InvalidParameter', invalid('Description'), 'has 4097 bytes'],
  ['AddEditingProject', { Title: 'a', CoverURL: 'a.png' }, 400, 'InvalidParameter', invalid('CoverURL'), 'is not an absolute'],
  ['AddEditingProject', { Title: 'a', Division: 'cn-nowhere' }, 400, 'InvalidParameter', invalid('Division'), 'is none of'],
  ['AddEditingProject', { Title: 'a', Timeline: '{' }, 400, 'InvalidParameter', invalid('Timeline'), 'is not JSON'],
  ['UpdateEditingProject', {}, 400, 'MissingParameter', missing('ProjectId'), 'ProjectId is not given'],
  ['UpdateEditingProject', { ProjectId: 'none' }, 404, 'InvalidEditingProject.NotFound', noProject, unknownProject],
  ['UpdateEditingProject', { ProjectId: 'none', Title: words(1025) }, 400, 'InvalidParameter', invalid('Title'), 'has 1025 bytes'],
  ['UpdateEditingProject', { ProjectId: 'none', Timeline: '7' }, 400, 'InvalidParameter', invalid('Timeline'), 'at its root'],
  ['DeleteEditingProject', {}, 400, 'MissingParameter', missing('ProjectIds'), 'ProjectIds is not given'],
  ['DeleteEditingProject', { ProjectIds: 'a,,b' }, 400, 'InvalidParameter', invalid('ProjectIds'), 'has an empty element'],
  ['DeleteEditingProject', { ProjectIds: 'a,b' }, 404, 'InvalidEditingProject.NotFound', noProject, 'holds no id'],
  ['GetEditingProject', {}, 400, 'MissingParameter', missing('ProjectId'), 'ProjectId is not given'],
  ['GetEditingProject', { ProjectId: 'none' }, 404, 'InvalidEditingProject.NotFound', noProject, unknownProject],
  ['SearchEditingProject', { Status: 'Normal,ProduceFaile' }, 400, 'InvalidParameter', invalid('Status'), 'element 2'],
  ['SearchEditingProject', { PageNo: 0 }, 400, 'InvalidParameter', invalid('PageNo'), 'outside'],
  ['SearchEditingProject', { PageSize: 101 }, 400, 'InvalidParameter', invalid('PageSize'), 'outside'],
  ['SearchEditingProject', { SortBy: 'Title:Asc' }, 400, 'InvalidParameter', invalid('SortBy'), 'is none of'],
  ['SearchEditingProject', { StartTime: 'today' }, 400, 'InvalidParameter', invalid('StartTime'), 'is not a time'],
  [
    'SearchEditingProject',
    { StartTime: '2026-01-01T00:00:00Z', EndTime: '2026-01-01T00:00:00Z' },
    400,
    'InvalidParameter',
    invalid('EndTime'),
    'is not later than StartTime',
  ],
  ['SetEditingProjectMaterials', { MaterialIds: 'a' }, 400, 'MissingParameter', missing('ProjectId'), 'ProjectId is not given'],
  ['SetEditingProjectMaterials', { ProjectId: 'a' }, 400, 'MissingParameter', missing('MaterialIds'), 'MaterialIds is not given'],
  [
    'SetEditingProjectMaterials',
    { ProjectId: 'a', MaterialIds: list(1001) },
    400,
    'InvalidParameter',
    invalid('MaterialIds'),
    'has 1001 elements',
  ],
  ['SetEditingProjectMaterials', { ProjectId: 'none', MaterialIds: 'a' }, 404, 'InvalidEditingProject.NotFound', noProject, unknownProject],
  ['GetEditingProjectMaterials', {}, 400, 'MissingParameter', missing('ProjectId'), 'ProjectId is not given'],
  ['GetEditingProjectMaterials', { ProjectId: 'none' }, 404, 'InvalidEditingProject.NotFound', noProject, unknownProject],
  ['GetEditingProjectMaterials', { ProjectId: 'a', Type: 'image' }, 400, 'InvalidParameter', invalid('Type'), 'is none of'],
  ['GetEditingProjectMaterials', { ProjectId: 'a', MaterialType: 'text' }, 400, 'InvalidParameter', invalid('MaterialType'), 'is none of'],
  ['ProduceEditingProjectVideo', {}, 400, 'MissingParameter', missing('Timeline'), 'Timeline is not given, nor is ProjectId'],
  ['ProduceEditingProjectVideo', { ProjectId: 'none' }, 404, 'InvalidEditingProject.NotFound', noProject, unknownProject],
  ['ProduceEditingProjectVideo', { Timeline: '{}' }, 400, 'InvalidParameter', invalid('Timeline'), 'Timeline has no clip'],
  ['ProduceEditingProjectVideo', { Timeline: '{"VideoTracks":[{}]}' }, 400, 'InvalidParameter', invalid('Timeline'), 'has no clip'],
  [
    'ProduceEditingProjectVideo',
    { Timeline: timelineOf({ MediaId: 'gone' }) },
    404,
    'InvalidVideo.NotFound',
    'The video does not exist.',
    'Timeline at VideoTracks.0.VideoTrackClips.0.MediaId: "gone" is not the id of a video, audio or image of this account',
  ],
  [
    'ProduceEditingProjectVideo',
    { Timeline: timelineOf({ VideoId: 'gone', Type: 'Image' }) },
    404,
    'NoSuchResource',
    'The specified resource does not exist.',
    'Timeline at VideoTracks.0.VideoTrackClips.0.VideoId: "gone" is not the id',
  ],
])('%s %j', (action, params, status, code, message, reason) => {
  test(`is refused with ${status} ${code}`, async () => {
    const refused = await editingWorld().refusal(action, params)
    expect(refused).toMatchObject({ status, code, message })
    expect(decodeURIComponent(refused.reason ?? '')).toContain(reason)
  })
})

/** What is wrong beside a timeline of a video of ten seconds. */
describe('ProduceEditingProjectVideo', () => {
  test.each<[what: string, params: (video: string, image: string) => Params, status: number, code: string, reason: string]>([
    [
      'a clip behind the end of its medium',
      (MediaId) => ({ Timeline: timelineOf({ MediaId, In: 10 }) }),
      400,
      'InvalidParameter',
      'Timeline at VideoTracks.0.VideoTrackClips.0: begins when its medium',
    ],
    [
      'a clip whose place has passed',
      (MediaId) => ({ Timeline: timelineOf({ MediaId }, { MediaId, TimelineOut: 9 }) }),
      400,
      'InvalidParameter',
      'Timeline at VideoTracks.0.VideoTrackClips.1: begins when its medium, or its place on the timeline, has ended',
    ],
    [
      'an image that lasts nobody knows how long',
      (_video, MediaId) => ({ Timeline: timelineOf({ MediaId, Type: 'Image' }) }),
      400,
      'InvalidParameter',
      'Timeline at VideoTracks.0.VideoTrackClips.0.Duration: is not given, and an image has none of its own',
    ],
    [
      'an image as a video',
      (_video, MediaId) => ({ Timeline: timelineOf({ MediaId, Duration: 1 }) }),
      404,
      'InvalidVideo.NotFound',
      'MediaId: is the id of an image, and Type is not Image',
    ],
    [
      'a video as an image',
      (MediaId) => ({ Timeline: timelineOf({ MediaId, Type: 'Image', Duration: 1 }) }),
      404,
      'NoSuchResource',
      'MediaId: is the id of a video, and Type is Image',
    ],
    [
      'more than a year',
      (MediaId) => ({ Timeline: timelineOf({ MediaId, TimelineIn: 31_622_395 }) }),
      400,
      'InvalidParameter',
      'Timeline lasts 31622405 s, and 31622400 are the most',
    ],
    [
      'an unknown template group',
      (MediaId) => ({ Timeline: timelineOf({ MediaId }), ProduceConfig: json({ TemplateGroupId: 'none' }) }),
      404,
      'InvalidTemplateGroupId.NotFound',
      'TemplateGroupId is not the id of a transcoding template group',
    ],
    [
      'an unknown storage',
      (MediaId) => ({ Timeline: timelineOf({ MediaId }), ProduceConfig: json({ StorageLocation: 'none' }) }),
      404,
      'InvalidStorage.NotFound',
      'StorageLocation is none of',
    ],
    [
      'a width that is none',
      (MediaId) => ({ Timeline: timelineOf({ MediaId }), ProduceConfig: json({ Width: 0 }) }),
      400,
      'InvalidParameter',
      'ProduceConfig at Width: is 0',
    ],
    [
      'a long title',
      (MediaId) => ({ Timeline: timelineOf({ MediaId }), MediaMetadata: json({ Title: words(129) }) }),
      400,
      'InvalidParameter',
      'MediaMetadata at Title: has more than 128 bytes',
    ],
    [
      'too many tags',
      (MediaId) => ({ Timeline: timelineOf({ MediaId }), MediaMetadata: json({ Tags: list(17) }) }),
      400,
      'InvalidParameter',
      'MediaMetadata at Tags: has more than 16 tags',
    ],
    [
      'a category that is no number',
      (MediaId) => ({ Timeline: timelineOf({ MediaId }), MediaMetadata: json({ CateId: 'none' }) }),
      400,
      'InvalidParameter',
      'MediaMetadata at CateId: ',
    ],
    [
      'a cover that is no address',
      (MediaId) => ({ Timeline: timelineOf({ MediaId }), MediaMetadata: json({ CoverURL: 'a.png' }) }),
      400,
      'InvalidParameter',
      'MediaMetadata at CoverURL: ',
    ],
    ['UserData that is none', (MediaId) => ({ Timeline: timelineOf({ MediaId }), UserData: '[' }), 400, 'InvalidParameter', 'UserData '],
  ])('refuses %s', async (_what, params, status, code, reason) => {
    const { footage, image, refusal, call } = editingWorld()
    const refused = await refusal('ProduceEditingProjectVideo', params(await footage(10), await image()))
    expect(refused).toMatchObject({ status, code })
    expect(decodeURIComponent(refused.reason ?? '')).toContain(reason)
    expect((await call('SearchEditingProject')).body.Total).toBe(0)
    expect((await call('GetVideoList')).body.Total).toBe(1)
  })

  test('refuses a project without a timeline, which stays a draft', async () => {
    const { project, refusal, get } = editingWorld()
    const ProjectId = await project()
    expect(await refusal('ProduceEditingProjectVideo', { ProjectId, Title: 'new' })).toMatchObject({
      status: 400,
      code: 'InvalidParameter',
    })
    expect(await get(ProjectId)).toMatchObject({ Status: 'Normal', Title: 'cut' })
  })

  test('refuses media that are stored in several regions', async () => {
    const { footage, create, refusal } = editingWorld({
      settings: { vod: { storages: [{ location: 'far.oss-cn-beijing.aliyuncs.com' }] }, limits: { enabled: false } },
    })
    const far = (await create({ StorageLocation: 'far.oss-cn-beijing.aliyuncs.com' })).VideoId
    const refused = await refusal('ProduceEditingProjectVideo', { Timeline: timelineOf({ MediaId: await footage(5) }, { MediaId: far }) })
    expect(refused).toMatchObject({ status: 400, code: 'InvalidParameter' })
    expect(refused.reason).toContain('has media of several regions: cn-shanghai, cn-beijing')
  })

  test('needs a StorageLocation in regions other than Shanghai', async () => {
    const { footage, refusal } = editingWorld()
    const Timeline = timelineOf({ MediaId: await footage(5) })
    const at = (host: string, params: Params = {}) => refusal('ProduceEditingProjectVideo', { Timeline, ...params }, { host })
    expect(await at('vod.cn-beijing.aliyuncs.com')).toMatchObject({
      status: 400,
      code: 'MissingParameter',
      message: missing('ProduceConfig'),
    })
    expect((await at('vod.cn-shanghai.aliyuncs.com')).code).toBeUndefined()
    const { StorageLocation } = (await editingWorld().call('AddEditingProject', { Title: 'a' })).body
    expect((await at('vod.cn-beijing.aliyuncs.com', { ProduceConfig: json({ StorageLocation: StorageLocation ?? 'none' }) })).code).toBe(
      'InvalidStorage.NotFound',
    )
  })

  test('answers AddVideoFailed where there may be no more videos', async () => {
    const { footage, refusal, account } = editingWorld()
    const Timeline = timelineOf({ MediaId: await footage(5) })
    await account.settings.change({ vod: { maxMedia: 1 } })
    expect(await refusal('ProduceEditingProjectVideo', { Timeline })).toMatchObject({
      status: 503,
      code: 'AddVideoFailed',
      message: 'Adding video has failed due to some unknown error.',
    })
  })

  test('answers Throttling.User where there are too many unfinished jobs', async () => {
    const { footage, refusal, account } = editingWorld()
    const Timeline = timelineOf({ MediaId: await footage(5) })
    await account.settings.change({ maxUnfinishedJobs: 0 })
    expect((await refusal('ProduceEditingProjectVideo', { Timeline })).code).toBe('Throttling.User')
  })
})

test('projects of another account do not exist', async () => {
  const { cloud, project, refusal } = editingWorld()
  const ProjectId = await project()
  const account = cloud.createAccount()
  for (const action of ['GetEditingProject', 'UpdateEditingProject', 'ProduceEditingProjectVideo'])
    expect((await refusal(action, { ProjectId }, { account })).code).toBe('InvalidEditingProject.NotFound')
  expect((await refusal('DeleteEditingProject', { ProjectIds: ProjectId }, { account })).code).toBe('InvalidEditingProject.NotFound')
})

test('the documented limits on calls hold', async () => {
  const limits = {
    ProduceEditingProjectVideo: 50,
    AddEditingProject: 30,
    UpdateEditingProject: 10,
    DeleteEditingProject: 20,
    GetEditingProject: 30,
    SearchEditingProject: 30,
    SetEditingProjectMaterials: 30,
    GetEditingProjectMaterials: 30,
    ListLiveRecordVideo: 50,
  }
  const { cloud, refusal, advance } = editingWorld({ settings: {} })
  for (const [action, limit] of Object.entries(limits))
    expect([action, cloud.catalogue.byId.get(`vod.${action}`)?.limit]).toEqual([action, { limit, per: 'second' }])
  const codes = []
  for (let count = 0; count < 11; count++) codes.push((await refusal('UpdateEditingProject', { ProjectId: 'none' })).code)
  expect(codes.at(-1)).toBe('Throttling.User')
  await advance('1s')
  expect((await refusal('UpdateEditingProject', { ProjectId: 'none' })).code).toBe('InvalidEditingProject.NotFound')
})
