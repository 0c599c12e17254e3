import { describe, expect, test } from 'vitest'
import { cdnWorld, configOf } from './support.js'

/** A setting as DescribeVodDomainConfigs tells it. */
interface Shown {
  ConfigId: string
  FunctionName: string
  Status: string
  FunctionArgs: { FunctionArg: { ArgName: string; ArgValue: string }[] }
}

/** A world with a domain, and its settings as DescribeVodDomainConfigs tells them. */
async function configWorld() {
  const world = cdnWorld()
  await world.addDomain()
  const set = (functions: object[], DomainNames = 'cdn.example.com') =>
    world.refusal('BatchSetVodDomainConfigs', { DomainNames, Functions: JSON.stringify(functions) })
  const settings = async (FunctionNames: string, DomainName = 'cdn.example.com') => {
    const { body } = await world.call('DescribeVodDomainConfigs', { DomainName, FunctionNames })
    return (body.DomainConfigs.DomainConfig as Shown[]).map(({ ConfigId, FunctionName, FunctionArgs, Status }) => ({
      id: ConfigId,
      name: FunctionName,
      status: Status,
      args: Object.fromEntries(FunctionArgs.FunctionArg.map(({ ArgName, ArgValue }) => [ArgName, ArgValue])),
    }))
  }
  return { ...world, set, settings }
}

const ttl = (file_type: string, ttl: number, weight = 10) => configOf('filetype_based_ttl_set', { ttl, file_type, weight })

describe('a setting', () => {
  test('is on its way, tested, and then in force', async () => {
    const { set, settings, advance } = await configWorld()
    expect((await set([configOf('video_seek', { enable: 'on' })])).status).toBe(200)
    const statuses = [(await settings('video_seek'))[0]?.status]
    await advance('1s')
    statuses.push((await settings('video_seek'))[0]?.status)
    await advance('1s')
    statuses.push((await settings('video_seek'))[0]?.status)
    expect(statuses).toEqual(['configuring', 'testing', 'success'])
  })

  test('fails where a test has it fail, and the nodes go by what they had before', async () => {
    const { account, configure, set, settings, advance, store, get } = await configWorld()
    await store('film.mp4')
    await configure([configOf('ip_black_list_set', { ip_list: '10.0.0.1' })])
    await account.faults.add({
      action: 'BatchSetVodDomainConfigs',
      when: { DomainNames: 'cdn.example.com' },
      job: { fail: { code: 'Broken' } },
    })
    await set([configOf('ip_black_list_set', { ip_list: '10.0.0.2' })])
    await advance('10s')
    expect(await settings('ip_black_list_set')).toMatchObject([{ status: 'failed', args: { ip_list: '10.0.0.2' } }])
    const from = async (address: string) => (await get('http://cdn.example.com/film.mp4', { from: address })).status
    expect([await from('10.0.0.1'), await from('10.0.0.2')]).toEqual([403, 200])
  })

  test('of a function that a domain has once takes the place of the one before, under its id', async () => {
    const { configure, settings } = await configWorld()
    await configure([configOf('set_req_host_header', { domain_name: 'www.example.com' })])
    const id = (await settings('set_req_host_header'))[0]?.id
    await configure([configOf('set_req_host_header', { domain_name: 'origin.example.com' })])
    expect(await settings('set_req_host_header')).toEqual([
      { id, name: 'set_req_host_header', status: 'success', args: { domain_name: 'origin.example.com' } },
    ])
  })

  test('of a function that it may have several times stands beside the others, and is changed by its id', async () => {
    const { configure, settings } = await configWorld()
    await configure([ttl('txt', 13), ttl('jpg', 14)])
    const id = (await settings('filetype_based_ttl_set'))[1]?.id
    await configure([configOf('filetype_based_ttl_set', { file_type: 'jpg', ttl: 18, weight: 30 }, Number(id))])
    expect((await settings('filetype_based_ttl_set')).map(({ args }) => args)).toEqual([
      { ttl: '13', file_type: 'txt', weight: '10' },
      { file_type: 'jpg', ttl: '18', weight: '30' },
    ])
  })

  test.each([
    ['set_resp_header', { key: 'Cache-Control', value: 'no-store' }, { key: 'Cache-Control', value: 'max-age=1' }],
    ['error_page', { error_code: '404', rewrite_page: '/a.html' }, { error_code: '404', rewrite_page: '/b.html' }],
  ])('of %s takes the place of the one for the same thing', async (name, before, after) => {
    const { configure, settings } = await configWorld()
    await configure([configOf(name, before)])
    await configure([configOf(name, after)])
    expect((await settings(name)).map(({ args }) => args)).toEqual([after])
  })

  test.each([
    ['referer_white_list_set', { refer_domain_allow_list: 'a.com' }, 'referer_black_list_set', { refer_domain_deny_list: 'b.com' }],
    ['ip_allow_list_set', { ip_list: '10.0.0.1' }, 'ip_black_list_set', { ip_list: '10.0.0.1' }],
    ['https_force', { enable: 'on' }, 'http_force', { enable: 'on' }],
  ])('of %s gives way to one that excludes it', async (first, args, second, others) => {
    const { configure, settings } = await configWorld()
    await configure([configOf(first, args)])
    await configure([configOf(second, others)])
    expect((await settings(`${first},${second}`)).map(({ name }) => name)).toEqual([second])
  })

  test('gives way only once the other one is in force: nobody comes in meanwhile, nor where it fails', async () => {
    const { account, configure, set, settings, store, get, advance } = await configWorld()
    await store('film.mp4')
    await configure([configOf('ip_allow_list_set', { ip_list: '10.0.0.1' })])
    await account.faults.add({ action: 'BatchSetVodDomainConfigs', job: { fail: { code: 'Broken' } }, times: 1 })
    const stranger = async () => (await get('http://cdn.example.com/film.mp4', { from: '10.0.0.9' })).status
    const deny = [configOf('ip_black_list_set', { ip_list: '10.0.0.2' })]
    await set(deny)
    expect(await stranger()).toBe(403)
    await advance('10s')
    expect([(await settings('ip_allow_list_set')).length, await stranger()]).toEqual([1, 403])
    await configure(deny)
    expect([(await settings('ip_allow_list_set')).length, await stranger()]).toEqual([0, 200])
  })

  test('is set of several domains at once', async () => {
    const { addDomain, configure, settings } = await configWorld()
    await addDomain('b.example.com')
    await configure([configOf('range', { enable: 'force' })], 'cdn.example.com,b.example.com')
    expect([await settings('range'), await settings('range', 'b.example.com')]).toMatchObject([[{ name: 'range' }], [{ name: 'range' }]])
  })

  test('is deleted by its id, alone', async () => {
    const { configure, settings, call } = await configWorld()
    await configure([ttl('txt', 13), ttl('jpg', 14)])
    const id = (await settings('filetype_based_ttl_set'))[0]?.id ?? ''
    expect((await call('DeleteVodSpecificConfig', { DomainName: 'cdn.example.com', ConfigId: id })).status).toBe(200)
    expect(await settings('filetype_based_ttl_set')).toMatchObject([{ args: { file_type: 'jpg' } }])
  })
})

