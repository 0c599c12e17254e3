import { describe, expect, test } from 'vitest'
import { cdnWorld, configOf, OUTSIDE, playWorld, SOURCES } from './support.js'

describe('a domain that is added', () => {
  test('is configured, then online, on the clock', async () => {
    const { call, statusOf, advance } = cdnWorld()
    await call('AddVodDomain', { DomainName: 'CDN.example.com', Sources: SOURCES })
    expect(await statusOf()).toBe('configuring')
    await advance('4s')
    expect(await statusOf()).toBe('configuring')
    await advance('1s')
    expect(await statusOf()).toBe('online')
  })

  test('is reviewed before if its origin is not the provider itself', async () => {
    const { call, statusOf, advance } = cdnWorld()
    await call('AddVodDomain', { DomainName: 'cdn.example.com', Sources: OUTSIDE })
    expect(await statusOf()).toBe('checking')
    await advance('2s')
    expect(await statusOf()).toBe('configuring')
    await advance('3s')
    expect(await statusOf()).toBe('online')
  })

  test('does not pass the review where its health check fails', async () => {
    const { account, call, statusOf, advance } = cdnWorld()
    await account.putAssets([{ url: 'http://cdn.example.com/health', defect: 'cannot be downloaded' }])
    await call('AddVodDomain', { DomainName: 'cdn.example.com', Sources: OUTSIDE, CheckUrl: 'cdn.example.com/health' })
    await advance('10s')
    expect(await statusOf()).toBe('check_failed')
  })

  test.each([
    ['Checking', 'check_failed'],
    ['Configuring', 'configure_failed'],
  ])('is %s for good where a test has it fail there', async (stage, status) => {
    const { account, call, statusOf, advance } = cdnWorld()
    await account.faults.add({ action: 'AddVodDomain', when: { DomainName: 'cdn.example.com' }, job: { fail: { code: 'Broken', stage } } })
    await call('AddVodDomain', { DomainName: 'cdn.example.com', Sources: SOURCES })
    await advance('10s')
    expect(await statusOf()).toBe(status)
  })

  test('is the host of play addresses once it is online, and not before', async () => {
    const { call, advance, upload, play } = cdnWorld()
    const VideoId = await upload()
    await advance('1m')
    const urlOf = async () => (await play(VideoId, { Formats: 'mp4' })).body.PlayInfoList.PlayInfo[0].PlayURL
    await call('AddVodDomain', { DomainName: 'cdn.example.com', Sources: SOURCES })
    expect(await urlOf()).toContain('.oss-cn-shanghai.aliyuncs.com/')
    await advance('10s')
    expect(await urlOf()).toMatch(/^http:\/\/cdn\.example\.com\//)
  })

  test('shows with all that was said of it', async () => {
    const { call, addDomain } = cdnWorld()
    await addDomain('cdn.example.com', { Sources: OUTSIDE, Scope: 'overseas' })
    const { DomainDetail } = (await call('DescribeVodDomainDetail', { DomainName: 'cdn.example.com' })).body
    expect(DomainDetail).toMatchObject({
      DomainName: 'cdn.example.com',
      Cname: 'cdn.example.com.w.alikunlun.net',
      Scope: 'overseas',
      SSLProtocol: 'off',
      Sources: { Source: [{ Type: 'ipaddr', Content: '1.1.1.1', Port: 80, Priority: '20', Enabled: 'online' }] },
    })
  })
})

test('UpdateVodDomain puts other origins in the place of those before', async () => {
  const { call, addDomain } = cdnWorld()
  await addDomain()
  const Sources =
    '[{"type":"domain","content":"origin.example.com","port":"443","priority":null},{"type":"ipaddr","content":"::1","priority":30}]'
  expect((await call('UpdateVodDomain', { DomainName: 'cdn.example.com', Sources })).status).toBe(200)
  const { Sources: shown } = (await call('DescribeVodDomainDetail', { DomainName: 'cdn.example.com' })).body.DomainDetail
  expect(shown.Source).toMatchObject([
    { Type: 'domain', Content: 'origin.example.com', Port: 443, Priority: '20' },
    { Type: 'ipaddr', Content: '::1', Port: 80, Priority: '30' },
  ])
})

describe('a domain that is stopped', () => {
  test('is offline after a while, serves nobody, and is no host of addresses', async () => {
    const { call, statusOf, advance, get, url, upload, play } = await playWorld()
    const VideoId = await upload()
    await advance('1m')
    await call('BatchStopVodDomain', { DomainNames: 'cdn.example.com' })
    expect([await statusOf(), (await get(url)).status]).toEqual(['configuring', 200])
    await advance('2s')
    const { status, error } = await get(url)
    expect([await statusOf(), status, error]).toEqual(['offline', 403, 'non-existent domain'])
    expect((await play(VideoId)).body.VideoBase.OutputType).toBe('oss')
  })

  test('keeps what is set of it, and serves again once it is started', async () => {
    const { call, statusOf, advance, get, url } = await playWorld()
    await call('BatchStopVodDomain', { DomainNames: 'cdn.example.com' })
    await advance('2s')
    await call('BatchStartVodDomain', { DomainNames: 'cdn.example.com' })
    expect([await statusOf(), (await get(url)).status]).toEqual(['configuring', 403])
    await advance('2s')
    expect([await statusOf(), (await get(url)).status]).toEqual(['online', 200])
  })

  test('is not added once more while it is on its way', async () => {
    const { call, refusal } = await playWorld()
    await call('BatchStopVodDomain', { DomainNames: 'cdn.example.com' })
    const again = await refusal('AddVodDomain', { DomainName: 'cdn.example.com', Sources: SOURCES })
    expect(again.code).toBe('DomainAlreadyExist')
  })

  test('of several, all or none', async () => {
    const { call, addDomain, refusal, advance, statusOf } = cdnWorld()
    await addDomain('a.example.com')
    await addDomain('b.example.com')
    expect((await refusal('BatchStopVodDomain', { DomainNames: 'a.example.com,none.example.com' })).code).toBe('InvalidDomain.NotFound')
    await call('BatchStopVodDomain', { DomainNames: 'a.example.com, b.example.com' })
    await advance('2s')
    expect([await statusOf('a.example.com'), await statusOf('b.example.com')]).toEqual(['offline', 'offline'])
  })
})

describe('a domain that is deleted', () => {
  test('is gone at once, for everybody', async () => {
    const { call, statusOf, get, url, advance } = await playWorld()
    await call('DeleteVodDomain', { DomainName: 'cdn.example.com' })
    expect((await call('DescribeVodUserDomains')).body).toMatchObject({ TotalCount: 0, Domains: { PageData: [] } })
    expect((await get(url)).status).not.toBe(200)
    expect(await statusOf()).toBe('ServiceBusy')
    await advance('2s')
    expect(await statusOf()).toBe('InvalidDomain.NotFound')
  })

  test('can be added again once its nodes are done with it, without what was set of it', async () => {
    const { call, refusal, advance, configure } = await playWorld()
    await configure([{ functionName: 'video_seek', functionArgs: [{ argName: 'enable', argValue: 'on' }] }])
    await call('DeleteVodDomain', { DomainName: 'cdn.example.com' })
    const again = { DomainName: 'cdn.example.com', Sources: SOURCES }
    expect(await refusal('AddVodDomain', again)).toMatchObject({ status: 403, code: 'ServiceBusy' })
    await advance('2s')
    expect((await call('AddVodDomain', again)).status).toBe(200)
    const { body } = await call('DescribeVodDomainConfigs', { DomainName: 'cdn.example.com', FunctionNames: 'video_seek' })
    expect(body.DomainConfigs).toEqual({ DomainConfig: [] })
  })

  test.each(['cdn.example.com', '.example.com'])('leaves no copies on the nodes: %s', async (DomainName) => {
    const { call, addDomain, store, get, advance } = cdnWorld()
    const cacheOf = async () => (await get(`http://cdn.example.com/film.mp4?long=${'x'.repeat(500)}`)).headers['x-cache']
    await addDomain(DomainName)
    await store('film.mp4')
    await call('BatchSetVodDomainConfigs', {
      DomainNames: DomainName,
      Functions: JSON.stringify([configOf('path_based_ttl_set', { path: '/', ttl: 3600 })]),
    })
    await advance('2s')
    expect([await cacheOf(), await cacheOf()]).toEqual(['MISS TCP_MISS', 'HIT TCP_MEM_HIT'])
    await call('DeleteVodDomain', { DomainName })
    await advance('2s')
    await addDomain(DomainName)
    expect(await cacheOf()).toBe('MISS TCP_MISS')
  })

  test('ends what it was on its way to', async () => {
    const { call, advance, statusOf } = cdnWorld()
    const domain = { DomainName: 'cdn.example.com', Sources: SOURCES }
    await call('AddVodDomain', domain)
    await call('DeleteVodDomain', { DomainName: 'cdn.example.com' })
    await advance('3s')
    await call('AddVodDomain', domain)
    await advance('4s')
    expect(await statusOf()).toBe('configuring')
  })
})

describe('the list of domains', () => {
  const names = ['a.example.com', 'b.example.org', 'ab.example.com']

  test.each<[string, Record<string, string | number>, string[]]>([
    ['all, in the order in which they were added', {}, names],
    ['by a part of the name', { DomainName: 'B.EXAMPLE' }, ['b.example.org', 'ab.example.com']],
    ['by its beginning', { DomainName: 'a', DomainSearchType: 'pre_match' }, ['a.example.com', 'ab.example.com']],
    ['by its end', { DomainName: '.org', DomainSearchType: 'suf_match' }, ['b.example.org']],
    ['by all of it', { DomainName: 'b.example.com', DomainSearchType: 'full_match' }, []],
    ['by status', { DomainStatus: 'offline' }, ['ab.example.com']],
    ['a page', { PageSize: 2, PageNumber: 2 }, ['ab.example.com']],
    ['by tags, which none has', { 'Tag.1.Key': 'key', 'Tag.1.Value': 'value' }, []],
  ])('has %s', async (_title, params, expected) => {
    const { call, addDomain, advance } = cdnWorld()
    for (const name of names) await addDomain(name)
    await call('BatchStopVodDomain', { DomainNames: 'ab.example.com' })
    await advance('2s')
    const { Domains } = (await call('DescribeVodUserDomains', params)).body
    expect(Domains.PageData.map(({ DomainName }: { DomainName: string }) => DomainName)).toEqual(expected)
  })
})

describe('a domain that stands for all names below it', () => {
  test('serves each of them, and PlayDomain may name one', async () => {
    const { addDomain, store, get, upload, advance, play } = cdnWorld()
    await addDomain('.example.com')
    await store('film.mp4')
    expect((await get('http://any.example.com/film.mp4')).status).toBe(200)
    const VideoId = await upload()
    await advance('1m')
    const { PlayInfoList } = (await play(VideoId, { PlayConfig: '{"PlayDomain":"one.example.com"}' })).body
    expect(new URL(PlayInfoList.PlayInfo[0].PlayURL).host).toBe('one.example.com')
  })
})

describe('proof of who owns a domain', () => {
  const verify = { DomainName: 'cdn.example.com', VerifyType: 'dnsCheck' }

  test('is a record in the DNS of its root', async () => {
    const { account, call, refusal } = cdnWorld()
    const { Content } = (await call('DescribeVodVerifyContent', { DomainName: 'cdn.example.com' })).body
    expect(Content).toMatch(/^verify_[0-9a-f]{32}$/)
    expect((await call('DescribeVodVerifyContent', { DomainName: 'example.com' })).body.Content).toBe(Content)
    expect((await refusal('VerifyVodDomainOwner', verify)).code).toBe('DomainOwnerVerifyFail')
    account.settings.change({ vod: { dns: [{ name: 'verification.example.com', txt: Content }] } })
    expect((await call('VerifyVodDomainOwner', verify)).body.Content).toBe(Content)
  })

  test('is asked for by the review once the account says what is in its DNS', async () => {
    const { account, call, advance, statusOf } = cdnWorld()
    account.settings.change({ vod: { dns: [{ name: 'verification.example.net', txt: 'verify_other' }] } })
    await call('AddVodDomain', { DomainName: 'cdn.example.com', Sources: SOURCES })
    await advance('10s')
    expect(await statusOf()).toBe('check_failed')
  })
})

describe('domains of the settings', () => {
  const declared = { vod: { domains: [{ name: 'set.example.com', auth: { key: 'aliyuncdnexp1234' } }] } }

  test('are there from the start, with what is set of them', async () => {
    const { call, statusOf } = cdnWorld({ settings: declared })
    expect(await statusOf('set.example.com')).toBe('online')
    const params = { DomainName: 'set.example.com', FunctionNames: 'aliauth' }
    const [config] = (await call('DescribeVodDomainConfigs', params)).body.DomainConfigs.DomainConfig
    expect(config).toMatchObject({ FunctionName: 'aliauth', Status: 'success' })
  })

  test('can be deleted, and do not come back with another setting', async () => {
    const { account, call, advance, statusOf } = cdnWorld({ settings: declared })
    await call('DeleteVodDomain', { DomainName: 'set.example.com' })
    await advance('2s')
    account.settings.change({ vod: { maxMedia: 5 } })
    expect(await statusOf('set.example.com')).toBe('InvalidDomain.NotFound')
    account.settings.change({ vod: { domains: [{ name: 'new.example.com' }] } })
    expect(await statusOf('new.example.com')).toBe('online')
  })

  test('and those that were added are in copies and documents of the account', async () => {
    const world = await playWorld({ settings: declared })
    const fork = await world.account.fork()
    const other = world.cloud.createAccount()
    await other.import(
      await world.account
        .export({ bytes: 'inline' })
        .then((document) => ({ ...document, tables: { ...document.tables, 'oss.buckets': [], 'oss.objects': [] } })),
    )
    for (const account of [fork, other]) {
      const { body } = await world.call('DescribeVodUserDomains', {}, { account })
      expect(body.Domains.PageData.map(({ DomainName }: { DomainName: string }) => DomainName)).toEqual([
        'set.example.com',
        'cdn.example.com',
      ])
    }
    world.cloud.disposeAccount(fork)
    expect((await world.get(world.url)).status).toBe(200)
  })
})

describe('domains of a world', () => {
  const domain = {
    name: 'world.example.com',
    status: 'online',
    scope: 'domestic',
    sources: [{ type: 'oss', content: 'files.oss-cn-shanghai.aliyuncs.com', port: 80, priority: '20' }],
    configs: [],
    configsMade: 0,
    createdAt: '-3d',
    modifiedAt: 'now',
  }

  test('are played through at once, and are domains as any others', async () => {
    const { account, call, store, get, advance, statusOf } = cdnWorld()
    await store('film.mp4')
    await account.worlds.apply({ description: 'a test', tables: { 'vod.domains': [domain] } })
    expect((await get('http://world.example.com/film.mp4')).status).toBe(200)
    await call('BatchStopVodDomain', { DomainNames: domain.name })
    await advance('2s')
    expect([await statusOf(domain.name), (await get('http://world.example.com/film.mp4')).status]).toEqual(['offline', 403])
  })

  test('are there from the start', async () => {
    const { call } = cdnWorld({ world: { description: 'a test', tables: { 'vod.domains': [domain] } } })
    const { DomainDetail } = (await call('DescribeVodDomainDetail', { DomainName: domain.name })).body
    expect(DomainDetail).toMatchObject({ DomainStatus: 'online', GmtCreated: '2025-12-29T00:00:00Z' })
  })
})

test('domains of one name in several accounts do not see each other', async () => {
  const { cloud, call, addDomain, store, get } = cdnWorld()
  const other = cloud.createAccount()
  await call('AddVodDomain', { DomainName: 'cdn.example.com', Sources: SOURCES }, { account: other })
  await other.clock.advance('10s')
  await addDomain()
  await store('film.mp4')
  expect((await get('http://cdn.example.com/film.mp4')).status).toBe(200)
  await call('DeleteVodDomain', { DomainName: 'cdn.example.com' }, { account: other })
  expect((await get('http://cdn.example.com/film.mp4')).status).toBe(200)
})
