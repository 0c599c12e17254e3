/** Requests that are wrong in every way, through msw: each is answered as over HTTP, or with a network error that was asked for. */

import { setImmediate as soon } from 'node:timers/promises'
import fc from 'fast-check'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cloud, createCloud } from '../../src/index.js'
import { mswHandlers } from '../../src/msw.js'
import { sign } from '../../src/signing/sign.js'
import { checkReply, encodedPairs, hostileName, hostileValue } from '../fuzz/support.js'
import { VIDEO_URL } from '../support/cloud.js'
import { repeated } from '../support/fuzz.js'
import { watched } from '../support/watchdog.js'

const KEY = { accessKeyId: 'testAccessKeyId', accessKeySecret: 'testAccessKeySecret' }
const HOST = 'videoseg.cn-shanghai.aliyuncs.com'
const BUCKET = 'some-bucket.oss-cn-shanghai.aliyuncs.com'

const bugs: unknown[] = []
let cloud: Cloud
let server: ReturnType<typeof setupServer>
beforeAll(() => {
  cloud = createCloud({ clock: 'manual', onBug: (error) => bugs.push(error), settings: { limits: { enabled: false } } })
  cloud.account().oss.createBucket('some-bucket', 'cn-shanghai')
  server = setupServer(...mswHandlers(cloud))
  server.listen({ onUnhandledRequest: 'error' })
})
afterAll(() => {
  server.close()
  cloud.dispose()
})

/** What a client can send at all. */
const sendable = (url: string, init: RequestInit): Request | undefined => {
  try {
    return new Request(url, init)
  } catch {
    return undefined
  }
}

/** Sends a request and checks what comes back; `undefined` if it cannot be sent. */
async function exchange(url: string, init: RequestInit): Promise<number | undefined> {
  const request = sendable(url, init)
  if (request === undefined) return undefined
  const response = await fetch(request)
  const { status, headers } = response
  checkReply(cloud, request, { status, headers: Object.fromEntries(headers), body: Buffer.from(await response.arrayBuffer()) })
  return status
}

const path = fc.oneof(
  { weight: 3, arbitrary: fc.constant('/') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('/a', '/a/b', '//', '/%zz', '/%00', '/..%2f..', '/%ff', '/emulator-AccessDenied.bin', '/_emulator/x'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 10 }).map((text) => `/${text}`) },
)
const headers = fc.dictionary(
  fc.constantFrom(
    ...[
      'authorization',
      'content-type',
      'content-length',
      'range',
      'if-match',
      'x-acs-action',
      'x-acs-version',
      'x-acs-date',
      'x-acs-signature-nonce',
    ],
    ...[
      'x-oss-date',
      'x-oss-meta-a',
      'x-oss-copy-source',
      'origin',
      'x-acs-content-sha256',
      'content-md5',
      'expect',
      'cookie',
      'x-oss-acl',
    ],
  ),
  fc.oneof(
    hostileValue,
    fc.constantFrom('OSS testAccessKeyId:x', 'OSS4-HMAC-SHA256 Credential=testAccessKeyId/', 'ACS3-HMAC-SHA256 Credential=testAccessKeyId'),
    fc.constantFrom('bytes=0-', 'multipart/form-data; boundary=x', 'SegmentVideoBody', '2020-03-20', 'application/x-www-form-urlencoded'),
  ),
  { maxKeys: 5 },
)
const body = fc.oneof(fc.constant(undefined), encodedPairs, fc.uint8Array({ maxLength: 60 }))
const method = fc.constantFrom('GET', 'POST', 'PUT', 'HEAD', 'DELETE', 'OPTIONS', 'PATCH', 'PROPFIND')

