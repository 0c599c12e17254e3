import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { playWorld } from './support.js'

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
  return { ...world, logs, read }
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
