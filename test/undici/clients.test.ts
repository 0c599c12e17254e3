/** Every way in which undici sends requests reaches the cloud, with bodies that come piece by piece, and with undici's own errors. */

import { once } from 'node:events'
import { Readable, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setImmediate as soon } from 'node:timers/promises'
import AliOss from 'ali-oss'
import { Agent, Client, type Dispatcher, interceptors, Pool, pipeline, RetryAgent, request, stream, fetch as undiciFetch } from 'undici'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { emulatorConnector, emulatorDispatcher } from '../../emulator/undici/index.js'
import { type Call, type Cloud, createCloud, type FaultInput, type Reply } from '../../src/index.js'
import { sign } from '../../src/signing/sign.js'
import { VIDEO_URL } from '../support/cloud.js'

const HOST = 'videoseg.cn-shanghai.aliyuncs.com'
const ORIGIN = `https://${HOST}`
const OBJECT = 'https://films.oss-cn-shanghai.aliyuncs.com/film.mp4'

let bugs: unknown[]
let cloud: Cloud
let dispatcher: Dispatcher
beforeEach(() => {
  bugs = []
  cloud = createCloud({ seed: 7, clock: 'manual', onBug: (error) => bugs.push(error) })
  dispatcher = emulatorDispatcher(cloud)
})
afterEach(async () => {
  await dispatcher.destroy()
  cloud.dispose()
  expect(bugs).toEqual([])
})

/** The path of a signed call that starts a job. */
function segment(): string {
  const { credentials: key } = cloud.account()
  const call = sign('rpc', {
    host: HOST,
    action: 'SegmentVideoBody',
    version: '2020-03-20',
    params: { VideoUrl: VIDEO_URL },
    key,
    method: 'GET',
  })
  return `/?${call.query}`
}

/** Has everything answered in one way; what was called is in the list. */
function answer(handle: (call: Call) => Promise<Reply>): Call[] {
  const calls: Call[] = []
  cloud.handle = (call) => {
    calls.push(call)
    return handle(call)
  }
  return calls
}

const connect = () => emulatorConnector(cloud)

/** A client that ends with the test. */
function closing<T extends Dispatcher>(client: T): T {
  onTestFinished(() => client.close())
  return client
}

describe('a job is started by', () => {
  it.each<{ client: string; ask: (path: string) => Promise<string> }>([
    { client: 'request', ask: async (path) => (await request(ORIGIN + path, { dispatcher })).body.text() },
    { client: 'fetch', ask: async (path) => (await undiciFetch(ORIGIN + path, { dispatcher })).text() },
    {
      client: 'stream',
      ask: async (path) => {
        const pieces: Buffer[] = []
        const into = new Writable({ write: (piece, _encoding, done) => done(void pieces.push(piece)) })
        await stream(ORIGIN + path, { dispatcher, method: 'GET' }, () => into)
        return String(Buffer.concat(pieces))
      },
    },
    { client: 'pipeline', ask: (path) => text(pipeline(ORIGIN + path, { dispatcher, method: 'GET' }, ({ body }) => body).end()) },
    {
      client: 'a Client with the connector',
      ask: async (path) => (await closing(new Client(ORIGIN, { connect: connect() })).request({ path, method: 'GET' })).body.text(),
    },
    {
      client: 'a Pool with the connector',
      ask: async (path) => (await closing(new Pool(ORIGIN, { connect: connect() })).request({ path, method: 'GET' })).body.text(),
    },
    {
      client: 'an Agent with the connector',
      ask: async (path) => (await request(ORIGIN + path, { dispatcher: closing(new Agent({ connect: connect() })) })).body.text(),
    },
    {
      client: 'a RetryAgent',
      ask: async (path) => (await request(ORIGIN + path, { dispatcher: new RetryAgent(dispatcher) })).body.text(),
    },
    {
      client: 'composed interceptors',
      ask: async (path) =>
        (await request(ORIGIN + path, { dispatcher: dispatcher.compose(interceptors.redirect(), interceptors.retry()) })).body.text(),
    },
  ])('$client', async ({ ask }) => {
    const { RequestId } = JSON.parse(await ask(segment()))
    expect(cloud.account().jobs.records.get(RequestId)).toMatchObject({ id: RequestId })
  })
})

