/** How the console's files are served, and who is led to them. */

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '../../emulator/server/app.js'
import { CONSOLE_NONCE } from '../../src/base/fixtures.js'
import { createCloud } from '../../src/index.js'

const folder = mkdtempSync(join(tmpdir(), 'console-'))
const cloud = createCloud({ clock: 'manual' })
const app = buildApp(cloud, { consoleFolder: join(folder, 'built'), guard: { token: 'secret' } })

beforeAll(() => {
  mkdirSync(join(folder, 'built/assets'), { recursive: true })
  writeFileSync(join(folder, 'secret.txt'), 'nobody reads this')
  writeFileSync(
    join(folder, 'built/index.html'),
    `<!doctype html><title>console</title><script nonce="${CONSOLE_NONCE}" src="./assets/main-B7x2.js"></script>`,
  )
  writeFileSync(join(folder, 'built/assets/main-B7x2.js'), 'export {}')
  writeFileSync(join(folder, 'built/assets/main-C1.css'), 'p {}')
  writeFileSync(join(folder, 'built/icon.svg'), '<svg/>')
  symlinkSync(join(folder, 'secret.txt'), join(folder, 'built/link.txt'))
})
afterAll(async () => {
  await app.close()
  cloud.dispose()
  rmSync(folder, { recursive: true })
})