test('five hundred requests that follow no rule', async () => {
  const statuses = new Set<number | undefined>()
  await watched(() =>
    fc.assert(
      fc
        .asyncProperty(
          fc.constantFrom(HOST, BUCKET),
          method,
          path,
          encodedPairs,
          headers,
          body,
          async (host, method, path, query, headers, body) => {
            const bodiless = method === 'GET' || method === 'HEAD'
            const init = { method, headers, ...(!bodiless && body !== undefined && { body: body as RequestInit['body'] }) }
            statuses.add(await exchange(`https://${host}${path}?${query}`, init))
          },
        )
        .beforeEach(() => soon()),
      repeated(500),
    ),
  )
  expect(bugs).toEqual([])
  // The property means something.
  expect([...statuses]).toEqual(expect.arrayContaining([400, 403, 404]))
})

test('five hundred calls that were right before something was changed', async () => {
  let right = 0
  const change = fc.constantFrom('nothing', 'host', 'query', 'header', 'body', 'method')
  await watched(() =>
    fc.assert(
      fc
        .asyncProperty(fc.constantFrom('rpc', 'acs3'), hostileName, hostileValue, change, async (scheme, name, value, changed) => {
          const params = {
            VideoUrl: VIDEO_URL,
            ...(/^(?:Action|Version|Format|Signature)$/.test(name) ? {} : { [name.toWellFormed()]: value.toWellFormed() }),
          }
          const call = sign(scheme, { host: HOST, action: 'SegmentVideoBody', version: '2020-03-20', params, key: KEY })
          const host = changed === 'host' ? 'videorecog.cn-shanghai.aliyuncs.com' : HOST
          const query = changed === 'query' ? call.query.slice(1) : call.query
          const { host: _, ...rest } = call.headers
          const sent = { ...rest, ...(changed === 'header' && { 'x-acs-date': value }) }
          const bytes = changed === 'body' ? Buffer.concat([call.body, Buffer.from('&a=b')]) : call.body
          const verb = changed === 'method' ? 'PUT' : call.method
          const init = {
            method: verb,
            headers: sent as Record<string, string>,
            ...(verb !== 'GET' && { body: bytes as RequestInit['body'] }),
          }
          const status = await exchange(`https://${host}/?${query}`, init)
          if (status === 200) right++
        })
        .beforeEach(() => soon()),
      repeated(500),
    ),
  )
  expect(bugs).toEqual([])
  expect(right).toBeGreaterThan(20)
})

test('whatever a fault does to an answer, the client gets it or a network error, and nothing is left over', async () => {
  const written = fc.oneof(hostileValue, fc.constantFrom('Half\uD800', '\uDC00Half', 'Own.Code'))
  const effect = fc.oneof(
    fc.constantFrom({ reset: true }, { reset: 'midBody' }, { garble: true }, { truncate: 5 }, { loseReply: true }, { latency: 5 }),
    fc.record({
      custom: fc.constant(true),
      error: fc.record({ code: written, status: fc.integer({ min: 399, max: 600 }), message: written }),
    }),
    fc.record({ contentType: written }),
    fc.record({
      when: fc.record({ JobId: fc.record({ matches: hostileValue, flags: fc.constantFrom('', 'i', 'u') }) }),
      hang: fc.constant(true),
    }),
  )
  const account = cloud.account()
  let set = 0
  await watched(() =>
    fc.assert(
      fc
        .asyncProperty(effect, async (fault) => {
          try {
            account.faults.add({ service: 'videoseg', ...fault } as never)
            set++
          } catch {
            // It is refused; test/faults tells with what.
          }
          const call = sign('rpc', {
            host: HOST,
            action: 'GetAsyncJobResult',
            version: '2020-03-20',
            params: { JobId: 'x' },
            key: KEY,
            method: 'GET',
          })
          const signal = AbortSignal.timeout(5000)
          const answer = await fetch(`https://${HOST}/?${call.query}`, { signal }).then(
            (response) => response.arrayBuffer().catch((error: Error) => error),
            (error: Error) => error,
          )
          account.faults.clear()
          if (answer instanceof Error) expect(answer).toBeInstanceOf(TypeError)
        })
        .beforeEach(() => soon()),
      repeated(300),
    ),
  )
  expect(bugs).toEqual([])
  expect(set).toBeGreaterThan(100)
})
