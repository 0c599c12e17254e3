// biome-ignore-all lint/suspicious/noTemplateCurlyInString: OSS writes its variables so
/** What clients in other languages do differently, and what uploaders use beside uploads. */

import { createVerify } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import * as undici from 'undici'
import { describe, expect, onTestFinished, test } from 'vitest'
import { v1Signature, v1StringToSign } from '../../src/oss/signature-v1.js'
import { V4_ALGORITHM, v4CanonicalRequest, v4Signature, v4StringToSign } from '../../src/oss/signature-v4.js'
import { BUCKET, bytes, type Client, md5, ossEmulator, REGION, request } from './support.js'

const KEY = 'film.mp4'

interface Sent {
  method?: string
  /** As it is written, in path style. */
  path: string
  query?: [string, string][]
  headers?: Record<string, string>
  body?: string
  /** What is signed in place of what is sent. */
  signed?: { bucket?: string; key?: string }
}

/** An emulator with requests that are signed by hand, V1 in the header. */
async function world(options: Parameters<typeof ossEmulator>[0] = {}) {
  const emulator = await ossEmulator(options)
  const { account, url } = emulator
  const send = async ({ method = 'GET', path, query = [], headers = {}, body, signed = {} }: Sent) => {
    const date = new Date().toUTCString()
    const { accessKeyId, accessKeySecret } = account.credentials
    const text = v1StringToSign({ method, headers, date, bucket: BUCKET, key: '', query, ...signed })
    const search = query.map(([name, value]) => (value === '' ? name : `${name}=${encodeURIComponent(value)}`)).join('&')
    const response = await fetch(`${url}${path}${search && `?${search}`}`, {
      method,
      headers: {
        ...headers,
        'x-oss-date': date,
        date,
        authorization: `OSS ${accessKeyId}:${v1Signature(accessKeySecret, text.replace('\n/', `\nx-oss-date:${date}\n/`))}`,
      },
      ...(body !== undefined && { body }),
    })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  const oss: Client = emulator.client()
  return { ...emulator, oss, send }
}

describe('references in XML', () => {
  test.each(['&quot;', '&#34;', '&#x22;', '&#0000000034;', '"', ''])('an ETag in %s is read', async (quote) => {
    const { oss, send } = await world()
    const { uploadId } = await oss.initMultipartUpload(KEY)
    const content = bytes(1000)
    await oss._uploadPart(KEY, uploadId, 1, { stream: Readable.from([Buffer.from(content)]), size: 1000 })
    const body = `<CompleteMultipartUpload><Part><PartNumber>&#49;</PartNumber><ETag>${quote}${md5(content)}${quote}</ETag></Part></CompleteMultipartUpload>`
    const reply = await send({
      method: 'POST',
      path: `/${BUCKET}/${KEY}`,
      query: [['uploadId', uploadId]],
      body,
      signed: { key: KEY },
      headers: { 'content-type': 'application/xml' },
    })
    expect(reply.status).toBe(200)
  })

  test.each([
    ['a &amp; b.txt', 'a & b.txt'],
    ['&#30005;&#x5f71;.txt', '电影.txt'],
    ['&lt;&#128512;&gt;', '<😀>'],
    [' blanks ', ' blanks '],
    ['&nbsp;', '&nbsp;'],
  ])('a key written as %s is %s', async (written, key) => {
    const { account, send } = await world()
    await account.turn.take(() => account.oss.putObject(BUCKET, key, Buffer.from('x')))
    const body = `<?xml version="1.0"?>\n<Delete>\n <Object><Key>${written}</Key></Object>\n</Delete>`
    const reply = await send({
      method: 'POST',
      path: `/${BUCKET}/`,
      query: [['delete', '']],
      body,
      headers: { 'content-type': 'application/xml' },
    })
    expect([reply.status, account.oss.object(BUCKET, key)]).toEqual([200, undefined])
  })
})

test('signature V4 signs the date as it is sent, whichever header it is in', async () => {
  const { url, account } = await world()
  const { accessKeyId, accessKeySecret } = account.credentials
  const date = new Date().toUTCString()
  const day = new Date(date).toISOString().slice(0, 10).replaceAll('-', '')
  const credential = { accessKeyId, day, region: REGION }
  const headers = { date, 'x-oss-content-sha256': 'UNSIGNED-PAYLOAD' }
  const canonical = v4CanonicalRequest({ method: 'GET', headers, additionalHeaders: [], bucket: BUCKET, key: '', query: [] })
  const signature = v4Signature(accessKeySecret, credential, v4StringToSign(credential, date, canonical))
  const authorization = `${V4_ALGORITHM} Credential=${accessKeyId}/${day}/${REGION}/oss/aliyun_v4_request,Signature=${signature}`
  expect((await fetch(`${url}/${BUCKET}/`, { headers: { ...headers, authorization } })).status).toBe(200)
})

test('times of all lists are whole seconds with three zeros', async () => {
  const { oss, account, send } = await world()
  await account.clock.advance(1234)
  await oss.put(KEY, bytes(10))
  const { uploadId } = await oss.initMultipartUpload('parts.mp4')
  await oss._uploadPart('parts.mp4', uploadId, 1, { stream: Readable.from([Buffer.from(bytes(10))]), size: 10 })
  const texts = await Promise.all([
    send({ path: `/${BUCKET}/` }),
    send({ path: `/${BUCKET}/`, query: [['uploads', '']] }),
    send({ path: `/${BUCKET}/parts.mp4`, query: [['uploadId', uploadId]], signed: { key: 'parts.mp4' } }),
    send({ path: '/', signed: { bucket: undefined as never } }),
  ])
  const times = texts.map(({ text }) => text.match(/\d{4}-\d\d-\d\dT[\d:.]+Z/g) ?? [])
  expect(times).toEqual([
    ['2026-01-01T00:00:01.000Z'],
    ['2026-01-01T00:00:01.000Z'],
    ['2026-01-01T00:00:01.000Z'],
    ['2026-01-01T00:00:00.000Z'],
  ])
})

describe('buckets', () => {
  test('the ACL of one says that it is private; of one that is not there, that', async () => {
    const { oss } = await world()
    expect((await oss.getBucketACL(BUCKET)).acl).toBe('private')
    await expect(oss.getBucketACL('no-such-bucket')).rejects.toMatchObject({ code: 'NoSuchBucket', status: 404 })
  })

  test('are listed for who signs, with prefix and pages', async () => {
    const { oss, account } = await world()
    for (const name of ['b-1', 'b-2', 'c-1']) account.oss.createBucket(name.padEnd(5, '0'), 'cn-beijing')
    const names = async (params = {}) => {
      const { buckets, isTruncated, nextMarker } = await oss.listBuckets(params)
      return [(buckets ?? []).map(({ name, region }: { name: string; region: string }) => `${name} ${region}`), isTruncated, nextMarker]
    }
    expect(await names()).toEqual([
      ['b-100 oss-cn-beijing', 'b-200 oss-cn-beijing', 'c-100 oss-cn-beijing', `${BUCKET} oss-cn-shanghai`],
      false,
      null,
    ])
    expect(await names({ prefix: 'b', 'max-keys': 1 })).toEqual([['b-100 oss-cn-beijing'], true, 'b-100'])
    expect(await names({ prefix: 'b', marker: 'b-100' })).toEqual([['b-200 oss-cn-beijing'], false, null])
  })

  test('are listed for nobody who does not sign', async () => {
    const { url } = await world()
    const reply = await fetch(`${url}/`, {
      headers: { host: 'oss-cn-shanghai.aliyuncs.com', authorization: 'OSS nobody:x', date: new Date().toUTCString() },
    })
    expect([reply.status, await reply.text()]).toEqual([403, expect.stringContaining('<Code>InvalidAccessKeyId</Code>')])
  })

  test('say where they are and what they are', async () => {
    const { oss } = await world()
    expect((await oss.getBucketLocation(BUCKET)).location).toBe(`oss-${REGION}`)
    expect((await oss.getBucketInfo(BUCKET)).bucket).toMatchObject({
      Name: BUCKET,
      Location: `oss-${REGION}`,
      AccessControlList: { Grant: 'private' },
    })
  })

  test('ListObjectsV2 names the owner if asked to', async () => {
    const { oss, account } = await world()
    await oss.put(KEY, bytes(10))
    const owners = async (params: object) => (await oss.listV2(params)).objects.map(({ owner }: { owner: unknown }) => owner)
    expect(await owners({ 'fetch-owner': 'true' })).toEqual([{ id: account.accountId, displayName: account.accountId }])
    expect(await owners({})).toEqual([null])
  })

  test.each([
    ['a bucket before the host of the public URL', (port: string) => `${BUCKET}.localhost:${port}`, true],
    ['the same in capitals', (port: string) => `${BUCKET.toUpperCase()}.LocalHost:${port}`, true],
    ['the same without the port, as aliyun-sdk writes it', () => `${BUCKET}.localhost`, true],
    ['the same with another port', () => `${BUCKET}.localhost:1`, false],
  ])('%s', async (_which, hostOf, isBucket) => {
    const { url, cloud, account } = await world()
    const { port } = new URL(url)
    cloud.publicUrl = `http://localhost:${port}`
    await account.turn.take(() => account.oss.putObject(BUCKET, KEY, Buffer.from('x')))
    const host = hostOf(port)
    const reply = await cloud.handle({
      method: 'OPTIONS',
      host,
      path: '/',
      query: '',
      headers: { host, origin: 'http://page', 'access-control-request-method': 'POST' },
      body: new Uint8Array(),
    })
    expect(reply.headers['access-control-allow-methods'] !== undefined).toBe(isBucket)
  })

  test('a service of the emulator before that host stays one', async () => {
    const { url, cloud } = await world()
    const { port } = new URL(url)
    cloud.publicUrl = `http://localhost:${port}`
    const host = `vod.localhost:${port}`
    const reply = await cloud.handle({
      method: 'POST',
      host,
      path: '/',
      query: '',
      headers: { host },
      body: Buffer.from('Action=GetPlayInfo'),
    })
    expect(String(reply.body)).not.toContain('NoSuchBucket')
  })

  test('a path without a slash behind the bucket may be signed as it is', async () => {
    const { send } = await world()
    expect((await send({ path: `/${BUCKET}`, signed: { bucket: undefined as never, key: BUCKET } })).status).toBe(200)
    expect((await send({ path: `/${BUCKET}/`, signed: { bucket: undefined as never, key: BUCKET } })).status).toBe(403)
  })
})

describe('names and headers', () => {
  test('a plus in a path is a blank, and %2B a plus', async () => {
    const { account, send } = await world()
    await send({ method: 'PUT', path: `/${BUCKET}/a+b`, signed: { key: 'a b' }, body: 'x', headers: { 'content-type': 'text/plain' } })
    await send({ method: 'PUT', path: `/${BUCKET}/c%2Bd`, signed: { key: 'c+d' }, body: 'x', headers: { 'content-type': 'text/plain' } })
    expect(account.oss.objects.list().rows.map(({ key }) => key)).toEqual(['a b', 'c+d'])
  })

  test.each(['attachment; filename="über.mp4"', 'attachment; filename="电影.mp4"'])(
    'a disposition of %s is sent as UTF-8 if it is asked for',
    async (disposition) => {
      const { oss, client } = await world()
      const inHeader = Buffer.from(disposition).toString('latin1')
      await oss.put(KEY, bytes(10))
      const asked = await fetch(client({ inPath: true }).signatureUrl(KEY, { response: { 'content-disposition': disposition } }))
      expect([asked.status, asked.headers.get('content-disposition')]).toEqual([200, inHeader])
    },
  )
})

describe('copies', () => {
  test('share content and what is said of it, until the original is gone', async () => {
    const { oss } = await world()
    const content = bytes(200_000)
    await oss.put('folder/a +.mp4', content, { mime: 'video/mp4', meta: { author: 'ann' }, headers: { 'x-oss-tagging': 'a=1' } })
    const { data } = await oss.copy('b.mp4', 'folder/a +.mp4')
    expect(data.etag).toBe(`"${md5(content)}"`)
    await oss.delete('folder/a +.mp4')
    const copy = await oss.get('b.mp4')
    expect(copy.content.equals(content)).toBe(true)
    expect(copy.res.headers).toMatchObject({ 'content-type': 'video/mp4', 'x-oss-meta-author': 'ann', 'x-oss-tagging-count': '1' })
  })

  test('may get other words', async () => {
    const { oss } = await world()
    await oss.put('a.mp4', bytes(10), { meta: { author: 'ann' } })
    await oss.copy('a.mp4', 'a.mp4', { meta: { author: 'bob' } })
    expect((await oss.head('a.mp4')).meta).toEqual({ author: 'bob' })
  })

  test('of what came in parts keep its digest, and say nothing of an MD5', async () => {
    const { oss } = await world()
    const { etag } = await oss.multipartUpload('a.mp4', Buffer.from(bytes(300_000)), { partSize: 102_400 })
    await oss.copy('b.mp4', 'a.mp4')
    const { res } = await oss.head('b.mp4')
    expect([res.headers.etag, res.headers['content-md5']]).toEqual([etag, undefined])
  })

  test.each([
    ['an object that is not there', (oss: Client) => oss.copy('b.mp4', 'none.mp4'), 'NoSuchKey', 404],
    ['an object onto itself, as it is', (oss: Client) => oss.copy('a.mp4', 'a.mp4'), 'InvalidArgument', 400],
    [
      'a condition that does not hold',
      (oss: Client) => oss.copy('b.mp4', 'a.mp4', { headers: { 'x-oss-copy-source-if-match': '"x"' } }),
      'PreconditionFailed',
      412,
    ],
    [
      'a directive that there is not',
      (oss: Client) => oss.copy('b.mp4', 'a.mp4', { headers: { 'x-oss-metadata-directive': 'MOVE' } }),
      'InvalidArgument',
      400,
    ],
    ['a bucket that is not there', (oss: Client) => oss.copy('b.mp4', 'a.mp4', 'no-such-bucket'), 'NoSuchBucket', 404],
  ])('of %s are refused', async (_what, copy, code, status) => {
    const { oss } = await world()
    await oss.put('a.mp4', bytes(10))
    await expect(copy(oss)).rejects.toMatchObject({ code, status })
  })
})

describe('deletions of several objects', () => {
  test('name what is gone, whether it was there or not', async () => {
    const { oss } = await world()
    await oss.put('a&b', bytes(10))
    await oss.put('c', bytes(10))
    const { deleted } = await oss.deleteMulti(['a&b', 'none'])
    expect(deleted.map(({ Key }: { Key: string }) => Key)).toEqual(['a&b', 'none'])
    expect((await oss.list()).objects.map(({ name }: { name: string }) => name)).toEqual(['c'])
    expect((await oss.deleteMulti(['c'], { quiet: true })).deleted ?? []).toEqual([])
  })

  test('of more than a thousand are refused, and delete nothing', async () => {
    const { oss } = await world()
    await oss.put('0', bytes(10))
    await expect(oss.deleteMulti(Array.from({ length: 1001 }, (_, index) => String(index)))).rejects.toMatchObject({ code: 'MalformedXML' })
    expect((await oss.list()).objects).toHaveLength(1)
  })
})

describe('tags of objects', () => {
  test('are put, read and deleted', async () => {
    const { oss } = await world()
    await oss.put(KEY, bytes(10))
    expect((await oss.getObjectTagging(KEY)).tag).toEqual({})
    await oss.putObjectTagging(KEY, { project: 'x + y', stage: '1' })
    expect((await oss.getObjectTagging(KEY)).tag).toEqual({ project: 'x + y', stage: '1' })
    await oss.deleteObjectTagging(KEY)
    expect((await oss.getObjectTagging(KEY)).tag).toEqual({})
  })

  test.each([
    'a=b=c',
    'a=1&a=2',
    '=1',
    `${'k'.repeat(129)}=1`,
    `k=${'v'.repeat(257)}`,
    'k=%00',
    Array.from({ length: 11 }, (_, index) => `k${index}=1`).join('&'),
  ])('%s is refused', async (tagging) => {
    const { oss } = await world()
    await expect(oss.put(KEY, bytes(10), { headers: { 'x-oss-tagging': tagging } })).rejects.toMatchObject({
      code: 'InvalidTag',
      status: 400,
    })
  })
})

test('the ACL of an object is read and changed', async () => {
  const { oss, url } = await world()
  await oss.put(KEY, bytes(10))
  const open = async () => (await fetch(`${url}/${BUCKET}/${KEY}`)).status
  expect([(await oss.getACL(KEY)).acl, await open()]).toEqual(['default', 403])
  await oss.putACL(KEY, 'public-read')
  expect([(await oss.getACL(KEY)).acl, await open()]).toEqual(['public-read', 200])
  await oss.putACL(KEY, 'private')
  expect(await open()).toBe(403)
})

describe('upload callbacks', () => {
  /** A server that is called once an object is stored. */
  async function server(answer: { status?: number; body?: string } = {}) {
    const calls: { path: string; headers: Record<string, unknown>; body: string }[] = []
    const app = createServer(async (incoming, reply) => {
      let body = ''
      for await (const piece of incoming) body += piece
      calls.push({ path: incoming.url ?? '', headers: incoming.headers, body })
      reply.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(answer.body ?? '{"ok":true}')
    })
    app.listen(0, '127.0.0.1')
    await once(app, 'listening')
    onTestFinished(() => void app.close())
    return { calls, url: `http://127.0.0.1:${(app.address() as AddressInfo).port}/stored%20here?by=oss` }
  }

  const FORM = 'bucket=${bucket}&object=${object}&etag=${etag}&size=${size}&mimeType=${mimeType}&user=${x:user}&none=${nothing}'

  test('tell of the object, and what the server says is the answer', async () => {
    const { oss } = await world()
    const { calls, url } = await server()
    const content = bytes(1000)
    const put = await oss.put('a&b.mp4', content, { mime: 'video/mp4', callback: { url, body: FORM, customValue: { user: 'ann lee' } } })
    expect([put.res.status, put.data]).toEqual([200, { ok: true }])
    expect(calls.map(({ body }) => body)).toEqual([
      `bucket=${BUCKET}&object=a%26b.mp4&etag=${md5(content)}&size=1000&mimeType=video%2Fmp4&user=ann%20lee&none=`,
    ])
  })

  test('are signed with a key that the emulator gives', async () => {
    const { oss, url: here } = await world()
    const { calls, url } = await server()
    await oss.put(KEY, bytes(10), { callback: { url, body: '{"size":${size},"type":${mimeType}}', contentType: 'application/json' } })
    const [{ path, headers, body } = { path: '', headers: {} as Record<string, unknown>, body: '' }] = calls
    expect(JSON.parse(body)).toEqual({ size: 10, type: 'video/mp4' })
    // The client has called the host that the bucket has in the cloud, and is told the one that the key has there; both lead here.
    const { host, pathname } = new URL(Buffer.from(String(headers['x-oss-pub-key-url']), 'base64').toString())
    const key = await (await undici.request(here + pathname, { headers: { host } })).body.text()
    const [name = '', search] = path.split('?')
    const signed = createVerify('RSA-MD5').update(`${decodeURIComponent(name)}?${search}\n${body}`)
    expect(signed.verify(key, String(headers.authorization), 'base64')).toBe(true)
  })

  test('follow uploads in parts, too', async () => {
    const { oss } = await world()
    const { calls, url } = await server()
    await oss.multipartUpload(KEY, Buffer.from(bytes(300_000)), {
      partSize: 102_400,
      callback: { url, body: 'size=${size}&do=${operation}' },
    })
    expect(calls.map(({ body }) => body)).toEqual(['size=300000&do=CompleteMultipartUpload'])
  })

  test.each([
    ['answers with an error', { status: 500 }],
    ['does not answer with JSON', { body: '<html>' }],
  ])('a server that %s makes it 203, and the object is stored', async (_what, answer) => {
    const { oss } = await world()
    const { url } = await server(answer)
    await expect(oss.put(KEY, bytes(10), { callback: { url, body: 'size=${size}' } })).rejects.toMatchObject({
      status: 203,
      code: 'CallbackFailed',
    })
    expect((await oss.head(KEY)).status).toBe(200)
  })

  test('a body in which long variables stand too often is not sent', async () => {
    const { oss } = await world()
    const { calls, url } = await server()
    const callback = { url, body: '${x:a}'.repeat(1000), customValue: { a: 'a'.repeat(5000) } }
    await expect(oss.put(KEY, bytes(10), { callback })).rejects.toMatchObject({ status: 203, code: 'CallbackFailed' })
    expect([calls.length, (await oss.head(KEY)).status]).toEqual([0, 200])
  })

  test('of several servers the first that answers counts', async () => {
    const { oss } = await world()
    const { calls, url } = await server()
    const { res } = await oss.put(KEY, bytes(10), { callback: { url: `http://127.0.0.1:1/;${url}`, body: 'x=1' } })
    expect([res.status, calls.length]).toEqual([200, 1])
  })

  test.each([
    ['no Base64 of JSON', 'e30tLS0='],
    ['without a URL', Buffer.from('{"callbackBody":"x"}').toString('base64')],
    ['without a body', Buffer.from('{"callbackUrl":"http://a"}').toString('base64')],
    ['with no URL', Buffer.from('{"callbackUrl":"http://a:b","callbackBody":"x"}').toString('base64')],
  ])('%s are refused, and nothing is stored', async (_what, callback) => {
    const { oss } = await world()
    await expect(request(oss, 'PUT', KEY, { content: Buffer.from('x'), headers: { 'x-oss-callback': callback } })).rejects.toMatchObject({
      code: 'InvalidArgument',
      status: 400,
    })
    await expect(oss.head(KEY)).rejects.toMatchObject({ status: 404 })
  })
})
