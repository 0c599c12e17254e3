/** Calls through the client: every door, signature and method; who calls; what comes back when it goes wrong. */

import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type Emulator, startEmulator } from '../../emulator/index.js'
import { CallError, type Caller, type ClientOptions, createClient, createControl, waitForJob } from '../../src/client/index.js'
import { createCloud, DEFAULT_KEY, type Reply } from '../../src/index.js'
import { mswHandlers } from '../../src/msw.js'
import { schemes, VIDEO_URL } from '../support/cloud.js'

const cloud = createCloud({ clock: 'manual' })
const intercepted = setupServer(...mswHandlers(cloud))
let emulator: Emulator

beforeAll(async () => {
  emulator = await startEmulator({ port: 0, clock: 'manual' })
})
afterEach(() => intercepted.close())
afterAll(() => emulator.close())

/** The ways to an account of its own, and how its clock is moved. */
const doors = {
  async http(): Promise<Opened> {
    const account = await createControl({ endpoint: emulator.url }).createAccount()
    return { options: account, advance: createControl(account).clock.advance }
  },
  async 'the same process'(): Promise<Opened> {
    const account = cloud.createAccount()
    return { options: { cloud, ...account.credentials }, advance: (milliseconds) => account.clock.advance(milliseconds) }
  },
  async 'msw, at the real hosts'(): Promise<Opened> {
    intercepted.listen({ onUnhandledRequest: 'error' })
    const account = cloud.createAccount()
    return { options: account.credentials, advance: (milliseconds) => account.clock.advance(milliseconds) }
  },
}

interface Opened {
  options: ClientOptions
  advance: (milliseconds: number) => Promise<unknown>
}

const ways = (Object.keys(doors) as (keyof typeof doors)[]).flatMap((door) =>
  schemes.flatMap((scheme) => (['GET', 'POST'] as const).map((method) => ({ door, scheme, method }))),
)

describe.each(ways)('through $door with $scheme and $method', ({ door, scheme, method }) => {
  it('runs a job to its result', async () => {
    const { options, advance } = await doors[door]()
    const client = createClient({ ...options, scheme, method })
    const { RequestId } = await client.videorecog.GenerateVideoCover({ VideoUrl: VIDEO_URL, IsGif: true })
    const { Outputs } = await waitForJob<{ Outputs: { ImageURL: string }[] }>(client.videorecog, RequestId, { advance })
    expect(Outputs[0]?.ImageURL).toMatch(/\.gif\?Expires=/)
  })

  it('rejects with what the service says', async () => {
    const { options } = await doors[door]()
    const client = createClient({ ...options, scheme, method })
    const refused = client.videoseg.SegmentVideoBody({ VideoUrl: 'http://bucket.oss-cn-beijing.aliyuncs.com/video.mp4' })
    await expect(refused).rejects.toThrow(
      expect.objectContaining({
        name: 'CallError',
        call: 'videoseg.SegmentVideoBody',
        code: 'InvalidFile.Region',
        message: 'The file URL in "VideoUrl" is not in the region cn-shanghai.',
        status: 400,
        reason: 'VideoUrl points to a bucket in cn-beijing, not in cn-shanghai',
        recommend: expect.stringContaining('q=InvalidFile.Region&product=videoseg'),
        requestId: expect.stringMatching(/^[0-9A-F-]{36}$/),
      }),
    )
  })

  it('is refused with a wrong secret', async () => {
    const { options } = await doors[door]()
    const client = createClient({ ...options, scheme, method, accessKeySecret: 'wrong' })
    await expect(client.videoseg.GetAsyncJobResult({ JobId: 'x' })).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' })
  })
})

