import { describe, expect, test } from 'vitest'
import { vodWorld } from '../support.js'

type Row = [action: string, params: Record<string, string | number>, status: number, code: string, message: string]

const NOT_ENCODED = 'http://example.com/封面.jpg'
const words = (bytes: number) => 'x'.repeat(bytes)
const list = (count: number) => Array.from({ length: count }, (_, index) => `item${index}`).join(',')
const content = (idName: string, fields: object = {}, count = 1) =>
  JSON.stringify(Array.from({ length: count }, (_, index) => ({ [idName]: `medium${index}`, ...fields })))
const invalid = (param: string) => `The specified parameter "${param}" is not valid.`
const missing = (param: string) => `The input parameter "${param}" that is mandatory for processing this request is not supplied.`
const noVideo = 'The video does not exist.'
const noCategory = 'The CateId not exist.'
const noResource = 'The specified resource does not exist.'

/** What is wrong with the parameters, or names something that an empty account does not have. */
describe.each<Row>([
  ['AddCategory', {}, 400, 'MissingParameter', missing('CateName')],
  ['AddCategory', { CateName: words(65) }, 400, 'InvalidParameter', invalid('CateName')],
  ['AddCategory', { CateName: '类'.repeat(22) }, 400, 'InvalidParameter', invalid('CateName')],
  ['AddCategory', { CateName: 'a', Type: 'other' }, 400, 'InvalidParameter', invalid('Type')],
  ['AddCategory', { CateName: 'a', ParentId: 'none' }, 400, 'InvalidParameter', invalid('ParentId')],
  ['AddCategory', { CateName: 'a', ParentId: 12 }, 404, 'InvalidCateId.NotFound', noCategory],
  ['AddCategory', { CateName: 'a', Type: 'material' }, 400, 'MissingParameter', missing('ParentId')],
  ['UpdateCategory', { CateName: 'a' }, 400, 'MissingParameter', missing('CateId')],
  ['UpdateCategory', { CateId: 12 }, 400, 'MissingParameter', missing('CateName')],
  ['UpdateCategory', { CateId: 12, CateName: words(65) }, 400, 'InvalidParameter', invalid('CateName')],
  ['UpdateCategory', { CateId: 12, CateName: 'a' }, 404, 'InvalidCateId.NotFound', noCategory],
  ['DeleteCategory', {}, 400, 'MissingParameter', missing('CateId')],
  ['DeleteCategory', { CateId: 12 }, 404, 'InvalidCateId.NotFound', noCategory],
  ['DeleteCategory', { CateId: -1 }, 404, 'InvalidCateId.NotFound', noCategory],
  ['GetCategories', { CateId: 12 }, 404, 'InvalidCateId.NotFound', noCategory],
  ['GetCategories', { PageSize: 101 }, 400, 'InvalidParameter', invalid('PageSize')],
  ['GetCategories', { PageNo: 0 }, 400, 'InvalidParameter', invalid('PageNo')],
  ['GetCategories', { SortBy: 'CateName:Asc' }, 400, 'InvalidParameter', invalid('SortBy')],
  ['GetVideoInfo', {}, 400, 'MissingParameter', missing('VideoId')],
  ['GetVideoInfo', { VideoId: 'none' }, 404, 'InvalidVideo.NotFound', noVideo],
  ['GetVideoInfos', {}, 400, 'MissingParameter', missing('VideoIds')],
  ['GetVideoInfos', { VideoIds: list(21) }, 400, 'InvalidParameter', invalid('VideoIds')],
  ['GetVideoInfos', { VideoIds: 'a,b' }, 404, 'InvalidVideo.NotFound', noVideo],
  ['GetVideoList', {}, 404, 'InvalidVideo.NotFound', noVideo],
  ['GetVideoList', { Status: 'Normal,Lost' }, 400, 'InvalidParameter', invalid('Status')],
  ['GetVideoList', { PageSize: 101 }, 400, 'InvalidParameter', invalid('PageSize')],
  ['GetVideoList', { PageNo: 0 }, 400, 'InvalidParameter', invalid('PageNo')],
  ['GetVideoList', { SortBy: 'Title:Asc' }, 400, 'InvalidParameter', invalid('SortBy')],
  ['GetVideoList', { StartTime: '2026-01-01' }, 400, 'InvalidParameter', invalid('StartTime')],
  ['GetVideoList', { StartTime: '2026-01-01T00:00:00Z', EndTime: '2026-01-01T00:00:00Z' }, 400, 'InvalidParameter', invalid('EndTime')],
  ['GetVideoList', { PageNo: 501 }, 400, 'VideoListExceededMax', 'The video list exceeded maximum.'],
  ['GetVideoList', { PageNo: 2_147_483_647, PageSize: 100 }, 400, 'VideoListExceededMax', 'The video list exceeded maximum.'],
  ['GetMezzanineInfo', {}, 400, 'MissingParameter', missing('VideoId')],
  ['GetMezzanineInfo', { VideoId: 'none' }, 404, 'InvalidVideo.NotFound', noVideo],
  ['GetMezzanineInfo', { VideoId: 'none', AuthTimeout: 0 }, 400, 'InvalidParameter', invalid('AuthTimeout')],
  ['GetMezzanineInfo', { VideoId: 'none', AdditionType: 'text' }, 400, 'InvalidParameter', invalid('AdditionType')],
  ['UpdateVideoInfo', { Title: 'a' }, 400, 'MissingParameter', missing('VideoId')],
  ['UpdateVideoInfo', { VideoId: 'none', Title: 'a' }, 404, 'InvalidVideo.NotFound', noVideo],
  ['UpdateVideoInfo', { VideoId: 'none', Title: '标'.repeat(43) }, 400, 'InvalidParameter', invalid('Title')],
  ['UpdateVideoInfo', { VideoId: 'none', Description: words(1025) }, 400, 'InvalidParameter', invalid('Description')],
  ['UpdateVideoInfo', { VideoId: 'none', Tags: list(17) }, 400, 'InvalidParameter', invalid('Tags')],
  ['UpdateVideoInfo', { VideoId: 'none', Tags: '标'.repeat(11) }, 400, 'InvalidParameter', invalid('Tags')],
  ['UpdateVideoInfo', { VideoId: 'none', CoverURL: 'cover.jpg' }, 400, 'InvalidParameter', invalid('CoverURL')],
  ['UpdateVideoInfo', { VideoId: 'none', CateId: 'none' }, 400, 'InvalidParameter', invalid('CateId')],
  ['UpdateVideoInfos', {}, 400, 'MissingParameter', missing('UpdateContent')],
  ['UpdateVideoInfos', { UpdateContent: '{' }, 400, 'InvalidParameter', invalid('UpdateContent')],
  ['UpdateVideoInfos', { UpdateContent: '[]' }, 400, 'InvalidParameter', invalid('UpdateContent')],
  ['UpdateVideoInfos', { UpdateContent: '[{"Title":"a"}]' }, 400, 'InvalidParameter', invalid('UpdateContent')],
  ['UpdateVideoInfos', { UpdateContent: content('VideoId', { Title: words(129) }) }, 400, 'InvalidParameter', invalid('UpdateContent')],
  ['UpdateVideoInfos', { UpdateContent: content('VideoId', { CoverURL: 'a' }) }, 400, 'InvalidParameter', invalid('UpdateContent')],
  ['UpdateVideoInfos', { UpdateContent: content('VideoId', { CoverURL: NOT_ENCODED }) }, 400, 'InvalidParameter', invalid('UpdateContent')],
  ['UpdateVideoInfo', { VideoId: 'none', CoverURL: NOT_ENCODED }, 400, 'InvalidParameter', invalid('CoverURL')],
  [
    'UpdateVideoInfos',
    { UpdateContent: content('VideoId', {}, 21) },
    400,
    'CountExceededMax',
    'The count of UpdateContent exceeded maximum.',
  ],
  ['DeleteMezzanines', {}, 400, 'MissingParameter', missing('VideoIds')],
  ['DeleteMezzanines', { VideoIds: list(21) }, 400, 'InvalidParameter', invalid('VideoIds')],
  ['DeleteMezzanines', { VideoIds: 'a', Force: 'perhaps' }, 400, 'InvalidParameter', invalid('Force')],
  ['DeleteStream', { VideoId: 'none' }, 400, 'MissingParameter', missing('JobIds')],
  ['DeleteStream', { JobIds: 'a' }, 400, 'MissingParameter', missing('VideoId')],
  ['DeleteStream', { VideoId: 'none', JobIds: 'a' }, 404, 'InvalidVideo.NotFound', noVideo],
  ['DeleteStream', { VideoId: 'none', JobIds: list(21) }, 400, 'JobIdsExceededMax', 'The JobIds exceeded maximum.'],
  ['DeleteVideo', {}, 400, 'MissingParameter', missing('VideoIds')],
  ['DeleteVideo', { VideoIds: 'a,,b' }, 400, 'InvalidParameter', invalid('VideoIds')],
  ['DeleteVideo', { VideoIds: 'a,b' }, 404, 'InvalidVideo.NotFound', noVideo],
  ['DeleteVideo', { VideoIds: list(21) }, 400, 'VideoIdsExceededMax', 'The VideoIds exceeded maximum.'],
  ['GetImageInfo', {}, 400, 'MissingParameter', missing('ImageId')],
  ['GetImageInfo', { ImageId: 'none' }, 404, 'NoSuchResource', noResource],
  ['GetImageInfo', { ImageId: 'none', OutputType: 'disk' }, 400, 'InvalidParameter', invalid('OutputType')],
  ['UpdateImageInfos', {}, 400, 'MissingParameter', missing('UpdateContent')],
  ['UpdateImageInfos', { UpdateContent: content('ImageId', {}, 21) }, 400, 'InvalidParameter', invalid('UpdateContent')],
  ['UpdateImageInfos', { UpdateContent: content('ImageId', { Title: '🎬' }) }, 400, 'InvalidParameter', invalid('UpdateContent')],
  ['UpdateImageInfos', { UpdateContent: content('ImageId', { Tags: 'a,❤️' }) }, 400, 'InvalidParameter', invalid('UpdateContent')],
  ['UpdateImageInfos', { UpdateContent: content('ImageId', { Tags: list(17) }) }, 400, 'InvalidParameter', invalid('UpdateContent')],
  ['DeleteImage', {}, 400, 'MissingParameter', missing('DeleteImageType')],
  ['DeleteImage', { DeleteImageType: 'Title' }, 400, 'InvalidParameter', invalid('DeleteImageType')],
  ['DeleteImage', { DeleteImageType: 'ImageId', VideoId: 'a' }, 400, 'MissingParameter', missing('ImageIds')],
  ['DeleteImage', { DeleteImageType: 'ImageURL', ImageIds: 'a' }, 400, 'MissingParameter', missing('ImageURLs')],
  ['DeleteImage', { DeleteImageType: 'VideoId', ImageType: 'All' }, 400, 'MissingParameter', missing('VideoId')],
  ['DeleteImage', { DeleteImageType: 'VideoId', VideoId: 'a' }, 400, 'MissingParameter', missing('ImageType')],
  [
    'DeleteImage',
    { DeleteImageType: 'VideoId', VideoId: 'a', ImageType: 'All,CoverSnapshot' },
    400,
    'InvalidParameter',
    invalid('ImageType'),
  ],
  ['DeleteImage', { DeleteImageType: 'ImageURL', ImageURLs: 'a.png' }, 400, 'InvalidParameter', invalid('ImageURLs')],
  ['DeleteImage', { DeleteImageType: 'ImageId', ImageIds: 'none' }, 404, 'NoSuchResource', noResource],
  ['DeleteImage', { DeleteImageType: 'ImageURL', ImageURLs: 'http://example.com/a.png' }, 404, 'NoSuchResource', noResource],
  ['DeleteImage', { DeleteImageType: 'VideoId', VideoId: 'none', ImageType: 'All' }, 404, 'NoSuchResource', noResource],
  ['ListSnapshots', {}, 400, 'MissingParameter', missing('VideoId')],
  ['ListSnapshots', { VideoId: 'none' }, 404, 'InvalidVideo.NotFound', noVideo],
  ['ListSnapshots', { VideoId: 'none', SnapshotType: 'All' }, 400, 'InvalidParameter', invalid('SnapshotType')],
  ['ListSnapshots', { VideoId: 'none', PageSize: 101 }, 400, 'InvalidParameter', invalid('PageSize')],
  ['ListSnapshots', { VideoId: 'none', PageNo: 0 }, 400, 'InvalidParameter', invalid('PageNo')],
  ['ListSnapshots', { VideoId: 'none', AuthTimeout: 'long' }, 400, 'InvalidParameter', invalid('AuthTimeout')],
  ['GetAttachedMediaInfo', {}, 400, 'MissingParameter', missing('MediaIds')],
  ['GetAttachedMediaInfo', { MediaIds: list(21) }, 400, 'ExceededMax', 'The input parameter "MediaIds" Exceed the limit.'],
  ['GetAttachedMediaInfo', { MediaIds: 'a', OutputType: 'oss', AuthTimeout: 2_592_001 }, 400, 'InvalidParameter', invalid('AuthTimeout')],
  ['UpdateAttachedMediaInfos', {}, 400, 'MissingParameter', missing('UpdateContent')],
  ['UpdateAttachedMediaInfos', { UpdateContent: content('MediaId', {}, 21) }, 400, 'InvalidParameter', invalid('UpdateContent')],
  ['UpdateAttachedMediaInfos', { UpdateContent: content('MediaId', { CateIds: 'a' }) }, 400, 'InvalidParameter', invalid('UpdateContent')],
  ['UpdateAttachedMediaInfos', { UpdateContent: content('MediaId', { CateIds: '1,' }) }, 400, 'InvalidParameter', invalid('UpdateContent')],
  [
    'UpdateAttachedMediaInfos',
    { UpdateContent: content('MediaId', { CateIds: '1,2,3,4,5,6' }) },
    400,
    'InvalidParameter',
    invalid('UpdateContent'),
  ],
  ['DeleteAttachedMedia', {}, 400, 'MissingParameter', missing('MediaIds')],
  ['DeleteAttachedMedia', { MediaIds: list(21) }, 400, 'InvalidParameter', invalid('MediaIds')],
  ['ListDynamicImage', {}, 400, 'MissingParameter', missing('VideoId')],
  ['DeleteDynamicImage', {}, 400, 'MissingParameter', missing('VideoId')],
  ['DeleteDynamicImage', { VideoId: 'a', DynamicImageIds: list(11) }, 400, 'InvalidParameter', invalid('DynamicImageIds')],
])('%s %j', (action, params, status, code, message) => {
  test(`is refused with ${status} ${code}`, async () => {
    const { reason, ...refused } = await vodWorld().refusal(action, params)
    expect(refused).toEqual({ status, code, message })
    expect(reason).toMatch(/\w/)
  })
})

