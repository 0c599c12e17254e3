import { describe, expect, test } from 'vitest'
import { probeMedia } from '../../../src/media/probe.js'
import { sample } from '../support.js'
import { configOf, playWorld } from './support.js'

const film = 'content of a file'

describe('referers', () => {
  test.each<[functionName: string, args: object, referer: string | undefined, allowed: boolean]>([
    ['referer_white_list_set', { refer_domain_allow_list: 'a.com,*.b.com' }, 'https://a.com/page', true],
    ['referer_white_list_set', { refer_domain_allow_list: 'a.com,*.b.com' }, 'https://www.b.com/page', true],
    ['referer_white_list_set', { refer_domain_allow_list: 'a.com,*.b.com' }, 'https://c.com/', false],
    ['referer_white_list_set', { refer_domain_allow_list: 'a.com' }, undefined, true],
    ['referer_white_list_set', { refer_domain_allow_list: 'a.com', allow_empty: 'off' }, undefined, false],
    ['referer_black_list_set', { refer_domain_deny_list: 'a.com' }, 'https://a.com/page', false],
    ['referer_black_list_set', { refer_domain_deny_list: 'a.com' }, 'https://b.com/page', true],
    ['referer_black_list_set', { refer_domain_deny_list: 'a.com', allow_empty: 'off' }, undefined, false],
  ])('%s %j: %s', async (functionName, args, referer, allowed) => {
    const { configure, get, url } = await playWorld()
    await configure([configOf(functionName, args as Record<string, unknown>)])
    const { status, error } = await get(url, referer === undefined ? {} : { headers: { referer } })
    expect([status, error]).toEqual(allowed ? [200, undefined] : [403, expect.stringMatching(/^denied by Referer ACL/)])
  })
})

describe('addresses', () => {
  test.each<[functionName: string, ip_list: string, from: string | undefined, allowed: boolean]>([
    ['ip_black_list_set', '10.0.0.1,192.168.0.0/16', '10.0.0.1', false],
    ['ip_black_list_set', '10.0.0.1,192.168.0.0/16', '192.168.7.7', false],
    ['ip_black_list_set', '10.0.0.1,192.168.0.0/16', '10.0.0.2', true],
    ['ip_black_list_set', '2001:db8::/32', '2001:db8::1', false],
    ['ip_allow_list_set', '10.0.0.1', '10.0.0.1', true],
    ['ip_allow_list_set', '10.0.0.1', '10.0.0.2', false],
    ['ip_allow_list_set', '10.0.0.1', undefined, false],
  ])('%s of %s: %s', async (functionName, ip_list, from, allowed) => {
    const { configure, get, url } = await playWorld()
    await configure([configOf(functionName, { ip_list })])
    const { status, error } = await get(url, from === undefined ? {} : { from })
    expect([status, error]).toEqual(allowed ? [200, undefined] : [403, expect.stringMatching(/^denied by IP ACL/)])
  })

  test('are those that a proxy forwards for', async () => {
    const { configure, get, url } = await playWorld()
    await configure([configOf('ip_black_list_set', { ip_list: '10.0.0.1' })])
    const { status } = await get(url, { from: '127.0.0.1', headers: { 'x-forwarded-for': '10.0.0.1, 127.0.0.1' } })
    expect(status).toBe(403)
  })
})

