import { describe, expect, test } from 'vitest'
import { vodWorld } from '../support.js'
import { filmWorld } from './film.js'

type Params = Record<string, string | number>

const invalid = (param: string) => `The specified parameter "${param}" is not valid.`
const missing = (param: string) => `The input parameter "${param}" that is mandatory for processing this request is not supplied.`
const noVideo = 'The video does not exist.'
const noResource = (name: string) => `The specified resource ${name} does not exist.`
const override = (value: unknown) => ({ DynamicImageTemplateId: 'animation', OverrideParams: JSON.stringify(value) })
const sprite = (value: unknown) => ({ Count: 1, SpriteSnapshotConfig: JSON.stringify(value) })

/** Calls about a film, by an account that has a template `animation`, a workflow `mine`, and no other. */
const rows: [action: string, params: Params, status: number, code: string, message: string, reason: string][] = [
  ['SubmitSnapshotJob', { VideoId: '' }, 400, 'MissingParameter', missing('VideoId'), 'VideoId'],
  ['SubmitSnapshotJob', { VideoId: 'none', Count: 1 }, 404, 'InvalidVideo.NotFound', noVideo, 'VideoId'],
  ['SubmitSnapshotJob', {}, 400, 'MissingParameter', missing('Count'), 'neither is Interval'],
  ['SubmitSnapshotJob', { Interval: 0 }, 400, 'MissingParameter', missing('Count'), 'Interval 0'],
  ['SubmitSnapshotJob', { Count: 0 }, 400, 'InvalidParameter', invalid('Count'), 'Count'],
  ['SubmitSnapshotJob', { Count: 'many' }, 400, 'InvalidParameter', invalid('Count'), 'Count'],
  ['SubmitSnapshotJob', { Interval: -1 }, 400, 'InvalidParameter', invalid('Interval'), 'Interval'],
  [
    'SubmitSnapshotJob',
    { Count: 1, SpecifiedOffsetTime: -1 },
    400,
    'InvalidParameter',
    invalid('SpecifiedOffsetTime'),
    'SpecifiedOffsetTime',
  ],
  ['SubmitSnapshotJob', { Count: 1, Width: 7 }, 400, 'InvalidParameter', invalid('Width'), 'Width'],
  ['SubmitSnapshotJob', { Count: 1, Width: 4097 }, 400, 'InvalidParameter', invalid('Width'), 'Width'],
  ['SubmitSnapshotJob', { Count: 1, Height: '72.5' }, 400, 'InvalidParameter', invalid('Height'), 'Height'],
  ['SubmitSnapshotJob', { Count: 1, SpriteSnapshotConfig: '{' }, 400, 'InvalidParameter', invalid('SpriteSnapshotConfig'), 'not JSON'],
  [
    'SubmitSnapshotJob',
    { Count: 1, SpriteSnapshotConfig: '[]' },
    400,
    'InvalidParameter',
    invalid('SpriteSnapshotConfig'),
    'not an object',
  ],
  ['SubmitSnapshotJob', sprite({ Columns: 0 }), 400, 'InvalidParameter', invalid('SpriteSnapshotConfig'), 'at Columns'],
  ['SubmitSnapshotJob', sprite({ Lines: 10_001 }), 400, 'InvalidParameter', invalid('SpriteSnapshotConfig'), 'at Lines'],
  ['SubmitSnapshotJob', sprite({ Color: '#ff0000' }), 400, 'InvalidParameter', invalid('SpriteSnapshotConfig'), 'at Color'],
  ['SubmitSnapshotJob', sprite({ KeepCellPic: 'yes' }), 400, 'InvalidParameter', invalid('SpriteSnapshotConfig'), 'at KeepCellPic'],
  ['SubmitSnapshotJob', { SnapshotTemplateId: 'none' }, 404, 'NoSuchResource', noResource('none'), 'SnapshotTemplateId'],
  ['SubmitSnapshotJob', { SnapshotTemplateId: 'animation' }, 404, 'NoSuchResource', noResource('animation'), 'SnapshotTemplateId'],
  ['SubmitSnapshotJob', { Count: 1, UserData: 'text' }, 400, 'InvalidParameter', invalid('UserData'), 'UserData'],
  ['SubmitDynamicImageJob', {}, 400, 'MissingParameter', missing('DynamicImageTemplateId'), 'DynamicImageTemplateId'],
  ['SubmitDynamicImageJob', { VideoId: 'none', DynamicImageTemplateId: 'animation' }, 404, 'InvalidVideo.NotFound', noVideo, 'VideoId'],
  ['SubmitDynamicImageJob', { DynamicImageTemplateId: 'none' }, 404, 'NoSuchResource', noResource('none'), 'DynamicImageTemplateId'],
  ['SubmitDynamicImageJob', override('text'), 400, 'InvalidParameter', invalid('OverrideParams'), 'root'],
  ['SubmitDynamicImageJob', override({ Video: { Width: 127 } }), 400, 'InvalidParameter', invalid('OverrideParams'), 'at Video.Width'],
  ['SubmitDynamicImageJob', override({ Video: { Fps: 0 } }), 400, 'InvalidParameter', invalid('OverrideParams'), 'at Video.Fps'],
  [
    'SubmitDynamicImageJob',
    override({ Container: { Format: 'png' } }),
    400,
    'InvalidParameter',
    invalid('OverrideParams'),
    'at Container.Format',
  ],
  [
    'SubmitDynamicImageJob',
    override({ Clip: { TimeSpan: { Seek: '24:00:00' } } }),
    400,
    'InvalidParameter',
    invalid('OverrideParams'),
    'at Clip.TimeSpan.Seek',
  ],
  ['SubmitDynamicImageJob', override({ SetDefaultCover: 'yes' }), 400, 'InvalidParameter', invalid('OverrideParams'), 'at SetDefaultCover'],
  [
    'SubmitDynamicImageJob',
    override({ Watermarks: [{}] }),
    400,
    'InvalidParameter',
    invalid('OverrideParams'),
    'at Watermarks.0.WatermarkId',
  ],
  ['SubmitWorkflowJob', {}, 400, 'MissingParameter', missing('WorkflowId'), 'WorkflowId'],
  ['SubmitWorkflowJob', { WorkflowId: 'mine', MediaId: '' }, 400, 'MissingParameter', missing('MediaId'), 'MediaId'],
  ['SubmitWorkflowJob', { WorkflowId: 'mine', MediaId: 'none' }, 404, 'InvalidVideo.NotFound', noVideo, 'MediaId'],
  ['SubmitWorkflowJob', { WorkflowId: 'none' }, 404, 'NoSuchResource', noResource('none'), 'WorkflowId'],
]

