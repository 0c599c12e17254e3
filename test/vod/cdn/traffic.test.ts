import { describe, expect, test } from 'vitest'
import { cdnWorld, playWorld } from './support.js'

interface Module {
  TimeStamp: string
  Value: string
  [field: string]: string
}

/** A world with a film of 1000 bytes, and functions that ask for traffic and bandwidth. */
async function trafficWorld() {
  const world = await playWorld()
  await world.store('film.mp4', new Uint8Array(1000))
  const traffic = async (params: Record<string, string>) => {
    const { body } = await world.call('DescribeVodDomainTrafficData', params)
    return {
      total: body.TotalTraffic as string,
      interval: body.DataInterval as string,
      slices: body.TrafficDataPerInterval.DataModule as Module[],
    }
  }
  const bandwidth = async (params: Record<string, string>) => {
    const { body } = await world.call('DescribeVodDomainBpsData', params)
    return { interval: body.DataInterval as string, slices: body.BpsDataPerInterval.DataModule as Module[] }
  }
  return { ...world, traffic, bandwidth }
}

const filled = (slices: readonly Module[]): [string, number][] =>
  slices.filter(({ Value }) => Value !== '0').map(({ TimeStamp, Value }) => [TimeStamp, Number(Value)])

describe('what was played', () => {
  // 16:00 UTC is midnight in China.
  const times = ['2026-01-02T15:57:00Z', '2026-01-02T15:58:00Z', '2026-01-02T16:02:00Z', '2026-01-03T01:30:00Z']
  const range = { DomainName: 'cdn.example.com', StartTime: '2026-01-02T00:00:00Z', EndTime: '2026-01-03T12:00:00Z' }

  const expected: Record<string, [string, number][]> = {
    300: [
      ['2026-01-02T15:55:00Z', 2000],
      ['2026-01-02T16:00:00Z', 1000],
      ['2026-01-03T01:30:00Z', 1000],
    ],
    3600: [
      ['2026-01-02T15:00:00Z', 2000],
      ['2026-01-02T16:00:00Z', 1000],
      ['2026-01-03T01:00:00Z', 1000],
    ],
    86400: [
      ['2026-01-01T16:00:00Z', 2000],
      ['2026-01-02T16:00:00Z', 2000],
    ],
  }

  test.each(Object.keys(expected))('is told in slices of %s seconds, as traffic and as bandwidth', async (Interval) => {
    const { account, get, url, traffic, bandwidth } = await trafficWorld()
    for (const time of times) {
      await account.clock.advanceTo(time)
      await get(url)
    }
    await account.clock.advanceTo('2026-01-04T00:00:00Z')
    const played = await traffic({ ...range, Interval })
    expect(filled(played.slices)).toEqual(expected[Interval])
    expect([played.total, played.interval]).toEqual(['4000', Interval])
    const { slices } = await bandwidth({ ...range, Interval })
    const bytes = filled(slices).map(([at, bits]) => [at, Math.round((bits * Number(Interval)) / 8)])
    expect(bytes).toEqual(expected[Interval])
    expect(slices.map(({ TimeStamp }) => TimeStamp)).toEqual(played.slices.map(({ TimeStamp }) => TimeStamp))
  })

  test('has no gaps between its slices', async () => {
    const { traffic } = await trafficWorld()
    const { slices } = await traffic({ DomainName: 'cdn.example.com' })
    const starts = slices.map(({ TimeStamp }) => Date.parse(TimeStamp))
    expect(starts.length).toBe(289)
    expect(new Set(starts.slice(1).map((at, index) => at - (starts[index] as number)))).toEqual(new Set([300_000]))
  })
})

test('what is counted is what was sent: ranges as such, HEAD and refusals not', async () => {
  const { get, url, traffic, call, advance } = await trafficWorld()
  await get(url, { headers: { range: 'bytes=0-99' } })
  await get(url, { method: 'HEAD' })
  await get('http://cdn.example.com/none.mp4')
  await call('BatchStopVodDomain', { DomainNames: 'cdn.example.com' })
  await advance('2s')
  await get(url)
  await call('BatchStartVodDomain', { DomainNames: 'cdn.example.com' })
  await advance('2s')
  expect((await traffic({ DomainName: 'cdn.example.com' })).total).toBe('100')
})

test('HTTPS is told apart', async () => {
  const { get, url, traffic } = await trafficWorld()
  await get(url)
  await get(url, { https: true, headers: { range: 'bytes=0-9' } })
  const { slices } = await traffic({ DomainName: 'cdn.example.com' })
  expect(slices.at(-1)).toMatchObject({
    Value: '1010',
    DomesticValue: '1010',
    OverseasValue: '0',
    HttpsValue: '10',
    HttpsDomesticValue: '10',
    HttpsOverseasValue: '0',
  })
})

