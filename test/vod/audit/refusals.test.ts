/** What the Actions of reviews refuse. The manual documents no codes for them; these are what others answer in the same situation. */

import { describe, expect, test } from 'vitest'
import { auditWorld } from './support.js'

type Row = [action: string, params: Record<string, string | number>, status: number, code: string, message: string]

const invalid = (param: string) => `The specified parameter "${param}" is not valid.`
const missing = (param: string) => `The input parameter "${param}" that is mandatory for processing this request is not supplied.`
const noVideo = 'The video does not exist.'
const noResource = 'The specified resource does not exist.'
const MediaId = 'none'

describe.each<Row>([
  ['CreateAudit', {}, 400, 'MissingParameter', missing('AuditContent')],
  ['GetAuditHistory', {}, 400, 'MissingParameter', missing('VideoId')],
  ['GetAuditHistory', { VideoId: MediaId }, 404, 'InvalidVideo.NotFound', noVideo],
  ['GetAuditHistory', { VideoId: MediaId, PageNo: 0 }, 400, 'InvalidParameter', invalid('PageNo')],
  ['GetAuditHistory', { VideoId: MediaId, PageSize: 101 }, 400, 'InvalidParameter', invalid('PageSize')],
  ['GetAuditHistory', { VideoId: MediaId, SortBy: 'Status:Asc' }, 400, 'InvalidParameter', invalid('SortBy')],
  ['SubmitAIMediaAuditJob', {}, 400, 'MissingParameter', missing('MediaId')],
  ['SubmitAIMediaAuditJob', { MediaId }, 404, 'InvalidVideo.NotFound', noVideo],
  ['SubmitAIMediaAuditJob', { MediaId, MediaType: 'image' }, 400, 'InvalidParameter', invalid('MediaType')],
  ['SubmitAIMediaAuditJob', { MediaId, UserData: '{' }, 400, 'InvalidParameter', invalid('UserData')],
  ['SubmitAIMediaAuditJob', { MediaId, MediaAuditConfiguration: '{' }, 400, 'InvalidParameter', invalid('MediaAuditConfiguration')],
  [
    'SubmitAIMediaAuditJob',
    { MediaId, MediaAuditConfiguration: '{"ResourceType":"short-video"}' },
    400,
    'InvalidParameter',
    invalid('MediaAuditConfiguration'),
  ],
  ['SubmitAIImageAuditJob', {}, 400, 'MissingParameter', missing('MediaId')],
  ['SubmitAIImageAuditJob', { MediaId }, 404, 'NoSuchResource', noResource],
  [
    'SubmitAIImageAuditJob',
    { MediaId, MediaAuditConfiguration: '{"ResourceType":"短视频"}' },
    400,
    'InvalidParameter',
    invalid('MediaAuditConfiguration'),
  ],
  ['GetAIMediaAuditJob', {}, 400, 'MissingParameter', missing('JobId')],
  ['GetAIMediaAuditJob', { JobId: 'none' }, 404, 'NoSuchResource', noResource],
  ['GetMediaAuditResult', {}, 400, 'MissingParameter', missing('MediaId')],
  ['GetMediaAuditResult', { MediaId }, 404, 'NoSuchResource', noResource],
  ['GetMediaAuditResultDetail', { MediaId }, 404, 'NoSuchResource', noResource],
  ['GetMediaAuditResultDetail', { MediaId, PageNo: 0 }, 400, 'InvalidParameter', invalid('PageNo')],
  ['GetMediaAuditResultTimeline', { MediaId }, 404, 'NoSuchResource', noResource],
  ['GetMediaAuditAudioResultDetail', { MediaId }, 404, 'NoSuchResource', noResource],
  ['GetMediaAuditAudioResultDetail', { MediaId, PageNo: 'first' }, 400, 'InvalidParameter', invalid('PageNo')],
])('%s %j', (action, params, status, code, message) => {
  test(`is refused with ${status} ${code}`, async () => {
    const { reason, ...refused } = await auditWorld().refusal(action, params)
    expect(refused).toEqual({ status, code, message })
    expect(reason).toMatch(/\w/)
  })
})

