import { describe, expect, test } from 'vitest'
import { storagesOf } from '../../../src/products/vod/shared/storage/storages.js'
import { sample, vodWorld } from '../support.js'

type Row = [action: string, params: Record<string, string | number>, status: number, code: string, message: string]

const video = { Title: 'film', FileName: 'film.mp4' }
const words = (bytes: number) => 'x'.repeat(bytes)
const tags = (count: number) => Array.from({ length: count }, (_, index) => `tag${index}`).join(',')
const url = 'http://input.oss-cn-shanghai.aliyuncs.com/film.mp4'
const metadata = (fields: object) => JSON.stringify([{ SourceURL: url, Title: 'film', ...fields }])
const registered = (fields: object, count = 1) =>
  JSON.stringify(Array.from({ length: count }, () => ({ FileURL: url, Title: 'film', ...fields })))
const invalid = (param: string) => `The specified parameter "${param}" is not valid.`
const missing = (param: string) => `The input parameter "${param}" that is mandatory for processing this request is not supplied.`
const noGroup = 'The TemplateGroupId does not exist.'
const noStorage = 'The StorageLocation does not exist.'

describe.each<Row>([
  ['CreateUploadVideo', { FileName: 'film.mp4' }, 400, 'MissingParameter', missing('Title')],
  ['CreateUploadVideo', { Title: 'film' }, 400, 'MissingParameter', missing('FileName')],
  ['CreateUploadVideo', { ...video, FileName: 'film' }, 400, 'InvalidFileName.Extension', "The specified FileName's extension is illegal."],
  [
    'CreateUploadVideo',
    { ...video, FileName: 'film.exe' },
    400,
    'InvalidFileName.Extension',
    "The specified FileName's extension is illegal.",
  ],
  ['CreateUploadVideo', { ...video, FileName: `${words(8192)}.mp4` }, 400, 'InvalidParameter', invalid('FileName')],
  ['CreateUploadVideo', { ...video, Title: words(129) }, 400, 'LengthExceededMax', 'The specified Title length has exceeded 128 bytes.'],
  [
    'CreateUploadVideo',
    { ...video, Description: words(1025) },
    400,
    'LengthExceededMax',
    'The specified Description length has exceeded 1024 bytes.',
  ],
  ['CreateUploadVideo', { ...video, Tags: words(33) }, 400, 'LengthExceededMax', 'The specified Tags length has exceeded 32 bytes.'],
  ['CreateUploadVideo', { ...video, Tags: tags(17) }, 400, 'TagsExceededMax', 'The specified Tags count has exceeded 16.'],
  [
    'CreateUploadVideo',
    { ...video, Title: '🎬 film' },
    400,
    'IllegalCharacters',
    'The specified Title contains illegal emoticon or special characters.',
  ],
  [
    'CreateUploadVideo',
    { ...video, Description: '❤️' },
    400,
    'IllegalCharacters',
    'The specified Description contains illegal emoticon or special characters.',
  ],
  [
    'CreateUploadVideo',
    { ...video, Tags: 'a,🎬' },
    400,
    'IllegalCharacters',
    'The specified Tags contains illegal emoticon or special characters.',
  ],
  ['CreateUploadVideo', { ...video, TemplateGroupId: 'none' }, 404, 'InvalidTemplateGroupId.NotFound', noGroup],
  ['CreateUploadVideo', { ...video, StorageLocation: 'none.oss-cn-shanghai.aliyuncs.com' }, 404, 'InvalidStorage.NotFound', noStorage],
  ['CreateUploadVideo', { ...video, WorkflowId: 'none' }, 400, 'InvalidParameter', invalid('WorkflowId')],
  ['CreateUploadVideo', { ...video, UserData: JSON.stringify({ other: words(16_384) }) }, 400, 'InvalidParameter', invalid('UserData')],
  ['CreateUploadVideo', { ...video, UserData: '{' }, 400, 'InvalidParameter', invalid('UserData')],
  [
    'CreateUploadVideo',
    { ...video, UserData: JSON.stringify({ Extend: { a: words(512) } }) },
    400,
    'InvalidParameter',
    invalid('UserData'),
  ],
  ['CreateUploadVideo', { ...video, UserData: '{"MessageCallback":{"CallbackType":"mns"}}' }, 400, 'InvalidParameter', invalid('UserData')],
  ['CreateUploadVideo', { ...video, FileSize: 'much' }, 400, 'InvalidParameter', invalid('FileSize')],
  ['CreateUploadVideo', { ...video, AppId: 'none' }, 400, 'InvalidParameter', invalid('AppId')],
  ['RefreshUploadVideo', {}, 400, 'MissingParameter', missing('VideoId')],
  ['RefreshUploadVideo', { VideoId: 'none' }, 404, 'InvalidVideo.NotFound', 'The video not exist.'],
  ['CreateUploadImage', {}, 400, 'MissingParameter', missing('ImageType')],
  ['CreateUploadImage', { ImageType: 'photo' }, 400, 'InvalidParameter', invalid('ImageType')],
  ['CreateUploadImage', { ImageType: 'cover', ImageExt: 'bmp' }, 400, 'InvalidParameter', invalid('ImageExt')],
  [
    'CreateUploadImage',
    { ImageType: 'cover', Title: words(129) },
    400,
    'LengthExceededMax',
    'The specified Title length has exceeded 128 bytes.',
  ],
  ['CreateUploadImage', { ImageType: 'cover', Tags: tags(17) }, 400, 'TagsExceededMax', 'The specified Tags count has exceeded 16.'],
  [
    'CreateUploadImage',
    { ImageType: 'cover', Description: '🎬' },
    400,
    'IllegalCharacters',
    'The specified Description contains illegal emoticon or special characters.',
  ],
  ['CreateUploadImage', { ImageType: 'cover', StorageLocation: 'none' }, 404, 'InvalidStorage.NotFound', noStorage],
  ['CreateUploadAttachedMedia', {}, 400, 'MissingParameter', missing('BusinessType')],
  ['CreateUploadAttachedMedia', { BusinessType: 'subtitle', MediaExt: 'png' }, 400, 'InvalidParameter', invalid('MediaExt')],
  ['CreateUploadAttachedMedia', { BusinessType: 'watermark', FileName: 'logo.zip' }, 400, 'InvalidParameter', invalid('FileName')],
  [
    'CreateUploadAttachedMedia',
    { BusinessType: 'watermark', Title: '标'.repeat(43) },
    400,
    'LengthExceededMax',
    'The specified Title length has exceeded 128 bytes.',
  ],
  [
    'CreateUploadAttachedMedia',
    { BusinessType: 'watermark', Tags: tags(17) },
    400,
    'TagsExceededMax',
    'The specified Tags count has exceeded 16.',
  ],
  [
    'CreateUploadAttachedMedia',
    { BusinessType: 'watermark', Title: '🎬' },
    400,
    'IllegalCharacters',
    'The specified Title contains illegal emoticon or special characters.',
  ],
  ['CreateUploadAttachedMedia', { BusinessType: 'watermark', StorageLocation: 'none' }, 404, 'InvalidStorage.NotFound', noStorage],
  ['CreateUploadAttachedMedia', { BusinessType: 'watermark', CateIds: '1,2,3,4,5,6' }, 400, 'InvalidParameter', invalid('CateIds')],
  ['UploadMediaByURL', {}, 400, 'MissingParameter', missing('UploadURLs')],
  ['UploadMediaByURL', { UploadURLs: 'film.mp4' }, 400, 'InvalidParameter.UploadURLs', 'The specified parameter UploadURLs is not valid.'],
  [
    'UploadMediaByURL',
    { UploadURLs: 'http://example.com/film' },
    400,
    'InvalidParameter.UploadURLs',
    'The specified parameter UploadURLs is not valid.',
  ],
  [
    'UploadMediaByURL',
    { UploadURLs: Array(21).fill(url).join(',') },
    400,
    'InvalidParameter.UploadURLs',
    'The specified parameter UploadURLs is not valid.',
  ],
  [
    'UploadMediaByURL',
    { UploadURLs: url, UploadMetadatas: metadata({ Title: words(129) }) },
    400,
    'InvalidParameter',
    invalid('UploadMetadatas'),
  ],
  [
    'UploadMediaByURL',
    { UploadURLs: url, UploadMetadatas: metadata({ TemplateGroupId: 'none' }) },
    404,
    'InvalidTemplateGroupId.NotFound',
    noGroup,
  ],
  ['UploadMediaByURL', { UploadURLs: url, StorageLocation: 'none' }, 404, 'InvalidStorage.NotFound', noStorage],
  ['GetURLUploadInfos', {}, 400, 'MissingParameter', missing('JobIds')],
  ['GetURLUploadInfos', { JobIds: tags(11) }, 400, 'InvalidParameter', invalid('JobIds')],
  ['GetURLUploadInfos', { UploadURLs: 'film' }, 400, 'InvalidParameter', invalid('UploadURLs')],
  ['CancelUrlUploadJobs', {}, 400, 'MissingParameter', missing('JobIds')],
  [
    'DeleteMultipartUpload',
    { MediaId: 'none', MediaType: 'image' },
    400,
    'InvalidParameter',
    'The specified parameter "MediaType" is invalid.',
  ],
  ['DeleteMultipartUpload', { MediaId: 'none', MediaType: 'video' }, 400, 'InvalidVideo.NotFound', 'The video does not exist.'],
  ['GetUploadDetails', { MediaIds: tags(21) }, 400, 'LimitExceeded.MediaIds', 'The input parameter "MediaIds" Exceed the limit.'],
  ['GetUploadDetails', { MediaIds: 'a', MediaType: 'image' }, 400, 'InvalidParameter', invalid('MediaType')],
  ['RegisterMedia', {}, 400, 'MissingParameter', missing('RegisterMetadatas')],
  ['RegisterMedia', { RegisterMetadatas: registered({}, 11) }, 400, 'InvalidParameter', invalid('RegisterMetadatas')],
  ['RegisterMedia', { RegisterMetadatas: registered({ FileURL: 'film.mp4' }) }, 400, 'InvalidParameter', invalid('RegisterMetadatas')],
  ['RegisterMedia', { RegisterMetadatas: registered({}), TemplateGroupId: 'none' }, 404, 'InvalidTemplateGroupId.NotFound', noGroup],
])('%s %j', (action, params, status, code, message) => {
  test(`is refused with ${status} ${code}, and creates nothing`, async () => {
    const { refusal, account } = vodWorld()
    const { reason, ...refused } = await refusal(action, params)
    expect(refused).toEqual({ status, code, message })
    // A parameter that is missing needs no more words than the message has.
    expect(reason).toMatch(/\w/)
    const { videos, images, attachedMedia, uploadJobs } = account.vod
    expect([videos, images, attachedMedia, uploadJobs].map(({ count }) => count)).toEqual([0, 0, 0, 0])
  })
})

