/** What is forwarded goes as it came, and its answer comes back as it was; what goes wrong is told, and everything is in the call log. */

import { createHash } from 'node:crypto'
import dns from 'node:dns'
import { once } from 'node:events'
import { createServer, request } from 'node:http'
import { syncBuiltinESMExports } from 'node:module'
import { type AddressInfo, connect, createServer as createTcp } from 'node:net'
import { networkInterfaces } from 'node:os'
import { connect as connectTls } from 'node:tls'
import { gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openUpstream } from '../../emulator/upstream/upstream.js'
import { createCloud } from '../../src/index.js'
import { runCommand } from '../support/process.js'
import { cloudUpstream, forwarding, linesOf, serverOf, temporaryFile, through } from './support.js'

const HOST = 'vod.cn-shanghai.aliyuncs.com'

/** A server that keeps the bytes of what it is asked, and answers with these. */
async function raw(answer: string | Buffer | ((socket: import('node:net').Socket) => void)) {
  const asked: Buffer[] = []
  const server = createTcp((socket) => {
    socket.on('error', () => {})
    socket.on('data', (piece) => {
      asked.push(piece)
      if (typeof answer === 'function') answer(socket)
      else socket.end(answer)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, text: () => Buffer.concat(asked).toString('latin1') }
}

/** Writes bytes, and resolves with all that came back once the other end has closed the connection. */
function exchange(url: string, bytes: string | Uint8Array): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', () => {})
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')))
    socket.write(bytes)
  })
}

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'

/** A call without anything special, through the proxy. */
const plain = { method: 'GET', host: HOST, path: '/', query: 'Action=X', headers: {}, body: new Uint8Array() }

describe('a request goes as it came', () => {
  const written = [
    `POST http://${HOST}/a%2fb%20%7e/../c'?B=%zz&a=1+2%20&a=&&Signature=x%2By= HTTP/1.1`,
    `hOST: ${HOST}`,
    'X-Acs-Signature-Nonce: N',
    'authorization: ACS3-HMAC-SHA256 Credential=a,SignedHeaders=host,Signature=ff',
    'X-Twice: 1',
    'x-twice: 2',
    'X-Blank:   padded  value  ',
    'X-Umlaut: \xe4',
    'Content-Type: application/x-www-form-urlencoded',
    'Content-Length: 10',
    'Connection: close',
  ]

  test('over http', async () => {
    const upstream = await raw(OK)
    const { proxyUrl } = await forwarding(upstream.url)
    const answer = await exchange(proxyUrl, Buffer.from(`${written.join('\r\n')}\r\n\r\na=%C3%A4+b`, 'latin1'))
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\nok$/)
    const [line, ...headers] = written
    const expected = [line?.replace(`http://${HOST}`, ''), ...headers.map((each) => each.replace(/: +(.*?) *$/, ': $1'))]
    expect(upstream.text().split('\r\n')).toEqual([...expected, '', 'a=%C3%A4+b'])
  })

  test('and in a tunnel, over TLS', async () => {
    const upstream = await raw(OK)
    const { proxyUrl, certificate } = await forwarding(upstream.url)
    const socket = connect(Number(new URL(proxyUrl).port), '127.0.0.1')
    socket.write(`CONNECT ${HOST}:443 HTTP/1.1\r\nHost: ${HOST}:443\r\n\r\n`)
    await once(socket, 'data')
    const secure = connectTls({ socket, servername: HOST, ca: certificate as string })
    secure.write(`GET /x?y HTTP/1.1\r\nHOST: VOD.cn-shanghai.aliyuncs.com\r\nx-a: 1\r\nConnection: close\r\n\r\n`)
    const [answer] = await once(secure, 'data')
    expect(String(answer)).toMatch(/^HTTP\/1\.1 200 OK/)
    expect(upstream.text()).toBe('GET /x?y HTTP/1.1\r\nHOST: VOD.cn-shanghai.aliyuncs.com\r\nx-a: 1\r\nConnection: close\r\n\r\n')
  })

  test('without a host that is none of the services, even in the tunnel to one', async () => {
    const upstream = await raw(OK)
    const { proxyUrl } = await forwarding(upstream.url)
    const head = `CONNECT ${HOST}:80 HTTP/1.1\r\nHost: a\r\n\r\n`
    const answer = await exchange(proxyUrl, `${head}GET / HTTP/1.1\r\nHost: inside.example\r\nConnection: close\r\n\r\n`)
    expect(answer).toMatch(/400 Bad Request[\s\S]*inside\.example/)
    expect(upstream.text()).toBe('')
  })

  test('large, and in pieces, and so does its answer', async () => {
    const sizes: string[] = []
    const url = await serverOf(async (incoming, outgoing) => {
      const hash = createHash('sha256')
      for await (const piece of incoming) hash.update(piece)
      sizes.push(hash.digest('hex'))
      for (let piece = 0; piece < 300; piece++) if (!outgoing.write(Buffer.alloc(65_536, piece))) await once(outgoing, 'drain')
      outgoing.end()
    })
    const record = temporaryFile()
    const { proxyUrl, logged, close } = await forwarding(url, { record })
    const host = `bucket.oss-cn-shanghai.aliyuncs.com`
    const sent = request(proxyUrl, {
      method: 'PUT',
      path: `http://${host}/film`,
      headers: { host, 'transfer-encoding': 'chunked' },
      agent: false,
    })
    const hash = createHash('sha256')
    const answered = once(sent, 'response')
    for (let piece = 0; piece < 300; piece++) {
      const bytes = Buffer.alloc(65_536, piece % 7)
      hash.update(bytes)
      if (!sent.write(bytes)) await once(sent, 'drain')
    }
    sent.end()
    const [response] = await answered
    let size = 0
    for await (const piece of response) size += piece.length
    expect(size).toBe(300 * 65_536)
    expect(sizes).toEqual([hash.digest('hex')])
    await expect.poll(logged).toMatchObject([{ service: 'oss', action: 'PutObject', object: 'bucket/film', source: 'upstream' }])
    await close()
    expect(linesOf(record)[1]).toMatchObject({ type: 'call', body: { file: 'call-1', size: 300 * 65_536 } })
  })
})

