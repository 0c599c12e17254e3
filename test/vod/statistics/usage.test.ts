import { describe, expect, test } from 'vitest'
import { sample } from '../support.js'
import { figuresOf, statisticsWorld } from './support.js'

const SIZE = sample('sample.mp4').byteLength

/** Two days, of which the first holds midnight in China at 16:00. */
const days = { StartTime: '2026-01-01T00:00:00Z', EndTime: '2026-01-03T00:00:00Z' }

describe('storages', () => {
  test('tell what they hold at the end of each hour, from when it came to when it went', async () => {
    const { account, film, storage, call } = await statisticsWorld()
    await account.clock.advanceTo('2026-01-01T03:10:00Z')
    const VideoId = await film({ TemplateGroupId: 'VOD_NO_TRANSCODE' })
    const kept = await bytesIn(account)
    await account.clock.advanceTo('2026-01-01T05:30:00Z')
    await call('DeleteVideo', { VideoIds: VideoId })
    await account.clock.advanceTo('2026-01-02T00:00:00Z')
    const { interval, items } = await storage({ StartTime: '2026-01-01T02:00:00Z', EndTime: '2026-01-01T07:00:00Z' })
    expect(interval).toBe('hour')
    expect(items.map(({ TimeStamp, StorageUtilization }) => [TimeStamp, Number(StorageUtilization)])).toEqual([
      ['2026-01-01T02:00:00Z', 0],
      ['2026-01-01T03:00:00Z', kept],
      ['2026-01-01T04:00:00Z', kept],
      ['2026-01-01T05:00:00Z', 0],
      ['2026-01-01T06:00:00Z', 0],
    ])
    expect(kept).toBeGreaterThanOrEqual(SIZE)
  })

  test('tell of more than seven days by the day, across midnight in China, and of no day to come', async () => {
    const { account, film, storage } = await statisticsWorld()
    await account.clock.advanceTo('2026-01-01T15:50:00Z')
    await film()
    const first = await bytesIn(account)
    await account.clock.advanceTo('2026-01-01T16:10:00Z')
    await film()
    const second = await bytesIn(account)
    await account.clock.advanceTo('2026-01-02T20:00:00Z')
    const { interval, items } = await storage({ StartTime: '2025-12-31T16:00:00Z', EndTime: '2026-01-10T00:00:00Z' })
    expect(interval).toBe('day')
    expect(items.map(({ TimeStamp, StorageUtilization }) => [TimeStamp, Number(StorageUtilization)])).toEqual([
      ['2025-12-31T16:00:00Z', first],
      ['2026-01-01T16:00:00Z', second],
      ['2026-01-02T16:00:00Z', second],
    ])
  })

  test('are chosen by bucket and by region', async () => {
    const { account, film, storage, store } = await statisticsWorld()
    await film()
    const system = await bytesIn(account)
    await store('a.mp4', new Uint8Array(700))
    const range = { StartTime: '2026-01-01T00:00:00Z', EndTime: '2026-01-01T01:00:00Z' }
    const held = async (params: Record<string, string>) => Number((await storage({ ...range, ...params })).items[0]?.StorageUtilization)
    const own = `files-${account.accountId}`
    expect(await held({})).toBe(system + 700)
    expect(await held({ Storage: own })).toBe(700)
    expect(await held({ Storage: `none,${own}`, Region: 'cn-shanghai,cn-beijing', StorageType: 'OSS' })).toBe(700)
    expect(await held({ Region: 'cn-beijing' })).toBe(0)
  })

  test('count what they send themselves, and not what a domain sends', async () => {
    const { film, addresses, get, storage } = await statisticsWorld()
    const VideoId = await film()
    const [direct = ''] = await addresses(VideoId, { OutputType: 'oss' })
    const [cdn = ''] = await addresses(VideoId)
    const { bytes } = await get(direct)
    await get(direct, { headers: { range: 'bytes=0-9' } })
    await get(direct, { method: 'HEAD' })
    await get(cdn)
    const { items } = await storage({ StartTime: '2026-01-01T00:00:00Z', EndTime: '2026-01-01T01:00:00Z' })
    expect(items.map(({ NetworkOut }) => Number(NetworkOut))).toEqual([bytes.byteLength + 10])
  })
})

/** Bytes of all that is in the storage that comes with the service. */
async function bytesIn(account: Awaited<ReturnType<typeof statisticsWorld>>['account']): Promise<number> {
  const { rows } = account.oss.objects.list({ where: ({ bucket }) => bucket.startsWith('outin-') })
  return rows.reduce((sum, { size, copies = 1 }) => sum + size * copies, 0)
}

