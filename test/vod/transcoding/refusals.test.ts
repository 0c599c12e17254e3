import { describe, expect, test } from 'vitest'
import { transcodeWorld } from './support.js'

type Row = [action: string, params: Record<string, string | number>, status: number, code: string, message: string, reason?: RegExp]

const invalid = (param: string) => `The specified parameter "${param}" is not valid.`
const missing = (param: string) => `The input parameter "${param}" that is mandatory for processing this request is not supplied.`
const noVideo = 'The video does not exist.'
const none = (resource: string) => `The specified resource ${resource} does not exist.`
const both = { VideoId: 'none', TemplateGroupId: 'none' }
const ids = (count: number) => Array.from({ length: count }, (_, index) => `video${index}`).join(',')

/** What is wrong with the parameters, or names something that an empty account does not have. */
describe.each<Row>([
  ['SubmitTranscodeJobs', { TemplateGroupId: 'none' }, 400, 'MissingParameter', missing('VideoId')],
  ['SubmitTranscodeJobs', { VideoId: 'none' }, 400, 'MissingParameter', missing('TemplateGroupId')],
  ['SubmitTranscodeJobs', both, 404, 'InvalidVideo.NotFound', noVideo, /^VideoId /],
  ['SubmitTranscodeJobs', { ...both, Priority: '11' }, 400, 'InvalidParameter', invalid('Priority')],
  ['SubmitTranscodeJobs', { ...both, Priority: '0' }, 400, 'InvalidParameter', invalid('Priority')],
  ['SubmitTranscodeJobs', { ...both, Priority: 'high' }, 400, 'InvalidParameter', invalid('Priority')],
  ['SubmitTranscodeJobs', { ...both, EncryptConfig: '{' }, 400, 'InvalidParameter', invalid('EncryptConfig'), /is not JSON/],
  [
    'SubmitTranscodeJobs',
    { ...both, EncryptConfig: '{"CipherText":"a"}' },
    400,
    'InvalidParameter',
    invalid('EncryptConfig'),
    /at DecryptKeyUri: is missing/,
  ],
  [
    'SubmitTranscodeJobs',
    { ...both, EncryptConfig: '{"CipherText":"a","DecryptKeyUri":"http://a.b/","KeyServiceType":"own"}' },
    400,
    'InvalidParameter',
    invalid('EncryptConfig'),
    /at KeyServiceType/,
  ],
  [
    'SubmitTranscodeJobs',
    { ...both, OverrideParams: '{"Watermarks":[{"Content":"a"}]}' },
    400,
    'InvalidParameter',
    invalid('OverrideParams'),
    /at Watermarks\.0\.WatermarkId/,
  ],
  ['SubmitTranscodeJobs', { ...both, UserData: '[]' }, 400, 'InvalidParameter', invalid('UserData')],
  ['SubmitPreprocessJobs', { PreprocessType: 'LivePreprocess' }, 400, 'MissingParameter', missing('VideoId')],
  ['SubmitPreprocessJobs', { VideoId: 'none' }, 400, 'MissingParameter', missing('PreprocessType')],
  ['SubmitPreprocessJobs', { VideoId: 'none', PreprocessType: 'Other' }, 400, 'InvalidParameter', invalid('PreprocessType')],
  ['SubmitPreprocessJobs', { VideoId: 'none', PreprocessType: 'LivePreprocess' }, 404, 'InvalidVideo.NotFound', noVideo],
  ['GetTranscodeSummary', {}, 400, 'MissingParameter', missing('VideoIds')],
  ['GetTranscodeSummary', { VideoIds: ids(11) }, 400, 'InvalidParameter', invalid('VideoIds')],
  ['GetTranscodeSummary', { VideoIds: 'a,,b' }, 400, 'InvalidParameter', invalid('VideoIds')],
  ['ListTranscodeTask', {}, 400, 'MissingParameter', missing('VideoId')],
  ['ListTranscodeTask', { VideoId: 'none', PageSize: 51 }, 400, 'InvalidParameter', invalid('PageSize')],
  ['ListTranscodeTask', { VideoId: 'none', PageNo: 0 }, 400, 'InvalidParameter', invalid('PageNo')],
  ['ListTranscodeTask', { VideoId: 'none', StartTime: '2026-01-01' }, 400, 'InvalidParameter', invalid('StartTime')],
  [
    'ListTranscodeTask',
    { VideoId: 'none', StartTime: '2026-01-01T00:00:00Z', EndTime: '2026-01-01T00:00:00Z' },
    400,
    'InvalidParameter',
    invalid('EndTime'),
  ],
  ['GetTranscodeTask', {}, 400, 'MissingParameter', missing('TranscodeTaskId')],
  ['GetTranscodeTask', { TranscodeTaskId: 'none' }, 404, 'NoSuchResource', none('none'), /^TranscodeTaskId /],
])('%s with %o', (action, params, status, code, message, reason = /./) => {
  test(`${status} ${code}`, async () => {
    const { refusal } = transcodeWorld()
    const refused = await refusal(action, params)
    expect(refused).toMatchObject({ status, code, message })
    expect(decodeURIComponent(refused.reason ?? '')).toMatch(reason)
  })
})

