import { describe, expect, test } from 'vitest'
import { configOf, playWorld } from './support.js'

const paths = (count: number, extension = '.mp4') =>
  Array.from({ length: count }, (_, index) => `cdn.example.com/${index}${extension}`).join('\n')

/** A world with a domain and functions that refresh, preload and ask for tasks. */
async function refreshWorld() {
  const world = await playWorld()
  const tasks = async (params: Record<string, string | number> = {}) => {
    const { TotalCount, Tasks } = (await world.call('DescribeVodRefreshTasks', params)).body
    return { total: TotalCount as number, rows: Tasks.Task as Record<string, string>[] }
  }
  const quota = async () => (await world.call('DescribeVodRefreshQuota')).body
  const cacheOf = async (url: string) => (await world.get(url)).headers['x-cache']?.split(' ')[0]
  return { ...world, tasks, quota, cacheOf }
}

describe('a task', () => {
  test('waits, goes on, and is complete, on the clock', async () => {
    const { call, tasks, advance } = await refreshWorld()
    const { RefreshTaskId } = (await call('RefreshVodObjectCaches', { ObjectPath: 'cdn.example.com/film.mp4' })).body
    const seen: unknown[] = []
    for (const step of [0, '1s', '1s', '2s', '1s']) {
      await advance(step)
      const [task] = (await tasks({ TaskId: RefreshTaskId })).rows
      seen.push([task?.Status, task?.Process])
    }
    expect(seen).toEqual([
      ['Pending', '0%'],
      ['Refreshing', '0%'],
      ['Refreshing', '25%'],
      ['Refreshing', '75%'],
      ['Complete', '100%'],
    ])
  })

  test('is one for each URL, and says what was asked for', async () => {
    const { call, tasks } = await refreshWorld()
    const { RefreshTaskId } = (
      await call('RefreshVodObjectCaches', { ObjectPath: 'cdn.example.com/a.mp4\r\nhttps://cdn.example.com/b.mp4?x=1' })
    ).body
    const ids = RefreshTaskId.split(',')
    expect(ids).toHaveLength(2)
    expect((await tasks()).rows.map(({ TaskId, ObjectPath, ObjectType }) => [TaskId, ObjectPath, ObjectType])).toEqual([
      [ids[1], 'https://cdn.example.com/b.mp4?x=1', 'file'],
      [ids[0], 'http://cdn.example.com/a.mp4', 'file'],
    ])
  })

  test.each([
    ['never finishes', 'Origin Timeout'],
    ['cannot be downloaded', 'Origin Return StatusCode 5XX'],
    ['is unsafe', 'Internal Error'],
  ] as const)('of a file that %s fails: %s', async (defect, Description) => {
    const { account, call, tasks, advance } = await refreshWorld()
    await account.putAssets([{ url: 'http://cdn.example.com/film.mp4', defect }])
    await call('PreloadVodObjectCaches', { ObjectPath: 'cdn.example.com/film.mp4' })
    await advance('10s')
    expect((await tasks()).rows).toMatchObject([{ Status: 'Failed', Description, ObjectType: 'preload' }])
  })

  test('of preloading what there is not fails; of several, each for itself', async () => {
    const { call, tasks, advance } = await refreshWorld()
    await call('PreloadVodObjectCaches', { ObjectPath: 'cdn.example.com/film.mp4\ncdn.example.com/none.mp4' })
    await advance('10s')
    expect((await tasks()).rows.map(({ Status }) => Status)).toEqual(['Failed', 'Complete'])
  })

  test('of one URL fails where a test has it fail', async () => {
    const { account, call, tasks, advance } = await refreshWorld()
    const when = { ObjectPath: 'http://cdn.example.com/b.mp4' }
    await account.faults.add({ action: 'RefreshVodObjectCaches', when, job: { fail: { code: 'OriginTimeout' } } })
    await call('RefreshVodObjectCaches', { ObjectPath: 'cdn.example.com/a.mp4\ncdn.example.com/b.mp4' })
    await advance('10s')
    expect((await tasks()).rows.map(({ Status, Description }) => [Status, Description])).toEqual([
      ['Failed', 'Origin Timeout'],
      ['Complete', undefined],
    ])
  })
})

