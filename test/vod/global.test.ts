import { describe, expect, test } from 'vitest'
import { storagesOf } from '../../src/products/vod/shared/storage/storages.js'
import { addApps } from '../support/apps.js'
import { download, testCloud } from '../support/cloud.js'

const URL_OF_256_BYTES = `http://example.com/${'a'.repeat(256 - 'http://example.com/'.length)}`

const HTTP = { CallbackType: 'HTTP', CallbackURL: 'http://developer.example.com' }
const MNS = { CallbackType: 'MNS', MnsEndpoint: 'http://1.mns.cn-shanghai.aliyuncs.com/', MnsQueueName: 'quene_name' }

describe('SetMessageCallback', () => {
  test.each([
    ['HTTP', { ...HTTP, EventTypeList: 'FileUploadComplete', AuthSwitch: 'on', AuthKey: 'Dsf346dvet' }],
    ['MNS', { ...MNS, EventTypeList: 'ALL' }],
    ['both, of which one counts', { ...HTTP, ...MNS, EventTypeList: 'AIComplete,TranscodeComplete' }],
    ['nothing on', { ...HTTP, EventTypeList: '' }],
    [
      'a URL of 256 bytes and a key of 32 characters',
      { ...HTTP, CallbackURL: URL_OF_256_BYTES, EventTypeList: 'ALL', AuthKey: `aA1${'x'.repeat(29)}` },
    ],
    ['an app of its own', { ...HTTP, EventTypeList: 'ALL', AppId: 'app-1000007' }],
  ])('sets what GetMessageCallback answers: %s', async (_case, params) => {
    const { call, account } = testCloud()
    addApps(account, 'app-1000007')
    expect(await call('vod.SetMessageCallback', params)).toMatchObject({ status: 200, body: { RequestId: expect.any(String) } })
    const { AppId = 'app-1000000' } = params as { AppId?: string }
    const { body } = await call('vod.GetMessageCallback', { AppId })
    expect(body.MessageCallback).toEqual({ AppId, ...params })
  })

  test('takes the place of all that was set before', async () => {
    const { call } = testCloud()
    await call('vod.SetMessageCallback', { ...HTTP, EventTypeList: 'ALL', AuthSwitch: 'on', AuthKey: 'Dsf346dvet' })
    await call('vod.SetMessageCallback', { CallbackURL: 'http://other.example.com' })
    const { body } = await call('vod.GetMessageCallback')
    expect(body.MessageCallback).toEqual({
      AppId: 'app-1000000',
      CallbackType: 'HTTP',
      CallbackURL: 'http://other.example.com',
      EventTypeList: '',
    })
  })

  test('answers in XML unless asked otherwise', async () => {
    const { send } = testCloud()
    // An empty Format is none.
    const { body } = await send('vod.SetMessageCallback', { ...HTTP, Format: '' })
    expect(body).toMatch(/^<\?xml .*<SetMessageCallbackResponse><RequestId>.*<\/SetMessageCallbackResponse>$/)
  })

  test.each([
    ['MissingParameter', 'CallbackURL', { CallbackType: 'HTTP' }],
    ['MissingParameter', 'CallbackURL', {}],
    ['MissingParameter', 'MnsEndpoint', { ...MNS, MnsEndpoint: '' }],
    ['MissingParameter', 'MnsQueueName', { ...MNS, MnsQueueName: '' }],
    ['InvalidParameter', 'CallbackType', { ...HTTP, CallbackType: 'http' }],
    ['InvalidParameter', 'CallbackURL', { CallbackURL: `${URL_OF_256_BYTES}a` }],
    ['InvalidParameter', 'CallbackURL', { CallbackURL: 'developer.example.com' }],
    ['InvalidParameter', 'CallbackURL', { CallbackURL: 'ftp://developer.example.com' }],
    ['InvalidParameter', 'CallbackURL', { CallbackURL: 'http://a.example.com,http://b.example.com' }],
    ['InvalidParameter', 'EventTypeList', { ...HTTP, EventTypeList: 'FileUploadCompleted' }],
    ['InvalidParameter', 'EventTypeList', { ...HTTP, EventTypeList: 'FileUploadComplete,,TranscodeComplete' }],
    ['InvalidParameter', 'EventTypeList', { ...HTTP, EventTypeList: 'ALL,FileUploadComplete' }],
    ['InvalidParameter', 'EventTypeList', { ...HTTP, EventTypeList: 'AIMediaAuditComplete' }],
    ['InvalidParameter', 'AuthSwitch', { ...HTTP, AuthSwitch: 'ON' }],
    ['InvalidParameter', 'AuthKey', { ...HTTP, AuthKey: 'dsf346dvet' }],
    ['InvalidParameter', 'AuthKey', { ...HTTP, AuthKey: 'DSF346DVET' }],
    ['InvalidParameter', 'AuthKey', { ...HTTP, AuthKey: 'DsfDvet' }],
    ['InvalidParameter', 'AuthKey', { ...HTTP, AuthKey: `aA1${'x'.repeat(30)}` }],
    ['InvalidParameter', 'MnsEndpoint', { ...MNS, MnsEndpoint: 'queue' }],
    ['InvalidParameter', 'AppId', { ...HTTP, AppId: 'default' }],
    ['InvalidParameter', 'AppId', { ...HTTP, AppId: 'app-7' }],
  ])('%s names %s, and changes nothing: %o', async (Code, param, params) => {
    const { call } = testCloud()
    const { status, body } = await call('vod.SetMessageCallback', params)
    expect({ status, Code: body.Code, Message: body.Message }).toEqual({
      status: 400,
      Code,
      Message: expect.stringContaining(`"${param}"`),
    })
    expect((await call('vod.GetMessageCallback')).body.MessageCallback).toEqual({ AppId: 'app-1000000' })
  })
})