describe('transcoding', () => {
  /** Seconds that the tasks of a video have made, by specification, as GetPlayInfo tells of the streams. */
  const secondsOf = (streams: Record<string, string>[]): Record<string, number> => {
    const sums: Record<string, number> = {}
    for (const { Specification = '', Duration } of streams)
      if (Specification !== 'Original') sums[Specification] = (sums[Specification] ?? 0) + Math.ceil(Number(Duration))
    return sums
  }

  test('is told in seconds by specification, with their sum: as much as tasks have made', async () => {
    const { account, film, play, transcoded } = await statisticsWorld()
    await account.clock.advanceTo('2026-01-01T15:30:00Z')
    const VideoId = await film()
    await account.clock.advanceTo('2026-01-01T16:30:00Z')
    await film()
    const made = secondsOf((await play(VideoId)).body.PlayInfoList.PlayInfo)
    const all = Object.values(made).reduce((sum, each) => sum + each, 0)
    expect(all).toBeGreaterThan(0)
    const expected = Object.fromEntries(Object.entries({ ...made, All: all }).map(([name, value]) => [name, String(value)]))
    const byHour = await transcoded(days)
    expect(byHour.interval).toBe('hour')
    expect(figuresOf(byHour.items)).toEqual([
      ['2026-01-01T15:00:00Z', expected],
      ['2026-01-01T16:00:00Z', expected],
    ])
    expect(figuresOf((await transcoded({ ...days, Interval: 'day' })).items)).toEqual([
      ['2025-12-31T16:00:00Z', expected],
      ['2026-01-01T16:00:00Z', expected],
    ])
    const [name = ''] = Object.keys(made)
    const [[, some] = []] = figuresOf((await transcoded({ ...days, Specification: `${name},H264.4K` })).items)
    expect(some).toEqual({ [name]: String(made[name]), All: String(made[name]) })
    const others: Record<string, string>[] = [{ Region: 'cn-beijing' }, { Storage: 'other' }, { Specification: 'H265.4K' }]
    for (const other of others) expect(figuresOf((await transcoded({ ...days, ...other })).items)).toEqual([])
    expect(figuresOf((await transcoded({ ...days, Region: 'cn-shanghai' })).items)).toHaveLength(2)
  })

  test('that fails is not counted', async () => {
    const { account, film, transcoded } = await statisticsWorld()
    account.faults.add({ action: 'SubmitTranscodeJobs', job: { fail: 'InternalError' } })
    await film()
    expect(figuresOf((await transcoded(days)).items)).toEqual([])
  })
})

describe('AI', () => {
  test('is told in seconds by type: the length of the video for each job that succeeded', async () => {
    const { film, call, advance, ai, account } = await statisticsWorld()
    const VideoId = await film()
    const seconds = Math.ceil(account.vod.videos.get(VideoId)?.facts?.duration ?? 0)
    expect(seconds).toBeGreaterThan(0)
    await call('SubmitAIJob', { MediaId: VideoId, Types: 'AIMediaDNA,AIVideoTag' })
    await call('SubmitAIJob', { MediaId: VideoId, Types: 'AIVideoTag' })
    await advance('1m')
    await account.clock.advanceTo('2026-01-01T17:00:00Z')
    await call('SubmitAIMediaAuditJob', { MediaId: VideoId })
    await advance('1m')
    const first = { AIVideoFPShot: String(seconds), AIVideoTag: String(2 * seconds) }
    const second = { AIVideoCensor: String(seconds) }
    const byHour = await ai(days)
    expect(byHour.interval).toBe('hour')
    expect(figuresOf(byHour.items)).toEqual([
      ['2026-01-01T00:00:00Z', first],
      ['2026-01-01T17:00:00Z', second],
    ])
    expect(figuresOf((await ai({ StartTime: '2025-12-31T16:00:00Z', EndTime: '2026-01-10T00:00:00Z' })).items)).toEqual([
      ['2025-12-31T16:00:00Z', first],
      ['2026-01-01T16:00:00Z', second],
    ])
    expect(figuresOf((await ai({ ...days, AIType: 'AIVideoCensor,AIVideoFPShot' })).items)).toEqual([
      ['2026-01-01T00:00:00Z', { AIVideoFPShot: String(seconds) }],
      ['2026-01-01T17:00:00Z', second],
    ])
    expect(figuresOf((await ai({ ...days, Region: 'cn-beijing' })).items)).toEqual([])
  })

  test('that fails is not counted', async () => {
    const { film, call, advance, ai, account } = await statisticsWorld()
    const VideoId = await film()
    const { AIJobList } = (await call('SubmitAIJob', { MediaId: VideoId, Types: 'AIVideoTag' })).body
    await account.jobs.script(AIJobList.AIJob[0].JobId, { fail: { code: 'InternalError' } })
    await advance('1m')
    expect(figuresOf((await ai(days)).items)).toEqual([])
  })
})
