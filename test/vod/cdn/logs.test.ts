import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { configOf, playWorld } from './support.js'

/** A world with requests in two hours, and a function that asks for logs. */
async function logWorld() {
  const world = await playWorld()
  const logs = async (params: Record<string, string | number> = {}) =>
    (await world.call('DescribeVodDomainLog', { DomainName: 'cdn.example.com', ...params })).body.DomainLogDetails.DomainLogDetail[0]
  const read = async (LogPath: string) =>
    gunzipSync((await world.get(`http://${LogPath}`)).bytes)
      .toString()
      .split('\n')
      .slice(0, -1)
  const traffic = async (): Promise<string> => (await world.call('DescribeVodDomainTrafficData')).body.TotalTraffic
  return { ...world, logs, read, traffic }
}

test('without requests, the list is there and empty', async () => {
  const { logs } = await logWorld()
  expect(await logs()).toEqual({
    DomainName: 'cdn.example.com',
    LogCount: 0,
    LogInfos: { LogInfoDetail: [] },
    PageInfos: { PageNumber: 1, PageSize: 300, Total: 0 },
  })
})

describe('an hour that is over', () => {
  test('is a file with a line for each request', async () => {
    const { account, get, url, logs, read } = await logWorld()
    await account.clock.advanceTo('2026-01-01T10:05:00Z')
    await get(`${url}?auth_key=secret`, { from: '10.0.0.1', headers: { referer: 'http://a.com/"x', 'user-agent': 'player' } })
    await get('http://cdn.example.com/none.mp4')
    expect((await logs()).LogCount).toBe(0)
    await account.clock.advanceTo('2026-01-01T11:00:00Z')
    const { LogInfos, PageInfos } = await logs()
    const [{ LogName, LogPath, LogSize, ...times }] = LogInfos.LogInfoDetail
    expect([LogName, times, PageInfos.Total]).toEqual([
      'cdn.example.com_2026_01_01_180000_190000.gz',
      { StartTime: '2026-01-01T10:00:00Z', EndTime: '2026-01-01T11:00:00Z' },
      1,
    ])
    expect(LogPath).toMatch(/\/cdn\.example\.com\/2026_01_01\/cdn\.example\.com_2026_01_01_180000_190000\.gz\?Expires=\d+&OSSAccessKeyId=/)
    expect((await get(`http://${LogPath}`)).bytes.length).toBe(LogSize)
    const lines = await read(LogPath)
    expect(lines).toEqual([
      expect.stringMatching(
        /^\[1\/Jan\/2026:18:05:00 \+0800\] 10\.0\.0\.1 - 0 "http:\/\/a\.com\/%22x" "GET http:\/\/cdn\.example\.com\/film\.mp4" 200 \d+ 17 MISS "player" "video\/mp4"$/,
      ),
      expect.stringMatching(/"GET http:\/\/cdn\.example\.com\/none\.mp4" 404 \d+ 0 - "-" "-"$/),
    ])
  })

  test('tells of every request what was answered: files, parts, refusals, redirects', async () => {
    const { get, url, configure, logs, read, advance, traffic } = await logWorld()
    await configure([configOf('referer_black_list_set', { refer_domain_deny_list: 'b.com' })])
    const answers = [
      await get(url),
      await get(url, { headers: { range: 'bytes=0-3' } }),
      await get(url, { method: 'HEAD' }),
      await get(url, { headers: { 'if-none-match': '*' } }),
      await get(url, { headers: { 'if-match': '"other"' } }),
      await get(url, { headers: { referer: 'http://b.com/' } }),
      await get('http://cdn.example.com/none.mp4'),
    ]
    await configure([configOf('https_force', { enable: 'on' })])
    answers.push(await get(url))
    answers.push(await get(url, { https: true }))
    await advance('1h')
    const [{ LogPath }] = (await logs()).LogInfos.LogInfoDetail
    const told = (await read(LogPath)).map((line) => / "(?:GET|HEAD) \S+" (\d+) \d+ (\d+) /.exec(line)?.slice(1).map(Number))
    expect(told).toEqual(answers.map(({ status, bytes }) => [status, bytes.length]))
    expect(await traffic()).toBe(String(answers.reduce((sum, { bytes }) => sum + bytes.length, 0)))
  })

  test.each(['10.0.0.9 - 0 "-" "GET http://cdn.example.com/other.mp4" 200', 'unknown', ''])(
    'has the address of the connection where a proxy names none: %s',
    async (forwarded) => {
      const { get, url, logs, read, advance } = await logWorld()
      await get(url, { from: '10.0.0.1', headers: { 'x-forwarded-for': forwarded } })
      await advance('1h')
      const [{ LogPath }] = (await logs()).LogInfos.LogInfoDetail
      expect((await read(LogPath))[0]).toMatch(/^\[[^\]]+\] 10\.0\.0\.1 - 0 "-" "GET http:\/\/cdn\.example\.com\/film\.mp4" 200 /)
    },
  )

  test('has the whole name of a file, however long, and only the beginning of other words', async () => {
    const { store, get, logs, read, advance } = await logWorld()
    const key = `${'影'.repeat(330)}.mp4`
    await store(key)
    const url = `http://cdn.example.com/${encodeURIComponent(key)}`
    expect((await get(url, { headers: { 'user-agent': 'ÿ'.repeat(2000) } })).status).toBe(200)
    await advance('1h')
    const [{ LogPath }] = (await logs()).LogInfos.LogInfoDetail
    const [, request, agent] = /"GET ([^"]+)" 200 .* "([^"]*)" "video\/mp4"$/.exec((await read(LogPath))[0] ?? '') ?? []
    expect([request, agent?.length]).toEqual([url, 1024])
  })

  test('is found by times, page by page', async () => {
    const { account, get, url, logs } = await logWorld()
    for (const hour of ['10', '11', '12']) {
      await account.clock.advanceTo(`2026-01-01T${hour}:30:00Z`)
      await get(url)
    }
    await account.clock.advanceTo('2026-01-01T13:00:00Z')
    const startsOf = async (params: Record<string, string | number>) =>
      (await logs(params)).LogInfos.LogInfoDetail.map(({ StartTime }: { StartTime: string }) => StartTime.slice(11, 13))
    expect(await startsOf({})).toEqual(['10', '11', '12'])
    expect(await startsOf({ StartTime: '2026-01-01T11:00:00Z', EndTime: '2026-01-01T12:00:00Z' })).toEqual(['11'])
    expect(await startsOf({ PageSize: 2, PageNumber: 2 })).toEqual(['12'])
    await account.clock.advance('25h')
    expect(await startsOf({})).toEqual([])
  })
})

test('an hour with very many requests has several files, and none is missing', async () => {
  const { account, get, url, logs, read } = await logWorld()
  const count = 10_050
  const range = { range: 'bytes=0-0' }
  for (let request = 0; request < count; request++) await get(url, { headers: range })
  await account.clock.advance('1h')
  const files = (await logs()).LogInfos.LogInfoDetail
  expect(files.map(({ LogName }: { LogName: string }) => LogName)).toEqual([
    'cdn.example.com_2026_01_01_080000_090000.gz',
    'cdn.example.com_2026_01_01_080000_090000_2.gz',
  ])
  const lines = await Promise.all(files.map(({ LogPath }: { LogPath: string }) => read(LogPath)))
  expect(lines.flat()).toHaveLength(count)
})
