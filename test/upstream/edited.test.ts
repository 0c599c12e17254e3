/** A recording of an emulator in which something is not as it was: it is found, and said once. */

import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Comparison, compare } from '../../emulator/index.js'
import { sample } from '../vod/support.js'
import { cloudUpstream, forwarding, linesOf, temporaryFile, withTicket } from './support.js'

// biome-ignore lint/suspicious/noExplicitAny: lines have all shapes
type Line = any

let recorded: Promise<string> | undefined

const TITLE = `${'A long title. '.repeat(8)}End`

/** What was recorded, once for all tests. */
async function record(): Promise<string> {
  const file = temporaryFile()
  const upstream = await cloudUpstream()
  const { call, send, close } = await forwarding(upstream.url, { record: file })
  const film = sample('sample.mp4')
  const { body: ticket } = await call('vod.CreateUploadVideo', { Title: TITLE, FileName: 'film.mp4' })
  await send(withTicket(ticket, { method: 'PUT', body: film }))
  await send(withTicket(ticket, { method: 'HEAD' }))
  const { body: image } = await call('vod.CreateUploadAttachedMedia', { BusinessType: 'watermark', MediaExt: 'png', Title: 'mark' })
  await send(withTicket(image, { method: 'PUT', body: sample('sample.png') }))
  await call('vod.GetAttachedMediaInfo', { MediaIds: image.MediaId })
  for (const CateName of ['one', 'two']) await call('vod.AddCategory', { CateName })
  await call('vod.GetCategories', {})
  await call('vod.GetPlayInfo', { VideoId: 'f00ba4f00ba4f00ba4f00ba4f00ba4f0' })
  await call('vod.GetCategories', { CateId: 1 }, { format: 'XML' })
  await call('vod.GetVideoInfos', { VideoIds: ticket.VideoId })
  await send(withTicket(ticket, { method: 'GET' }))
  await close()
  return readFileSync(file, 'utf8')
}

/** What a comparison says if the answer to a call was another one. */
async function comparison(number: number, edit: (reply: Line) => void): Promise<Comparison> {
  const file = temporaryFile()
  recorded ??= record()
  writeFileSync(file, await recorded)
  const lines = linesOf(file)
  edit(lines.find(({ type, call }) => type === 'reply' && call === number))
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  return compare(file)
}

/** What is found then, in short. */
async function found(number: number, edit: (reply: Line) => void): Promise<string[]> {
  const { differences, notCompared } = await comparison(number, edit)
  return [...differences.map(({ action, field, kind }) => `${action} ${field} ${kind}`), ...notCompared.map(({ reason }) => reason)]
}

/** Changes JSON. */
const inBody =
  (change: (body: Line) => void) =>
  (reply: Line): void => {
    const body = JSON.parse(reply.body.text)
    change(body)
    reply.body.text = JSON.stringify(body)
  }

const REFUSED = 10

const DOWNLOADED = 13

/** Refuses as OSS does. */
const refused = (code: string, message: string) => (reply: Line) =>
  Object.assign(reply, {
    status: 403,
    body: { text: `<Error><Code>${code}</Code><Message>${message}</Message><RequestId>A</RequestId><HostId>b</HostId></Error>` },
  })

const LISTED = 9

