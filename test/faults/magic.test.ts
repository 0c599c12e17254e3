/** Magic inputs: every row of the tables in docs/faults.md, through the official SDKs, and what else holds of them. */

import { readFileSync } from 'node:fs'
import imageenhan, * as sdk from '@alicloud/imageenhan20190930'
import { Config } from '@alicloud/openapi-client'
import AliOss from 'ali-oss'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Emulator, startEmulator } from '../../emulator/index.js'
import type { SigningKey } from '../../src/signing/sign.js'
import { testCloud } from '../support/cloud.js'
import { openApi, popCore } from '../support/sdk.js'
import { decode, sample } from '../vod/support.js'

/** The rows of a table of docs/faults.md, cell by cell, without the marks of code. */
function rowsOf(name: string): string[][] {
  const page = readFileSync('docs/faults.md', 'utf8')
  const [, table = ''] = page.split(`<!-- generated: ${name} -->`)
  const lines = table.slice(0, table.indexOf('<!-- end')).trim().split('\n').slice(2)
  return lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  )
}

let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator({ port: 0, clock: 'manual' })
  emulator.cloud.account().oss.createBucket('magic', 'cn-shanghai')
})
afterAll(() => emulator.close())

const KEY = { accessKeyId: 'testAccessKeyId', accessKeySecret: 'testAccessKeySecret' }

const vod = (key: SigningKey) => popCore({ url: emulator.url, key, version: '2017-03-21' }, 'POST')
const videoenhan = (key: SigningKey) => openApi({ url: emulator.url, key, version: '2020-03-20' }, 'form')
const typedClient = (key: SigningKey) => {
  // As it is imported by Node.js, and as by Vitest.
  const Client = ('default' in imageenhan ? imageenhan.default : imageenhan) as typeof imageenhan.default
  return new Client(new Config({ ...key, endpoint: new URL(emulator.url).host, protocol: 'http' }))
}
const oss = (key: SigningKey, more: object = {}) =>
  new AliOss({ endpoint: emulator.url, bucket: 'magic', region: 'oss-cn-shanghai', ...key, ...more } as AliOss.Options)

const imageAt = (url: string, key: SigningKey = KEY) =>
  typedClient(key).makeSuperResolutionImage(new sdk.MakeSuperResolutionImageRequest({ url }))

/** What an SDK throws. */
interface Thrown {
  code?: string
  status?: number
  statusCode?: number
  entry?: { response?: { statusCode: number; headers: Record<string, string> } }
}

const thrown = (call: Promise<unknown>): Promise<Thrown | undefined> => call.then(() => undefined).catch((error: Thrown) => error)

const codeAndStatus = (error: Thrown | undefined): [string | undefined, number | undefined] => [
  error?.code,
  error?.status ?? error?.statusCode ?? error?.entry?.response?.statusCode,
]

describe.each(rowsOf('magic keys'))('the access key %s', (accessKeyId, ofVod, ofImages, ofVideos, ofOss) => {
  const key = { ...KEY, accessKeyId: accessKeyId as string }
  const code = accessKeyId?.slice('testAccessKeyId.'.length)

  test.each([
    ['pop-core', ofVod, () => vod(key)('GetVideoPlayAuth', { VideoId: 'x' }), 'InvalidAccessKeyId.NotFound', 404],
    ['imageenhan20190930', ofImages, () => imageAt('http://a.oss-cn-shanghai.aliyuncs.com/a.jpg', key), 'InvalidAccessKeyId.NotFound', 404],
    ['openapi-client', ofVideos, () => videoenhan(key)('SuperResolveVideo', { VideoUrl: 'x' }), 'InvalidAccessKeyId.NotFound', 404],
    ['ali-oss', ofOss, () => oss(key).get('anything'), 'InvalidAccessKeyId', 403],
  ] as const)('%s: is refused with %s', async (_sdk, status, call, otherwise, otherStatus) => {
    const expected = status === '' ? [otherwise, otherStatus] : [code, Number(status)]
    expect(codeAndStatus(await thrown(call()))).toEqual(expected)
    const [entry] = emulator.cloud.account().log.all().slice(-1)
    expect(entry?.faults).toEqual(status === '' ? undefined : [`magic:${code}`])
  })
})