describe('how often one address may ask', () => {
  const rule = configOf('tmd_signature', { name: 'often', path: '/film', pathType: 0, interval: 10, count: 2, action: 0, ttl: 60 })

  test('is counted in periods; who asks too often is kept out for a while', async () => {
    const { configure, get, url, advance } = await playWorld()
    await configure([rule])
    const ask = async (from = '10.0.0.1') => (await get(url, { from })).status
    expect([await ask(), await ask(), await ask(), await ask('10.0.0.2')]).toEqual([200, 200, 403, 200])
    await advance('59s')
    expect(await ask()).toBe(403)
    await advance('1s')
    expect(await ask()).toBe(200)
  })

  test('does not matter for other paths, nor for addresses of ip_white_list_set', async () => {
    const { configure, get, url, store } = await playWorld()
    await store('other.mp4')
    await configure([rule, configOf('ip_white_list_set', { ip_list: '10.0.0.9' })])
    const ask = async (address: string, from: string) => (await get(address, { from })).status
    for (let time = 0; time < 4; time++) {
      expect(await ask('http://cdn.example.com/other.mp4', '10.0.0.1')).toBe(200)
      expect(await ask(url, '10.0.0.9')).toBe(200)
    }
  })

  test.each([
    ['0', '/film', '/film.mp4', 'denied by rule often'],
    ['1', '/film.mp4', '/film.mp4', 'human verification by rule often'],
    ['1', '/film', '/film.mp4', undefined],
  ])('action %s of path %s: %s is answered with %s', async (type, path, asked, expected) => {
    const { configure, get } = await playWorld()
    await configure([configOf('tmd_signature', { name: 'often', path, pathType: type, interval: 10, count: 1, action: type, ttl: 60 })])
    const ask = () => get(`http://cdn.example.com${asked}`, { from: '10.0.0.1' })
    await ask()
    expect((await ask()).error).toBe(expected)
  })

  test('is counted anew by a rule that is new, though it has the name of one that is gone', async () => {
    const { call, configure, get, url } = await playWorld()
    const ask = async () => (await get(url, { from: '10.0.0.1' })).status
    await configure([rule])
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 403])
    const asked = { DomainName: 'cdn.example.com', FunctionNames: 'tmd_signature' }
    const [{ ConfigId }] = (await call('DescribeVodDomainConfigs', asked)).body.DomainConfigs.DomainConfig
    await call('DeleteVodSpecificConfig', { DomainName: 'cdn.example.com', ConfigId })
    await configure([rule])
    expect(await ask()).toBe(200)
  })
})

describe('schemes', () => {
  test('https_force sends players to HTTPS', async () => {
    const { configure, get, url } = await playWorld()
    await configure([configOf('https_force', { enable: 'on' })])
    const { status, headers } = await get(`${url}?a=1`)
    expect([status, headers.location]).toEqual([301, 'https://cdn.example.com/film.mp4?a=1'])
    expect((await get(url, { https: true })).status).toBe(200)
  })

  test('http_force sends them away from it', async () => {
    const { configure, get, url } = await playWorld()
    await configure([configOf('http_force', { enable: 'on' })])
    const { status, headers } = await get(url, { https: true })
    expect([status, headers.location]).toEqual([301, url])
    expect((await get(url)).status).toBe(200)
  })
})

describe('answers', () => {
  test('set_resp_header adds headers, and takes them away', async () => {
    const { configure, get, url } = await playWorld()
    await configure([
      configOf('set_resp_header', { key: 'Content-Language', value: 'zh' }),
      configOf('set_resp_header', { key: 'Content-Type', value: null }),
    ])
    const { headers } = await get(url)
    expect([headers['content-language'], headers['content-type']]).toEqual(['zh', undefined])
  })

  test.each([
    ['a file', {}, 200],
    ['a file that has not changed', { 'if-none-match': '*' }, 304],
    ['a file that is not as it should be', { 'if-match': '"other"' }, 412],
    ['a refusal', { referer: 'http://b.com/' }, 403],
  ])('set_resp_header is for all of them: %s', async (_title, headers, expected) => {
    const { configure, get, url } = await playWorld()
    await configure([
      configOf('set_resp_header', { key: 'Cache-Control', value: 'no-store' }),
      configOf('referer_black_list_set', { refer_domain_deny_list: 'b.com' }),
    ])
    const answered = await get(url, { headers })
    expect([answered.status, answered.headers['cache-control']]).toEqual([expected, 'no-store'])
  })

  test.each([
    ['404', 'none.mp4', {}],
    ['403', 'film.mp4', { referer: 'http://b.com/' }],
    ['412', 'film.mp4', { 'if-match': '"other"' }],
  ])('error_page is for %s', async (error_code, file, headers) => {
    const { configure, get } = await playWorld()
    await configure([
      configOf('error_page', { error_code, rewrite_page: '/sorry.html' }),
      configOf('referer_black_list_set', { refer_domain_deny_list: 'b.com' }),
    ])
    const answered = await get(`http://cdn.example.com/${file}`, { headers: headers as Record<string, string> })
    expect([answered.status, answered.headers.location]).toEqual([302, '/sorry.html'])
  })

  test('error_page sends players to another page', async () => {
    const { configure, get } = await playWorld()
    await configure([configOf('error_page', { error_code: 404, rewrite_page: 'http://example.com/404.html' })])
    const { status, headers } = await get('http://cdn.example.com/none.mp4')
    expect([status, headers.location]).toEqual([302, 'http://example.com/404.html'])
  })

  test('video_seek lets players begin later in an FLV file', async () => {
    const { configure, store, get } = await playWorld()
    const bytes = sample('sample.flv')
    await store('film.flv', bytes, 'video/x-flv')
    const ask = (query: string) => get(`http://cdn.example.com/film.flv?${query}`)
    expect((await ask('start=100')).bytes).toEqual(bytes)
    await configure([configOf('video_seek', { enable: 'on' })])
    const from = await ask('start=100&end=300')
    expect([from.status, from.headers['content-length']]).toEqual([200, '213'])
    expect(from.bytes).toEqual(Buffer.concat([bytes.subarray(0, 13), bytes.subarray(100, 300)]))
    for (const none of ['start=x', `start=${bytes.length + 1}`, 'start=0', 'end=-1']) expect((await ask(none)).bytes).toEqual(bytes)
  })
})

