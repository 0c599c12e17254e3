/** Clouds whose answers look right, and what is behind them is not. */

import { type BrokenCase, before, given, testBroken } from './support.js'

const cases: readonly BrokenCase[] = [
  [
    'an answer is of another type than it says',
    'vod.GetVideoInfo',
    { reply: (reply) => ({ ...reply, headers: { ...reply.headers, 'content-type': 'text/html' } }) },
    /content-type is text\/html/,
  ],
  [
    'XML is said to be JSON',
    'vod.GetCategories',
    { reply: (reply) => ({ ...reply, headers: { ...reply.headers, 'content-type': 'application/json' } }) },
    /body is to be XML/,
  ],
  [
    'every answer has the same RequestId',
    'vod.GetVideoInfo',
    {
      reply: (reply) =>
        reply.status === 200 ? { ...reply, body: String(reply.body).replace(/"RequestId":"[^"]*"/, '"RequestId":"A"') } : reply,
    },
    /RequestId is A, and x-acs-request-id/,
  ],
  ['domains are not stopped', 'vod.BatchStopVodDomain', { definition: () => ({ run: () => ({}) }) }, /nothing is other than before/],
  ['domains are not started', 'vod.BatchStartVodDomain', { definition: () => ({ run: () => ({}) }) }, /nothing is other than before/],
  [
    'a template is not deleted',
    'vod.DeleteAITemplate',
    { definition: () => ({ run: ({ input }) => ({ TemplateId: (input as { TemplateId: string }).TemplateId }) }) },
    /nothing is other than before/,
  ],
  ['a callback is not deleted', 'vod.DeleteMessageCallback', { definition: () => ({ run: () => ({}) }) }, /nothing is other than before/],
  [
    'what reads makes something',
    'vod.GetVideoList',
    { definition: before(({ account }) => void account.ram.putUser(`made${account.ids.digits(8)}`, {})) },
    /the call reads, and has changed/,
  ],
  [
    'the order of a list is left out',
    'vod.GetVideoList',
    { definition: given((input) => ({ ...input, SortBy: undefined })) },
    /rows by CreationTime:/,
  ],
  [
    'a time that is asked for is left out',
    'vod.GetVideoList',
    { definition: given((input) => ({ ...input, StartTime: undefined, EndTime: undefined })) },
    /rows of a time in which there was nothing: there are \d+/,
  ],
  [
    'what is not sent is emptied by an update',
    'vod.UpdateVideoInfo',
    { definition: given((input) => ({ Title: '', Description: '', Tags: [], ...input })) },
    /alone is updated/,
  ],
  [
    'an error has another message',
    'vod.GetVideoInfo',
    { reply: (reply) => ({ ...reply, body: String(reply.body).replace('The specified', 'Some') }) },
    /the message is .*, and .* is documented/,
  ],
  [
    'a message is left with its placeholder',
    'vod.AddCategory',
    { reply: (reply) => ({ ...reply, body: String(reply.body).replace(/(mandatory parameter|parameter) \S+/, '$1') }) },
    /the message is .*, and .* is documented/,
  ],
]

testBroken(cases)