describe.each(rowsOf('magic files'))('the file %s', (file = '', ofImage, ofVideo, ofPull = '', ofUpload = '') => {
  const image = file.replace('.mp4', '.jpg')

  test(`MakeSuperResolutionImage: ${ofImage}`, async () => {
    expect((await thrown(imageAt(`http://a.oss-cn-shanghai.aliyuncs.com/in/${image}`)))?.code).toBe(ofImage)
  })

  test(`SuperResolveVideo: ${ofVideo}`, async () => {
    const { clock } = emulator.cloud.account()
    const call = videoenhan(KEY)
    const job = call('SuperResolveVideo', { VideoUrl: `http://a.oss-cn-shanghai.aliyuncs.com/in/${file}` })
    const told = async (): Promise<string> => {
      const { RequestId } = await job
      await clock.advance('2h')
      return (await call('GetAsyncJobResult', { JobId: RequestId })).Data.ErrorCode
    }
    expect(await told().catch(({ code }: Thrown) => code)).toBe(ofVideo)
  })

  /** Codes of the events of an account that say that something has failed. */
  const failures = (account: ReturnType<Emulator['cloud']['account']>): unknown[] =>
    account.events
      .list()
      .map(({ payload }) => payload as Record<string, unknown>)
      .filter(({ Status, ErrorCode }) => Status === 'fail' && ErrorCode !== undefined)
      .map(({ ErrorCode }) => ErrorCode)

  const expectOnly = (codes: unknown[], code: string): void => expect([...new Set(codes)]).toEqual(code === '' ? [] : [code])

  test(`UploadMediaByURL: ${ofPull || 'no harm'}`, async () => {
    const account = emulator.cloud.createAccount()
    const call = vod(account.credentials)
    const url = `http://example.com/in/${file}`
    const { UploadJobs } = await call('UploadMediaByURL', { UploadURLs: url })
    expect(UploadJobs).toHaveLength(1)
    await account.clock.advance('30h')
    expectOnly(failures(account), ofPull)
    const [info] = (await call('GetURLUploadInfos', { UploadURLs: url })).URLUploadInfoList
    expect(info.Status).toBe(ofPull === 'URLInvalidError' ? 'DOWNLOAD_FAIL' : 'SUCCESS')
    emulator.cloud.disposeAccount(account)
  })

  test(`CreateUploadVideo: ${ofUpload || 'no harm'}`, async () => {
    const account = emulator.cloud.createAccount()
    const call = vod(account.credentials)
    const { UploadAddress, UploadAuth, VideoId } = await call('CreateUploadVideo', { Title: 'film', FileName: `C:\\films\\${file}` })
    const { Bucket: bucket, FileName: name } = decode(UploadAddress)
    const { AccessKeyId: accessKeyId, AccessKeySecret: accessKeySecret, SecurityToken: stsToken } = decode(UploadAuth)
    const key = { accessKeyId: accessKeyId as string, accessKeySecret: accessKeySecret as string }
    await oss(key, { bucket, stsToken, refreshSTSTokenInterval: 1e9 }).put(name as string, sample('sample.mp4'))
    await account.clock.advance('30h')
    expectOnly(failures(account), ofUpload)
    const [{ Status }] = (await call('GetUploadDetails', { MediaIds: VideoId })).UploadDetails
    expect(Status).toBe(ofUpload === '' ? 'Normal' : 'TranscodeFail')
    emulator.cloud.disposeAccount(account)
  })
})

describe.each(rowsOf('magic objects'))('the object %s', (name = '', status) => {
  const code = /emulator-([A-Za-z]+)/.exec(name)?.[1]

  test.each([
    ['put', (object: string) => oss(KEY).put(object, Buffer.from('x'))],
    ['get', (object: string) => oss(KEY).get(object)],
    ['delete', (object: string) => oss(KEY).delete(object)],
    ['initMultipartUpload', (object: string) => oss(KEY).initMultipartUpload(object)],
    ['append', (object: string) => oss(KEY).append(object, Buffer.from('x'))],
  ] as const)('%s is refused', async (_operation, call) => {
    expect(codeAndStatus(await thrown(call(`folder/${name}`)))).toEqual([code, Number(status)])
    expect(emulator.cloud.account().log.all().at(-1)?.faults).toEqual([`magic:${code}`])
  })
})