test('video_seek lets players begin later in an MP4 file, and end earlier', async () => {
  const { configure, store, get } = await playWorld()
  const bytes = sample('sample.mp4')
  await store('film.mp4', bytes)
  const ask = async (query: string) => (await get(`http://cdn.example.com/film.mp4?${query}`)).bytes
  const lengthOf = async (file: Buffer) =>
    (await probeMedia({ size: file.length, read: (at, count) => file.subarray(at, at + count) }))?.duration
  expect(await ask('start=1')).toEqual(bytes)
  await configure([configOf('video_seek', { enable: 'on' })])
  const whole = (await lengthOf(bytes)) ?? 0
  const start = await ask('end=0.5')
  expect(await lengthOf(start)).toBeCloseTo(0.5, 0)
  expect(start.length).toBeLessThan(bytes.length)
  const rest = await ask('start=0.01')
  expect(await lengthOf(rest)).toBeCloseTo(whole, 0)
  for (const none of [`start=${whole + 60}`, 'start=x']) expect(await ask(none)).toEqual(bytes)
})

test.each(['', 'ftyp', 'moov'])('video_seek sends what only looks like an MP4 file as it is: %s', async (type) => {
  const { configure, store, get } = await playWorld()
  const bytes = sample('sample.mp4')
  const broken = type === '' ? Buffer.from('no film') : Buffer.from(bytes)
  if (type !== '') broken.writeUInt32BE(0xff_ff_ff, broken.indexOf(type, 0, 'latin1') - 4)
  await store('film.mp4', broken)
  await configure([configOf('video_seek', { enable: 'on' })])
  expect((await get('http://cdn.example.com/film.mp4?start=1')).bytes).toEqual(broken)
})

describe('copies of files on the nodes', () => {
  const cacheOf = async (world: Awaited<ReturnType<typeof playWorld>>, url = world.url) => {
    const { headers } = await world.get(url)
    return [headers['x-cache']?.split(' ')[0], headers['x-swift-cachetime'], headers.age]
  }

  test('are there from the first request on, as long as rules say', async () => {
    const world = await playWorld()
    await world.configure([
      configOf('filetype_based_ttl_set', { file_type: 'mp4', ttl: 100, weight: 1 }),
      configOf('path_based_ttl_set', { path: '/', ttl: 50, weight: 2 }),
    ])
    expect(await cacheOf(world)).toEqual(['MISS', '50', '0'])
    await world.advance('49s')
    expect(await cacheOf(world)).toEqual(['HIT', '50', '49'])
    await world.advance('1s')
    expect(await cacheOf(world)).toEqual(['MISS', '50', '0'])
  })

  test('are of the file as it was', async () => {
    const world = await playWorld()
    await world.get(world.url)
    await world.store('film.mp4', 'another content')
    expect(await cacheOf(world)).toEqual(['MISS', expect.any(String), '0'])
  })

  test('are one for each query, but for parameters that set_hashkey_args leaves out', async () => {
    const world = await playWorld()
    const ask = async (query: string) => (await cacheOf(world, `${world.url}?${query}`))[0]
    expect([await ask('a=1'), await ask('a=2')]).toEqual(['MISS', 'MISS'])
    await world.configure([configOf('set_hashkey_args', { disable: 'on', hashkey_args: 'b' })])
    expect([await ask('a=1&b=1'), await ask('a=2&b=1'), await ask('a=2&b=2')]).toEqual(['MISS', 'HIT', 'MISS'])
  })
})

test('HEAD tells of a file without sending it, other methods are refused', async () => {
  const { get, url } = await playWorld()
  const head = await get(url, { method: 'HEAD' })
  expect([head.status, head.headers['content-length'], head.bytes.length]).toEqual([200, String(film.length), 0])
  expect((await get(url, { method: 'POST' })).status).toBe(405)
})