describe('what is at its limit is taken', () => {
  test.each<[action: string, params: Record<string, string | number>]>([
    ['AddCategory', { CateName: `${'类'.repeat(21)}a` }],
    [
      'UpdateVideoInfos',
      { UpdateContent: content('VideoId', { Title: `${'标'.repeat(42)}ab`, Tags: `${list(15)},${'标'.repeat(10)}ab` }, 20) },
    ],
    ['UpdateVideoInfos', { UpdateContent: content('VideoId', { CoverURL: `http://example.com/${words(1200)}` }) }],
    ['UpdateVideoInfos', { UpdateContent: content('VideoId', { Tags: Array.from({ length: 16 }, () => words(32)).join(' , ') }) }],
    ['UpdateVideoInfos', { UpdateContent: content('VideoId', { Title: null, Description: '', CoverURL: '', CateId: '12' }) }],
    ['UpdateImageInfos', { UpdateContent: content('ImageId', { Description: words(1024) }, 20) }],
    ['UpdateAttachedMediaInfos', { UpdateContent: content('MediaId', { CateIds: '1, 2,3' }, 20) }],
    ['DeleteMezzanines', { VideoIds: list(20) }],
    ['GetAttachedMediaInfo', { MediaIds: list(20), OutputType: 'oss', AuthTimeout: 2_592_000 }],
    ['GetAttachedMediaInfo', { MediaIds: 'a', OutputType: 'cdn', AuthTimeout: 2_592_001 }],
    ['DeleteAttachedMedia', { MediaIds: list(20) }],
    ['DeleteDynamicImage', { VideoId: 'a', DynamicImageIds: list(10) }],
    ['ListDynamicImage', { VideoId: 'none' }],
  ])('%s %j', async (action, params) => {
    expect(await vodWorld().call(action, params)).toMatchObject({ status: 200 })
  })
})