test('a proxy that is its own upstream does not forward for ever', async () => {
  let asked = 0
  let own = ''
  // Leads back to the proxy, whose port is not known before.
  const url = await serverOf(({ url: path = '', headers }, outgoing) => {
    if (++asked > 3) return outgoing.writeHead(508).end()
    request(own, { path, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 0)
      answer.pipe(outgoing)
    }).end()
  })
  const { send, proxyUrl } = await forwarding(url)
  own = proxyUrl
  expect(await send(plain)).toMatchObject({ status: 400, body: { Code: 'BadTarget' } })
  expect(asked).toBe(1)
})

describe('an answer comes back as it was', () => {
  const answers: Record<string, [bytes: string | Buffer, answer: RegExp]> = {
    'with a reason of its own and headers that repeat': [
      'HTTP/1.1 299 Well Well\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 0\r\n\r\n',
      /^HTTP\/1\.1 299 Well Well\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 0\r\n/,
    ],
    'that is empty': ['HTTP/1.1 204 No Content\r\nx-a: 1\r\n\r\n', /^HTTP\/1\.1 204 No Content\r\nx-a: 1\r\n/],
    'that leads elsewhere': [
      'HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example/\r\nContent-Length: 0\r\n\r\n',
      /^HTTP\/1\.1 302 Found\r\nLocation: https:\/\/elsewhere\.example\/\r\n/,
    ],
    'in chunks': ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n', /\r\n\r\n2\r\nok\r\n0\r\n\r\n$/],
    'until the connection ends': ['HTTP/1.1 200 OK\r\n\r\nok', /\r\n\r\n(?:2\r\n)?ok/],
    'after one that says to go on': [`HTTP/1.1 103 Early Hints\r\n\r\n${OK}`, /^HTTP\/1\.1 200 OK\r\n[\s\S]*ok$/],
    'that is no JSON though it says so': [
      'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 3\r\n\r\n{"a',
      /\r\n\r\n\{"a$/,
    ],
  }
  test.each(Object.entries(answers))('%s', async (_what, [bytes, expected]) => {
    const record = temporaryFile()
    const upstream = await raw(bytes)
    const { proxyUrl, close } = await forwarding(upstream.url, { record })
    const answer = await exchange(proxyUrl, `GET http://${HOST}/?Action=X HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`)
    expect(answer).toMatch(expected)
    await close()
    expect(linesOf(record).map(({ type }) => type)).toEqual([undefined, 'call', 'reply'])
  })

  test('compressed; what is kept is not', async () => {
    const packed = gzipSync('{"RequestId":"A1","Rest":"yes"}')
    const url = await serverOf((_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(packed),
    )
    const record = temporaryFile()
    const { proxyUrl, close } = await forwarding(url, { record })
    const { headers } = await through(proxyUrl, { ...plain, headers: { 'accept-encoding': 'gzip' } })
    expect(headers['content-encoding']).toBe('gzip')
    await close()
    expect(linesOf(record)[2]).toMatchObject({ body: { text: '{"RequestId":"A1","Rest":"yes"}' } })
    expect(linesOf(record)[2].headers).not.toHaveProperty('content-encoding')
  })

  test('to a HEAD, without a body', async () => {
    const url = await serverOf((_request, response) => response.writeHead(200, { 'content-length': '5' }).end())
    const { proxyUrl } = await forwarding(url)
    const answer = await exchange(proxyUrl, `HEAD http://${HOST}/ HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\ncontent-length: 5\r\n[\s\S]*\r\n\r\n$/i)
  })
})

describe('what goes wrong is told', () => {
  test('nobody listens: to the client, and to the call log', async () => {
    const { send, logged } = await forwarding('http://127.0.0.1:9')
    const { status, body, headers } = await send(plain)
    expect([status, body.Code]).toEqual([502, 'BadGateway'])
    expect(body.Message).toBe(`the upstream http://127.0.0.1:9 (for ${HOST}:80) has not answered: connect ECONNREFUSED 127.0.0.1:9`)
    expect(headers['x-emulator-reason']).toBe(body.Message)
    await expect.poll(logged).toMatchObject([{ action: 'X', status: 502, code: 'BadGateway', message: body.Message, source: 'upstream' }])
  })

  test.each<[what: string, answer: (socket: import('node:net').Socket) => void, message: RegExp]>([
    ['the connection is reset', (socket) => void socket.resetAndDestroy(), /has not answered: .*(?:ECONNRESET|hang up)/],
    ['it ends without an answer', (socket) => void socket.end(), /has not answered: socket hang up/],
    [
      'it changes to another protocol',
      (socket) => void socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'),
      /has not answered: it ended the connection/,
    ],
    ['the answer is no HTTP', (socket) => void socket.end('SSH-2.0-OpenSSH\r\n'), /has not answered: Parse Error/],
    [
      'the head has no end',
      (socket) => void socket.end(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(200_000)}\r\n\r\n`),
      /has not answered: .*Header/i,
    ],
  ])('%s', async (_what, answer, message) => {
    const { url } = await raw(answer)
    const { send, logged } = await forwarding(url)
    const { status, body } = await send(plain)
    expect([status, body.Code, body.Message]).toEqual([502, 'BadGateway', expect.stringMatching(message)])
    await expect.poll(logged).toMatchObject([{ status: 502, message: body.Message }])
  })

  test('the answer breaks off: so does what the client gets, and it is no whole one in the recording', async () => {
    const { url } = await raw((socket) => {
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"Secret":"abcdefgh')
    })
    const record = temporaryFile()
    const { send, logged, close } = await forwarding(url, { record })
    await expect(send(plain)).rejects.toThrow(/aborted|ECONNRESET/)
    await expect
      .poll(logged)
      .toMatchObject([{ status: 200, code: 'BadGateway', message: expect.stringMatching(/broke off after 19 bytes/) }])
    await close()
    expect(linesOf(record)[2]).toMatchObject({
      type: 'reply',
      rest: { broken: expect.stringContaining('broke off') },
      body: { text: '{"Secret":"removed-1' },
    })
  })

  test('the client goes away: so does the request', async () => {
    let isClosed = false
    const url = await serverOf((incoming) => {
      incoming.socket.once('close', () => {
        isClosed = true
      })
      sent.destroy()
    })
    const { proxyUrl, logged } = await forwarding(url)
    const sent = request(proxyUrl, { path: `http://${HOST}/?Action=X`, headers: { host: HOST }, agent: false })
    sent.on('error', () => {})
    sent.end()
    await expect.poll(() => isClosed).toBe(true)
    await expect
      .poll(logged)
      .toMatchObject([{ status: 499, code: 'ClientClosedRequest', message: expect.stringContaining('the client went away') }])
  })

  test.each([
    ['answers nothing', '', 504],
    ['answers half', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf', 200],
  ])('an upstream that %s is not waited for without end', async (_what, begin, status) => {
    const { url } = await raw((socket) => void socket.write(begin))
    const cloud = createCloud()
    const upstream = openUpstream(cloud, { upstream: url, longestSilence: 50 })
    const proxy = await serverOf((incoming, outgoing) =>
      upstream.serve(incoming, outgoing, { target: { hostname: HOST, port: 80 }, secure: false, path: '/?Action=X' }),
    )
    const answer = await exchange(proxy, `GET / HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`)
    expect(answer).toContain(`HTTP/1.1 ${status} `)
    await upstream.close()
    expect(cloud.account().log.find()).toMatchObject([
      { status, code: 'GatewayTimeout', message: expect.stringContaining('nothing came for 0.05 seconds') },
    ])
  })

  test('a certificate that is not trusted', async () => {
    const upstream = await cloudUpstream({ tls: true })
    const { send } = await forwarding(upstream.url.replace('http://127.0.0.1', 'https://localhost'))
    const { status, body } = await send(plain)
    expect([status, body.Message]).toEqual([
      502,
      expect.stringMatching(/upstream https:\/\/localhost:\d+ .*has not answered: .*certificate/),
    ])
  })

  test('and one that is trusted is for the host that was meant', async () => {
    const caFile = temporaryFile('ca.pem')
    const upstream = await cloudUpstream({ tls: true, caFile })
    for (const [name, status] of [
      ['localhost', 400],
      ['127.0.0.1.nip.invalid', 502],
    ] as const) {
      const { child, ready, ended } = runCommand(
        ['--port', '0', '--proxy', '0', '--upstream', upstream.url.replace('http://127.0.0.1', `https://${name}`)],
        {
          NODE_EXTRA_CA_CERTS: caFile,
        },
      )
      const proxyUrl = /proxy at (http:\S+)/.exec(await ready)?.[1] ?? ''
      expect((await through(proxyUrl, plain)).status).toBe(status)
      child.kill('SIGTERM')
      await ended
    }
  })
})

/** An address of this machine that is not its own alone, where there is one: what listens there stands for the real cloud. */
const address = Object.values(networkInterfaces())
  .flatMap((each) => each ?? [])
  .find(({ family, internal, address: each }) => family === 'IPv4' && !internal && !each.startsWith('169.254.'))?.address

/** Has every name of the real cloud lead to an address here, or to nothing, until the test has ended: no test calls the real cloud. */
function leadTo(found: string | undefined): void {
  const { lookup } = dns
  const answer = (name: string, options: object, done: (error: Error | null, found: unknown) => void): void => {
    if (!name.endsWith('.aliyuncs.com')) lookup(name, options, done as never)
    else if (found === undefined) done(new Error(`getaddrinfo ENOTFOUND ${name}`), [])
    else done(null, [{ address: found, family: 4 }])
  }
  dns.lookup = answer as typeof lookup
  syncBuiltinESMExports()
  onTestFinished(() => {
    dns.lookup = lookup
    syncBuiltinESMExports()
  })
}

describe('the real cloud', () => {
  test.skipIf(address === undefined)('is called at the host and the port that the client has named', async () => {
    leadTo(address)
    const asked: (string | undefined)[] = []
    const server = createServer((incoming, outgoing) => {
      asked.push(incoming.headers.host)
      outgoing.end('real')
    })
    server.listen(0, address)
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const host = `${HOST}:${(server.address() as AddressInfo).port}`
    const { proxyUrl } = await forwarding('real', { offline: false })
    const { text } = await through(proxyUrl, { ...plain, host })
    expect([text, asked]).toEqual(['real', [host]])
  })

  test('is said not to be found, by its name', async () => {
    leadTo(undefined)
    const { send } = await forwarding('real', { offline: false })
    const { status, body } = await send({ ...plain, host: 'imageenhan.cn-shanghai.aliyuncs.com' })
    expect([status, body.Message]).toEqual([
      502,
      expect.stringMatching(/^the upstream http:\/\/imageenhan\.cn-shanghai\.aliyuncs\.com:80 has not answered: getaddrinfo ENOTFOUND/),
    ])
  })

  test('is not the machine itself, whatever its name leads to', async () => {
    leadTo('127.0.0.1')
    const { send, logged } = await forwarding('real', { offline: false })
    const { status, body } = await send({ ...plain, host: 'oss-cn-shanghai.aliyuncs.com' })
    expect([status, body.Code]).toEqual([403, 'AddressNotReachable'])
    await expect.poll(logged).toMatchObject([{ code: 'AddressNotReachable' }])
  })
})

test('what is no service still passes or is refused as ever', async () => {
  const { proxyUrl, cloud } = await forwarding('http://127.0.0.1:9')
  const { status } = await through(proxyUrl, { ...plain, host: 'example.com' })
  expect(status).toBe(403)
  expect(cloud.account().log.find({ service: 'proxy' })).toMatchObject([{ object: 'example.com:80' }])
})

test('the emulator itself answers as ever, at its own port', async () => {
  const { url, logged } = await forwarding('http://127.0.0.1:9')
  expect((await fetch(`${url}/?Action=GetPlayInfo&Version=2017-03-21`)).status).toBe(400)
  expect(logged()).toEqual([])
})