test('a full library takes no further video, image or auxiliary medium', async () => {
  const { refusal } = vodWorld({ settings: { vod: { maxMedia: 0 } } })
  expect(await refusal('CreateUploadVideo', video)).toMatchObject({ status: 503, code: 'AddVideoFailed' })
  expect(await refusal('CreateUploadImage', { ImageType: 'cover' })).toMatchObject({ status: 403, code: 'Forbidden' })
  expect(await refusal('CreateUploadAttachedMedia', { BusinessType: 'material' })).toMatchObject({ status: 403, code: 'Forbidden' })
})

describe('what is at its limit is taken', () => {
  test.each<[action: string, params: Record<string, string | number>]>([
    ['CreateUploadVideo', { ...video, Title: '影'.repeat(128), Tags: Array(16).fill('标'.repeat(32)).join(',') }],
    ['CreateUploadVideo', { ...video, FileName: 'D:\\FILM.MP4', Title: '©2026 film™' }],
    [
      'CreateUploadVideo',
      {
        ...video,
        UserData: JSON.stringify({ Extend: words(512), AccelerateConfig: { Type: 'oss', Domain: 'oss-accelerate.aliyuncs.com' } }),
      },
    ],
    ['CreateUploadImage', { ImageType: 'cover', ImageExt: 'JPG' }],
    ['CreateUploadAttachedMedia', { BusinessType: 'subtitle', FileName: 'words.SRT', FileSize: '12', CateIds: '1,2,3,4,5' }],
    [
      'UploadMediaByURL',
      {
        UploadURLs: Array(20)
          .fill(encodeURIComponent(`${url}?a=1,2`))
          .join(','),
      },
    ],
  ])('%s %j', async (action, params) => {
    expect((await vodWorld().call(action, params)).status).toBe(200)
  })
})

