/** Which hosts are answered, which pass, and which are refused. */

import { once } from 'node:events'
import { createServer as createHttp, type IncomingHttpHeaders } from 'node:http'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { describe, expect, onTestFinished, test } from 'vitest'
import { exchange } from '../support/socket.js'
import { ask, proxied } from './support.js'

/** What a proxy answers to CONNECT: status and body. */
async function connectTo(proxyUrl: string, authority: string): Promise<{ status: number; body: string }> {
  const answer = await exchange(proxyUrl, `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`)
  return { status: Number(answer.split(' ', 2)[1]), body: answer.split('\r\n\r\n', 2)[1] ?? '' }
}

const codeOf = ({ body }: { body: string }): string => JSON.parse(body).Code

describe('are answered', () => {
  test.each([
    'vod.cn-shanghai.aliyuncs.com:443',
    'VOD.CN-Shanghai.aliyuncs.com:443',
    'vod.ap-southeast-1.aliyuncs.com.:443',
    'vod-vpc.cn-beijing.aliyuncs.com:8443',
    'imageenhan.cn-shanghai.aliyuncs.com:443',
    'openplatform.aliyuncs.com:443',
    'viapiutils.cn-shanghai.aliyuncs.com:443',
    'oss-cn-shanghai.aliyuncs.com:443',
    'my-bucket.oss-cn-beijing-internal.aliyuncs.com:443',
    'my-bucket.oss-accelerate.aliyuncs.com:443',
    'gosspublic.alicdn.com:443',
    'play.example.com:443',
  ])('%s', async (authority) => {
    const { proxyUrl, refused } = await proxied({
      settings: { limits: { enabled: false }, vod: { domains: [{ name: 'play.example.com' }] } },
    })
    expect((await connectTo(proxyUrl, authority)).status).toBe(200)
    expect(refused()).toEqual([])
  })
})

describe('are refused when nothing is let out', () => {
  test.each(['sts.aliyuncs.com:443', 'vodd.cn-shanghai.aliyuncs.com:443', 'example.com:443', 'vod.localhost:443', '192.0.2.1:80'])(
    '%s',
    async (authority) => {
      const { proxyUrl, refused } = await proxied()
      const answer = await connectTo(proxyUrl, authority)
      expect([answer.status, codeOf(answer)]).toEqual([403, 'HostNotEmulated'])
      expect(refused()).toMatchObject([{ method: 'CONNECT', object: authority, status: 403, code: 'HostNotEmulated' }])
    },
  )

  test('over http as well', async () => {
    const { proxyUrl, refused } = await proxied()
    const answer = await ask(proxyUrl, { target: 'http://sts.aliyuncs.com/?Action=x', headers: { host: 'sts.aliyuncs.com' } })
    expect([answer.status, codeOf(answer)]).toEqual([403, 'HostNotEmulated'])
    expect(refused()).toMatchObject([{ method: 'GET', object: 'sts.aliyuncs.com:80' }])
  })

  test('and a name that was not spelled right is told the right one', async () => {
    const { proxyUrl, refused } = await proxied()
    await connectTo(proxyUrl, 'vodd.cn-shanghai.aliyuncs.com:443')
    expect(refused()[0]?.message).toContain('"vod"')
  })

  test.each([
    ['true', 403],
    ['false', 502],
    ['', 502],
  ])('which is the default where CI is %j', async (value, status) => {
    const before = process.env.CI
    process.env.CI = value
    onTestFinished(() => {
      if (before === undefined) delete process.env.CI
      else process.env.CI = before
    })
    const { proxyUrl } = await proxied({ offline: undefined } as object)
    expect((await connectTo(proxyUrl, 'nowhere.invalid:443')).status).toBe(status)
  })
})

/** An address of this machine that is not closed, where there is one: what listens there is another host to the proxy. */
const address = Object.values(networkInterfaces())
  .flatMap((each) => each ?? [])
  .find(({ family, internal, address: each }) => family === 'IPv4' && !internal && !each.startsWith('169.254.'))?.address

const without = address === undefined ? ' (this machine has no address but its own)' : ''

describe('pass', () => {
  /** A server elsewhere that says what it was asked. */
  async function elsewhere() {
    const asked: { method: string; url: string; headers: IncomingHttpHeaders; body: string }[] = []
    const server = createHttp(async (request, response) => {
      const body = Buffer.concat(await request.toArray()).toString()
      asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body })
      response
        .writeHead(
          207,
          'Some Of It',
          [
            ['x-first', '1'],
            ['x-first', '2'],
            ['connection', 'close'],
          ].flat(),
        )
        .end('from elsewhere')
    })
    server.listen(0, address)
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    return { host: `${address}:${(server.address() as AddressInfo).port}`, asked }
  }

  test.skipIf(address === undefined)(`requests over http, as they are${without}`, async () => {
    const { host, asked } = await elsewhere()
    const { proxyUrl, refused } = await proxied({ offline: false })
    const headers = { host: 'a lie', 'x-mine': '1', 'proxy-authorization': 'Basic eDp5', 'x-hop': '1', connection: 'close, x-hop' }
    const answer = await ask(proxyUrl, { method: 'POST', target: `http://${host}/a%2Fb?c=%zz`, headers, body: 'hello' })
    expect(answer).toMatchObject({ status: 207, message: 'Some Of It', body: 'from elsewhere' })
    expect(answer.rawHeaders.slice(0, 4)).toEqual(['x-first', '1', 'x-first', '2'])
    expect(asked).toMatchObject([{ method: 'POST', url: '/a%2Fb?c=%zz', body: 'hello', headers: { host, 'x-mine': '1' } }])
    expect(asked[0]?.headers).not.toHaveProperty('proxy-authorization')
    expect(asked[0]?.headers).not.toHaveProperty('x-hop')
    expect(refused()).toEqual([])
  })

  test.skipIf(address === undefined)(`tunnels, whatever is spoken in them${without}`, async () => {
    const server = createServer((socket) => socket.pipe(socket))
    server.listen(0, address)
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const { proxyUrl } = await proxied({ offline: false })
    const target = `${address}:${(server.address() as AddressInfo).port}`
    const answer = await exchange(proxyUrl, `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n\x16\x00 no TLS`)
    expect(answer).toBe('HTTP/1.1 200 Connection Established\r\n\r\n\x16\x00 no TLS')
  })

  test('what is not reached is said, and was not refused', async () => {
    const { proxyUrl, refused } = await proxied({ offline: false })
    for (const answer of [
      await connectTo(proxyUrl, 'nowhere.invalid:443'),
      await ask(proxyUrl, { target: 'http://nowhere.invalid/', headers: { host: 'a' } }),
    ])
      expect([answer.status, codeOf(answer)]).toEqual([502, 'BadGateway'])
    expect(refused()).toEqual([])
  })

  test.skipIf(address === undefined)(`a tunnel ends with the emulator${without}`, async () => {
    const accepted: Socket[] = []
    const server = createServer((socket) => void accepted.push(socket))
    server.listen(0, address)
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const { proxyUrl, close } = await proxied({ offline: false })
    const client = connect(Number(new URL(proxyUrl).port), '127.0.0.1')
    client.on('error', () => {})
    client.write(`CONNECT ${address}:${(server.address() as AddressInfo).port} HTTP/1.1\r\nHost: a\r\n\r\n`)
    await once(client, 'data')
    await close()
    if (!client.closed) await once(client, 'close')
    expect(accepted).toHaveLength(1)
  })
})