test('domains are told apart, and all together', async () => {
  const { get, url, traffic, addDomain } = await trafficWorld()
  await addDomain('abroad.example.com', { Scope: 'overseas' })
  await get(url)
  await get('http://abroad.example.com/film.mp4')
  await get('http://abroad.example.com/film.mp4')
  expect((await traffic({ DomainName: 'cdn.example.com' })).total).toBe('1000')
  const both = await traffic({ DomainName: 'cdn.example.com,abroad.example.com' })
  expect([both.total, both.slices.at(-1)]).toMatchObject(['3000', { DomesticValue: '1000', OverseasValue: '2000' }])
  expect((await traffic({})).total).toBe('3000')
})

describe('the interval', () => {
  const from = (days: number) => ({
    StartTime: '2026-01-01T00:00:00Z',
    EndTime: new Date(Date.parse('2026-01-01') + days * 86_400_000).toISOString().replace('.000', ''),
  })

  test.each<[days: number, asked: string | undefined, used: string]>([
    [2, undefined, '300'],
    [2, '3600', '3600'],
    [2, '86400', '86400'],
    [2, '60', '300'],
    [3, undefined, '3600'],
    [3, '300', '3600'],
    [30, '86400', '86400'],
    [31, undefined, '86400'],
    [90, '3600', '86400'],
  ])('of %s days, where %s is asked for, is %s', async (days, Interval, used) => {
    const { traffic, bandwidth } = await trafficWorld()
    const params = { ...from(days), ...(Interval !== undefined && { Interval }) }
    expect([(await traffic(params)).interval, (await bandwidth(params)).interval]).toEqual([used, used])
  })
})

test('players are all with one carrier in one region', async () => {
  const { get, url, traffic, bandwidth } = await trafficWorld()
  await get(url)
  const totals = async (params: Record<string, string>) => (await traffic(params)).total
  expect([await totals({ IspNameEn: 'Alibaba' }), await totals({ IspNameEn: 'unicom' })]).toEqual(['1000', '0'])
  expect([await totals({ LocationNameEn: 'cn-shanghai' }), await totals({ LocationNameEn: 'beijing' })]).toEqual(['1000', '0'])
  expect((await bandwidth({ IspNameEn: 'Alibaba' })).slices.at(-1)).toMatchObject({ DomesticValue: '', HttpsOverseasValue: '' })
})

test('what was played more than 90 days ago is not told, though it is asked for', async () => {
  const { get, url, traffic, advance } = await trafficWorld()
  await get(url)
  const longAgo = { DomainName: 'cdn.example.com', StartTime: '2026-01-01T00:00:00Z', EndTime: '2026-01-02T00:00:00Z' }
  await advance('89d')
  expect((await traffic(longAgo)).total).toBe('1000')
  await advance('2d')
  const { total, slices } = await traffic(longAgo)
  expect([total, slices.length]).toEqual(['0', 288])
})

test('a manual clock a year on, what was long ago is forgotten, and the rest is there', async () => {
  const { account, get, url } = await trafficWorld()
  await get(url)
  await account.clock.advance('367d')
  await get(url)
  const now = account.clock.now()
  const played = account.traffic.sum({ from: now - 400 * 86_400_000, to: now + 1 }, 86_400, ['cdn.example.com'])
  expect(played.filter(({ bytes }) => bytes > 0).map(({ at }) => at)).toEqual([Date.parse('2027-01-02T16:00:00Z')])
})

test('a hundred thousand requests take the room of one, and next to no time each', async () => {
  const { account } = cdnWorld()
  for (let request = 0; request < 100_000; request++)
    account.traffic.record('cdn.example.com', { bytes: 10, https: false, at: account.clock.now() })
  const { tables } = await account.export()
  for (const length of [300, 3600, 86_400]) expect(tables[`vod.traffic.${length}`]).toHaveLength(1)
  const now = account.clock.now()
  expect(account.traffic.sum({ from: now - 1, to: now + 1 }, 300, ['cdn.example.com']).at(-1)).toMatchObject({ bytes: 1_000_000 })
})

test('traffic is in copies of the account', async () => {
  const { account, call, get, url } = await trafficWorld()
  await get(url)
  const fork = await account.fork()
  const { body } = await call('DescribeVodDomainTrafficData', { DomainName: 'cdn.example.com' }, { account: fork })
  expect(body.TotalTraffic).toBe('1000')
})
