/** Lists in pages, the index, what falls due, whole calls and HTTP archives. */

import { Ajv } from 'ajv'
import har from 'har-schema'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Call } from '../../src/index.js'
import type { Har } from '../../src/log/har.js'
import { VIDEO_URL } from '../support/cloud.js'
import { testEmulator } from '../support/sdk.js'

let emulator: Awaited<ReturnType<typeof testEmulator>>
beforeAll(async () => {
  emulator = await testEmulator({ settings: { limits: { enabled: false } } })
})
afterAll(() => emulator.close())

let accessKeyId: string
beforeEach(async () => {
  accessKeyId = (await emulator.control('POST', '/accounts')).body.accessKeyId
})

const ask = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(`${emulator.url}/_emulator${path}${path.includes('?') ? '&' : '?'}accessKeyId=${accessKeyId}`, init)
  // biome-ignore lint/suspicious/noExplicitAny: JSON
  return { status: response.status, headers: response.headers, body: (await response.json()) as any }
}
const call = async (action = 'SegmentVideoBody', params: object = { VideoUrl: VIDEO_URL }): Promise<string> =>
  (await emulator.control('POST', `/actions/videoseg/${action}?accessKeyId=${accessKeyId}`, params)).body.RequestId

describe('pages', () => {
  test('lead from one to the next, forwards and backwards', async () => {
    const ids = [await call(), await call(), await call()]
    const first = await ask('/jobs?limit=2')
    expect(first.body.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 2))
    expect(first.headers.get('x-total-count')).toBe('3')
    const next = /^<(.*)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1] ?? ''
    const second = await fetch(new URL(next, emulator.url))
    expect(((await second.json()) as { id: string }[]).map(({ id }) => id)).toEqual(ids.slice(2))
    expect(second.headers.get('link')).toBeNull()
    expect((await ask('/requests?limit=1&order=desc')).body[0].requestId).toBe(ids[2])
    expect((await ask(`/requests?order=desc&after=${ids[2]}`)).body).toHaveLength(2)
  })

  test('are pages of what a query has found', async () => {
    const ids = [await call(), await call('GetAsyncJobResult', { JobId: 'x' }), await call()]
    const found = await ask('/requests/find?limit=1', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'SegmentVideoBody' }),
    })
    expect([found.body.length, found.body[0].requestId, found.headers.get('x-total-count')]).toEqual([1, ids[0], '2'])
  })

  test.each([
    ['limit=0', /limit/],
    ['limit=some', /limit/],
    ['limit=100000000', /limit/],
    ['after=nothing', /after: there is nothing with the id "nothing"/],
    ['order=up', /order/],
    ['limit=1&limit=2', /limit: is given twice/],
    ['page=2', /"page"/],
    ['__proto__=2', /"__proto__"/],
  ])('?%s is refused', async (query, reason) => {
    const { status, body } = await ask(`/jobs?${query}`)
    expect([status, body.error]).toEqual([400, expect.stringMatching(reason)])
  })
})

test('GET /accounts lists accounts, and no secrets', async () => {
  const { body } = await ask('/accounts')
  expect(body[0]).toMatchObject({ accessKeyId: 'testAccessKeyId', isDefault: true, clock: 'manual', scenarios: [] })
  expect(body.find((each: { accessKeyId: string }) => each.accessKeyId === accessKeyId)).toMatchObject({ isDefault: false })
  expect(JSON.stringify(body)).not.toContain('ecret')
})

test('GET /clock/due tells what falls due next', async () => {
  const [one, two] = [await call(), await call()]
  expect((await ask('/clock/due')).body).toEqual([
    { at: '2026-01-01T00:00:01.000Z', what: `job ${one} QUEUING → PROCESSING` },
    { at: '2026-01-01T00:00:01.000Z', what: `job ${two} QUEUING → PROCESSING` },
  ])
  expect((await ask('/clock/due?limit=1')).body).toHaveLength(1)
})

describe('the index', () => {
  test('is JSON for machines', async () => {
    const { body } = await emulator.control('GET', '')
    expect(body).toMatchObject({ name: 'vod-viapi-emulator', url: emulator.url })
    expect(body.routes).toContainEqual({ route: 'GET /health', summary: expect.any(String) })
  })

  test('is a page for browsers, without scripts, whatever host they name', async () => {
    const response = await fetch(`${emulator.url}/_emulator`, { headers: { accept: 'text/html' } })
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'/)
    const page = await response.text()
    expect(page).toContain('href="/_emulator/control.json"')
    expect(page).not.toContain('<script')
  })
})