it('calls that are made at the same time are answered each', async () => {
  const ids = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const answered = await request(ORIGIN + segment(), { dispatcher })
      return ((await answered.body.json()) as { RequestId: string }).RequestId
    }),
  )
  expect(new Set(ids).size).toBe(20)
})

it('paths and queries arrive as they were written', async () => {
  const calls = answer(async () => ({ status: 200, headers: {}, body: '' }))
  const client = closing(new Client(ORIGIN, { connect: connect() }))
  await client.request({ method: 'GET', path: '//a/../b%2f?b=%2f%2F+%20~*()&a&a=&%61=1;2', headers: { Host: 'other.example' } })
  expect(calls).toMatchObject([{ host: 'other.example', path: '//a/../b%2f', query: 'b=%2f%2F+%20~*()&a&a=&%61=1;2' }])
})

describe('bodies', () => {
  /** An object with a signature for a method. */
  function signedUrl(method: 'GET' | 'PUT'): string {
    const options = { ...cloud.account().credentials, bucket: 'films', region: 'oss-cn-shanghai', secure: true }
    return new AliOss(options).signatureUrl('film.mp4', { method })
  }

  beforeEach(() => {
    cloud.account().oss.createBucket('films', 'cn-shanghai')
  })

  const upload = (body: Exclude<Parameters<typeof request>[1], undefined>['body']) =>
    request(signedUrl('PUT'), { dispatcher, method: 'PUT', body: body as Readable })
  const download = async () => (await request(signedUrl('GET'), { dispatcher })).body

  it.each<{ kind: string; body: () => unknown }>([
    { kind: 'text', body: () => 'film '.repeat(100_000) },
    { kind: 'bytes', body: () => Buffer.from('film '.repeat(100_000)) },
    { kind: 'a stream', body: () => Readable.from(Array(1000).fill('film '.repeat(100)), { objectMode: false }) },
    { kind: 'an iterable', body: () => Array(1000).fill(Buffer.from('film '.repeat(100))) },
    { kind: 'a Blob', body: () => new Blob(['film '.repeat(100_000)]) },
  ])('$kind is stored, and comes back', async ({ body }) => {
    const { statusCode } = await upload(body() as Readable)
    expect(statusCode).toBe(200)
    expect(await (await download()).text()).toBe('film '.repeat(100_000))
  })

  it('neither the bytes that were sent nor those that came are the stored ones', async () => {
    const sent = Buffer.from('film '.repeat(1000))
    await upload(sent)
    sent.fill('x')
    for await (const piece of await download()) piece.fill('y')
    expect(await (await download()).text()).toBe('film '.repeat(1000))
  })

  it('an upload reaches the cloud while it is being sent', async () => {
    const { promise: arrived, resolve: arrive } = withResolvers()
    answer(async ({ stream: body }) => {
      let size = 0
      for await (const piece of body ?? []) {
        arrive()
        size += piece.byteLength
      }
      return { status: 200, headers: {}, body: String(size) }
    })
    async function* film(): AsyncGenerator<Buffer> {
      yield Buffer.alloc(1000)
      await arrived
      yield Buffer.alloc(500_000)
    }
    expect(await (await upload(Readable.from(film()))).body.text()).toBe('501000')
  })

  /** Sends an endless body; `sent` counts its pieces, and `ended` resolves when nobody wants more. */
  function endless() {
    const { promise: ended, resolve } = withResolvers()
    const count = { sent: 0, ended }
    async function* film(): AsyncGenerator<Buffer> {
      try {
        for (;;) {
          count.sent++
          yield Buffer.alloc(10_000)
        }
      } finally {
        resolve()
      }
    }
    answer(async () => ({ status: 200, headers: { 'content-length': String(1e12) }, body: '', stream: film() }))
    return count
  }

  it('a download waits for who reads it, and ends with its reader', async () => {
    const count = endless()
    const body = await download()
    const [first] = await once(body, 'data')
    body.pause()
    expect(first.byteLength).toBeGreaterThan(0)
    for (let turn = 0; turn < 2000; turn++) await soon()
    expect(count.sent).toBeLessThan(1000)
    body.on('error', () => {}).destroy()
    await count.ended
  })

  it('an upload waits for the cloud to read it', async () => {
    let sent = 0
    async function* film(): AsyncGenerator<Buffer> {
      for (; sent < 2000; sent++) yield Buffer.alloc(10_000)
    }
    const { promise: go, resolve: start } = withResolvers()
    answer(async ({ stream: body }) => {
      await go
      let size = 0
      for await (const piece of body ?? []) size += piece.byteLength
      return { status: 200, headers: {}, body: String(size) }
    })
    const uploaded = upload(Readable.from(film()))
    for (let turn = 0; turn < 2000; turn++) await soon()
    expect(sent).toBeLessThan(1000)
    start()
    expect(await (await uploaded).body.text()).toBe('20000000')
  })
})