test('the documented limits on calls hold', async () => {
  const limits = {
    CreateUploadVideo: 120,
    RefreshUploadVideo: 120,
    CreateUploadImage: 100,
    CreateUploadAttachedMedia: 100,
    GetURLUploadInfos: 100,
    CancelUrlUploadJobs: 50,
    DeleteMultipartUpload: 10,
    GetUploadDetails: 100,
    RegisterMedia: 50,
    GetPlayInfo: 360,
    GetVideoPlayAuth: 360,
  }
  const { cloud, refusal, advance } = vodWorld()
  for (const [action, limit] of Object.entries(limits))
    expect(cloud.catalogue.byId.get(`vod.${action}`)?.limit).toEqual({ limit, per: 'second' })
  expect(cloud.catalogue.byId.get('vod.UploadMediaByURL')?.limit).toEqual({ limit: 200_000, per: 'day' })
  const codes = []
  for (let count = 0; count < 11; count++)
    codes.push((await refusal('DeleteMultipartUpload', { MediaId: 'none', MediaType: 'video' })).code)
  expect(codes.at(-1)).toBe('Throttling.User')
  await advance('1s')
  expect((await refusal('DeleteMultipartUpload', { MediaId: 'none', MediaType: 'video' })).code).toBe('InvalidVideo.NotFound')
})

