/** What an upload credential and the keys of the services open beside OSS: nothing. And what the call log says of OSS. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Call } from '../../src/index.js'
import { uploadKey } from '../../src/products/vod/upload/credentials.js'
import { hmacSha1 } from '../../src/signing/signature-rpc.js'
import { testCloud } from '../support/cloud.js'
import { BUCKET, bytes, ossEmulator, request } from './support.js'

const KEY = 'sv/1/1.mp4'

describe('an upload credential', () => {
  it.each(['videoseg.SegmentVideoBody', 'videorecog.DetectVideoShot', 'imageenhan.MakeSuperResolutionImage'])(
    'cannot call %s',
    async (id) => {
      const { account, call } = testCloud()
      const key = uploadKey(account, { bucket: BUCKET, key: KEY })
      const { status, headers } = await call(id, {}, { key })
      expect(status).toBeGreaterThanOrEqual(400)
      expect(headers['x-emulator-reason']).toContain('is not allowed to call')
    },
  )
})

it.each<[method: string, allowed: boolean]>([
  ['PUT', true],
  ['HEAD', true],
  ['GET', false],
  ['DELETE', false],
])('an upload credential and the file that it is for: %s', async (method, allowed) => {
  const { account, client } = await ossEmulator()
  await client().put(KEY, bytes(10))
  const uploader = client({ key: uploadKey(account, { bucket: BUCKET, key: KEY }) })
  const answer = request(uploader, method, KEY, method === 'PUT' ? { content: bytes(10) } : {}).then(
    () => true,
    ({ status }: { status: number }) => status,
  )
  expect(await answer).toBe(allowed || 403)
  expect(Buffer.from((await client().get(KEY)).content).equals(bytes(10))).toBe(true)
})

it('keeps a log of requests, without their secrets', async () => {
  const { account, client } = await ossEmulator()
  const key = uploadKey(account, { bucket: BUCKET, key: KEY })
  await client({ key }).put(KEY, bytes(10))
  await fetch(await client({ inPath: true }).signatureUrlV4('GET', 60, {}, KEY))
  const [put, get] = account.log.all()
  expect(put).toMatchObject({
    service: 'oss',
    action: 'PutObject',
    object: `${BUCKET}/${KEY}`,
    status: 200,
    identity: account.ram.find(key.accessKeyId)?.identity.arn,
  })
  expect(get).toMatchObject({ service: 'oss', action: 'GetObject', status: 200, params: { 'x-oss-expires': '60' } })
  expect(JSON.stringify(account.log.all())).not.toContain(key.securityToken)
})

/** A request with V1 in the header, signed apart from what the server does. */
function signed(call: Omit<Call, 'body'> & { body: Uint8Array }, bucket: string, key: string, subresources: string, secret: string): Call {
  const ossHeaders = Object.keys(call.headers)
    .filter((name) => name.startsWith('x-oss-'))
    .sort()
    .map((name) => `${name}:${call.headers[name]}\n`)
    .join('')
  const text = `${call.method}\n\n${call.headers['content-type'] ?? ''}\n${call.headers.date}\n${ossHeaders}/${bucket}/${key}${subresources}`
  return { ...call, headers: { ...call.headers, authorization: `OSS testAccessKeyId:${hmacSha1(secret, text)}` } }
}

it('answers whatever is sent to it, and never as if it had a bug', async () => {
  const bugs: unknown[] = []
  const { cloud, account } = testCloud({ onBug: (error) => bugs.push(error) })
  account.oss.createBucket(BUCKET, 'cn-shanghai')
  const word = fc.oneof(
    fc.constantFrom('', '0', '1', '-1', '99999', 'url', 'bytes=0-', 'bytes=5-1', '*', 'true', 'a/b'),
    fc.string({ maxLength: 20 }),
  )
  const headerText = word.map((text) => text.replace(/[^\x20-\x7e]/g, '').trim())
  const request = fc.record({
    method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'OPTIONS'),
    key: fc.constantFrom('', 'a', 'a/b', 'put', 'appended'),
    subresource: fc.constantFrom(
      '',
      '?uploads',
      '?append&position=0',
      '?append&position=3',
      '?partNumber=1&uploadId=A',
      '?uploadId=A',
      '?objectMeta',
    ),
    query: fc.dictionary(
      fc.constantFrom('prefix', 'delimiter', 'marker', 'max-keys', 'list-type', 'encoding-type', 'key-marker', 'max-uploads'),
      word,
    ),
    headers: fc.dictionary(
      fc.constantFrom(
        'range',
        'if-match',
        'if-modified-since',
        'x-oss-copy-source',
        'x-oss-meta-a',
        'x-oss-object-acl',
        'x-oss-storage-class',
      ),
      headerText,
    ),
    body: fc.uint8Array({ maxLength: 50 }),
  })
  await fc.assert(
    fc.asyncProperty(request, async ({ method, key, subresource, query, headers, body }) => {
      const host = `${BUCKET}.oss-cn-shanghai.aliyuncs.com`
      const unsigned = new URLSearchParams(query).toString()
      const call = signed(
        {
          method,
          host,
          path: `/${key}`,
          query: [subresource.slice(1), unsigned].filter(Boolean).join('&'),
          headers: { host, date: new Date().toUTCString(), ...headers },
          body,
        },
        BUCKET,
        key,
        subresource,
        'testAccessKeySecret',
      )
      const reply = await cloud.handle(call)
      expect(String(reply.body)).not.toContain('<Code>SignatureDoesNotMatch</Code>')
      expect(String(reply.body)).not.toContain('<Code>InternalError</Code>')
    }),
    { numRuns: 500, seed: 7 },
  )
  expect(bugs).toEqual([])
})