test('the documented limits on calls hold', async () => {
  const limits = {
    AddCategory: 30,
    UpdateCategory: 100,
    DeleteCategory: 10,
    GetCategories: 50,
    GetVideoInfo: 100,
    GetVideoInfos: 100,
    GetVideoList: 100,
    GetMezzanineInfo: 100,
    UpdateVideoInfo: 100,
    UpdateVideoInfos: 30,
    DeleteMezzanines: 50,
    DeleteStream: 50,
    DeleteVideo: 30,
    GetImageInfo: 100,
    UpdateImageInfos: 50,
    DeleteImage: 50,
    ListSnapshots: 30,
    GetAttachedMediaInfo: 100,
    UpdateAttachedMediaInfos: 100,
    DeleteAttachedMedia: 50,
    ListDynamicImage: 100,
    DeleteDynamicImage: 10,
  }
  const { cloud, refusal, advance } = vodWorld()
  for (const [action, limit] of Object.entries(limits))
    expect([action, cloud.catalogue.byId.get(`vod.${action}`)?.limit]).toEqual([action, { limit, per: 'second' }])
  const codes = []
  for (let count = 0; count < 11; count++) codes.push((await refusal('DeleteCategory', { CateId: 12 })).code)
  expect(codes.at(-1)).toBe('Throttling.User')
  await advance('1s')
  expect((await refusal('DeleteCategory', { CateId: 12 })).code).toBe('InvalidCateId.NotFound')
})