describe('GetMessageCallback', () => {
  test('answers with the app alone where nothing is set', async () => {
    const { call, account } = testCloud()
    addApps(account, 'app-7')
    expect((await call('vod.GetMessageCallback', { AppId: 'app-7' })).body).toEqual({
      RequestId: expect.any(String),
      MessageCallback: { AppId: 'app-7' },
    })
  })

  test('refuses an AppId that is none', async () => {
    const { call } = testCloud()
    expect((await call('vod.GetMessageCallback', { AppId: 'seven' })).body).toMatchObject({ Code: 'InvalidParameter' })
  })
})

describe('DeleteMessageCallback', () => {
  test.each([
    ['of the app it names', { AppId: 'app-7' }, 'app-7', 'app-1000000'],
    ["of the system's app, if it names none", {}, 'app-1000000', 'app-7'],
  ])('deletes the callback %s, and no other', async (_case, params, gone, kept) => {
    const { call, account } = testCloud()
    addApps(account, 'app-7')
    for (const AppId of [gone, kept]) await call('vod.SetMessageCallback', { ...HTTP, AppId })
    expect((await call('vod.DeleteMessageCallback', params)).status).toBe(200)
    expect((await call('vod.GetMessageCallback', { AppId: gone })).body.MessageCallback).toEqual({ AppId: gone })
    expect((await call('vod.GetMessageCallback', { AppId: kept })).body.MessageCallback).toMatchObject(HTTP)
  })

  test('refuses an AppId that is none', async () => {
    const { call } = testCloud()
    expect((await call('vod.DeleteMessageCallback', { AppId: 'seven' })).body).toMatchObject({ Code: 'InvalidParameter' })
  })
})

const POLICY =
  '<cross-domain-policy><allow-access-from domain="*"/><allow-http-request-headers-from domain="*" headers="*" secure="false"/></cross-domain-policy>'

const LOCATION = 'outin-test.oss-cn-shanghai.aliyuncs.com'

const CROSSDOMAIN = { Content: POLICY, StorageLocation: LOCATION }

/** A cloud whose account has a bucket, and what is in its crossdomain.xml. */
async function storageCloud() {
  const made = testCloud()
  const { account } = made
  await account.turn.take(() => account.oss.createBucket('outin-test', 'cn-shanghai'))
  const content = async (): Promise<string | undefined> => {
    const bytes = await account.oss.object('outin-test', 'crossdomain.xml')?.content.bytes()
    return bytes && Buffer.from(bytes).toString()
  }
  return { ...made, content }
}

