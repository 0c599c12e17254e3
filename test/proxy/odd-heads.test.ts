/** Heads of answers that nobody should send, from where a proxy asks, and heads of requests that are handed on: whatever they are, the emulator goes on. */

import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { describe, expect, onTestFinished, test } from 'vitest'
import { exchangeUntilClosed } from '../support/socket.js'
import { proxied } from './support.js'

/** An address of this machine that is not closed to the proxy, where there is one. */
const address = Object.values(networkInterfaces())
  .flatMap((each) => each ?? [])
  .find(({ family, internal, address: each }) => family === 'IPv4' && !internal && !each.startsWith('169.254.'))?.address

const HOST = 'vod.cn-shanghai.aliyuncs.com'

/** A server that answers with these bytes, and what it is asked. */
async function answering(bytes: string, host: string) {
  const asked: Buffer[] = []
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (piece) => {
      asked.push(piece)
      socket.end(Buffer.from(bytes, 'latin1'))
    })
  })
  server.listen(0, host)
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { authority: `${host}:${(server.address() as AddressInfo).port}`, text: () => Buffer.concat(asked).toString('latin1') }
}

const get = (host: string): string => `GET http://${host}/ HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`

const heads: Record<string, [bytes: string, expected: RegExp]> = {
  'a reason with control characters': ['HTTP/1.1 200 O\x01\x7fK\r\nContent-Length: 2\r\n\r\nok', /^HTTP\/1\.1 200 O\?\?K\r\n[\s\S]*ok$/],
  'a reason that is not English': ['HTTP/1.1 200 \xe9\r\nContent-Length: 2\r\n\r\nok', /^HTTP\/1\.1 200 \S+\r\n[\s\S]*ok$/],
  'a status that is none': ['HTTP/1.1 099 \x01\r\nContent-Length: 2\r\n\r\nok', /^HTTP\/1\.1 502 Bad Gateway\r\n[\s\S]*status 99/],
  'a change of protocols that is none': [
    'HTTP/1.1 101 OK\r\nContent-Length: 2\r\n\r\nok',
    /^HTTP\/1\.1 502 Bad Gateway\r\n[\s\S]*status 101/,
  ],
  'lengths that differ': ['HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok', /^HTTP\/1\.1 502 Bad Gateway\r\n/],
  'a length without a body': [
    'HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n',
    /^HTTP\/1\.1 304 Not Modified\r\nContent-Length: 9\r\n/,
  ],
  'very many that are not the last': [
    `${'HTTP/1.1 102 P\r\n\r\n'.repeat(2000)}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok`,
    /^HTTP\/1\.1 200 OK\r\n/,
  ],
}

describe.each(Object.entries(heads))('an answer with %s', (_what, [bytes, expected]) => {
  test('of an upstream', async () => {
    const { authority } = await answering(bytes, '127.0.0.1')
    const { proxyUrl } = await proxied({ upstream: `http://${authority}` })
    expect(await exchangeUntilClosed(proxyUrl, get(HOST))).toMatch(expected)
    expect(await exchangeUntilClosed(proxyUrl, get(HOST))).toMatch(expected)
  })

  test.skipIf(address === undefined)('of a host that is not emulated', async () => {
    const { authority } = await answering(bytes, address ?? '')
    const { proxyUrl } = await proxied({ offline: false })
    expect(await exchangeUntilClosed(proxyUrl, get(authority))).toMatch(expected)
    expect(await exchangeUntilClosed(proxyUrl, get(authority))).toMatch(expected)
  })
})

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'

test.each<[what: string, sent: string, expected: string]>([
  [
    'without a body is not said to have one',
    `POST http://${HOST}/?a HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`,
    `POST /?a HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
  ],
  [
    'of HTTP/1.0 has the host that it was for',
    `GET http://${HOST}/?a HTTP/1.0\r\n\r\n`,
    `GET /?a HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`,
  ],
  [
    'that has its host for one connection alone keeps it',
    `GET http://${HOST}/?a HTTP/1.1\r\nHost: ${HOST}\r\nX-A: 1\r\nConnection: close, host, x-a\r\n\r\n`,
    `GET /?a HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`,
  ],
])('a request %s', async (_what, sent, expected) => {
  const { authority, text } = await answering(OK, '127.0.0.1')
  const { proxyUrl } = await proxied({ upstream: `http://${authority}` })
  expect(await exchangeUntilClosed(proxyUrl, sent)).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  expect(text()).toBe(expected)
})
