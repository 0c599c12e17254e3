/** Answers as the official clients read them: nesting and kinds of every Action of the chapter, as the SDKs' interface has them. */

import { expect, onTestFinished, test } from 'vitest'
import { openApi, popCore, type SdkCall, testEmulator } from '../../support/sdk.js'
import { misfits, type Shape } from '../../support/shape.js'
import { SOURCES } from '../cdn/support.js'
import { sample, type Ticket } from '../support.js'
import { objectOf, uploaderOf } from '../uploader.js'

const items = [{ TimeStamp: 'string', Data: { DataItem: [{ Name: 'string', Value: 'string' }] } }] as const

const byPlayer = { Android: 'string', iOS: 'string', Flash: 'string', HTML5: 'string' } as const

const shapes: Record<string, Shape> = {
  DescribeVodDomainUsageData: {
    Area: 'string',
    DataInterval: 'string',
    DomainName: 'string',
    EndTime: 'string',
    StartTime: 'string',
    Type: 'string',
    UsageDataPerInterval: { DataModule: [{ TimeStamp: 'string', Value: 'string' }] },
  },
  DescribeVodStorageData: {
    DataInterval: 'string',
    StorageData: { StorageDataItem: [{ NetworkOut: 'string', StorageUtilization: 'string', TimeStamp: 'string' }] },
  },
  DescribeVodTranscodeData: { DataInterval: 'string', TranscodeData: { TranscodeDataItem: items } },
  DescribeVodAIData: { DataInterval: 'string', AIData: { AIDataItem: items } },
  DescribePlayTopVideos: {
    PageNo: 'number',
    PageSize: 'number',
    TotalNum: 'number',
    TopPlayVideos: {
      TopPlayVideoStatis: [{ PlayDuration: 'string', Title: 'string', UV: 'string', VV: 'string', VideoId: 'string' }],
    },
  },
  DescribePlayUserAvg: {
    UserPlayStatisAvgs: { UserPlayStatisAvg: [{ AvgPlayCount: 'string', AvgPlayDuration: 'string', Date: 'string' }] },
  },
  DescribePlayUserTotal: {
    UserPlayStatisTotals: {
      UserPlayStatisTotal: [{ Date: 'string', PlayDuration: 'string', PlayRange: 'string', UV: byPlayer, VV: byPlayer }],
    },
  },
  DescribePlayVideoStatis: {
    VideoPlayStatisDetails: {
      VideoPlayStatisDetail: [{ Date: 'string', PlayDuration: 'string', PlayRange: 'string', Title: 'string', UV: 'string', VV: 'string' }],
    },
  },
}

/** Times of a manual clock: that of the day, and one when there are statistics of it. */
const START = '2026-01-01T00:00:00Z'
const END = '2026-01-02T02:00:00Z'

/** An emulator in which everything has been used, and a client. */
async function usedEmulator(connect: (target: { url: string; key: never; version: string }) => SdkCall) {
  const emulator = await testEmulator()
  onTestFinished(emulator.close)
  const account = emulator.cloud.account()
  const call = connect({ url: emulator.url, key: account.credentials as never, version: '2017-03-21' })
  await call('AddVodDomain', { DomainName: 'cdn.example.com', Sources: SOURCES })
  await account.clock.advance('10s')
  const ticket: Ticket & { VideoId: string } = await call('CreateUploadVideo', { Title: 'title', FileName: 'a.mp4' })
  await uploaderOf(ticket).put(objectOf(ticket), sample('sample.mp4'))
  await account.clock.advance('1m')
  await call('SubmitAIJob', { MediaId: ticket.VideoId })
  const [{ PlayURL }] = (await call('GetPlayInfo', { VideoId: ticket.VideoId })).PlayInfoList.PlayInfo
  expect((await (await fetch(PlayURL)).arrayBuffer()).byteLength).toBeGreaterThan(0)
  const players = { Android: 1, iOS: 1, Flash: 1, HTML5: 1 }
  await account.plays.simulate({ videoId: ticket.VideoId, viewers: 8, players })
  await account.clock.advanceTo(END)
  return { call, VideoId: ticket.VideoId }
}

test.each([
  { name: '@alicloud/openapi-client', connect: (target: never) => openApi(target, 'form') },
  { name: '@alicloud/pop-core', connect: (target: never) => popCore(target, 'POST') },
])('$name reads every answer in its nesting, with values of their kinds', async ({ connect }) => {
  const { call, VideoId } = await usedEmulator(connect as never)
  const range = { StartTime: START, EndTime: END }
  const calls: [action: string, params: Record<string, unknown>, list: string[]][] = [
    ['DescribeVodDomainUsageData', { ...range, Field: 'traf' }, ['UsageDataPerInterval', 'DataModule']],
    ['DescribeVodStorageData', range, ['StorageData', 'StorageDataItem']],
    ['DescribeVodTranscodeData', range, ['TranscodeData', 'TranscodeDataItem']],
    ['DescribeVodAIData', range, ['AIData', 'AIDataItem']],
    ['DescribePlayTopVideos', { BizDate: START }, ['TopPlayVideos', 'TopPlayVideoStatis']],
    ['DescribePlayUserAvg', range, ['UserPlayStatisAvgs', 'UserPlayStatisAvg']],
    ['DescribePlayUserTotal', range, ['UserPlayStatisTotals', 'UserPlayStatisTotal']],
    ['DescribePlayVideoStatis', { ...range, VideoId }, ['VideoPlayStatisDetails', 'VideoPlayStatisDetail']],
  ]
  expect(calls.map(([action]) => action).sort()).toEqual(Object.keys(shapes).sort())
  const wrong: string[] = []
  const empty: string[] = []
  for (const [action, params, [outer = '', inner = '']] of calls) {
    const answer = await call(action, params)
    wrong.push(...misfits(answer, { RequestId: 'string', ...(shapes[action] as object) }, action))
    if (answer[outer]?.[inner]?.length === 0) empty.push(action)
  }
  expect([wrong, empty]).toEqual([[], []])
})