/** What each function takes, all of it at once. */
const right: [name: string, args: Record<string, unknown>][] = [
  ['referer_white_list_set', { refer_domain_allow_list: 'a.com,*.b.com', allow_empty: 'off' }],
  ['referer_black_list_set', { refer_domain_deny_list: 'a.com', allow_empty: 'on' }],
  ['filetype_based_ttl_set', { ttl: 0, file_type: 'txt,jpg', weight: 199 }],
  ['path_based_ttl_set', { ttl: 60, path: '/films/', weight: 99 }],
  ['oss_auth', { oss_bucket_id: 'files.oss-cn-shanghai.aliyuncs.com' }],
  ['ip_black_list_set', { ip_list: '10.0.0.1,192.168.0.0/16,2001:db8::/32' }],
  ['ip_allow_list_set', { ip_list: '10.0.0.1' }],
  ['ip_white_list_set', { ip_list: '10.0.0.1' }],
  ['error_page', { error_code: 404, rewrite_page: 'http://example.com/404.html' }],
  ['set_req_host_header', { domain_name: 'www.example.com' }],
  ['set_hashkey_args', { hashkey_args: 'a,b', disable: 'on' }],
  ['aliauth', { auth_type: 'type_a', auth_key1: 'firstkey1', auth_key2: 'secondkey2', ali_auth_delta: 600, ali_auth_remote_desc: 'x' }],
  ['aliauth', { auth_type: 'no_auth' }],
  ['set_resp_header', { key: 'Content-Language', value: 'zh' }],
  ['set_resp_header', { key: 'Expires', value: null }],
  ['https_force', { enable: 'off' }],
  ['http_force', { enable: 'on' }],
  ['l2_oss_key', { private_oss_auth: 'on' }],
  ['green_manager', { enable: 'on' }],
  ['range', { enable: 'force' }],
  ['video_seek', { enable: 'on' }],
  ['tmd_signature', { name: 'rule', path: '/', pathType: 0, interval: 10, count: 5, action: 1, ttl: 60 }],
  ['ali_business', { ali_business_type: 'x', ali_business_table: 'y' }],
  ['hls_token_rewrite', { enable: 'on', hls_token_arg_name: 'token' }],
]

