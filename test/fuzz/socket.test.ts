/** Garbage on a real socket: the emulator answers what can be answered, and lives. */

import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { VIDEO_URL } from '../support/cloud.js'
import { popCore, testEmulator } from '../support/sdk.js'
import { acs3Post } from '../support/wire.js'
import { encodedPairs, hostileName, hostileValue } from './support.js'

const SEED = 20260101

const bugs: unknown[] = []
let emulator: Awaited<ReturnType<typeof testEmulator>>
beforeAll(async () => {
  emulator = await testEmulator({ onBug: (error) => bugs.push(error) })
})
afterAll(() => emulator.close())

/** Writes bytes to a socket of its own, ends it, and returns all that came back. */
function exchange(bytes: Buffer): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1')
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    // A connection that is cut is an answer as well.
    socket.on('error', () => {})
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')))
    socket.end(bytes)
  })
}

const line = fc.oneof(
  fc.constantFrom(
    'Host: a',
    'Host:',
    'Content-Length: 5',
    'Content-Length: -1',
    'Content-Length: 99999999999',
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: chunked, gzip',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Expect: 100-continue',
    'Expect: x',
    'Content-Type: application/x-www-form-urlencoded',
    'Content-Type: a/b/c',
    'Set-Cookie: a=b',
    'Authorization: ACS3-HMAC-SHA256 Credential=testAccessKeyId,SignedHeaders=set-cookie,Signature=0',
    ' folded',
    'no colon',
    ': no name',
    '__proto__: x',
    'Content-Encoding: gzip',
  ),
  fc.tuple(fc.string({ maxLength: 10 }), fc.string({ unit: 'binary', maxLength: 40 })).map(([name, value]) => `${name}: ${value}`),
)
const target = fc.oneof(
  fc.constantFrom(
    '/',
    '/a/b',
    '*',
    'http://a/?Action=X',
    '//',
    '/%zz',
    '/_emulator/%zz',
    '/_emulator/nope',
    '/_emulator/health',
    `/?${'a'.repeat(200_000)}`,
    'a b c',
  ),
  encodedPairs.map((pairs) => `/?${pairs}`),
)
const request = fc
  .record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'HEAD', 'OPTIONS', 'CONNECT', 'PROPFIND', 'get', 'FOO', ''),
    target,
    version: fc.constantFrom('HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', ''),
    lines: fc.array(line, { maxLength: 6 }),
    end: fc.constantFrom('\r\n\r\n', '\n\n', '\r\n', ''),
    body: encodedPairs,
  })
  .map(({ method, target, version, lines, end, body }) =>
    Buffer.from([`${method} ${target} ${version}`, 'Connection: close', ...lines].join('\r\n') + end + body),
  )
const garbage = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes))

test('three hundred requests that are none', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof({ weight: 5, arbitrary: request }, { weight: 1, arbitrary: garbage }), async (bytes) => {
      const answer = await exchange(bytes)
      const statuses = [...answer.matchAll(/^HTTP\/1\.[01] (\d{3})/gm)].map(([, status]) => Number(status))
      for (const status of statuses) expect(status, answer.slice(0, 300)).toBeLessThan(500)
      expect(answer === '' || statuses.length > 0).toBe(true)
    }),
    { numRuns: 300, seed: SEED },
  )
  expect(bugs).toEqual([])
})

test('two hundred calls over HTTP with parameters as they should not be', async () => {
  const key = { accessKeyId: 'testAccessKeyId', accessKeySecret: 'testAccessKeySecret' }
  const calls = {
    GET: popCore({ url: emulator.url, key, version: '2020-03-20' }, 'GET'),
    POST: popCore({ url: emulator.url, key, version: '2020-03-20' }, 'POST'),
  }
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET' as const, 'POST' as const),
      fc.dictionary(hostileName, hostileValue, { maxKeys: 4 }),
      async (method, sent) => {
        const params = Object.fromEntries(
          Object.entries(sent)
            .filter(([name]) => /^\w/.test(name))
            .map(([name, value]) => [name.toWellFormed(), value.toWellFormed()]),
        )
        const answer = await calls[method]('SegmentVideoBody', { VideoUrl: VIDEO_URL, ...params }).catch(
          (error: { code?: string }) => error,
        )
        expect(answer.RequestId ?? answer.code).toMatch(/^[A-Za-z0-9.-]+$/)
        expect(answer.code).not.toBe('InternalError')
      },
    ),
    { numRuns: 200, seed: SEED },
  )
  expect(bugs).toEqual([])
})

test('a header that Node keeps as a list can be signed', async () => {
  const { headers, body } = acs3Post({ 'set-cookie': 'a=1, b=2' }, { form: 'JobId=x' })
  const { 'set-cookie': _joined, ...rest } = headers
  const lines = [...Object.entries(rest).map(([name, value]) => `${name}: ${value}`), 'Set-Cookie: a=1', 'Set-Cookie: b=2']
  const answer = await exchange(
    Buffer.from(['POST / HTTP/1.1', ...lines, `Content-Length: ${body.length}`, 'Connection: close', '', String(body)].join('\r\n')),
  )
  expect(answer).toContain('"Code":"InvalidParameter')
})

test('the emulator is well afterwards', async () => {
  expect((await emulator.control('GET', '/health')).body.status).toBe('ok')
})
