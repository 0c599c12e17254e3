/** The checker is checked: each of these clouds is broken in one way, and it says so, with the name of the Action. */

import { expect, test } from 'vitest'
import { z } from 'zod'
import { float, integer, oneOf, text, utcTime } from '../../src/params/scalars.js'
import { csv, json, url } from '../../src/params/structures.js'
import {
  answering,
  type BrokenCase,
  before,
  forgetting,
  given,
  giving,
  insteadOf,
  reading,
  rewriting,
  testBroken,
  withStatus,
} from './support.js'

const cases: readonly BrokenCase[] = [
  ['a parameter is dropped', 'vod.UpdateVideoInfo', { definition: forgetting('Title') }],
  ['a parameter is in the catalogue no more', 'vod.AddCategory', { definition: ({ input: { Type: _type, ...input } }) => ({ input }) }],
  ['a mandatory parameter may be left out', 'vod.GetVideoInfo', { definition: reading({ VideoId: text().default('none') }) }],
  ['an optional parameter is mandatory', 'vod.GetCategories', { definition: reading({ Type: oneOf(['default', 'material']) }) }],
  [
    'a default is another',
    'vod.GetCategories',
    { definition: ({ input }) => ({ input: { ...input, Type: oneOf(['default', 'material']).default('material') } }) },
  ],
  ['a bound is one too high', 'vod.GetVideoList', { definition: reading({ PageSize: integer({ min: 1, max: 101 }).default(10) }) }],
  ['a bound is one too low', 'vod.GetVideoList', { definition: reading({ PageSize: integer({ min: 1, max: 99 }).default(10) }) }],
  ['a bound of a decimal number is gone', 'videoenhan.AdjustVideoColor', { definition: reading({ VideoBitrate: integer().optional() }) }],
  ['bytes are counted as characters', 'vod.AddCategory', { definition: reading({ CateName: text({ maxLength: 64 }) }) }],
  [
    'characters are counted as bytes',
    'vod.CreateUploadVideo',
    { definition: reading({ Title: text({ maxBytes: 128, codes: { length: 'LengthExceededMax', value: 'IllegalCharacters' } }) }) },
  ],
  [
    'a list takes one element more',
    'vod.DeleteVideo',
    { definition: reading({ VideoIds: csv(text(), { maxItems: 21, codes: { length: 'VideoIdsExceededMax' } }) }) },
  ],
  [
    'a list takes one element less',
    'vod.DeleteVideo',
    { definition: reading({ VideoIds: csv(text(), { maxItems: 19, codes: { length: 'VideoIdsExceededMax' } }) }) },
  ],
  ['a choice is missing', 'vod.GetCategories', { definition: reading({ Type: oneOf(['default']).default('default') }) }],
  ['any choice is taken', 'vod.AddAITemplate', { definition: reading({ TemplateType: text() }) }],
  ['any text is a number', 'imageenhan.ChangeImageSize', { definition: reading({ Width: text() }) }],
  ['a decimal number is taken for a whole one', 'imageenhan.ChangeImageSize', { definition: reading({ Width: float({ min: 1 }) }) }],
  ['any text is a truth value', 'vod.DeleteMezzanines', { definition: reading({ Force: text().optional() }) }],
  ['a truth value cannot be false', 'vod.DeleteMezzanines', { definition: reading({ Force: oneOf(['true']).optional() }) }],
  ['any text is a time', 'vod.GetVideoList', { definition: reading({ StartTime: text().optional() }) }],
  ['any text is a URL', 'videoseg.SegmentVideoBody', { definition: reading({ VideoUrl: text() }) }],
  [
    'a URL has the code of a wrong value',
    'videoseg.SegmentVideoBody',
    { definition: reading({ VideoUrl: url({ codes: { url: 'InvalidParameter' } }) }) },
  ],
  [
    'what is missing has another code',
    'vod.GetVideoInfo',
    { definition: reading({ VideoId: text({ codes: { missing: 'InvalidParameter' } }) }) },
  ],
  ['a code of its own is forgotten', 'vod.DescribePlayTopVideos', { definition: reading({ BizDate: utcTime() }) }],
  ['JSON is not looked into', 'vod.AddAITemplate', { definition: reading({ TemplateConfig: text() }) }],
  ['a status is another', 'vod.GetVideoInfo', { definition: withStatus('InvalidVideo.NotFound', 400) }],
  [
    'an error is answered with another code',
    'vod.GetVideoInfo',
    { definition: insteadOf('InvalidVideo.NotFound', (fail) => fail('Forbidden')) },
  ],
  ['an unknown id is answered with 200', 'vod.DeleteCategory', { definition: insteadOf('InvalidCateId.NotFound', () => ({})) }],
  [
    'a quota is off by one',
    'vod.AddCategory',
    {
      definition: insteadOf('SubTotalExceededMax', () => ({
        Category: { CateId: 1, CateName: 'a', Level: 0, ParentId: -1, Type: 'default' },
      })),
    },
  ],
  [
    'an error is in the catalogue no more',
    'vod.GetVideoInfo',
    { definition: ({ errors: { 'InvalidVideo.NotFound': _gone, ...errors } }) => ({ errors }) },
  ],
  ['a limit is one too high', 'vod.DeleteCategory', { definition: () => ({ limit: { limit: 11, per: 'second' } }) }],
  ['a limit is one too low', 'vod.DeleteCategory', { definition: () => ({ limit: { limit: 9, per: 'second' } }) }],
  ['there is no limit', 'vod.DeleteCategory', { definition: () => ({ limit: undefined }) }],
  ['a limit is for a minute', 'vod.DeleteCategory', { definition: () => ({ limit: { limit: 10, per: 'minute' } }) }],
  ['a filter is ignored', 'vod.GetVideoList', { definition: given((input) => ({ ...input, Status: undefined })) }],
  ['a total is stale', 'vod.GetVideoList', { definition: answering((answer) => ({ ...answer, Total: answer.Total - 1 })) }],
  [
    'a list forgets its last page',
    'vod.GetVideoList',
    {
      definition: answering((answer, { PageNo }) =>
        PageNo * answer.VideoList.Video.length === answer.Total && PageNo > 1 ? { ...answer, VideoList: { Video: [] } } : answer,
      ),
    },
  ],
  ['the size of a page is ignored', 'vod.GetVideoList', { definition: given((input) => ({ ...input, PageSize: 100 })) }],
  ['every page is the first', 'vod.ListAppInfo', { definition: given((input) => ({ ...input, PageNo: 1 })) }],
  [
    'a text is cut when it is stored',
    'vod.AddCategory',
    { definition: given((input) => ({ ...input, CateName: input.CateName.slice(0, 4) })) },
  ],
  ['a field is nested otherwise', 'vod.AddCategory', { reply: rewriting(/"Category":(\{.*\})\}$/, '"Category":{"Category":$1}}') }],
  ['a field has another type', 'vod.AddCategory', { reply: rewriting(/"CateId":(\d+)/, '"CateId":"$1"') }],
  ['a field has another name', 'vod.GetVideoInfo', { reply: rewriting('"Title"', '"title"') }],
  ['a field is there that nobody knows', 'vod.GetVideoInfo', { reply: rewriting('"Video":{', '"Video":{"Secret":"a",') }],
  ['RequestId is missing', 'vod.GetCategories', { reply: rewriting(/"RequestId":"[^"]*",?/, '') }],
  ['HostId is that of another service', 'vod.GetVideoInfo', { reply: rewriting(/"HostId":"[^"]*"/, '"HostId":"ecs.aliyuncs.com"') }],
  ['the root of XML has another name', 'vod.GetCategories', { reply: rewriting(/GetCategoriesResponse/g, 'Response') }],
  ['XML is not well formed', 'vod.GetCategories', { reply: rewriting(/<\/RequestId>/, '') }],
  ['the parameter at fault is not named', 'vod.GetVideoInfo', { reply: giving(() => '') }],
  ['a mistake is answered as a bug', 'vod.GetVideoInfo', { reply: (reply) => (reply.status === 400 ? { ...reply, status: 500 } : reply) }],
  [
    'a failed job is told to have succeeded',
    'videoseg.SegmentVideoBody',
    { at: 'videoseg.GetAsyncJobResult', reply: rewriting('PROCESS_FAILED', 'PROCESS_SUCCESS') },
  ],
  [
    'a job has no result',
    'videoseg.SegmentVideoBody',
    { at: 'videoseg.GetAsyncJobResult', definition: answering(({ Data: { Result: _result, ...data } }) => ({ Data: data })) },
  ],
  [
    'a member of JSON is of any kind',
    'vod.CreateAudit',
    { definition: reading({ AuditContent: json(z.array(z.looseObject({}))) }) },
    /AuditContent: VideoId of \{\}/,
  ],
  [
    'a bound of a member of JSON is one too high',
    'vod.UpdateImageInfos',
    {
      definition: reading({ UpdateContent: json(z.array(z.looseObject({ ImageId: z.string(), Title: z.string().max(129).optional() }))) }),
    },
    /UpdateContent: Title beyond 128 bytes, in letters of 1/,
  ],
  [
    'a call that is refused has made something',
    'vod.AddCategory',
    { definition: before(({ account }) => void account.ram.putUser(`made${account.ids.digits(8)}`, {})) },
    /LevelExceededMax: nothing is changed: .*ram\.users/,
  ],
  [
    'a call that is refused has deleted something',
    'vod.GetVideoInfo',
    { definition: before(({ account: { vod } }) => void vod.videos.delete(vod.videos.list({ take: 1 }).rows[0]?.videoId ?? '')) },
    /InvalidVideo\.NotFound: nothing is changed: .*vod\.videos/,
  ],
  [
    'nothing is stored',
    'vod.UpdateVideoInfos',
    { definition: () => ({ run: () => ({ NonExistVideoIds: [], ForbiddenVideoIds: [] }) }) },
    /Title is read back: GetVideoInfo shows "film"/,
  ],
  [
    'a member of JSON is stored as another',
    'vod.ProduceEditingProjectVideo',
    {
      definition: given((input) => ({
        ...input,
        ...(input.MediaMetadata && { MediaMetadata: { ...input.MediaMetadata, Description: input.MediaMetadata.Title } }),
      })),
    },
    /Video\.Description is read back/,
  ],
  [
    'a page is that before',
    'vod.GetAuditHistory',
    { definition: given((input) => ({ ...input, PageNo: Math.max(1, input.PageNo - 1) })) },
    /pages of 1: page 2 does not have row 2/,
  ],
  [
    'every page of some size is the first',
    'vod.ListTranscodeTask',
    { definition: given((input) => ({ ...input, PageNo: input.PageSize === 2 ? 1 : input.PageNo })) },
    /pages of 2: page 2/,
  ],
  [
    'a setting of the account is not looked at',
    'vod.AddVodDomain',
    { definition: insteadOf('NotInternationRealIdentity', () => ({})) },
    /NotInternationRealIdentity: 200/,
  ],
  [
    'calls that are counted together have the code of one',
    'vod.DescribeVodRefreshQuota',
    { definition: ({ errors: { Throttling: _gone, ...errors } }) => ({ errors }) },
    /Throttling: 400 Throttling\.User instead of Throttling/,
  ],
  [
    'a quota is one too low',
    'vod.AddCategory',
    {
      definition: before(({ account: { vod }, fail }) => {
        if (vod.categories.list({}).total >= 99) fail('SubTotalExceededMax')
      }),
    },
    /SubTotalExceededMax: cannot be brought about/,
  ],
  [
    'a field of XML is deeper than it is',
    'vod.GetCategories',
    { reply: rewriting(/<CateName>([^<]*)<\/CateName>/g, '<CateName><Text>$1</Text></CateName>') },
    /XML: neither manual nor wire know .*CateName\.Text/,
  ],
  ['a field of XML is missing', 'vod.GetCategories', { reply: rewriting(/<SubTotal>\d+<\/SubTotal>/, '') }, /XML: SubTotal is missing/],
  [
    'a host name in capitals is another',
    'vod.DescribeVodDomainDetail',
    { definition: given((input) => ({ ...input, DomainName: input.DomainName.replace('EXAMPLE', 'other') })) },
    /DomainName in capitals: .*InvalidDomain\.NotFound/,
  ],
  ['a file is not replaced', 'vod.SetCrossdomainContent', { definition: () => ({ run: () => ({}) }) }, /Content is read back/],
  [
    'what is made of a video is not what was asked for',
    'vod.SubmitDynamicImageJob',
    { definition: given((input) => ({ ...input, OverrideParams: undefined })) },
    /Fps is read back/,
  ],
  [
    'the last page of pictures is the first',
    'vod.GetMediaAuditResultDetail',
    { definition: given((input) => ({ ...input, PageNo: input.PageNo === 3 ? 1 : input.PageNo })) },
    /there are \d+ rows, \d+ of them different, instead of 45/,
  ],
  [
    'a list has no rows',
    'vod.DescribeVodDomainLog',
    {
      definition: answering(({ DomainLogDetails: { DomainLogDetail } }) => ({
        DomainLogDetails: {
          DomainLogDetail: DomainLogDetail.map((each: object) => ({ ...each, LogInfos: { LogInfoDetail: [] } })),
        },
      })),
    },
    /there are 0 of them/,
  ],
  [
    'a time the wrong way round is answered with 200',
    'vod.DescribePlayUserAvg',
    { definition: insteadOf('InvalidEndTime.Mismatch', () => ({ UserPlayStatisAvgs: { UserPlayStatisAvg: [] } })) },
    /InvalidEndTime\.Mismatch: 200 an answer/,
  ],
]

test('these are enough to go by', () => {
  expect(cases.length).toBeGreaterThanOrEqual(30)
})

testBroken(cases)