describe('of media that there are', () => {
  /** The code with which SubmitAIMediaAuditJob is refused. */
  const submitted = async (prepare: (world: ReturnType<typeof auditWorld>) => Promise<{ MediaId: string; [name: string]: string }>) => {
    const world = auditWorld()
    const params = await prepare(world)
    const { status, code, reason } = await world.refusal('SubmitAIMediaAuditJob', params)
    expect(world.account.vod.mediaAudits.count).toBe(0)
    return [status, code, decodeURIComponent(reason ?? '')]
  }
  const ILLEGAL = [400, 'Forbidden.IllegalStatus', expect.stringContaining('has not been analysed')]

  test('a video without a file: SubmitAIMediaAuditJob is Forbidden.IllegalStatus', async () => {
    expect(await submitted(async ({ create }) => ({ MediaId: (await create()).VideoId }))).toEqual(ILLEGAL)
  })

  test('a video that has not been analysed', async () => {
    expect(await submitted(async ({ upload }) => ({ MediaId: await upload() }))).toEqual(ILLEGAL)
  })

  test('a video that is damaged', async () => {
    const damaged = async ({ upload, advance }: ReturnType<typeof auditWorld>) => {
      const VideoId = await upload({}, Buffer.alloc(0))
      await advance('1m')
      return { MediaId: VideoId }
    }
    expect(await submitted(damaged)).toEqual(ILLEGAL)
  })

  test('a video whose source is deleted', async () => {
    const sourceless = async ({ film, call }: ReturnType<typeof auditWorld>) => {
      const VideoId = await film()
      await call('DeleteMezzanines', { VideoIds: VideoId, Force: 'true' })
      return { MediaId: VideoId }
    }
    expect(await submitted(sourceless)).toEqual(ILLEGAL)
  })

  test.each([
    ['that there is not', async () => 'none'],
    [
      'for smart covers',
      ({ addTemplate }: ReturnType<typeof auditWorld>) => addTemplate({ Format: 'gif', SetDefaultCover: 'true' }, 'AIImage'),
    ],
  ])('a template %s', async (_case, template) => {
    const named = async (world: ReturnType<typeof auditWorld>) => ({ MediaId: await world.film(), TemplateId: await template(world) })
    expect(await submitted(named)).toEqual([404, 'NoSuchResource', expect.stringContaining('TemplateId')])
  })

  test('more jobs than the account may have', async () => {
    const busy = async ({ film, account }: ReturnType<typeof auditWorld>) => {
      const VideoId = await film()
      await account.settings.change({ maxUnfinishedJobs: 0 })
      return { MediaId: VideoId }
    }
    expect(await submitted(busy)).toEqual([400, 'Throttling.User', expect.stringContaining('unfinished jobs')])
  })

  test('an image without a file: SubmitAIImageAuditJob is Forbidden.IllegalStatus; one of another kind is NoSuchResource', async () => {
    const { call, refusal, film } = auditWorld()
    const { ImageId } = (await call('CreateUploadImage', { ImageType: 'cover' })).body
    expect(await refusal('SubmitAIImageAuditJob', { MediaId: ImageId })).toMatchObject({ status: 400, code: 'Forbidden.IllegalStatus' })
    expect((await refusal('SubmitAIImageAuditJob', { MediaId: await film() })).code).toBe('NoSuchResource')
  })

  test.each(['GetMediaAuditResult', 'GetMediaAuditResultDetail', 'GetMediaAuditResultTimeline', 'GetMediaAuditAudioResultDetail'])(
    '%s of a medium that no review has come to an end of is NoSuchResource',
    async (action) => {
      const { film, call, refusal } = auditWorld()
      const id = await film()
      await call('SubmitAIMediaAuditJob', { MediaId: id })
      const { code, reason } = await refusal(action, { MediaId: id })
      expect([code, decodeURIComponent(reason ?? '')]).toEqual(['NoSuchResource', expect.stringContaining('no automated review')])
    },
  )
})

describe('what is as it should be', () => {
  test.each([['{"ResourceType":"my_movie_2"}'], ['{"ResourceType":null}'], ['{"ResourceType":""}'], ['{}'], ['{"Other":1}']])(
    'MediaAuditConfiguration %s',
    async (MediaAuditConfiguration) => {
      const { film, call } = auditWorld()
      const UserData = '{"MessageCallback":{"CallbackURL":"http://test.test.com"},"Extend":{"localId":"xxx"}}'
      const params = { MediaId: await film(), MediaType: 'video', MediaAuditConfiguration, UserData }
      expect((await call('SubmitAIMediaAuditJob', params)).status).toBe(200)
    },
  )
})

test('the documented limits on calls hold', async () => {
  const limits = {
    SubmitAIMediaAuditJob: 15,
    SubmitAIImageAuditJob: 20,
    GetAIMediaAuditJob: 20,
    GetMediaAuditResult: 20,
    GetMediaAuditResultDetail: 10,
    GetMediaAuditResultTimeline: 10,
    GetMediaAuditAudioResultDetail: 10,
    CreateAudit: 100,
    GetAuditHistory: 100,
  }
  const { cloud } = auditWorld()
  for (const [action, limit] of Object.entries(limits))
    expect([action, cloud.catalogue.byId.get(`vod.${action}`)?.limit]).toEqual([action, { limit, per: 'second' }])
})