describe.each(rows)('%s %j', (action, params, status, code, message, reason) => {
  test(`is refused with ${status} ${code}, and changes nothing`, async () => {
    const { account, refusal, film } = await world()
    const before = account.jobs.unfinished
    const refused = await refusal(action, { ...film(action), ...params })
    expect({ ...refused, reason: decodeURIComponent(refused.reason ?? '') }).toEqual({
      status,
      code,
      message,
      reason: expect.stringContaining(reason),
    })
    expect(account.jobs.unfinished).toBe(before)
  })
})

async function world() {
  const made = await filmWorld({}, { settings: { vod: { workflows: [{ id: 'mine', steps: [{ does: 'distributeSource' }] }] } } })
  const { account, VideoId } = made
  const at = account.clock.now()
  const common = { name: 'mine', isDefault: false, appId: 'app-1000000', createdAt: at, modifiedAt: at }
  account.vod.vodTemplates.put({ ...common, vodTemplateId: 'animation', templateType: 'DynamicImage', dynamicImage: {} })
  const film = (action: string): Params => (action === 'SubmitWorkflowJob' ? { MediaId: VideoId } : { VideoId })
  return { ...made, film }
}

const calls: [action: string, params: Params, statuses: string[]][] = [
  ['SubmitSnapshotJob', { Count: 1 }, ['UploadSucc', 'Normal', 'Checking', 'Blocked']],
  ['SubmitDynamicImageJob', { DynamicImageTemplateId: 'animation' }, ['UploadSucc', 'Transcoding', 'Normal', 'Checking', 'Blocked']],
  ['SubmitWorkflowJob', { WorkflowId: 'mine' }, ['UploadSucc', 'Transcoding', 'TranscodeFail', 'Normal', 'Checking', 'Blocked']],
]

describe.each(calls)('%s', (action, params, allowed) => {
  test.each([
    'Uploading',
    'UploadFail',
    'UploadSucc',
    'Transcoding',
    'TranscodeFail',
    'Checking',
    'Blocked',
    'Normal',
    'ProduceFail',
  ] as const)('of a video that is %s', async (status) => {
    const { account, refusal, film, VideoId } = await world()
    account.vod.videos.update(VideoId, (draft) => {
      draft.status = status
    })
    const refused = await refusal(action, { ...film(action), ...params })
    if (allowed.includes(status)) expect(refused.status).toBe(200)
    else expect(refused).toMatchObject({ status: 400, code: 'Forbidden.IllegalStatus', message: 'Status of the video is illegal.' })
  })

  test('of a video whose source is deleted', async () => {
    const { account, call, refusal, film, VideoId } = await world()
    await call('DeleteMezzanines', { VideoIds: VideoId, Force: 'true' })
    account.vod.videos.update(VideoId, (draft) => {
      draft.status = 'Normal'
    })
    expect(await refusal(action, { ...film(action), ...params })).toMatchObject({ status: 404, code: 'NoSuchResource' })
  })

  test('is refused where too many jobs are unfinished', async () => {
    const { account, refusal, film } = await world()
    account.settings.change({ maxUnfinishedJobs: 0 })
    expect((await refusal(action, { ...film(action), ...params })).code).toBe('Throttling.User')
  })
})

test('the documented limits on calls hold', () => {
  const { cloud } = vodWorld()
  const limits = Object.entries({ SubmitSnapshotJob: 30, SubmitDynamicImageJob: 30, SubmitWorkflowJob: 20 })
  for (const [action, limit] of limits)
    expect([action, cloud.catalogue.byId.get(`vod.${action}`)?.limit]).toEqual([action, { limit, per: 'second' }])
})
