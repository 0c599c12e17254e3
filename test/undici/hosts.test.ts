/** Which requests of undici the cloud answers, and which it leaves alone; and who is no client of undici. */

import { createServer, Agent as HttpAgent } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import RPCClient from '@alicloud/pop-core'
import AliOss from 'ali-oss'
import { setupServer } from 'msw/node'
import { Agent, Client, type Dispatcher, getGlobalDispatcher, MockAgent, request, setGlobalDispatcher } from 'undici'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type EmulatorDispatcherOptions, emulatorConnector, emulatorDispatcher } from '../../emulator/undici/index.js'
import { createCloud } from '../../src/index.js'
import { mswHandlers } from '../../src/msw.js'

const cloud = createCloud({ clock: 'manual' })

/** A dispatcher that ends with the test. */
function open(options?: EmulatorDispatcherOptions): Dispatcher {
  const dispatcher = emulatorDispatcher(cloud, options)
  onTestFinished(() => dispatcher.close())
  return dispatcher
}

/** A dispatcher that answers everything itself, and sends nothing. */
function teapots(): Dispatcher {
  const agent = new MockAgent()
  agent.disableNetConnect()
  agent.get(/.*/).intercept({ path: /.*/ }).reply(418, 'a teapot').persist()
  onTestFinished(() => agent.close())
  return agent
}

/** A server of the outside world: its URL. */
async function outside(): Promise<{ url: string; port: number }> {
  const server = createServer((incoming, response) => response.end(JSON.stringify({ host: incoming.headers.host, url: incoming.url })))
  server.listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, port }
}

const endpoints = [...cloud.catalogue.services.values()].flatMap(({ name, regions }) => [
  `${name}.aliyuncs.com`,
  ...regions.slice(0, 2).flatMap((region) => [`${name}.${region}.aliyuncs.com`, `${name}-vpc.${region}.aliyuncs.com`]),
])

describe.each(['https', 'http'])('%s', (protocol) => {
  it.each(endpoints)('%s is a service', async (host) => {
    const { statusCode, body } = await request(`${protocol}://${host}/?Action=NoSuchAction&Version=2020-03-20`, { dispatcher: open() })
    expect(statusCode).toBe(404)
    expect(await body.text()).toContain('InvalidAction.NotFound')
  })

  it.each([
    'bucket.oss-cn-shanghai.aliyuncs.com',
    'bucket.oss-cn-shanghai-internal.aliyuncs.com',
    'bucket.oss-accelerate.aliyuncs.com:8080',
  ])('%s is a bucket', async (host) => {
    const { statusCode, body } = await request(`${protocol}://${host}/object.mp4`, { dispatcher: open() })
    expect(statusCode).toBe(404)
    expect(await body.text()).toContain('NoSuchBucket')
  })

  it.each(['GET', 'POST'] as const)('another host of Alibaba Cloud is refused (%s)', async (method) => {
    const sent = { method, ...(method === 'POST' && { body: Buffer.alloc(300_000) }) }
    const { statusCode, headers, body } = await request(`${protocol}://videosge.cn-shanghai.aliyuncs.com/`, { dispatcher: open(), ...sent })
    const Message = expect.stringMatching(/^videosge\.cn-shanghai\.aliyuncs\.com is not emulated; did you mean "videoseg"\? /)
    expect(await body.json()).toEqual({ Code: 'HostNotEmulated', Message })
    expect({ statusCode, reason: headers['x-emulator-reason'] }).toEqual({ statusCode: 404, reason: Message })
  })

  it('hosts that are named pass to the others, and so do those that are not of Alibaba Cloud', async () => {
    const dispatcher = open({ passThrough: ['sts.aliyuncs.com', '*.log.aliyuncs.com'], others: teapots() })
    const answered = async (host: string) => (await request(`${protocol}://${host}/`, { dispatcher })).statusCode
    expect(await answered('sts.aliyuncs.com')).toBe(418)
    expect(await answered('mine.cn-shanghai.log.aliyuncs.com')).toBe(418)
    expect(await answered('example.com')).toBe(418)
    expect(await answered('videoseg.cn-shanghai.aliyuncs.com.example.com')).toBe(418)
    expect(await answered('ecs.aliyuncs.com')).toBe(404)
    expect(await answered('VideoSeg.cn-shanghai.aliyuncs.com')).toBe(400)
  })
})

