/** URLs in answers have the address by which whoever asks has reached the emulator. */

import { request } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { sign } from '../../src/signing/sign.js'
import { VIDEO_URL } from '../support/cloud.js'
import { testEmulator } from '../support/sdk.js'

type Options = Parameters<typeof testEmulator>[0]
let emulator: Awaited<ReturnType<typeof testEmulator>>
afterEach(() => emulator.close())

/** A call of an Action under a host that the client has taken, as a published port or a name in a network looks to it. */
function call(service: string, action: string, params: Record<string, string>, headers: Record<string, string>) {
  const { port } = new URL(emulator.url)
  const version = service === 'vod' ? '2017-03-21' : '2020-03-20'
  const key = { accessKeyId: 'testAccessKeyId', accessKeySecret: 'testAccessKeySecret' }
  const signed = sign('rpc', { host: headers.host ?? '', action, version, params, key })
  return new Promise<Record<string, string>>((resolve, reject) => {
    const sent = request(
      { port, method: 'POST', path: '/', headers: { ...signed.headers, ...headers } as Record<string, string> },
      async (response) => resolve(JSON.parse(Buffer.concat(await response.toArray()).toString())),
    )
    sent.on('error', reject).end(signed.body)
  })
}

/** Where an upload is to go, as CreateUploadVideo says. */
async function endpointFor(headers: Record<string, string>): Promise<string> {
  const { UploadAddress = '' } = await call('vod', 'CreateUploadVideo', { Title: 'x', FileName: 'x.mp4' }, headers)
  return JSON.parse(Buffer.from(UploadAddress, 'base64').toString()).Endpoint
}

const start = async (options: Options = {}) => {
  emulator = await testEmulator({ settings: { limits: { enabled: false } }, ...options })
  return emulator.url
}

const OWN = 'where it listens'