test.each(right)('%s takes %j', async (name, args) => {
  const { set, settings } = await configWorld()
  expect((await set([configOf(name, args)])).reason).toBeUndefined()
  const shown = (await settings(name))[0]?.args
  expect(shown).toEqual(Object.fromEntries(Object.entries(args).map(([key, value]) => [key, String(value)])))
})

/** What no argument of the name may be, whatever the function. */
const wrong: Record<string, unknown[]> = {
  refer_domain_allow_list: ['', 'a.com,', 'http://a.com', 'a b'],
  refer_domain_deny_list: ['', '影.com'],
  allow_empty: ['', 'yes', true, 1],
  ttl: ['', -1, 1.5, '1e3', 1_000_000_000_000],
  file_type: ['', '.jpg', 'jpg,,txt', 'x'.repeat(17)],
  weight: [0, 200, '', 'high'],
  path: ['', 'films/', '/fi lms', `/${'x'.repeat(1024)}`],
  oss_bucket_id: ['', 'x'.repeat(1025), 'a\nb'],
  ip_list: ['', '10.0.0.256', '10.0.0.0/33', '::/129', '10.0.0.1/', '10.0.0.1 10.0.0.2'],
  error_code: [200, 600, '40', '4xx'],
  rewrite_page: ['', 'page.html', 'ftp://a.com/a', '/a b'],
  domain_name: ['', 'a_b.com', 'http://a.com', 'com'],
  hashkey_args: ['a b', 'a=b', 'x'.repeat(65)],
  disable: ['', 'force', false],
  auth_type: ['', 'type_d', 'TYPE_A'],
  auth_key1: ['', 'short', 'with-hyphen', 'x'.repeat(129)],
  auth_key2: ['', 'short', '密钥密钥密钥'],
  ali_auth_delta: ['', -1, '10m', 1_000_000_000],
  ali_auth_remote_desc: ['', 'x'.repeat(1025)],
  key: ['', 'X-Own', 'content-type', 'Set-Cookie'],
  value: ['', 'a\r\nb', '影', 'x'.repeat(1025)],
  enable: ['', 'On', true, 1],
  private_oss_auth: ['', 'maybe'],
  name: ['', 'a b', 'x'.repeat(65)],
  pathType: ['', 2, 'prefix'],
  interval: ['', 9, 86_401],
  count: ['', 0, 1_000_001],
  action: ['', 2, 'block'],
  ali_business_type: ['', 'x'.repeat(1025)],
  ali_business_table: ['', 'a\rb'],
  hls_token_arg_name: ['', 'a-b', 'x'.repeat(65)],
}

describe.each(right)('of %s %j', (name, args) => {
  test('every argument is held to what it may be', async () => {
    const { set } = await configWorld()
    for (const argument of Object.keys(args))
      for (const value of wrong[argument] ?? ['nothing is known to be wrong of it']) {
        const { code, reason } = await set([configOf(name, { ...args, [argument]: value })])
        expect([argument, value, code]).toEqual([argument, value, 'InvalidArgValue.Malformed'])
        expect(decodeURIComponent(reason ?? '')).toContain(`.argValue: ${argument} `)
      }
  })
})

const VALUE = 'InvalidArgValue.Malformed'
const MALFORMED = 'InvalidFunctions.Malformed'

