/** Garbage on a real socket: the emulator answers what can be answered, and lives. */

import { once } from 'node:events'
import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { VIDEO_URL } from '../support/cloud.js'
import { repeated } from '../support/fuzz.js'
import { popCore, testEmulator } from '../support/sdk.js'
import { exchange as write } from '../support/socket.js'
import { watched } from '../support/watchdog.js'
import { acs3Post } from '../support/wire.js'
import { encodedPairs, hostileName, hostileValue } from './support.js'

const bugs: unknown[] = []
let emulator: Awaited<ReturnType<typeof testEmulator>>
beforeAll(async () => {
  emulator = await testEmulator({ onBug: (error) => bugs.push(error) })
})
afterAll(() => emulator.close())

const exchange = (bytes: Buffer): Promise<string> => write(emulator.url, bytes)

const line = fc.oneof(
  fc.constantFrom(
    'Host: a',
    'Host:',
    'Content-Length: 5',
    'Content-Length: -1',
    'Content-Length: 99999999999',
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: chunked, gzip',
    'Trailer: Expires',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Upgrade: h2c',
    'HTTP2-Settings: AAMAAABkAAQAAP__',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
    'Origin: http://evil.example',
    'Range: bytes=9-1',
    `Cookie: ${'a'.repeat(130_000)}`,
    'Host: a.oss-cn-shanghai.aliyuncs.com',
    'Content-Type: application/json',
    'Content-Type: multipart/form-data; boundary=x',
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
    '/_emulator/clock/advance',
    '/_emulator/state?accessKeyId=%00',
    '/bucket/key',
    '/bucket?uploads',
    'vod.aliyuncs.com:443',
    'http://[',
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
    body: fc.oneof(
      encodedPairs,
      fc.constantFrom(
        '5\r\nhello\r\n0\r\n\r\n',
        '5\r\nhello\r\n0\r\nExpires: now\r\n: x\r\n\r\n',
        '5\r\nhel',
        'zz\r\nhello\r\n',
        'ffffffffffffffff1\r\nx',
        '-1\r\n\r\n',
        `1;${'a'.repeat(20_000)}\r\nx\r\n0\r\n\r\n`,
        '{"by":',
        'GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(50),
      ),
    ),
  })
  .map(({ method, target, version, lines, end, body }) =>
    Buffer.from([`${method} ${target} ${version}`, 'Connection: close', ...lines].join('\r\n') + end + body),
  )
const garbage = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc
    .constantFrom('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', '\u0016\u0003\u0001\u0002\u0000\u0001', '\r\n'.repeat(1000))
    .map((text) => Buffer.from(text, 'latin1')),
)

test('four hundred requests that are none', async () => {
  await watched(() =>
    fc.assert(
      fc.asyncProperty(fc.oneof({ weight: 5, arbitrary: request }, { weight: 1, arbitrary: garbage }), async (bytes) => {
        const answer = await exchange(bytes)
        const statuses = [...answer.matchAll(/^HTTP\/1\.[01] (\d{3})/gm)].map(([, status]) => Number(status))
        // What it cannot do, it says.
        for (const status of statuses) expect(status === 501 || status < 500, answer.slice(0, 300)).toBe(true)
        expect(answer === '' || statuses.length > 0).toBe(true)
      }),
      repeated(400),
    ),
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
          (error: { code?: string; name?: string }) => error,
        )
        // The client reads JSON only, whatever format it was made to ask for.
        if (answer.name === 'SyntaxError') {
          expect(Object.keys(params).join()).toMatch(/\bformat\b/i)
          return
        }
        expect(answer.RequestId ?? answer.code).toMatch(/^[A-Za-z0-9.-]+$/)
        expect(answer.code).not.toBe('InternalError')
      },
    ),
    repeated(200),
  )
  expect(bugs).toEqual([])
})

test('a client that asks for a tunnel is told that there are none', async () => {
  const answer = await watched(() => exchange(Buffer.from('CONNECT vod.aliyuncs.com:443 HTTP/1.1\r\nHost: a\r\n\r\nand what nobody wants')))
  expect(answer).toMatch(/^HTTP\/1\.1 501 .*"error":"the emulator opens no tunnels/s)
})

test('who resets a tunnel, or what was upgraded, ends nothing else', async () => {
  await watched(async () => {
    for (const head of ['CONNECT a:1 HTTP/1.1\r\nHost: a', 'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket'])
      for (let times = 0; times < 20; times++) {
        const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1')
        socket.on('error', () => {})
        socket.write(`${head}\r\n\r\n`)
        await once(socket, times % 2 === 0 ? 'connect' : 'readable')
        socket.resetAndDestroy()
      }
  })
})

test('an upgrade that nobody offers is not made, and the request is answered', async () => {
  const answer = await exchange(
    Buffer.from('GET /_emulator/health HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n'),
  )
  expect(answer).toMatch(/^HTTP\/1\.1 200 /)
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