describe('access keys', () => {
  const call = (key: SigningKey, world = testCloud()) => world.call('vod.GetVideoPlayAuth', { VideoId: 'x' }, { key })

  test('the reply is marked', async () => {
    const { status, headers, body } = await call({ ...KEY, accessKeyId: 'testAccessKeyId.Forbidden' })
    expect([status, body.Code, headers['x-emulator-fault']]).toEqual([403, 'Forbidden', 'magic:Forbidden'])
    expect(headers['x-emulator-reason']).toContain('magic:Forbidden')
  })

  test('an error of the Action alone will do', async () => {
    const { status, body } = await call({ ...KEY, accessKeyId: 'testAccessKeyId.InvalidVideo.NotFound' })
    expect([status, body.Code]).toEqual([404, 'InvalidVideo.NotFound'])
  })

  test('a session has one with its own dot and its token', async () => {
    const world = testCloud()
    world.account.ram.putRole('worker', { allow: ['*'] })
    const session = world.account.ram.assumeRole('worker')
    const { body } = await call({ ...session, accessKeyId: `${session.accessKeyId}.Throttling.User` }, world)
    expect(body.Code).toBe('Throttling.User')
    expect(world.account.log.all().at(-1)).toMatchObject({ identity: session.identity.arn, faults: ['magic:Throttling.User'] })
  })

  test('a whole id counts before one with a code behind it', async () => {
    const own = { accessKeyId: 'testAccessKeyId.Forbidden', accessKeySecret: 'ownSecret' }
    const { body } = await call(own, testCloud({ accessKeys: [own] }))
    expect(body.Code).toBe('InvalidVideo.NotFound')
  })

  test.each([
    ['a wrong secret', { accessKeyId: 'testAccessKeyId.Throttling.User', accessKeySecret: 'wrong' }, 'SignatureDoesNotMatch', 'secret'],
    ['an id of nobody', { ...KEY, accessKeyId: 'nobody.Throttling.User' }, 'InvalidAccessKeyId.NotFound', 'no account has the access key'],
    ['no code', { ...KEY, accessKeyId: 'testAccessKeyId.' }, 'InvalidAccessKeyId.NotFound', 'no account has the access key'],
    [
      'a code that the Action does not have',
      { ...KEY, accessKeyId: 'testAccessKeyId.Throtling.User' },
      'InvalidAccessKeyId.NotFound',
      'vod.GetVideoPlayAuth does not have; did you mean "Throttling.User"?',
    ],
    [
      'a code that every object has',
      { ...KEY, accessKeyId: 'testAccessKeyId.constructor' },
      'InvalidAccessKeyId.NotFound',
      'does not have',
    ],
  ])('%s is refused as what it is', async (_what, key, code, reason) => {
    const { headers, body } = await call(key)
    expect(body.Code).toBe(code)
    expect(headers['x-emulator-reason']).toContain(reason)
    expect(headers).not.toHaveProperty('x-emulator-fault')
  })

  test('who may not call the Action is told so first', async () => {
    const world = testCloud()
    world.account.ram.putUser('guest', { deny: ['*'] })
    const key = world.account.ram.createAccessKey('guest')
    const { headers, body } = await call({ ...key, accessKeyId: `${key.accessKeyId}.Throttling.User` }, world)
    expect([body.Code, headers['x-emulator-fault']]).toEqual(['Forbidden', undefined])
  })
})

describe('file names', () => {
  const url = 'http://a.oss-cn-shanghai.aliyuncs.com/emulator-cannot-be-decoded.mp4'
  const submit = async (world: ReturnType<typeof testCloud>, VideoUrl: string) => {
    const { body } = await world.call('videoenhan.SuperResolveVideo', { VideoUrl })
    await world.account.clock.advance('1m')
    return (await world.call('videoenhan.GetAsyncJobResult', { JobId: body.RequestId })).body.Data
  }

  test('what a test has declared counts more', async () => {
    expect(await submit(testCloud({ assets: [{ url }] }), url)).toMatchObject({ Status: 'PROCESS_SUCCESS' })
  })

  test('a query and a fragment do not matter', async () => {
    expect(await submit(testCloud(), `${url}?Expires=1#t=3`)).toMatchObject({ ErrorCode: 'InvalidFile.Decode' })
  })

  test.each(['my-emulator-cannot-be-decoded.mp4', 'emulator-cannot-be-decoded/film.mp4', 'emulator-constructor.mp4', 'emulator-.mp4'])(
    '%s is a file like any other',
    async (name) => {
      expect(await submit(testCloud(), `http://a.oss-cn-shanghai.aliyuncs.com/${name}`)).toMatchObject({ Status: 'PROCESS_SUCCESS' })
    },
  )

  test('an object of the account is what its name says, whatever its bytes are', async () => {
    const world = testCloud()
    world.account.oss.createBucket('own', 'cn-shanghai')
    await world.account.oss.putObject('own', 'emulator-cannot-be-decoded.mp4', sample('sample.mp4'), {
      contentType: 'video/mp4',
      headers: {},
    })
    const ofObject = 'http://own.oss-cn-shanghai.aliyuncs.com/emulator-cannot-be-decoded.mp4'
    expect(await submit(world, ofObject)).toMatchObject({ ErrorCode: 'InvalidFile.Decode' })
  })
})

describe('names of objects', () => {
  test.each(['emulator-AccessDeniedOrNot.bin', 'my-emulator-AccessDenied.bin', 'emulator-AccessDenied/file.bin', 'emulator-constructor'])(
    '%s is an object like any other',
    async (name) => {
      await expect(oss(KEY).put(name, Buffer.from('x'))).resolves.toMatchObject({ name })
    },
  )

  test('a form that uploads one is refused', async () => {
    const client = oss(KEY)
    const { OSSAccessKeyId, Signature, policy } = client.calculatePostSignature({
      expiration: new Date(Date.now() + 3_600_000).toISOString(),
      conditions: [{ bucket: 'magic' }],
    }) as unknown as Record<string, string>
    const form = new FormData()
    const fields = { key: 'emulator-QuotaExceeded.bin', OSSAccessKeyId, policy, Signature }
    for (const [name, value] of Object.entries(fields)) form.append(name, value as string)
    form.append('file', new Blob(['x']), 'x.bin')
    const response = await fetch(`${emulator.url}/magic/`, { method: 'POST', body: form })
    expect([response.status, response.headers.get('x-emulator-fault')]).toEqual([403, 'magic:QuotaExceeded'])
    expect(await response.text()).toContain('<Code>QuotaExceeded</Code>')
  })
})