test.each<[what: string, headers: Record<string, string>, options: Options, expected: string]>([
  ['a published port', { host: 'localhost:14010' }, {}, 'http://localhost:14010'],
  ['another address of the machine', { host: '192.168.7.9:4010' }, {}, 'http://192.168.7.9:4010'],
  ['an address of version 6', { host: '[::1]:4010' }, {}, 'http://[::1]:4010'],
  ['a name in a network of containers', { host: 'emulator:4010' }, {}, 'http://emulator:4010'],
  ['the same in capitals', { host: 'Emulator:4010' }, {}, 'http://emulator:4010'],
  ['the host of containers', { host: 'host.docker.internal:4010' }, {}, 'http://host.docker.internal:4010'],
  ['a host of the service, whose name leads here', { host: 'vod.cn-shanghai.aliyuncs.com' }, {}, 'http://oss-cn-shanghai.aliyuncs.com'],
  [
    'a play domain, which says nothing of other hosts',
    { host: 'vod.example.com' },
    { settings: { vod: { domains: [{ name: 'vod.example.com' }] } } },
    OWN,
  ],
  ['the same at a port', { host: 'vod.cn-shanghai.aliyuncs.com:4010' }, {}, 'http://oss-cn-shanghai.aliyuncs.com:4010'],
  [
    'the same through a proxy that ends TLS',
    { host: 'emulator:4010', 'x-forwarded-host': 'vod.cn-shanghai.aliyuncs.com', 'x-forwarded-proto': 'https' },
    { trustProxy: true },
    'https://oss-cn-shanghai.aliyuncs.com',
  ],
  ['a name that a stranger may have', { host: 'example.com' }, {}, OWN],
  ['such a name that was allowed', { host: 'example.com' }, { allowHosts: ['example.com'] }, 'http://example.com'],
  ['a host that is none', { host: 'a/b@c' }, {}, OWN],
  ['a port that is none', { host: 'emulator:123456' }, {}, OWN],
  ['a port that is too large', { host: 'emulator:99999' }, {}, OWN],
  ['a name without an end', { host: 'a'.repeat(5000) }, {}, OWN],
  [
    'what a proxy is said to be, which nobody believes',
    { host: 'emulator:4010', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    {},
    'http://emulator:4010',
  ],
  [
    'a proxy that is believed',
    { host: 'emulator:4010', 'x-forwarded-host': 'media.example.com', 'x-forwarded-proto': 'https' },
    { trustProxy: true },
    'https://media.example.com',
  ],
  [
    'two proxies',
    { host: 'b:1', 'x-forwarded-host': 'media.example.com, inner', 'x-forwarded-proto': 'https,http' },
    { trustProxy: true },
    'https://media.example.com',
  ],
  ['a believed proxy that says nothing', { host: 'emulator:4010' }, { trustProxy: true }, 'http://emulator:4010'],
  ['any, with a public URL', { host: 'localhost:14010' }, { publicUrl: 'https://media.example.com/' }, 'https://media.example.com'],
])('reached by %s', async (_what, headers, options, expected) => {
  const url = await start(options)
  expect(await endpointFor(headers)).toBe(expected === OWN ? url : expected)
})

test('PUT /public-url sets it for all, and null takes it back', async () => {
  await start()
  expect((await emulator.control('GET', '/public-url')).body).toEqual({ publicUrl: null })
  expect(await emulator.control('PUT', '/public-url', { publicUrl: 'https://media.example.com/' })).toEqual({
    status: 200,
    body: { publicUrl: 'https://media.example.com' },
  })
  expect(await endpointFor({ host: 'localhost:14010' })).toBe('https://media.example.com')
  await emulator.control('PUT', '/public-url', { publicUrl: null })
  expect(await endpointFor({ host: 'localhost:14010' })).toBe('http://localhost:14010')
})

test.each([['ftp://x'], ['nowhere'], ['http://x?y'], ['http://x#y'], [7], [`http://${'a'.repeat(2000)}`]])(
  '%s is no public URL',
  async (publicUrl) => {
    await start()
    const { status, body } = await emulator.control('PUT', '/public-url', { publicUrl })
    expect([status, body.error]).toEqual([400, expect.stringMatching(/^publicUrl: /)])
    expect((await emulator.control('GET', '/public-url')).body).toEqual({ publicUrl: null })
  },
)

test('the result of a job has the address of the one who asks for it, though another has started it', async () => {
  await start()
  const { RequestId: JobId = '' } = await call('videoseg', 'SegmentVideoBody', { VideoUrl: VIDEO_URL }, { host: 'emulator:4010' })
  await emulator.control('POST', '/clock/advance', { by: '1m' })
  const resultFor = async (host: string) => {
    const { Data } = (await call('videoseg', 'GetAsyncJobResult', { JobId }, { host })) as unknown as { Data: { Result: string } }
    return new URL(JSON.parse(Data.Result).VideoUrl)
  }
  expect((await resultFor('localhost:14010')).host).toBe('localhost:14010')
  const own = await resultFor('emulator:4010')
  expect(own.host).toBe('emulator:4010')
  // The signature is valid wherever it is used.
  expect((await fetch(emulator.url + own.pathname + own.search)).status).toBe(200)
})

test('events have the address of the latest call, or where the emulator listens', async () => {
  const url = await start()
  const upload = async () => {
    const { UploadAddress = '', UploadAuth = '' } = await call(
      'vod',
      'CreateUploadVideo',
      { Title: 'x', FileName: 'x.mp4' },
      { host: 'emulator:4010' },
    )
    return { place: JSON.parse(Buffer.from(UploadAddress, 'base64').toString()), auth: UploadAuth }
  }
  expect((await upload()).place.Endpoint).toBe('http://emulator:4010')
  expect(emulator.cloud.addresses.of(emulator.cloud.account())).toBe('http://emulator:4010')
  // What one account is reached by is nothing to another.
  expect(emulator.cloud.addresses.of(emulator.cloud.createAccount())).toBe(url)
})

test('a file is declared under any address of the emulator', async () => {
  await start()
  await call('vod', 'GetCategories', {}, { host: 'localhost:14010' })
  await call('vod', 'GetCategories', {}, { host: 'emulator:4010' })
  const account = emulator.cloud.account()
  await account.putAssets([{ url: 'http://localhost:14010/bucket/film.mp4', duration: 7 }])
  expect(account.assetOf('http://emulator:4010/bucket/film.mp4')).toMatchObject({ duration: 7 })
  expect(account.assetOf('http://elsewhere:4010/bucket/film.mp4')?.duration).toBeUndefined()
})

test('however many hosts are named, few are remembered, and its own is among them', async () => {
  const url = await start()
  const { addresses } = emulator.cloud
  const account = emulator.cloud.account()
  for (let index = 0; index < 10_000; index++) addresses.reached(account, `http://host-${index}:1`)
  expect(addresses.isHere(new URL(url))).toBe(true)
  expect(addresses.isHere(new URL('http://host-9999:1'))).toBe(true)
  expect(addresses.isHere(new URL('http://host-1:1'))).toBe(false)
})