describe('the nodes', () => {
  test('have what was preloaded, and get anew what was refreshed', async () => {
    const { call, cacheOf, url, advance } = await refreshWorld()
    await call('PreloadVodObjectCaches', { ObjectPath: url })
    await advance('5s')
    expect(await cacheOf(url)).toBe('HIT')
    await call('RefreshVodObjectCaches', { ObjectPath: url })
    await advance('4s')
    expect(await cacheOf(url)).toBe('HIT')
    await advance('1s')
    expect([await cacheOf(url), await cacheOf(url)]).toEqual(['MISS', 'HIT'])
  })

  test.each(['http://cdn.example.com:8080/film.mp4', '\nCDN.example.com/film.mp4\r\n\n'])(
    'get anew what was refreshed, whatever the port and however many blank lines: %j',
    async (ObjectPath) => {
      const { call, cacheOf, url, advance } = await refreshWorld()
      await cacheOf(url)
      expect((await call('RefreshVodObjectCaches', { ObjectPath })).body.RefreshTaskId).toMatch(/^\d+$/)
      await advance('5s')
      expect(await cacheOf(url)).toBe('MISS')
    },
  )

  test.each(['type_a', 'type_b', 'type_c'])('know a file by its address, whoever may have it: %s', async (auth_type) => {
    const { call, configure, upload, play, cacheOf, advance } = await refreshWorld()
    await configure([
      configOf('aliauth', { auth_type, auth_key1: 'firstkey1' }),
      configOf('filetype_based_ttl_set', { file_type: 'mp4', ttl: 3600 }),
    ])
    const VideoId = await upload()
    await advance('1m')
    const address = async (): Promise<string> => (await play(VideoId, { Formats: 'mp4' })).body.PlayInfoList.PlayInfo[0].PlayURL
    await call('PreloadVodObjectCaches', { ObjectPath: await address() })
    await advance('5s')
    expect(await cacheOf(await address())).toBe('HIT')
    await call('RefreshVodObjectCaches', { ObjectPath: await address() })
    await advance('5s')
    expect(await cacheOf(await address())).toBe('MISS')
  })

  test('forget all that is in a directory, and no more', async () => {
    const { call, cacheOf, store, advance } = await refreshWorld()
    await store('a/film.mp4')
    await store('ab/film.mp4')
    const [inside, beside] = ['http://cdn.example.com/a/film.mp4', 'http://cdn.example.com/ab/film.mp4'] as const
    await cacheOf(inside)
    await cacheOf(beside)
    await call('RefreshVodObjectCaches', { ObjectPath: 'cdn.example.com/a/', ObjectType: 'Directory' })
    await advance('5s')
    expect([await cacheOf(inside), await cacheOf(beside)]).toEqual(['MISS', 'HIT'])
  })
})

