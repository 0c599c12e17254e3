/** Domains of an emulator that was ended and started again, with all that was on its way. */

import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { storagesOf } from '../../../src/products/vod/shared/storage/storages.js'
import { lastingEmulator } from '../../state/durable-support.js'
import { configOf, SOURCES } from './support.js'

const DomainName = 'cdn.example.com'
const film = 'content of a file'

test('what was on its way arrives when it would have; what was counted and written stays', async () => {
  const emulator = await lastingEmulator()
  const call = (name: string, params: Record<string, unknown> = {}) => emulator.vod()(name, params)
  const get = async (path: string, headers: Record<string, string> = {}) => fetch(`${emulator.url}/${path}`, { headers })
  const statusOf = async () => (await call('DescribeVodDomainDetail', { DomainName })).DomainDetail.DomainStatus

  await emulator.account.turn.take(async () => {
    const { oss } = emulator.account
    const [{ bucket, region }] = storagesOf(emulator.account)
    oss.createBucket(bucket, region)
    await oss.putObject(bucket, 'film.mp4', Buffer.from(film), { contentType: 'video/mp4' })
  })
  await call('AddVodDomain', { DomainName, Sources: SOURCES })
  await emulator.account.clock.advance('4s')
  await emulator.restart()
  expect(await statusOf()).toBe('configuring')
  await emulator.account.clock.advance('1s')
  expect([await statusOf(), (await get(`${DomainName}/film.mp4`)).status]).toEqual(['online', 200])

  await call('BatchSetVodDomainConfigs', {
    DomainNames: DomainName,
    Functions: JSON.stringify([configOf('referer_black_list_set', { refer_domain_deny_list: 'b.com' })]),
  })
  await call('RefreshVodObjectCaches', { ObjectPath: `${DomainName}/film.mp4` })
  await emulator.account.clock.advance('1500ms')
  await emulator.restart()
  const stranger = async () => (await get(`${DomainName}/film.mp4`, { referer: 'http://b.com/' })).status
  expect(await stranger()).toBe(200)
  await emulator.account.clock.advance('3500ms')
  expect(await stranger()).toBe(403)
  expect(await call('DescribeVodRefreshTasks')).toMatchObject({ Tasks: { Task: [{ Status: 'Complete', Process: '100%' }] } })
  expect(await call('DescribeVodRefreshQuota')).toMatchObject({ UrlRemain: '1999' })

  await emulator.account.clock.advance('1h')
  await emulator.restart()
  expect(await call('DescribeVodDomainTrafficData', { DomainName })).toMatchObject({ TotalTraffic: String(2 * film.length) })
  const { DomainLogDetails } = await call('DescribeVodDomainLog', { DomainName })
  const LogPath: string = DomainLogDetails.DomainLogDetail[0].LogInfos.LogInfoDetail[0].LogPath
  const log = await get(LogPath.slice(LogPath.indexOf('/') + 1))
  const lines = gunzipSync(new Uint8Array(await log.arrayBuffer())).toString()
  expect(lines.match(/film\.mp4" \d+/g)).toEqual(['film.mp4" 200', 'film.mp4" 200', 'film.mp4" 403'])
})