describe('who calls', () => {
  const control = () => createControl({ endpoint: emulator.url })
  const call = (caller: Caller, scheme: (typeof schemes)[number]) =>
    createClient({ ...caller, scheme }).videoseg.SegmentVideoBody({ VideoUrl: VIDEO_URL })

  it.each(schemes)('is a session of STS, with %s', async (scheme) => {
    const account = createControl(await control().createAccount())
    await account.ram.putRole({ name: 'editor', allow: ['videoseg:*'] })
    const session = await account.ram.assumeRole({ role: 'editor' })

    await expect(call(session, scheme)).resolves.toHaveProperty('RequestId')
    await account.clock.advance('1h')
    await expect(call(session, scheme)).rejects.toMatchObject({ code: 'InvalidSecurityToken.Expired', status: 403 })
  })

  it.each(schemes)('is a RAM user with permissions, with %s', async (scheme) => {
    const account = createControl(await control().createAccount())
    const user = await account.ram.putUser({ name: 'alice', allow: ['videoseg:Get*'] })
    await expect(call(user, scheme)).rejects.toMatchObject({ code: 'NoPermission', status: 403 })
  })
})

describe('parameters', () => {
  it('left out by someone who knows better than the types are missed by the service', async () => {
    const client = createClient({ cloud, ...cloud.createAccount().credentials })
    await expect(client.videoseg.SegmentVideoBody({} as never)).rejects.toMatchObject({ code: 'MissingParameter' })
  })

  it('of an unknown name reach the service, whose log names them', async () => {
    const account = cloud.createAccount()
    const client = createClient({ cloud, ...account.credentials })
    await client.videoseg.SegmentVideoBody({ VideoUrl: VIDEO_URL, Volume: 11 } as { VideoUrl: string })
    expect(account.log.all()).toMatchObject([{ params: { VideoUrl: VIDEO_URL, Volume: '11' }, unknownParams: ['Volume'] }])
  })
})

describe('the real hosts', () => {
  const hostOf = async (options: { region?: string }): Promise<string | undefined> => {
    intercepted.listen({ onUnhandledRequest: 'error' })
    const account = cloud.createAccount()
    const client = createClient({ ...account.credentials, ...options })
    await client.videorecog.DetectVideoShot({ VideoUrl: VIDEO_URL }).catch(() => {})
    return account.log.all()[0]?.host
  }

  it('are called without an endpoint', async () => {
    expect(await hostOf({})).toBe('videorecog.cn-shanghai.aliyuncs.com')
  })

  it('are those of the region asked for', async () => {
    expect(await hostOf({ region: 'cn-hangzhou' })).toBe('videorecog.cn-hangzhou.aliyuncs.com')
  })
})

it('has every Action of the catalogue', () => {
  const client = createClient({ cloud, ...DEFAULT_KEY })
  const methods = Object.entries(client).flatMap(([service, actions]) => Object.keys(actions).map((action) => `${service}.${action}`))
  expect(methods.sort()).toEqual(cloud.catalogue.actions.map(({ id }) => id).sort())
})

describe('an endpoint', () => {
  it.each(['', '127.0.0.1:4010', 'localhost', 'ftp://127.0.0.1', 'http://127.0.0.1:4010/api', 'http://127.0.0.1:4010/?a=1'])(
    'cannot be "%s"',
    (endpoint) => {
      expect(() => createClient({ endpoint, ...DEFAULT_KEY })).toThrow(TypeError)
    },
  )

  it('excludes a cloud', () => {
    expect(() => createClient({ endpoint: 'http://127.0.0.1:4010', cloud, ...DEFAULT_KEY })).toThrow('either an endpoint or a cloud')
  })
})

/** Serves with a server that is not an emulator, until the test has finished. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** An endpoint at which nobody listens any more. */
async function nobodyAt(): Promise<string> {
  const { url, close } = await startEmulator({ port: 0 })
  await close()
  return url
}

