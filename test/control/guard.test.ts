/** Who may use the control API: programs, and pages of its own origin; no other web page. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createControl } from '../../src/client/index.js'
import { testEmulator } from '../support/sdk.js'
import { send } from '../support/socket.js'

type Headers = Readonly<Record<string, string>>

let emulator: Awaited<ReturnType<typeof testEmulator>>
let host: string
beforeAll(async () => {
  emulator = await testEmulator({ allowHosts: ['emulator.example.com'] })
  host = new URL(emulator.url).host
})
afterAll(() => emulator.close())

/** Whether a reset with these headers is done. */
async function resets(
  headers: Headers,
  target = '/_emulator/reset',
  version?: string,
): Promise<{ status: number; done: boolean; body: string }> {
  await emulator.control('PUT', '/assets', { url: 'http://a.oss-cn-shanghai.aliyuncs.com/a.mp4' })
  const { status, body } = await send(emulator.url, { method: 'POST', target, headers, ...(version && { version }) })
  return { status, done: emulator.cloud.account().assets.list().rows.length === 0, body }
}

/** What Chromium 156 sends with a page's requests to another origin. */
const BROWSER: readonly [what: string, method: string, headers: (host: string) => Headers][] = [
  [
    "fetch, mode no-cors, from a stranger's page",
    'POST',
    () => ({
      origin: 'http://evil.example',
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'no-cors',
      'sec-fetch-dest': 'empty',
      referer: 'http://evil.example/',
    }),
  ],
  [
    'fetch, mode no-cors, from a page on another port of the same machine',
    'POST',
    () => ({
      origin: 'http://127.0.0.1:3000',
      'sec-fetch-site': 'same-site',
      'sec-fetch-mode': 'no-cors',
      'sec-fetch-dest': 'empty',
      referer: 'http://127.0.0.1:3000/',
    }),
  ],
  [
    'sendBeacon',
    'POST',
    () => ({
      'content-type': 'text/plain;charset=UTF-8',
      origin: 'http://evil.example',
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'no-cors',
      'sec-fetch-dest': 'empty',
      'sec-fetch-storage-access': 'none',
    }),
  ],
  [
    'a form',
    'POST',
    () => ({
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'http://evil.example',
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'iframe',
    }),
  ],
  [
    'fetch from a frame without an origin',
    'POST',
    () => ({ origin: 'null', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'empty' }),
  ],
  [
    'the question whether a PUT is allowed',
    'OPTIONS',
    () => ({
      'access-control-request-method': 'PUT',
      origin: 'http://evil.example',
      'sec-fetch-mode': 'cors',
      'sec-fetch-site': 'cross-site',
      'sec-fetch-dest': 'empty',
    }),
  ],
  ['an image', 'GET', () => ({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' })],
  ['a WebSocket', 'GET', () => ({ origin: 'http://evil.example', connection: 'Upgrade', upgrade: 'websocket' })],
  // A browser says where a request comes from only to this machine and over TLS.
  ['fetch to another machine of the network', 'POST', () => ({ host: '192.168.1.5:4010', origin: 'http://evil.example' })],
  ['a form sent to it from a file', 'POST', () => ({ host: '192.168.1.5:4010', origin: 'null' })],
  [
    'fetch under a rebound name',
    'POST',
    (own) => {
      const rebound = own.replace('127.0.0.1', 'evil.example')
      return { host: rebound, origin: `http://${rebound}`, referer: `http://${rebound}/` }
    },
  ],
  ['a GET under a rebound name', 'GET', (own) => ({ host: own.replace('127.0.0.1', 'evil.example') })],
]

test.each(BROWSER)('%s is refused', async (_what, method, headers) => {
  const { status, body, head } = await send(emulator.url, { method, target: '/_emulator/state', headers: { host, ...headers(host) } })
  expect(status).toBe(403)
  expect(JSON.parse(body).error).toMatch(/^the control API does not answer (web pages of other origins|under the host)/)
  expect(head).not.toMatch(/access-control/i)
  expect((await resets({ host, ...headers(host) })).done).toBe(false)
})

test('of routes that are not there, too, nothing is told', async () => {
  const { status } = await send(emulator.url, { target: '/_emulator/nope', headers: { host, 'sec-fetch-site': 'cross-site' } })
  expect(status).toBe(403)
})

test.each<[what: string, headers: (host: string) => Headers]>([
  ['curl', (own) => ({ host: own, 'user-agent': 'curl/8.5.0', accept: '*/*' })],
  ['fetch of Node.js', (own) => ({ host: own, 'user-agent': 'node', accept: '*/*', 'sec-fetch-mode': 'cors' })],
  [
    'a page of the emulator itself',
    (own) => ({ host: own, origin: `http://${own}`, 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }),
  ],
  [
    'its page under a name of this machine',
    (own) => {
      const named = own.replace('127.0.0.1', 'localhost')
      return { host: named, origin: `http://${named}`, 'sec-fetch-site': 'same-origin' }
    },
  ],
  [
    'an address that somebody has typed in',
    (own) => ({ host: own, 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-user': '?1', 'sec-fetch-dest': 'document' }),
  ],
])('%s is served', async (_what, headers) => {
  expect(await resets(headers(host))).toMatchObject({ status: 200, done: true })
})

describe('the host', () => {
  test.each([
    '127.0.0.1:4010',
    '[::1]:4010',
    '192.168.1.5',
    'localhost',
    'LOCALHOST:80',
    'console.localhost:4010',
    'emulator:4010',
    'host.docker.internal:4010',
    'emulator.example.com',
    'Emulator.Example.Com:443',
  ])('%s is one of its own', async (named) => {
    expect((await resets({ host: named })).status).toBe(200)
  })

  test.each([
    'evil.example',
    '127.0.0.1.evil.example:4010',
    'localhost.evil.example',
    'notlocalhost.',
    'emulator.example.com.evil.example',
    'evil.emulator.example.com',
    'localhost@evil.example',
    'evil.example#localhost',
    '1.2.3.4.5',
    'vod.cn-shanghai.aliyuncs.com',
    '[evil.example]',
    'a b',
  ])('%s is not', async (named) => {
    expect(await resets({ host: named })).toMatchObject({ status: 403, done: false })
  })

  test('is not what a proxy says it was', async () => {
    expect((await resets({ host: 'evil.example', 'x-forwarded-host': 'localhost', forwarded: 'host=localhost' })).status).toBe(403)
  })

  test('is told apart from the host of a request line with a whole URL: both count', async () => {
    expect((await resets({ host }, `http://${host}/_emulator/reset`)).status).toBe(200)
    expect((await resets({ host }, 'http://evil.example/_emulator/reset')).status).toBe(403)
    expect((await resets({ host: 'evil.example' }, `http://${host}/_emulator/reset`)).status).toBe(403)
  })

  test('need not be named by clients that know no better', async () => {
    expect((await resets({}, '/_emulator/reset', '1.0')).status).toBe(200)
  })

  test('of the public URL is one of its own, and so is its origin', async () => {
    const behind = await testEmulator({ publicUrl: 'https://media.example.org/' })
    const health = (headers: Headers) => send(behind.url, { target: '/_emulator/health', headers })
    try {
      expect((await health({ host: 'media.example.org' })).status).toBe(200)
      expect((await health({ host: '10.0.0.7:4010', origin: 'https://media.example.org', 'sec-fetch-site': 'same-origin' })).status).toBe(
        200,
      )
      expect((await health({ host: 'emulator.example.com' })).status).toBe(403)
    } finally {
      await behind.close()
    }
  })

  test('that is refused is named, with what to do about it', async () => {
    const { body } = await resets({ host: 'ci.example.org:4010' })
    expect(JSON.parse(body).error).toBe(
      'the control API does not answer under the host "ci.example.org:4010"; if it is the emulator\'s own, start it with --allow-host ci.example.org',
    )
  })
})

test.each([
  '/_emulator/../_emulator/reset',
  '//_emulator/reset',
  '/./_emulator/reset',
  '/%5Femulator/reset',
  '/_emulator%2Freset',
  '/_emulator/%72eset',
  '/_EMULATOR/reset',
  '/_emulator/reset/',
  '/_emulator/reset?x=/../',
  '/_emulator/reset;x',
  '/_emulator\\reset',
  '/x?/_emulator/reset',
])('%s is no way around', async (target) => {
  expect(await resets({ host, origin: 'http://evil.example', 'sec-fetch-site': 'cross-site' }, target)).toMatchObject({ done: false })
  expect(await resets({ host: 'evil.example' }, target)).toMatchObject({ done: false })
})

describe('a token', () => {
  const token = 'not-to-be-guessed'
  let guarded: typeof emulator
  beforeAll(async () => {
    guarded = await testEmulator({ controlToken: token })
  })
  afterAll(() => guarded.close())

  test.each<[what: string, headers: Headers]>([
    ['none', {}],
    ['another one', { authorization: 'Bearer guessed' }],
    ['its beginning', { authorization: `Bearer ${token.slice(0, -1)}` }],
    ['more than it', { authorization: `Bearer ${token}x` }],
    ['another scheme', { authorization: `Basic ${token}` }],
  ])('%s: 401, for whatever is asked', async (_what, headers) => {
    for (const target of ['/_emulator/state', '/_emulator/health', '/_emulator/nope']) {
      const { status, head, body } = await send(guarded.url, { target, headers: { host: 'localhost', ...headers } })
      expect(status).toBe(401)
      expect(head.toLowerCase()).toContain('www-authenticate: bearer')
      expect(JSON.parse(body).error).toMatch(/token/)
      expect(body).not.toContain(token)
    }
  })

  test('does not help a web page of another origin', async () => {
    const headers = { host: 'localhost', authorization: `Bearer ${token}`, origin: 'http://evil.example' }
    expect((await send(guarded.url, { target: '/_emulator/health', headers })).status).toBe(403)
  })

  test('is brought by the client of the control API, and by those that it makes', async () => {
    await expect(createControl({ endpoint: guarded.url }).health()).rejects.toMatchObject({ code: 'Control.Refused', status: 401 })
    const control = createControl({ endpoint: guarded.url, controlToken: token })
    const account = await control.createAccount()
    const fork = await createControl(account).fork()
    expect(await createControl(fork).clock.get()).toMatchObject({ mode: 'manual' })
  })

  test('is nothing that the services ask for', async () => {
    const { status } = await send(guarded.url, { target: '/?Action=Nope', headers: { host: 'localhost' } })
    expect(status).toBe(400)
  })
})