test('a video whose storage is gone, closed to VOD, or without its file has no fragments to delete', async () => {
  const location = 'own-bucket.oss-cn-shanghai.aliyuncs.com'
  const world = vodWorld({ settings: { vod: { storages: [{ location }] } } })
  const { upload, refusal, account } = world
  const VideoId = await upload({ StorageLocation: location })
  const code = async () => (await refusal('DeleteMultipartUpload', { MediaId: VideoId, MediaType: 'video' })).code
  expect(await code()).toBe('InvalidMultipartUpload.NotFound')
  const { bucket, key } = account.vod.videos.get(VideoId)?.file ?? { bucket: '', key: '' }
  account.oss.delete(bucket, key)
  expect(await code()).toBe('InvalidFile.NotFound')
  account.settings.change({ vod: { storages: [{ location, authorised: false }] } })
  expect(await code()).toBe('AccessDenied')
  account.settings.change({ vod: { storages: [] } })
  expect(await code()).toBe('InvalidStorage.NotFound')
})

test('a storage whose owner does not let VOD in takes no upload, until it does', async () => {
  const location = 'own-bucket.oss-cn-shanghai.aliyuncs.com'
  const { create, put, account } = vodWorld({ settings: { vod: { storages: [{ location, authorised: false }] } } })
  const ticket = await create({ StorageLocation: location })
  const { status, headers, body } = await put(ticket, sample('sample.mp4'))
  expect([status, String(body)]).toEqual([403, expect.stringContaining('<Code>AccessDenied</Code>')])
  expect(headers['x-emulator-reason']).toContain('no service may change the bucket own-bucket')
  account.settings.change({ vod: { storages: [{ location }] } })
  expect((await put(ticket, sample('sample.mp4'))).status).toBe(200)
})

test.each([
  ['from the start', { vod: { storages: [{ location: 'own-bucket.oss-cn-beijing.aliyuncs.com' }] } }, undefined],
  ['once it is set', {}, { vod: { storages: [{ location: 'own-bucket.oss-cn-beijing.aliyuncs.com' }] } }],
])("the bucket of an account's own storage is there %s", async (_when, settings, change) => {
  const { account } = vodWorld({ settings })
  if (change) account.settings.change(change)
  expect(account.oss.buckets).toMatchObject([{ name: 'own-bucket', region: 'cn-beijing' }])
  await account.reset()
  expect(account.oss.buckets).toHaveLength(change ? 0 : 1)
})

test('details tell how far an upload has got', async () => {
  const { create, put, call, advance } = vodWorld()
  const ticket = await create({ FileSize: 1000, Title: 'film' })
  const details = async () => (await call('GetUploadDetails', { MediaIds: `${ticket.VideoId},none` })).body
  const common = { MediaId: ticket.VideoId, Title: 'film', CreationTime: '2026-01-01T00:00:00Z' }
  expect(await details()).toMatchObject({
    NonExistMediaIds: ['none'],
    ForbiddenMediaIds: [],
    UploadDetails: [{ ...common, Status: 'Uploading', UploadStatus: 'UPLOADING', UploadSize: 0, FileSize: 1000, UploadRatio: 0 }],
  })
  await advance('1m')
  await put(ticket, sample('sample.png'))
  const size = sample('sample.png').length
  expect((await details()).UploadDetails).toMatchObject([
    {
      ...common,
      Status: 'UploadSucc',
      UploadStatus: 'UPLOAD_SUCCESS',
      UploadSize: size,
      FileSize: size,
      UploadRatio: 1,
      CompletionTime: '2026-01-01T00:01:00Z',
    },
  ])
})

test('CreateUploadVideo: an account whose own bucket could not be made: Forbidden.InitFailed', async () => {
  const { cloud, account, refusal } = vodWorld()
  const [{ bucket }] = storagesOf(account)
  const other = cloud.createAccount()
  await other.turn.take(() => other.oss.createBucket(bucket, 'cn-shanghai'))
  expect(await refusal('CreateUploadVideo', video)).toMatchObject({
    status: 403,
    code: 'Forbidden.InitFailed',
    message: 'Initialization of your account has failed while opening service.',
  })
  expect(account.vod.videos.count).toBe(0)
})