describe('without an answer of the service', () => {
  const segment = (options: Pick<ClientOptions, 'endpoint' | 'cloud' | 'timeoutMs'>) =>
    createClient({ ...DEFAULT_KEY, ...options }).videoseg.SegmentVideoBody({ VideoUrl: VIDEO_URL })

  it.each<[what: string, status: number, type: string, body: string, message: string]>([
    ["a proxy's page", 502, 'text/html', '<html>\n<h1>Bad Gateway</h1>', 'answered 502 with text/html: <html> <h1>Bad Gateway</h1>'],
    ['an empty body', 200, 'application/json', '', 'answered 200 with an empty body'],
    ['a cut document', 200, 'application/json', '{"RequestId":"A', 'answered 200 with application/json: {"RequestId":"A'],
    ['another document', 200, 'application/json', '{"ok":true}', 'answered 200 with application/json: {"ok":true}'],
    ['a document that is no object', 200, 'application/json', 'null', 'answered 200 with application/json: null'],
    ['an error without a code', 500, 'application/json', '{"RequestId":"A"}', 'answered 500 with application/json: {"RequestId":"A"}'],
    ['a long page', 404, 'text/plain', 'x'.repeat(1000), `answered 404 with text/plain: ${'x'.repeat(200)}…`],
  ])('says what came: %s', async (_what, status, type, body, message) => {
    const endpoint = await serve((_request, response) => response.writeHead(status, { 'content-type': type }).end(body))
    await expect(segment({ endpoint })).rejects.toMatchObject({
      name: 'CallError',
      code: 'Client.Answer',
      status,
      message: `${new URL(endpoint).host} ${message}`,
    })
  })

  it('does not follow a redirect', async () => {
    const endpoint = await serve((_request, response) => response.writeHead(302, { location: `${emulator.url}/` }).end())
    await expect(segment({ endpoint })).rejects.toMatchObject({ code: 'Client.Answer', status: 302 })
  })

  it.each<[when: string, listener: RequestListener]>([
    ['at once', ({ socket }) => socket.destroy()],
    [
      'in the middle of the body',
      ({ socket }, response) => response.writeHead(200, { 'content-length': 100 }).write('{', () => socket.destroy()),
    ],
  ])('says that the connection broke %s', async (_when, listener) => {
    const endpoint = await serve(listener)
    await expect(segment({ endpoint })).rejects.toMatchObject({ name: 'CallError', code: 'Client.Connection', status: undefined })
  })

  it('says that nobody listens', async () => {
    const endpoint = await nobodyAt()
    await expect(segment({ endpoint })).rejects.toMatchObject({
      code: 'Client.Connection',
      message: `The connection to ${new URL(endpoint).host} failed: connect ECONNREFUSED ${new URL(endpoint).host}`,
    })
  })

  it('says that none came in time', async () => {
    const endpoint = await serve(() => {})
    await expect(segment({ endpoint, timeoutMs: 20 })).rejects.toMatchObject({
      code: 'Client.Timeout',
      message: expect.stringContaining('20 ms'),
    })
  })

  const asked = (connection: 'reset' | 'hang') => ({
    handle: async (): Promise<Reply> => ({ status: 200, headers: {}, body: '', connection }),
  })

  it.each([
    ['hang', 'Client.Timeout'],
    ['reset', 'Client.Connection'],
  ] as const)('of a cloud in the same process that is asked to %s', async (connection, code) => {
    await expect(segment({ cloud: asked(connection), timeoutMs: 20 })).rejects.toMatchObject({ code })
  })

  it.each(['http', 'the same process'] as const)('gives up when its signal is aborted, through %s', async (door) => {
    const at = door === 'http' ? { endpoint: await serve(() => {}) } : { cloud: asked('hang') }
    const given = new AbortController()
    const waiting = createClient({ ...DEFAULT_KEY, ...at }).videoseg.SegmentVideoBody({ VideoUrl: VIDEO_URL }, { signal: given.signal })
    given.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
  })

  it('is an error of one class', async () => {
    await expect(segment({ endpoint: await nobodyAt() })).rejects.toBeInstanceOf(CallError)
  })
})
