/** Who reaches the proxy reaches the cloud, and other hosts if they may; not what listens on the machine, and never the control API. */

import { once } from 'node:events'
import { connect } from 'node:net'
import { connect as connectTls, type PeerCertificate } from 'node:tls'
import { describe, expect, test } from 'vitest'
import { exchange } from '../support/socket.js'
import { ask, proxied } from './support.js'

type Started = Awaited<ReturnType<typeof proxied>>

const portOf = (url: string): number => Number(new URL(url).port)

/** Says something over TLS in a tunnel, and answers with what came back and with the certificate that was shown. */
async function inTunnel({ proxyUrl, certificate }: Started, authority: string, servername: string, text: string) {
  const socket = connect(portOf(proxyUrl), '127.0.0.1')
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`)
  await once(socket, 'data')
  const secure = connectTls({ socket, ca: certificate, ...(servername !== '' && { servername }), checkServerIdentity: () => undefined })
  await once(secure, 'secureConnect')
  const shown: PeerCertificate = secure.getPeerCertificate()
  secure.write(text)
  const chunks: Buffer[] = []
  secure.on('data', (chunk) => chunks.push(chunk))
  await once(secure, 'close')
  return { names: shown.subjectaltname, answer: Buffer.concat(chunks).toString('latin1') }
}

const health = (host: string) => `GET /_emulator/health HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`

describe('the machine itself is not reached', () => {
  test.each([
    '127.0.0.1',
    '127.1.2.3',
    'localhost',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::]',
    '0.0.0.0',
    '2130706433',
    '0x7f.1',
    '169.254.169.254',
  ])('by %s, over http and through a tunnel', async (host) => {
    const emulator = await proxied({ offline: false })
    const authority = `${host}:${portOf(emulator.url)}`
    const tunnel = await exchange(emulator.proxyUrl, `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n${health(authority)}`)
    expect(tunnel).toMatch(/^HTTP\/1\.1 (?:403|502) .*(?:AddressNotReachable|BadGateway)/s)
    const { status } = await ask(emulator.proxyUrl, { target: `http://${authority}/_emulator/health`, headers: { host: authority } })
    expect([403, 502]).toContain(status)
  })

  test('and why is said, and logged', async () => {
    const { proxyUrl, refused } = await proxied({ offline: false })
    const { status, body } = await ask(proxyUrl, { target: 'http://127.0.0.1:9/', headers: { host: '127.0.0.1:9' } })
    expect([status, JSON.parse(body)]).toEqual([403, { Code: 'AddressNotReachable', Message: expect.stringContaining('NO_PROXY') }])
    expect(refused()).toMatchObject([{ code: 'AddressNotReachable', object: '127.0.0.1:9' }])
  })
})

describe('the control API is not reached', () => {
  test.each(['127.0.0.1:4010', 'localhost', 'vod.cn-shanghai.aliyuncs.com', 'evil.example'])(
    'in the tunnel to a service, under the host %s',
    async (host) => {
      const emulator = await proxied()
      const { answer } = await inTunnel(emulator, 'vod.cn-shanghai.aliyuncs.com:443', 'vod.cn-shanghai.aliyuncs.com', health(host))
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
      expect(answer).not.toContain('"status":"ok"')
    },
  )

  test.each([
    ['the name of a service', 'http://vod.cn-shanghai.aliyuncs.com/_emulator/health', 'vod.cn-shanghai.aliyuncs.com'],
    ["the emulator's address in the header alone", 'http://vod.cn-shanghai.aliyuncs.com/_emulator/health', '127.0.0.1:4010'],
    ['a path alone', '/_emulator/health', '127.0.0.1'],
    ['a name that a stranger has made lead here', '/_emulator/health', 'rebound.example'],
    ['no host at all', '/_emulator/health', ''],
  ])('by %s', async (_what, target, host) => {
    const emulator = await proxied()
    const { status, body } = await ask(emulator.proxyUrl, { target, headers: { host } })
    expect(status).toBeGreaterThanOrEqual(400)
    expect(body).not.toContain('"status":"ok"')
  })
})