test.each(['Uploading', 'Transcoding', 'TranscodeFail', 'Blocked', 'ProduceFail'] as const)(
  'a video that is %s is not transcoded on demand',
  async (status) => {
    const { account, uploaded, refusal, addGroup } = transcodeWorld()
    const [VideoId, TemplateGroupId] = [await uploaded(), await addGroup()]
    account.vod.videos.update(VideoId, (draft) => {
      draft.status = status
    })
    expect(await refusal('SubmitTranscodeJobs', { VideoId, TemplateGroupId })).toMatchObject({
      status: 400,
      code: 'Forbidden.IllegalStatus',
      message: 'Status of the video is illegal.',
    })
    expect(account.vod.transcodeTasks.count).toBe(0)
  },
)

test.each(['Uploading', 'TranscodeFail', 'Blocked', 'ProduceFail'] as const)('a video that is %s is not preprocessed', async (status) => {
  const { account, uploaded, refusal } = transcodeWorld()
  const VideoId = await uploaded()
  account.vod.videos.update(VideoId, (draft) => {
    draft.status = status
  })
  expect(await refusal('SubmitPreprocessJobs', { VideoId, PreprocessType: 'LivePreprocess' })).toMatchObject({
    status: 400,
    code: 'Forbidden.IllegalStatus',
  })
})

describe('what a call names, and nobody has', () => {
  test('a template group', async () => {
    const { uploaded, refusal } = transcodeWorld()
    const VideoId = await uploaded()
    expect(await refusal('SubmitTranscodeJobs', { VideoId, TemplateGroupId: 'lost' })).toMatchObject({
      status: 404,
      code: 'NoSuchResource',
      message: none('lost'),
    })
  })

  test('a pipeline', async () => {
    const { uploaded, refusal, addGroup } = transcodeWorld()
    const [VideoId, TemplateGroupId] = [await uploaded(), await addGroup()]
    expect(await refusal('SubmitTranscodeJobs', { VideoId, TemplateGroupId, PipelineId: 'lost' })).toMatchObject({
      status: 404,
      code: 'NoSuchResource',
      message: none('lost'),
    })
  })

  test.each([
    ['SubmitTranscodeJobs', { TemplateGroupId: 'none' }],
    ['SubmitPreprocessJobs', { PreprocessType: 'LivePreprocess' }],
  ] as const)('a source that was deleted: %s', async (action, params) => {
    const { done, uploaded, addGroup, refusal, submit, advance } = transcodeWorld()
    const [VideoId, TemplateGroupId] = [await uploaded(), await addGroup()]
    await submit(VideoId, TemplateGroupId)
    await advance('1m')
    await done('DeleteMezzanines', { VideoIds: VideoId, Force: 'true' })
    expect(await refusal(action, { VideoId, ...params })).toMatchObject({
      status: 404,
      code: 'NoSuchResource',
      message: none('Mezzanine'),
    })
  })
})

test.each(['VOD_NO_TRANSCODE', 'empty'])('the group %s has nothing to transcode to', async (TemplateGroupId) => {
  const { account, uploaded, refusal } = transcodeWorld()
  const VideoId = await uploaded()
  const group = account.vod.templateGroups.get('VOD_NO_TRANSCODE')
  if (group) account.vod.templateGroups.put({ ...group, templateGroupId: 'empty' })
  expect(await refusal('SubmitTranscodeJobs', { VideoId, TemplateGroupId })).toMatchObject({ status: 400, code: 'InvalidParameter' })
})

test.each(['SubmitTranscodeJobs', 'SubmitPreprocessJobs'])('%s: an account with too many unfinished jobs is told so', async (action) => {
  const { account, uploaded, refusal, addGroup } = transcodeWorld({ settings: { maxUnfinishedJobs: 1 } })
  const [VideoId, TemplateGroupId] = [await uploaded(), await addGroup()]
  const params = { VideoId, TemplateGroupId, PreprocessType: 'LivePreprocess' }
  expect(await refusal(action, params)).toMatchObject({ code: 'Throttling.User' })
  expect([account.jobs.unfinished, account.vod.transcodeTasks.count]).toEqual([0, 0])
})