const edits: Record<string, [call: number, edit: (reply: Line) => void, found: string[]]> = {
  nothing: [1, () => {}, []],
  'the code, and with it the message': [
    REFUSED,
    inBody((body) => Object.assign(body, { Code: 'InvalidVideo.Gone', Message: 'Gone.', Recommend: 'no' })),
    ['vod.GetPlayInfo Code code'],
  ],
  'the status and the code': [
    REFUSED,
    (reply) => {
      reply.status = 403
      inBody((body) => Object.assign(body, { Code: 'Forbidden', Message: 'No.' }))(reply)
    },
    ['vod.GetPlayInfo  status'],
  ],
  'the message alone': [REFUSED, inBody((body) => Object.assign(body, { Message: 'No.' })), ['vod.GetPlayInfo Message value']],
  'a member that is not there': [LISTED, inBody((body) => delete body.SubTotal), ['vod.GetCategories SubTotal extra']],
  'one more': [LISTED, inBody((body) => Object.assign(body, { Pages: 1 })), ['vod.GetCategories Pages missing']],
  'another type': [LISTED, inBody((body) => Object.assign(body, { SubTotal: '2' })), ['vod.GetCategories SubTotal kind']],
  'another number': [LISTED, inBody((body) => Object.assign(body, { SubTotal: 3 })), ['vod.GetCategories SubTotal value']],
  'another order': [LISTED, inBody((body) => body.SubCategories.Category.reverse()), ['vod.GetCategories SubCategories.Category order']],
  'another type of content': [
    LISTED,
    ({ headers }) => Object.assign(headers, { 'content-type': 'text/javascript' }),
    ['vod.GetCategories header content-type value'],
  ],
  'a type of content that is written in another way': [
    LISTED,
    ({ headers }) => Object.assign(headers, { 'content-type': 'application/json; charset=UTF-8' }),
    [],
  ],
  'a page in place of JSON': [
    LISTED,
    (reply) => Object.assign(reply, { headers: { 'content-type': 'text/html' }, body: { text: 'Welcome' } }),
    ['vod.GetCategories  kind'],
  ],
  'headers of the gateway': [LISTED, ({ headers }) => Object.assign(headers, { 'x-acs-trace-id': 'a', server: 'other' }), []],
  'what the bytes of an upload come to': [
    2,
    ({ headers }) => Object.assign(headers, { 'x-oss-hash-crc64ecma': '1234567890123456789' }),
    ['oss.PutObject header x-oss-hash-crc64ecma value'],
  ],
  'a header of OSS that is not there': [
    3,
    ({ headers }) => delete headers['x-oss-object-type'],
    ['oss.HeadObject header x-oss-object-type extra'],
  ],
  'a header of OSS more': [
    3,
    ({ headers }) => Object.assign(headers, { 'x-oss-expiration': 'x' }),
    ['oss.HeadObject header x-oss-expiration missing'],
  ],
  'another value of one': [
    3,
    ({ headers }) => Object.assign(headers, { 'x-oss-object-type': 'Appendable' }),
    ['oss.HeadObject header x-oss-object-type value'],
  ],
  'a time and a request id of OSS': [3, ({ headers }) => Object.assign(headers, { 'x-oss-request-id': 'B', 'x-oss-server-time': '1' }), []],
  'a failure of what is in front of the service': [
    LISTED,
    (reply) => Object.assign(reply, { status: 503, body: { text: 'busy' } }),
    ['the upstream was not there (status 503)'],
  ],
  'a failure of the service': [
    LISTED,
    (reply) => Object.assign(reply, { status: 500, body: { text: '{"Code":"InternalError","Message":"Sorry."}' } }),
    ['the upstream has refused the call for its signature, its time or its load (InternalError)'],
  ],
  'a refusal of what is no longer good': [
    DOWNLOADED,
    refused('AccessDenied', 'Request has expired.'),
    ['the upstream has refused the call for its signature, its time or its load (AccessDenied)'],
  ],
  'a token that is no longer good': [
    DOWNLOADED,
    refused('SecurityTokenExpired', 'The security token you provided has expired.'),
    ['the upstream has refused the call for its signature, its time or its load (SecurityTokenExpired)'],
  ],
  'a refusal of what is denied': [DOWNLOADED, refused('AccessDenied', 'No.'), ['oss.GetObject Error.Message value']],
  'an answer that broke off to a call that was granted, which is made': [
    7,
    (reply) => Object.assign(reply, { rest: { broken: 'it broke off' }, body: { text: reply.body.text.slice(0, 9) } }),
    ['the answer of the upstream broke off'],
  ],
  'a text from which something was removed': [
    REFUSED,
    (reply) => {
      reply.body.text = reply.body.text.replace('The video does', 'The removed-999 does')
    },
    [],
  ],
  'a text from which something was removed, with other words': [
    REFUSED,
    (reply) => {
      reply.body.text = reply.body.text.replace('The video does', 'A removed-999 does')
    },
    ['vod.GetPlayInfo Message value'],
  ],
}

describe('in a recording is edited', () => {
  test.each(Object.entries(edits))('%s', async (_what, [call, edit, expected]) => {
    expect(await found(call, edit)).toEqual(expected)
  })
})

test('of long values, what differs is shown', async () => {
  const { differences } = await comparison(
    12,
    inBody((body) => {
      body.VideoList[0].Title = `${TITLE.slice(0, -3)}Fin`
    }),
  )
  expect(differences).toMatchObject([{ recorded: '…itle. A long title. Fin"', here: '…itle. A long title. End"' }])
})