describe.each<[functions: unknown, code: string, message: string, reason: RegExp]>([
  ['not JSON', MALFORMED, 'Specified Functions is malformed.', /is not JSON/],
  [[], MALFORMED, 'Specified Functions is malformed.', /its root/],
  [[{ functionName: 'range' }], MALFORMED, 'Specified Functions is malformed.', /0\.functionArgs/],
  [[configOf('range', {})], MALFORMED, 'Specified Functions is malformed.', /range needs enable/],
  [[configOf('range', { enable: null })], MALFORMED, 'Specified Functions is malformed.', /range needs enable/],
  [[configOf('range', { enable: 'on' }, 1)], MALFORMED, 'Specified Functions is malformed.', /0\.configId/],
  [
    [configOf('https_force', { enable: 'on' }), configOf('http_force', { enable: 'on' })],
    MALFORMED,
    'Specified Functions is malformed.',
    /exclude each other/,
  ],
  [[configOf('ali_ua', {})], 'InvalidFunctionName.ValueNotSupported', 'FunctionName ali_ua is not supported.', /0\.functionName/],
  [[configOf('gzip', { enable: 'on' })], 'InvalidFunctionName.ValueNotSupported', 'FunctionName gzip is not supported.', /functionName/],
  [[configOf('constructor', {})], 'InvalidFunctionName.ValueNotSupported', 'FunctionName constructor is not supported.', /functionName/],
  [[configOf('range', { open: 'on' })], 'InvalidArgName.ValueNotSupported', 'ArgName open is not supported.', /functionArgs\.0\.argName/],
  [
    [configOf('referer_white_list_set', { refer_domain_allow_list: 'a.com', 'allow_empty?': 'on' })],
    'InvalidArgName.ValueNotSupported',
    'ArgName allow_empty? is not supported.',
    /functionArgs\.1\.argName/,
  ],
  [[configOf('range', { enable: 'maybe' })], VALUE, 'Specified ArgValue is malformed.', /functionArgs\.0\.argValue: enable is none of/],
  [[ttl('txt', 13, 200)], VALUE, 'Specified ArgValue is malformed.', /weight/],
  [[ttl('t.x', 13)], VALUE, 'Specified ArgValue is malformed.', /file_type/],
  [[configOf('path_based_ttl_set', { ttl: 60, path: 'films/', weight: 1 })], VALUE, 'Specified ArgValue is malformed.', /path/],
  [[configOf('path_based_ttl_set', { ttl: 60, path: '/', weight: 100 })], VALUE, 'Specified ArgValue is malformed.', /weight/],
  [[configOf('ip_black_list_set', { ip_list: '10.0.0.1,10.0.0.0/33' })], VALUE, 'Specified ArgValue is malformed.', /ip_list holds/],
  [[configOf('aliauth', { auth_type: 'type_b' })], VALUE, 'Specified ArgValue is malformed.', /auth_key1/],
  [[configOf('aliauth', { auth_type: 'type_d', auth_key1: 'firstkey1' })], VALUE, 'Specified ArgValue is malformed.', /auth_type/],
  [[configOf('set_resp_header', { key: 'X-Own', value: 'a' })], VALUE, 'Specified ArgValue is malformed.', /key/],
  [[configOf('set_resp_header', { key: 'Expires', value: 'a\r\nb' })], VALUE, 'Specified ArgValue is malformed.', /value/],
  [
    [configOf('tmd_signature', { name: 'r', path: '/', pathType: 0, interval: 9, count: 5, action: 1, ttl: 60 })],
    VALUE,
    'Specified ArgValue is malformed.',
    /interval/,
  ],
  [
    [1, 2].map(() => configOf('tmd_signature', { name: 'r', path: '/', pathType: 0, interval: 10, count: 5, action: 1, ttl: 60 })),
    VALUE,
    'Specified ArgValue is malformed.',
    /a rule of the name r/,
  ],
])('BatchSetVodDomainConfigs with %j', (functions, code, message, reason) => {
  test(`is refused with ${code}, and changes nothing`, async () => {
    const { refusal, settings } = await configWorld()
    const first = configOf('green_manager', { enable: 'on' })
    const Functions = Array.isArray(functions) && functions.length > 0 ? JSON.stringify([...functions, first]) : JSON.stringify(functions)
    const refused = await refusal('BatchSetVodDomainConfigs', {
      DomainNames: 'cdn.example.com',
      Functions: functions === 'not JSON' ? '[' : Functions,
    })
    expect(refused).toMatchObject({ status: 400, code, message })
    expect(decodeURIComponent(refused.reason ?? '')).toMatch(reason)
    expect(await settings('green_manager')).toEqual([])
  })
})

test('a domain has settings of so many characters at most', async () => {
  const { set, settings } = await configWorld()
  const types = Array(3800).fill('abcdefghijklmnop').join()
  for (let time = 0; time < 4; time++) expect((await set([ttl(types, 60)])).status).toBe(200)
  expect(await set([ttl(types, 60)])).toMatchObject({ status: 400, code: MALFORMED, reason: expect.stringContaining('characters') })
  expect(await settings('filetype_based_ttl_set')).toHaveLength(4)
})