describe('SetCrossdomainContent', () => {
  test('puts the document into the storage, in place of the one before', async () => {
    const { call, content } = await storageCloud()
    expect((await call('vod.SetCrossdomainContent', { ...CROSSDOMAIN, Content: '<cross-domain-policy/>' })).status).toBe(200)
    expect(await content()).toBe('<cross-domain-policy/>')
    expect((await call('vod.SetCrossdomainContent', CROSSDOMAIN)).status).toBe(200)
    expect(await content()).toBe(POLICY)
  })

  test('is for a storage to which nothing has been uploaded yet, too', async () => {
    const { cloud, call } = testCloud({ settings: { vod: { storages: [{ location: 'my-media.oss-cn-beijing.aliyuncs.com' }] } } })
    const host = 'my-media.oss-cn-beijing.aliyuncs.com'
    expect((await call('vod.SetCrossdomainContent', { Content: POLICY, StorageLocation: host })).status).toBe(200)
    expect(String((await download(cloud, `http://${host}/crossdomain.xml`)).body)).toBe(POLICY)
  })

  test('is served at /crossdomain.xml: of the storage, of a play domain, and for the default account of the emulator itself', async () => {
    const { cloud, call, account } = testCloud({ settings: { vod: { domains: [{ name: 'play.example.com' }] } } })
    const [{ location }] = storagesOf(account)
    const policyAt = async (host: string): Promise<[number, string]> => {
      const { status, body } = await download(cloud, `http://${host}/crossdomain.xml`)
      return [status, String(body)]
    }
    expect((await policyAt('127.0.0.1:4010'))[0]).toBe(404)
    await call('vod.SetCrossdomainContent', { Content: POLICY, StorageLocation: location })
    for (const host of [location, 'play.example.com', '127.0.0.1:4010'])
      expect([host, ...(await policyAt(host))]).toEqual([host, 200, POLICY])
  })

  test('takes 2,048 characters, and the id of the account itself', async () => {
    const { call, content, account } = await storageCloud()
    const Content = `<p>${'é'.repeat(2041)}</p>`
    expect((await call('vod.SetCrossdomainContent', { ...CROSSDOMAIN, Content, ResourceRealOwnerId: account.accountId })).status).toBe(200)
    expect(await content()).toBe(Content)
  })

  test.each([
    [400, 'MissingParameter', { Content: '' }, '"Content"'],
    [400, 'MissingParameter', { StorageLocation: '' }, '"StorageLocation"'],
    [400, 'InvalidParameter', { Content: `<p>${'x'.repeat(2042)}</p>` }, '"Content"'],
    [400, 'InvalidParameter', { Content: '<cross-domain-policy>' }, '"Content"'],
    [400, 'InvalidParameter', { Content: 'allow all' }, '"Content"'],
    [404, 'InvalidStorage.NotFound', { StorageLocation: 'outin-other.oss-cn-shanghai.aliyuncs.com' }, 'StorageLocation'],
    [404, 'InvalidStorage.NotFound', { StorageLocation: 'outin-test.oss-cn-beijing.aliyuncs.com' }, 'StorageLocation'],
    [404, 'InvalidStorage.NotFound', { StorageLocation: 'outin-test' }, 'StorageLocation'],
    [403, 'Forbidden', { ResourceRealOwnerId: '3461111' }, 'not authorized'],
  ])('%i %s, and changes nothing: %o', async (status, Code, params, message) => {
    const { call, content } = await storageCloud()
    expect(await call('vod.SetCrossdomainContent', { ...CROSSDOMAIN, ...params })).toMatchObject({
      status,
      body: { Code, Message: expect.stringContaining(message) },
    })
    expect(await content()).toBeUndefined()
  })

  test('reaches the buckets of the own account only', async () => {
    const { call, cloud, content } = await storageCloud()
    expect(await call('vod.SetCrossdomainContent', CROSSDOMAIN, { account: cloud.createAccount() })).toMatchObject({
      body: { Code: 'InvalidStorage.NotFound' },
    })
    expect(await content()).toBeUndefined()
  })
})

describe('every Action of the chapter', () => {
  const actions = [
    ['SetMessageCallback', HTTP, 15],
    ['GetMessageCallback', {}, 10],
    ['DeleteMessageCallback', {}, 10],
    ['SetCrossdomainContent', CROSSDOMAIN, 10],
  ] as const

  test.each(actions)('%s is limited as documented', async (action, params, limit) => {
    const { call } = await storageCloud()
    const codes: string[] = []
    for (let made = 0; made <= limit; made++) codes.push((await call(`vod.${action}`, params)).body.Code ?? 'ok')
    expect(codes).toEqual([...Array(limit).fill('ok'), 'Throttling.User'])
  })

  test.each(actions)('%s is refused where the service is not open', async (action, params) => {
    const { call, account } = testCloud()
    account.settings.change({ services: { vod: 'notOpened' } })
    expect(await call(`vod.${action}`, params)).toMatchObject({
      status: 403,
      body: { Code: 'OperationDenied', Message: 'Your account does not open VOD service yet.' },
    })
    account.settings.change({ services: { vod: 'suspended' } })
    expect(await call(`vod.${action}`, params)).toMatchObject({
      status: 403,
      body: { Code: 'OperationDenied.Suspended', Message: 'Your VOD service is suspended.' },
    })
  })

  test.each(actions)('%s is refused to a RAM user who may not call it', async (action, params) => {
    const { call, account } = testCloud()
    account.ram.putUser('alice', { allow: ['vod:CreateUploadVideo'] })
    const key = account.ram.createAccessKey('alice')
    expect(await call(`vod.${action}`, params, { key })).toMatchObject({
      status: 403,
      body: { Code: 'Forbidden', Message: 'User not authorized to operate on the specified resource.' },
    })
  })
})

describe('the service', () => {
  test.each([
    'vod.cn-shanghai.aliyuncs.com',
    'vod.cn-beijing.aliyuncs.com',
    'vod.cn-shenzhen.aliyuncs.com',
    'vod.ap-southeast-1.aliyuncs.com',
    'vod.ap-southeast-5.aliyuncs.com',
    'vod.ap-south-1.aliyuncs.com',
    'vod.eu-central-1.aliyuncs.com',
    'vod.ap-northeast-1.aliyuncs.com',
    'vod.aliyuncs.com',
    '127.0.0.1:4010',
  ])('is reached at %s', async (host) => {
    const { call } = testCloud()
    expect((await call('vod.GetMessageCallback', {}, { host })).status).toBe(200)
  })

  test('has no endpoint elsewhere', async () => {
    const { call } = testCloud()
    expect(await call('vod.GetMessageCallback', {}, { host: 'vod.us-west-1.aliyuncs.com' })).toMatchObject({
      status: 400,
      body: { Code: 'UnsupportedOperation', Message: 'The specified action is not supported.' },
    })
  })
})