const HOST = '127.0.0.1:4010'
const get = (url: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
  app.inject({ method, url, headers: { host: HOST, ...headers } })

test.each([
  ['/_emulator/console/', 'text/html; charset=utf-8', 'no-store'],
  ['/_emulator/console/index.html', 'text/html; charset=utf-8', 'no-store'],
  ['/_emulator/console/?lang=zh', 'text/html; charset=utf-8', 'no-store'],
  ['/_emulator/console/assets/main-B7x2.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
  ['/_emulator/console/assets/main-C1.css', 'text/css; charset=utf-8', 'public, max-age=31536000, immutable'],
  ['/_emulator/console/icon.svg', 'image/svg+xml', 'no-cache'],
])('%s is served as %s, cached as %s, without a token', async (url, type, cache) => {
  const { statusCode, headers } = await get(url)
  expect([statusCode, headers['content-type'], headers['cache-control']]).toEqual([200, type, cache])
  expect(headers['x-content-type-options']).toBe('nosniff')
})

test('a file that has not changed is not sent again', async () => {
  const { headers } = await get('/_emulator/console/icon.svg')
  const again = await get('/_emulator/console/icon.svg', { 'if-none-match': String(headers.etag) })
  expect([again.statusCode, again.body]).toEqual([304, ''])
})

/** The policy that comes with a file, by its directives. */
async function policyOf(path: string, host = HOST): Promise<Record<string, string>> {
  const { headers } = await get(path, { host })
  return Object.fromEntries(
    String(headers['content-security-policy'])
      .split('; ')
      .map((each) => [each.slice(0, each.indexOf(' ')), each.slice(each.indexOf(' ') + 1)]),
  )
}

test.each([HOST, 'localhost:4010', '[::1]:4010', 'emulator'])(
  'the page may run its own scripts, wherever nothing else may be run: under %s',
  async (host) => {
    expect(await policyOf('/_emulator/console/', host)).toMatchObject({
      'default-src': "'none'",
      'script-src': expect.stringMatching(/^'nonce-[\w-]{22}'$/),
      'worker-src': "'none'",
      'connect-src': "'self' blob:",
      'media-src': "'self' data: blob:",
      'frame-ancestors': "'none'",
      'form-action': "'none'",
    })
  },
)

test('its scripts have the nonce of the answer that they came in, and no two answers the same', async () => {
  const { body, headers } = await get('/_emulator/console/')
  const nonce = /'nonce-([\w-]+)'/.exec(String(headers['content-security-policy']))?.[1] as string
  expect(body).toBe(`<!doctype html><title>console</title><script nonce="${nonce}" src="./assets/main-B7x2.js"></script>`)
  expect((await policyOf('/_emulator/console/'))['script-src']).not.toContain(nonce)
})

test('a picture of the console, opened as a page, runs nothing', async () => {
  expect((await policyOf('/_emulator/console/icon.svg'))['script-src']).toBe("'none'")
})

test('images and videos may come from the public URL', async () => {
  cloud.publicUrl = 'https://media.example.org/base'
  const { headers } = await get('/_emulator/console/')
  cloud.publicUrl = undefined
  expect(headers['content-security-policy']).toContain("media-src 'self' https://media.example.org data: blob:")
})

test.each([
  '/_emulator/console/../../secret.txt',
  '/_emulator/console/..%2f..%2fsecret.txt',
  '/_emulator/console/%2e%2e/secret.txt',
  '/_emulator/console/..\\secret.txt',
  '/_emulator/console//etc/passwd',
  '/_emulator/console/assets',
  '/_emulator/console/link.txt',
  '/_emulator/console/__proto__',
  '/_emulator/console/index.html%00.js',
])('%s is nothing that is served', async (url) => {
  const { statusCode, body } = await get(url)
  expect(statusCode).toBeGreaterThanOrEqual(400)
  expect(body).not.toContain('nobody reads this')
})

test('without a slash at its end, it is found all the same', async () => {
  const { statusCode, headers } = await get('/_emulator/console')
  expect([statusCode, headers.location]).toEqual([308, '/_emulator/console/'])
})

describe('who is led to it', () => {
  const BROWSER = { accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8' }

  test('a browser that asks for the address alone', async () => {
    const { statusCode, headers } = await get('/', BROWSER)
    expect([statusCode, headers.location, headers.vary]).toEqual([302, '/_emulator/console/', 'Accept'])
  })

  test.each<[what: string, url: string, headers: Record<string, string>]>([
    ['a program', '/', { accept: '*/*' }],
    ['a call of an Action', '/?Action=GetVideoList&Version=2017-03-21', BROWSER],
    ['a signed request to OSS', '/', { ...BROWSER, authorization: 'OSS testAccessKeyId:x' }],
    ["a bucket's own host", '/', { ...BROWSER, host: 'my-bucket.oss-cn-shanghai.aliyuncs.com' }],
    ['the host of OSS', '/', { ...BROWSER, host: 'oss-cn-shanghai.aliyuncs.com' }],
    ['the host of a service', '/', { ...BROWSER, host: 'vod.cn-shanghai.aliyuncs.com' }],
  ])('not %s', async (_what, url, headers) => {
    expect((await get(url, headers)).headers.location).toBeUndefined()
  })
})

describe('who may open it', () => {
  const page = '/_emulator/console/'
  const opened = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

  test.each<[what: string, headers: Record<string, string>, status: number]>([
    ['a link on a page of another site', { 'sec-fetch-site': 'cross-site', ...opened }, 200],
    ['a frame of another site', { 'sec-fetch-site': 'cross-site', ...opened, 'sec-fetch-dest': 'iframe' }, 403],
    ['a script of another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' }, 403],
    ['fetch of another site', { origin: 'http://evil.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }, 403],
    ['a name that was made to lead here', { host: 'evil.example' }, 403],
  ])('%s: %o → %i', async (_what, headers, status) => {
    expect((await get(page, headers)).statusCode).toBe(status)
  })

  test('that a link may lead to it opens no other control call', async () => {
    const headers = { authorization: 'Bearer secret', 'sec-fetch-site': 'cross-site', ...opened }
    expect((await get('/_emulator/state', headers)).statusCode).toBe(403)
  })
})

test('what is not built is said to be, with what to do about it', async () => {
  const empty = buildApp(cloud, { consoleFolder: join(folder, 'nothing') })
  const { statusCode, body } = await empty.inject({ url: '/_emulator/console/', headers: { host: HOST } })
  await empty.close()
  expect([statusCode, JSON.parse(body).error]).toEqual([404, expect.stringContaining('npm run build')])
})