describe('the list of tasks', () => {
  async function listWorld() {
    const world = await refreshWorld()
    await world.call('RefreshVodObjectCaches', { ObjectPath: 'cdn.example.com/a.mp4' })
    await world.advance('10s')
    await world.call('PreloadVodObjectCaches', { ObjectPath: 'cdn.example.com/film.mp4' })
    await world.call('RefreshVodObjectCaches', { ObjectPath: 'cdn.example.com/d/', ObjectType: 'Directory' })
    await world.advance('2s')
    return world
  }

  test.each<[string, Record<string, string | number>, string[]]>([
    ['the newest first', {}, ['directory', 'preload', 'file']],
    ['by path', { ObjectPath: 'http://cdn.example.com/a.mp4' }, ['file']],
    ['by path without its scheme', { ObjectPath: 'cdn.example.com/a.mp4' }, ['file']],
    ['by a path that is only the beginning', { ObjectPath: 'http://cdn.example.com/a' }, []],
    ['by type', { ObjectType: 'preload' }, ['preload']],
    ['by type and status', { ObjectType: 'file', Status: 'Refreshing' }, []],
    ['by type and domain', { ObjectType: 'directory', DomainName: 'cdn.example.com' }, ['directory']],
    ['by another domain', { ObjectType: 'directory', DomainName: 'other.example.com' }, []],
    ['by the time of their creation', { StartTime: '2026-01-01T00:00:15Z' }, ['directory', 'preload']],
    ['until a time', { EndTime: '2026-01-01T00:00:15Z' }, ['file']],
    ['a page', { PageSize: 2, PageNumber: 2 }, ['file']],
    ['by an id of none', { TaskId: '1' }, []],
  ])('has %s', async (_title, params, types) => {
    const { tasks } = await listWorld()
    expect((await tasks(params)).rows.map(({ ObjectType }) => ObjectType)).toEqual(types)
  })

  test('goes back three days', async () => {
    const { tasks, advance } = await listWorld()
    await advance('2d')
    expect((await tasks()).total).toBe(3)
    await advance('1d')
    expect((await tasks()).total).toBe(0)
  })
})

describe('quotas', () => {
  test('are used up by URLs, directories and preloads, each', async () => {
    const { call, quota } = await refreshWorld()
    await call('RefreshVodObjectCaches', { ObjectPath: paths(4) })
    await call('RefreshVodObjectCaches', { ObjectPath: 'cdn.example.com/a/', ObjectType: 'Directory' })
    await call('PreloadVodObjectCaches', { ObjectPath: paths(3) })
    expect(await quota()).toMatchObject({
      UrlQuota: '2000',
      UrlRemain: '1996',
      DirQuota: '100',
      DirRemain: '99',
      PreloadQuota: '500',
      PreloadRemain: '497',
      BlockQuota: '500',
      blockRemain: '500',
    })
  })

  test('renew at midnight in China', async () => {
    const { account, call, refusal, quota } = await refreshWorld()
    await account.clock.advanceTo('2026-01-01T15:59:59Z')
    await call('PreloadVodObjectCaches', { ObjectPath: paths(500) })
    const one = { ObjectPath: 'cdn.example.com/film.mp4' }
    expect(await refusal('PreloadVodObjectCaches', one)).toMatchObject({ status: 400, code: 'QuotaExceeded.Refresh' })
    await account.clock.advanceTo('2026-01-01T16:00:00Z')
    expect((await quota()).PreloadRemain).toBe('500')
    // The quota of the new day is there, and the queue is still full of yesterday.
    expect(await refusal('PreloadVodObjectCaches', one)).toMatchObject({ status: 403, code: 'PreloadQueueFull' })
    await account.clock.advance('5s')
    expect((await call('PreloadVodObjectCaches', one)).status).toBe(200)
    expect((await quota()).PreloadRemain).toBe('499')
  })

  test('of URLs hold for a day and for a minute', async () => {
    const { call, refusal, quota, advance } = await refreshWorld()
    await call('RefreshVodObjectCaches', { ObjectPath: paths(1000) })
    const refused = await refusal('RefreshVodObjectCaches', { ObjectPath: paths(1) })
    expect(refused).toMatchObject({ status: 400, code: 'QuotaPerMinuteExceeded.Refresh' })
    await advance('1m')
    await call('RefreshVodObjectCaches', { ObjectPath: paths(1000) })
    await advance('1m')
    expect((await refusal('RefreshVodObjectCaches', { ObjectPath: paths(1) })).code).toBe('QuotaExceeded.Refresh')
    expect((await quota()).UrlRemain).toBe('0')
  })

  test('are not used up by calls that are refused', async () => {
    const { refusal, quota } = await refreshWorld()
    expect((await refusal('PreloadVodObjectCaches', { ObjectPath: 'cdn.example.com/a.mp4\nother.example.com/b.mp4' })).code).toBe(
      'InvalidDomain.NotFound',
    )
    expect((await quota()).PreloadRemain).toBe('500')
  })
})
