import { describe, expect, test } from 'vitest'
import { statisticsWorld } from './support.js'

/** A domain with a file of 1000 bytes. */
async function trafficWorld() {
  const world = await statisticsWorld()
  await world.store('film.mp4', new Uint8Array(1000))
  return { ...world, url: 'http://cdn.example.com/film.mp4' }
}

describe('what was played through a domain, across midnight in China', () => {
  // 16:00 UTC.
  const times = ['2026-01-02T15:57:00Z', '2026-01-02T15:58:00Z', '2026-01-02T16:02:00Z', '2026-01-03T01:30:00Z']
  const range = { DomainName: 'cdn.example.com', StartTime: '2026-01-02T12:00:00Z', EndTime: '2026-01-03T04:00:00Z' }

  test.each<[Interval: string, used: [string, string][]]>([
    [
      '300',
      [
        ['2026-01-02T15:55:00Z', '2000'],
        ['2026-01-02T16:00:00Z', '1000'],
        ['2026-01-03T01:30:00Z', '1000'],
      ],
    ],
    [
      '3600',
      [
        ['2026-01-02T15:00:00Z', '2000'],
        ['2026-01-02T16:00:00Z', '1000'],
        ['2026-01-03T01:00:00Z', '1000'],
      ],
    ],
    [
      '86400',
      [
        ['2026-01-01T16:00:00Z', '2000'],
        ['2026-01-02T16:00:00Z', '2000'],
      ],
    ],
  ])('is told in slices of %s seconds, as traffic and as bandwidth', async (Interval, expected) => {
    const { account, get, url, traffic, call } = await trafficWorld()
    for (const time of times) {
      await account.clock.advanceTo(time)
      await get(url)
    }
    await account.clock.advanceTo('2026-01-05T00:00:00Z')
    const { interval, used } = await traffic({ ...range, Interval })
    expect(interval).toBe(Interval)
    expect(used.map(({ TimeStamp, Value }) => [TimeStamp, Value])).toEqual(expected)
    const { body } = await call('DescribeVodDomainUsageData', { ...range, Interval, Field: 'bps' })
    const bits = body.UsageDataPerInterval.DataModule.filter(({ Value }: { Value: string }) => Value !== '0')
    const bytes = bits.map(({ TimeStamp, Value }: Record<string, string>) => [
      TimeStamp,
      String(Math.round((Number(Value) * Number(Interval)) / 8)),
    ])
    expect(bytes).toEqual(expected)
  })
})

test.each<[days: number, interval: string]>([
  [0.5, '300'],
  [1, '3600'],
  [3, '3600'],
  [4, '3600'],
  [5, '86400'],
  [92, '86400'],
])('%s days are told in slices of %s seconds', async (days, expected) => {
  const { traffic } = await trafficWorld()
  const EndTime = new Date(Date.parse('2026-01-01T00:00:00Z') + days * 86_400_000).toISOString().replace('.000', '')
  const { interval, slices } = await traffic({ StartTime: '2026-01-01T00:00:00Z', EndTime })
  expect(interval).toBe(expected)
  const starts = slices.map(({ TimeStamp = '' }) => Date.parse(TimeStamp))
  expect(new Set(starts.slice(1).map((at, index) => at - (starts[index] as number)))).toEqual(new Set([Number(expected) * 1000]))
})

test('an interval that is too short for the time asked for is as good as none', async () => {
  const { traffic } = await trafficWorld()
  const range = { StartTime: '2026-01-01T00:00:00Z', EndTime: '2026-01-03T00:00:00Z' }
  expect((await traffic({ ...range, Interval: '300' })).interval).toBe('3600')
})

test('domains of each part of the world are told apart, and static from dynamic', async () => {
  const { addDomain, get, traffic, url } = await trafficWorld()
  await addDomain('abroad.example.com', { Scope: 'overseas' })
  await get(url)
  await get('http://abroad.example.com/film.mp4', { headers: { range: 'bytes=0-99' } })
  const range = { StartTime: '2026-01-01T00:00:00Z', EndTime: '2026-01-01T01:00:00Z' }
  const sumOf = async (params: Record<string, string>) => (await traffic({ ...range, ...params })).used.map(({ Value }) => Value)
  expect(await sumOf({})).toEqual(['1000'])
  expect(await sumOf({ Area: 'OverSeas' })).toEqual(['100'])
  expect(await sumOf({ DomainName: 'abroad.example.com' })).toEqual([])
  expect(await sumOf({ Type: 'all' })).toEqual(['1000'])
  expect(await sumOf({ Type: 'dynamic' })).toEqual([])
})

test('a time that begins and ends within a day holds what was played between, to five minutes', async () => {
  const { account, get, url, traffic } = await trafficWorld()
  for (const time of [
    '2026-01-02T03:00:00Z',
    '2026-01-02T05:02:00Z',
    '2026-01-04T12:00:00Z',
    '2026-01-07T01:30:00Z',
    '2026-01-07T09:00:00Z',
  ]) {
    await account.clock.advanceTo(time)
    await get(url)
  }
  const used = async (StartTime: string, EndTime: string) =>
    (await traffic({ StartTime, EndTime })).used.map(({ TimeStamp, Value }) => [TimeStamp, Value])
  expect(await used('2026-01-02T05:04:00Z', '2026-01-07T01:31:00Z')).toEqual([
    ['2026-01-01T16:00:00Z', '1000'],
    ['2026-01-03T16:00:00Z', '1000'],
    ['2026-01-06T16:00:00Z', '1000'],
  ])
  expect(await used('2026-01-02T05:05:00Z', '2026-01-07T01:30:00Z')).toEqual([['2026-01-03T16:00:00Z', '1000']])
})

test('a domain that is named twice is counted once', async () => {
  const { get, url, traffic } = await trafficWorld()
  await get(url)
  const range = { StartTime: '2026-01-01T00:00:00Z', EndTime: '2026-01-01T01:00:00Z' }
  const { used } = await traffic({ ...range, DomainName: 'cdn.example.com,CDN.example.com, cdn.example.com' })
  expect(used.map(({ Value }) => Value)).toEqual(['1000'])
})

test('the answer says what was asked', async () => {
  const { call } = await trafficWorld()
  const asked = {
    DomainName: 'cdn.example.com',
    StartTime: '2026-01-01T00:00:00Z',
    EndTime: '2026-01-01T01:00:00Z',
    Area: 'OverSeas',
    Type: 'all',
  }
  expect((await call('DescribeVodDomainUsageData', { ...asked, Field: 'traf' })).body).toMatchObject({ ...asked, DataInterval: '300' })
})