describe('what goes wrong is told in the errors of undici', () => {
  it.each<{ fault: FaultInput; options?: Partial<Dispatcher.RequestOptions>; error: object }>([
    { fault: { reset: true }, error: { code: 'ECONNRESET' } },
    { fault: { loseReply: true }, error: { code: 'ECONNRESET' } },
    { fault: { reset: 'midBody' }, error: { name: 'SocketError', code: 'UND_ERR_SOCKET' } },
    { fault: { hang: true }, options: { headersTimeout: 1 }, error: { name: 'HeadersTimeoutError', code: 'UND_ERR_HEADERS_TIMEOUT' } },
    { fault: { latency: '1h' }, options: { headersTimeout: 1 }, error: { name: 'HeadersTimeoutError', code: 'UND_ERR_HEADERS_TIMEOUT' } },
  ])('$fault', async ({ fault, options, error }) => {
    cloud.account().faults.add({ ...fault, times: 1 })
    const asked = request(ORIGIN + segment(), { dispatcher, ...options }).then(({ body }) => body.text())
    await expect(asked).rejects.toMatchObject(error)
    expect((await request(ORIGIN + segment(), { dispatcher })).statusCode).toBe(200)
  })

  it('a body that stops', async () => {
    async function* stopping(): AsyncGenerator<Buffer> {
      yield Buffer.alloc(10)
      await new Promise(() => {})
    }
    answer(async () => ({ status: 200, headers: { 'content-length': '20' }, body: '', stream: stopping() }))
    const { body } = await request(OBJECT, { dispatcher, bodyTimeout: 1 })
    await expect(body.bytes()).rejects.toMatchObject({ name: 'BodyTimeoutError', code: 'UND_ERR_BODY_TIMEOUT' })
  })

  it('an answer that breaks off while the upload is still being sent', async () => {
    async function* endless(): AsyncGenerator<Buffer> {
      for (;;) {
        yield Buffer.alloc(1000)
        await soon()
      }
    }
    answer(async () => ({ status: 200, headers: {}, body: 'film', connection: { resetAfter: 2 } }))
    const asked = request(OBJECT, { dispatcher, method: 'PUT', body: Readable.from(endless()) }).then(({ body }) => body.text())
    await expect(asked).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' })
  })

  it('a signal that is aborted while a call hangs', async () => {
    cloud.account().faults.add({ hang: true })
    const patience = new AbortController()
    const asked = request(ORIGIN + segment(), { dispatcher, signal: patience.signal })
    while (cloud.account().log.all().length === 0) await soon()
    patience.abort()
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('a dispatcher that is destroyed while a call hangs', async () => {
    cloud.account().faults.add({ hang: true })
    const asked = expect(request(ORIGIN + segment(), { dispatcher })).rejects.toMatchObject({ code: 'UND_ERR_DESTROYED' })
    while (cloud.account().log.all().length === 0) await soon()
    await dispatcher.destroy()
    await asked
  })

  it('an interceptor of undici tries again', async () => {
    const calls = answer(async () => ({ status: 200, headers: {}, body: 'film', ...(calls.length === 1 && { connection: 'reset' }) }))
    const retrying = dispatcher.compose(interceptors.retry({ minTimeout: 1 }))
    expect(await (await request(OBJECT, { dispatcher: retrying })).body.text()).toBe('film')
    expect(calls).toHaveLength(2)
  })
})

/** A promise, and what resolves it. */
function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {}
  const promise = new Promise<void>((resolved) => {
    resolve = resolved
  })
  return { promise, resolve }
}
