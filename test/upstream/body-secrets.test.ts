/** What is kept of requests that are made wrongly: no secret, and of those that are right, the file. */

import { readFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { forwarding, linesOf, serverOf, temporaryFile } from './support.js'

const SECRET = 'sEcReT/+value=='

const BUCKET = 'bucket.oss-cn-shanghai.aliyuncs.com'
const VOD = 'vod.cn-shanghai.aliyuncs.com'

/** A part of a form. */
const part = (head: string, value: string, end = '\r\n'): string =>
  `--b${end}Content-Disposition: form-data; ${head}${end}${end}${value}${end}`

const form = (...parts: string[]): string => `${parts.join('')}--b--\r\n`

const FILE = part('name="file"; filename="a.mp4"', 'the film')
const FORM = 'multipart/form-data; boundary=b'

interface Sent {
  host?: string
  method?: string
  path?: string
  query?: string
  type?: string
  headers?: Record<string, string>
  body?: string | Buffer
}

/** What is in a recording of a request. */
async function recorded({ host = BUCKET, method = 'POST', path = '/', query = '', type, headers, body = '' }: Sent) {
  const record = temporaryFile()
  const url = await serverOf((incoming, response) => incoming.resume().on('end', () => response.end()))
  const { send, close } = await forwarding(url, { record })
  const bytes = Buffer.from(body)
  await send({
    method,
    host,
    path,
    query,
    headers: { 'content-length': String(bytes.byteLength), ...(type && { 'content-type': type }), ...headers },
    body: bytes,
  })
  await close()
  return { text: readFileSync(record, 'utf8'), call: linesOf(record)[1] }
}

const rpc = `Action=GetVideoInfo&AccessKeyId=testAccessKeyId&SecurityToken=${encodeURIComponent(SECRET)}&Signature=a%3D`

test.each<[what: string, sent: Sent]>([
  ['a form whose type names no boundary', { type: 'multipart/form-data', body: form(part('name="Signature"', SECRET), FILE) }],
  [
    'a form whose type names another boundary',
    { type: 'multipart/form-data; boundary=c', body: form(part('name="Signature"', SECRET), FILE) },
  ],
  ['a form without a type', { body: form(part('name="Signature"', SECRET), FILE) }],
  ['a form of another kind', { type: 'multipart/mixed; boundary=b', body: form(part('name="Signature"', SECRET), FILE) }],
  [
    'a form whose lines end as they do in files',
    { type: FORM, body: `${part('name="Signature"', SECRET, '\n')}${part('name="file"', 'x'.repeat(20_000), '\n')}--b--\n` },
  ],
  ['what stands before a form', { type: FORM, body: `Signature: ${SECRET}\r\n${form(FILE)}` }],
  ['what stands behind a form', { type: FORM, body: `${form(FILE)}Signature: ${SECRET}\r\n` }],
  ['a field that is sent as a file', { type: FORM, body: form(part('name="x-oss-security-token"; filename="token.txt"', SECRET), FILE) }],
  [
    'a field whose head begins with something else',
    { type: FORM, body: form(`--b\r\nContent-Type: a/b; name="c"; filename="d"\r\n${part('name="Signature"', SECRET).slice(5)}`, FILE) },
  ],
  ['a head that is too long', { type: FORM, body: form(part(`name="Signature"; x="${'x'.repeat(20_000)}"`, SECRET), FILE) }],
  [
    'a field with two bytes a character',
    {
      type: FORM,
      body: Buffer.concat([
        Buffer.from('--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n'),
        Buffer.from(`{"Token":"${SECRET}"}`, 'utf16le'),
        Buffer.from(`\r\n${form(FILE)}`),
      ]),
    },
  ],
  ['a call of an Action that was sent to OSS', { type: 'application/x-www-form-urlencoded', body: rpc }],
  ['a call of an Action with a path', { host: VOD, path: '//', type: 'application/x-www-form-urlencoded', body: rpc }],
  [
    'a call of an Action with two bytes a character',
    { host: VOD, query: 'Action=X', body: Buffer.from(`{"Token":"${SECRET}"}`, 'utf16le') },
  ],
  ['a document of OSS', { query: 'delete', body: `<Delete><Object><Key>a</Key></Object><Token>${SECRET}</Token></Delete>` }],
])('no secret is recorded from %s', async (_what, sent) => {
  const { text } = await recorded(sent)
  // Whatever the characters are written with.
  expect(text.replaceAll('\\u0000', '')).not.toContain(SECRET)
  expect(text).not.toContain(encodeURIComponent(SECRET))
  expect(text).not.toContain(Buffer.from(SECRET, 'utf16le').toString('base64').slice(4, -4))
})

test('a header is redacted of what only the body names', async () => {
  const { call } = await recorded({
    host: VOD,
    query: `Action=X&Title=${SECRET}`,
    headers: { 'x-note': SECRET },
    body: `{"Token":"${SECRET}"}`,
  })
  expect([call.headers['x-note'], call.query]).toEqual(['removed-1', 'Action=X&Title=removed-1'])
})

test('of a form, the file and its fields are recorded, without what belongs to no part', async () => {
  const key = part('name="key"', 'a/视频.mp4')
  const { call } = await recorded({ type: FORM, body: `nothing\r\n${form(key, part('name="policy"', 'x'), FILE)}nothing` })
  expect(call.body.text).toBe(form(key, part('name="policy"', 'removed-1'), FILE))
})

test.each<[what: string, sent: Sent, body: string]>([
  ['a file', { method: 'PUT', path: '/a', body: 'Token=abcdefgh' }, 'Token=abcdefgh'],
  ['a file that says it is a form', { method: 'PUT', path: '/a', type: 'application/x-www-form-urlencoded', body: 'Token=a1' }, 'Token=a1'],
  ['what is appended to a file', { query: 'append&position=0', path: '/a', body: 'Token=abcdefgh' }, 'Token=abcdefgh'],
  [
    'a list of parts',
    { query: 'uploadId=1', path: '/a', body: '<A><Part><PartNumber>1</PartNumber></Part></A>' },
    '<A><Part><PartNumber>1</PartNumber></Part></A>',
  ],
])('%s is recorded as it is', async (_what, sent, body) => {
  expect((await recorded(sent)).call.body).toEqual({ text: body })
})

test('an answer in a coding that nobody knows is recorded by what it comes to', async () => {
  for (const coding of ['constructor', 'toString', 'gzip, gzip', 'zstd']) {
    const record = temporaryFile()
    const url = await serverOf((_request, response) => response.writeHead(200, { 'content-encoding': coding }).end('{}'))
    const { send, close, onBug } = await watched(url, record)
    await send({ method: 'GET', host: VOD, path: '/', query: 'Action=X', headers: {}, body: new Uint8Array() })
    await close()
    expect([coding, linesOf(record)[2].body, onBug.mock.calls]).toEqual([coding, { sha256: expect.any(String), size: 2 }, []])
  }
})

async function watched(url: string, record: string) {
  const onBug = vi.fn()
  return { ...(await forwarding(url, { record, onBug })), onBug }
}