test.each([
  ['no port', 'vod.cn-shanghai.aliyuncs.com'],
  ['a port that is none', 'vod.cn-shanghai.aliyuncs.com:99999'],
  ['port 0', 'vod.cn-shanghai.aliyuncs.com:0'],
  ['no host', ':443'],
  ['a path', '/'],
  ['a URL', 'https://vod.cn-shanghai.aliyuncs.com/'],
  ['a user', 'a@vod.cn-shanghai.aliyuncs.com:443'],
  ['a name without an end', `${'a'.repeat(5000)}.aliyuncs.com:443`],
  ['what is no name', 'vod_%00.aliyuncs.com:443'],
])('CONNECT to %s is refused', async (_what, authority) => {
  const { proxyUrl, url } = await proxied({ offline: false })
  expect(await exchange(proxyUrl, `CONNECT ${authority} HTTP/1.1\r\nHost: a\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /)
  expect((await fetch(`${url}/_emulator/health`)).status).toBe(200)
})

test('a tunnel in a tunnel is refused', async () => {
  const emulator = await proxied({ offline: false })
  const text = 'CONNECT vod.cn-shanghai.aliyuncs.com:443 HTTP/1.1\r\nHost: a\r\n\r\n'
  const { answer } = await inTunnel(emulator, 'vod.cn-shanghai.aliyuncs.com:443', 'vod.cn-shanghai.aliyuncs.com', text)
  expect(answer).toMatch(/^HTTP\/1\.1 400 /)
})

describe('certificates are for what was asked', () => {
  test.each([
    ['the name that the client says', 'my-bucket.oss-cn-shanghai.aliyuncs.com', 'my-bucket.oss-cn-shanghai.aliyuncs.com'],
    ['the host of the tunnel, to who says none', '', 'vod.cn-shanghai.aliyuncs.com'],
    ['the host of the tunnel, to who says a host of somebody else', 'bank.example', 'vod.cn-shanghai.aliyuncs.com'],
  ])('%s', async (_what, servername, expected) => {
    const emulator = await proxied()
    const { names } = await inTunnel(emulator, 'vod.cn-shanghai.aliyuncs.com:443', servername, health('a'))
    expect(names).toBe(`DNS:${expected}`)
  })
})

test('whatever breaks off, the proxy goes on', async () => {
  const { proxyUrl, certificate } = await proxied()
  const authority = 'vod.cn-shanghai.aliyuncs.com:443'
  const hello = `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`
  const beginnings = ['', 'CONN', hello, `${hello}\x16`, `${hello}\x16\x03\x01\x02\x00\x01 not a handshake`, `${hello}GET / HT`]
  for (const beginning of beginnings)
    for (const how of ['end', 'reset'] as const) {
      const socket = connect(portOf(proxyUrl), '127.0.0.1')
      socket.on('error', () => {})
      await once(socket, 'connect')
      socket.write(beginning, 'latin1')
      if (beginning.startsWith(hello)) await once(socket, 'data')
      if (how === 'end') {
        socket.resume().end()
        await once(socket, 'close')
      } else socket.resetAndDestroy()
    }
  // And a client that does not trust the authority.
  const socket = connect(portOf(proxyUrl), '127.0.0.1')
  socket.write(hello)
  await once(socket, 'data')
  const secure = connectTls({ socket, servername: 'vod.cn-shanghai.aliyuncs.com' })
  const [error] = await once(secure, 'error').catch((each) => [each])
  expect(String(error)).toMatch(/certificate/)
  expect(certificate).toContain('BEGIN CERTIFICATE')
  expect(
    (await ask(proxyUrl, { target: 'http://vod.cn-shanghai.aliyuncs.com/', headers: { host: 'vod.cn-shanghai.aliyuncs.com' } })).status,
  ).toBe(400)
})