test('GET /requests/<RequestId> has request and answer, headers and bodies included', async () => {
  const requestId = await call()
  const { body } = await ask(`/requests/${requestId}`)
  expect(body).toMatchObject({ requestId, action: 'SegmentVideoBody', status: 200 })
  expect(body.request).toMatchObject({
    path: '/',
    headers: { 'x-acs-action': 'SegmentVideoBody' },
    body: expect.stringContaining('VideoUrl='),
  })
  expect(JSON.parse(body.answer.body)).toMatchObject({ RequestId: requestId })
  expect(body.answer.headers['content-type']).toMatch(/^application\/json/)
  expect(body.answer.bytes).toBe(Buffer.byteLength(body.answer.body))
  expect(await ask('/requests/nothing')).toMatchObject({ status: 400, body: { error: expect.stringContaining('"nothing"') } })
})

describe('GET /requests/har', () => {
  const ajv = new Ajv({ strict: false, validateFormats: false })
  for (const [name, schema] of Object.entries(har))
    ajv.addSchema({ ...(schema as object), $schema: undefined }, name.replace(/^har$/, 'har.json'))

  test('is an HTTP archive of what a query asks for', async () => {
    const requestId = await call()
    await call('GetAsyncJobResult', { JobId: 'x' })
    const { body } = await ask('/requests/har?action=Segment*')
    expect([ajv.validate('har.json', body), ajv.errors]).toEqual([true, null])
    expect(body.log.entries).toHaveLength(1)
    const [{ request, response, comment }] = body.log.entries
    expect([comment, request.method, request.url]).toEqual([requestId, 'POST', 'https://videoseg.cn-shanghai.aliyuncs.com/'])
    expect(request.postData.text).toContain('VideoUrl=')
    expect(JSON.parse(response.content.text)).toMatchObject({ RequestId: requestId })
  })
})

describe('GET /requests/har of odd calls', () => {
  test.each<[what: string, call: Partial<Call>, request: object]>([
    ['no host', { host: '' }, { url: 'http://host.invalid/?Action=A' }],
    ['a host that is none', { host: 'a b' }, { url: 'http://host.invalid/?Action=A' }],
    ['a host with a password', { host: 'u:p@example.com' }, { url: 'http://host.invalid/?Action=A' }],
    ['no path', { path: '*', query: '' }, { url: 'http://127.0.0.1/*' }],
    ['a number sign', { query: 'Action=A#b' }, { url: 'http://127.0.0.1/?Action=A%23b' }],
    [
      'bytes that are no text',
      { method: 'POST', body: Buffer.from([0xff]) },
      { postData: { text: '\ufffd', comment: expect.stringContaining('UTF-8') } },
    ],
  ])('with %s', async (_what, call, request) => {
    const { cloud } = emulator
    const account = cloud.createAccount()
    const key = account.credentials.accessKeyId
    const host = call.host ?? '127.0.0.1'
    await cloud.handle({
      method: 'GET',
      path: '/',
      query: 'Action=A',
      body: new Uint8Array(),
      ...call,
      host,
      headers: { host, 'x-acs-accesskey-id': key, authorization: `ACS3-HMAC-SHA256 Credential=${key},SignedHeaders=host,Signature=0` },
    })
    const { log } = [account, cloud.account()]
      .map((each) => each.log.har({}, { name: 'a', version: '1' }))
      .find((each) => each.log.entries.length > 0) as Har
    expect(log.entries.at(-1)?.request).toMatchObject(request)
    expect(() => new URL(log.entries.at(-1)?.request.url ?? '')).not.toThrow()
  })
})

describe('POST /actions/<service>/<Action>', () => {
  test.each([
    ['vod/Nope', /there is no Action Nope/],
    ['nope/GetVideoInfo', /GetVideoInfo is an Action of vod/],
  ])('%s is refused', async (path, reason) => {
    const { status, body } = await emulator.control('POST', `/actions/${path}`, {})
    expect([status, body.error]).toEqual([400, expect.stringMatching(reason)])
  })

  test('is called by the key that is named, with what that may', async () => {
    const { body: user } = await emulator.control('POST', `/ram/users?accessKeyId=${accessKeyId}`, { name: 'alice', allow: ['vod:Get*'] })
    const path = `/actions/videoseg/SegmentVideoBody?accessKeyId=${user.accessKeyId}`
    expect(await emulator.control('POST', path, { VideoUrl: VIDEO_URL })).toMatchObject({ status: 403, body: { Code: 'NoPermission' } })
  })

  test('takes lists and objects as JSON has them', async () => {
    await emulator.control('POST', `/actions/vod/GetVideoInfos?accessKeyId=${accessKeyId}`, { VideoIds: ['a', 'b'] })
    await call('SegmentVideoBody', { VideoUrl: VIDEO_URL, Boxes: [{ W: 1 }] })
    const { body } = await ask('/requests')
    expect(body.map(({ params }: { params: object }) => params)).toEqual([
      expect.objectContaining({ VideoIds: 'a,b' }),
      expect.objectContaining({ 'Boxes.1.W': '1' }),
    ])
  })
})