it('without others, requests to other hosts go out', async () => {
  const { url } = await outside()
  const { body } = await request(`${url}/a`, { dispatcher: open() })
  expect(await body.json()).toEqual({ host: new URL(url).host, url: '/a' })
})

it('the others are not closed with the dispatcher', async () => {
  const { url } = await outside()
  const others = new Agent()
  onTestFinished(() => others.close())
  await emulatorDispatcher(cloud, { others }).close()
  expect((await request(url, { dispatcher: others })).statusCode).toBe(200)
})

describe('a client with the connector', () => {
  /** What a client of an origin is answered. */
  async function answered(origin: string, options?: Parameters<typeof emulatorConnector>[1]): Promise<string> {
    const client = new Client(origin, { connect: emulatorConnector(cloud, options) })
    onTestFinished(() => client.close())
    return (await client.request({ path: '/', method: 'GET' })).body.text()
  }

  it('reaches the cloud, is refused, or goes out, by its host', async () => {
    const { url } = await outside()
    expect(await answered('https://videoseg.cn-shanghai.aliyuncs.com')).toContain('MissingParameter')
    expect(await answered('https://ecs.aliyuncs.com')).toContain('HostNotEmulated')
    expect(await answered(url)).toContain('127.0.0.1')
  })

  it('goes out by the connector that is given', async () => {
    const { port } = await outside()
    const others: Parameters<typeof emulatorConnector>[1] = { others: (_target, done) => done(null, connect(port, '127.0.0.1')) }
    expect(await answered('http://example.com', others)).toContain('example.com')
    expect(await answered('http://ecs.aliyuncs.com', { ...others, passThrough: true })).toBe('{"host":"ecs.aliyuncs.com","url":"/"}')
  })

  it('is told of what is no host to connect to', async () => {
    const others: Parameters<typeof emulatorConnector>[1] = { others: (_target, done) => done(new Error('no way out'), null) }
    await expect(answered('http://example.com', others)).rejects.toThrow('no way out')
  })
})

it('one cloud can be behind msw, for the SDKs, and behind undici', async () => {
  const { credentials } = cloud.account()
  const server = setupServer(...mswHandlers(cloud))
  server.listen({ onUnhandledRequest: 'error' })
  onTestFinished(() => server.close())
  const client = new RPCClient({ ...credentials, endpoint: 'https://videoseg.cn-shanghai.aliyuncs.com', apiVersion: '2020-03-20' })
  await expect(client.request('SegmentVideoBody', {})).rejects.toMatchObject({ code: 'MissingParameter' })
  expect((await request('https://videoseg.cn-shanghai.aliyuncs.com/', { dispatcher: open() })).statusCode).toBe(400)
})

describe('with the global dispatcher set', () => {
  /** What leaves this process through node:http arrives at a server of the outside world, whatever host it is for. */
  async function world() {
    const { port } = await outside()
    const before = getGlobalDispatcher()
    setGlobalDispatcher(open({ others: teapots() }))
    onTestFinished(() => setGlobalDispatcher(before))
    const agent = new HttpAgent()
    agent.createConnection = () => connect(port, '127.0.0.1')
    return agent
  }

  it('the fetch of Node.js is answered', async () => {
    await world()
    expect((await fetch('https://videoseg.cn-shanghai.aliyuncs.com/')).status).toBe(400)
    expect((await fetch('https://example.com/')).status).toBe(418)
  })

  it('ali-oss, which uses node:http, goes its own way', async () => {
    const agent = await world()
    const key = { accessKeyId: 'a', accessKeySecret: 'b' }
    const oss = new AliOss({ ...key, bucket: 'films', region: 'oss-cn-shanghai', agent } as AliOss.Options)
    const { content } = await oss.get('film.mp4')
    expect(String(content)).toBe('{"host":"films.oss-cn-shanghai.aliyuncs.com","url":"/film.mp4"}')
  })

  it('pop-core, which uses node:http, goes its own way', async () => {
    const agent = await world()
    const key = { accessKeyId: 'a', accessKeySecret: 'b' }
    const client = new RPCClient({
      ...key,
      endpoint: 'http://videoseg.cn-shanghai.aliyuncs.com',
      apiVersion: '2020-03-20',
    } as never)
    const answered = await client.request<{ host: string }>('SegmentVideoBody', {}, { agent, method: 'GET' } as never)
    expect(answered.host).toBe('videoseg.cn-shanghai.aliyuncs.com')
  })
})
