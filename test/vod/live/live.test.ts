/** Recordings of live streams. */

import { describe, expect, test } from 'vitest'
import { createControl } from '../../../src/client/index.js'
import type { CloudOptions, LiveStreamInput } from '../../../src/index.js'
import { testEmulator } from '../../support/sdk.js'
import { vodWorld } from '../support.js'

const STREAM: LiveStreamInput = { domainName: 'Live.example.com', appName: 'testApp', streamName: 'live-test', duration: '38m' }

function liveWorld(options: CloudOptions = {}) {
  const world = vodWorld({ settings: { limits: { enabled: false } }, ...options })
  const { account, call } = world
  return {
    ...world,
    record: (stream: Partial<LiveStreamInput> = {}) => account.liveStreams.record({ ...STREAM, ...stream }),
    list: async (params: Record<string, string | number> = {}) => {
      const { Total, LiveRecordVideoList } = (await call('ListLiveRecordVideo', params)).body
      // biome-ignore lint/suspicious/noExplicitAny: tests reach into answers
      return { total: Total as number, rows: LiveRecordVideoList.LiveRecordVideo as any[] }
    },
  }
}

test('a stream of 38 minutes becomes videos of 30 and 8 minutes, which can be played', async () => {
  const { cloud, record, list, advance, play, events } = liveWorld({
    settings: { vod: { domains: [{ name: 'vod.example.com' }] }, limits: { enabled: false } },
  })
  await advance('1h')
  expect(await record({ period: '30m' })).toEqual({ jobId: expect.any(String), playlistId: expect.any(String), videos: 2 })
  expect((await list()).total).toBe(0)
  await advance('1m')
  const { total, rows } = await list({ SortBy: 'CreationTime:Asc' })
  expect(total).toBe(2)
  const [first, second] = rows
  expect(first).toEqual({
    DomainName: 'live.example.com',
    AppName: 'testApp',
    StreamName: 'live-test',
    PlaylistId: second.PlaylistId,
    RecordStartTime: '2026-01-01T00:22:00Z',
    RecordEndTime: '2026-01-01T00:52:00Z',
    Video: {
      VideoId: expect.stringMatching(/^[0-9a-f]{32}$/),
      Title: 'live-test_2026-01-01T00:22:00Z',
      Status: 'Normal',
      Duration: 1800,
      Size: expect.any(Number),
      CoverURL: expect.stringContaining('/covers/'),
      TemplateGroupId: expect.any(String),
      CreationTime: '2026-01-01T01:00:02Z',
      ModifyTime: expect.any(String),
      Snapshots: { Snapshot: expect.arrayContaining([expect.any(String)]) },
    },
  })
  expect([second.RecordStartTime, second.RecordEndTime, second.Video.Duration]).toEqual([
    '2026-01-01T00:52:00Z',
    '2026-01-01T01:00:00Z',
    480,
  ])
  const { VideoBase, PlayInfoList } = (await play(second.Video.VideoId)).body
  expect(VideoBase.Duration).toBe('480')
  const { host, pathname } = new URL(PlayInfoList.PlayInfo[0].PlayURL)
  const played = await cloud.handle({ method: 'GET', host, path: pathname, query: '', headers: { host }, body: Buffer.alloc(0) })
  expect(played.status).toBe(200)

  expect(events('AddLiveRecordVideoComplete')).toEqual(
    rows.map(({ Video, PlaylistId: _, ...row }) => ({
      EventType: 'AddLiveRecordVideoComplete',
      EventTime: '2026-01-01T01:00:02Z',
      Status: 'success',
      VideoId: Video.VideoId,
      ...row,
    })),
  )
  const types = events().map(({ EventType }) => EventType)
  expect([types.includes('FileUploadComplete'), types.indexOf('AddLiveRecordVideoComplete')]).toEqual([false, 0])
  expect(types.filter((type) => type === 'TranscodeComplete')).toHaveLength(2)
})

test('recordings are put together to one further video, if asked for', async () => {
  const { record, list, advance, call, events } = liveWorld()
  const group = { templateGroupId: 'VOD_NO_TRANSCODE' }
  expect((await record({ period: '20m', compose: true, ...group })).videos).toBe(3)
  await advance('3s')
  const [composing] = (await list()).rows.filter(({ Video }) => Video.Status === 'Uploading')
  const { VideoId } = composing.Video
  expect(events('LiveRecordVideoComposeStart')).toEqual([
    {
      EventType: 'LiveRecordVideoComposeStart',
      EventTime: '2026-01-01T00:00:02Z',
      VideoId,
      Status: 'success',
      StreamName: 'live-test',
      DomainName: 'live.example.com',
      AppName: 'testApp',
    },
  ])
  await advance('1m')
  expect((await list()).rows.map(({ Video }) => Video.Duration).sort()).toEqual([1080, 1200, 2280])
  expect((await call('GetVideoInfo', { VideoId })).body.Video).toMatchObject({ Status: 'Normal', Duration: 2280 })
  expect(events('FileUploadComplete').map((event) => event.VideoId)).toEqual([VideoId])
  expect((await call('SearchMedia', { Match: "MediaSource = 'live'" })).body.Total).toBe(3)
})

describe('ListLiveRecordVideo', () => {
  /** Streams that began at 1, 2 and 3 o'clock. */
  async function recorded() {
    const world = liveWorld()
    await world.advance('4h')
    const streams = [
      { streamName: 'one', startTime: '2026-01-01T01:00:00Z' },
      { streamName: 'two', startTime: '2026-01-01T02:00:00Z', appName: 'other' },
      { streamName: 'three', startTime: '2026-01-01T03:00:00Z', domainName: 'other.example.com' },
    ]
    for (const stream of streams) {
      await world.record({ duration: '10m', ...stream })
      await world.advance('1m')
    }
    return world
  }

  test.each<[what: string, params: Record<string, string | number>, found: (string | number)[]]>([
    ['newest first', {}, [3, 'three', 'two', 'one']],
    ['oldest first', { SortBy: 'CreationTime:Asc' }, [3, 'one', 'two', 'three']],
    ['by stream', { StreamName: 'two' }, [1, 'two']],
    ['by part of a name', { StreamName: 'tw' }, [0]],
    ['by app', { AppName: 'testApp' }, [2, 'three', 'one']],
    ['by domain, in any letter case', { DomainName: 'LIVE.example.com' }, [2, 'two', 'one']],
    ['by all', { StreamName: 'one', AppName: 'testApp', DomainName: 'live.example.com' }, [1, 'one']],
    ['by the beginning of the recording', { StartTime: '2026-01-01T02:00:00Z' }, [2, 'three', 'two']],
    ['until then', { EndTime: '2026-01-01T02:00:00Z' }, [2, 'two', 'one']],
    ['between', { StartTime: '2026-01-01T01:30:00Z', EndTime: '2026-01-01T02:30:00Z' }, [1, 'two']],
    ['a page', { PageNo: 2, PageSize: 2 }, [3, 'one']],
    ['beyond the first 5000', { PageNo: 51, PageSize: 100 }, [3]],
  ])('%s', async (_what, params, found) => {
    const { total, rows } = await (await recorded()).list(params)
    expect([total, ...rows.map(({ StreamName }) => StreamName)]).toEqual(found)
  })

  test.each<[params: Record<string, string | number>, param: string]>([
    [{ PageNo: 0 }, 'PageNo'],
    [{ PageSize: 101 }, 'PageSize'],
    [{ SortBy: 'Title:Asc' }, 'SortBy'],
    [{ StartTime: 'today' }, 'StartTime'],
    [{ StartTime: '2026-01-01T00:00:00Z', EndTime: '2026-01-01T00:00:00Z' }, 'EndTime'],
  ])('refuses %j', async (params, param) => {
    const { status, code, message } = await liveWorld().refusal('ListLiveRecordVideo', params)
    expect([status, code, message]).toEqual([400, 'InvalidParameter', `The specified parameter "${param}" is not valid.`])
  })

  // The manual prints a table here that speaks of IP addresses: no parameter leads to it, only a fault does.
  test.each([
    ['IpsIsEmpty', 400, 'The specified "Ips" can not be empty.'],
    ['IpsExceededMax', 403, 'The specified Ips count has exceeded 100.'],
    ['SecurityIpGroupExceededMax', 403, 'The audit security group count has exceeded 10.'],
  ])('answers %s by a fault', async (code, status, message) => {
    const { account, refusal } = liveWorld()
    account.faults.add({ action: 'ListLiveRecordVideo', error: code })
    expect(await refusal('ListLiveRecordVideo')).toMatchObject({ status, code, message })
  })

  test('knows nothing of videos that are deleted, nor of others', async () => {
    const { record, list, advance, call, upload } = liveWorld()
    await upload()
    await record()
    await advance('1m')
    const [row] = (await list()).rows
    await call('DeleteVideo', { VideoIds: row.Video.VideoId })
    expect((await list()).total).toBe(0)
  })

  test('knows what a world has', async () => {
    const { account, list } = liveWorld()
    await account.worlds.apply({
      description: 'A recording.',
      tables: {
        'vod.videos': [
          {
            videoId: 'recording',
            title: 'Concert',
            tags: [],
            status: 'Normal',
            mediaType: 'video',
            mediaSource: 'live',
            liveRecording: {
              domainName: 'live.example.com',
              appName: 'testApp',
              streamName: 'concert',
              playlistId: 'p1',
              composed: false,
              startedAt: '-2h',
              endedAt: '-1h',
            },
            fileName: 'concert.mp4',
            // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder
            file: { bucket: '${vod.bucket}', key: 'sv/concert.mp4' },
            sourceStatus: 'Normal',
            // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder
            storageLocation: '${vod.location}',
            appId: 'app-1000000',
            streams: [],
            snapshots: [],
            createdAt: '-1h',
            modifiedAt: '-1h',
          },
        ],
      },
    })
    const { total, rows } = await list({ StreamName: 'concert' })
    expect([total, rows[0].Video.VideoId, rows[0].RecordStartTime]).toEqual([1, 'recording', '2025-12-31T22:00:00Z'])
  })
})

describe('what goes wrong', () => {
  test('recordings that fail are told of, and have no file', async () => {
    const { account, record, list, advance, events } = liveWorld()
    account.faults.add({ action: 'ListLiveRecordVideo', when: { StreamName: 'live-test' }, job: { exhaust: true } } as never)
    await record({ period: '20m', compose: true })
    await advance('1m')
    const { rows } = await list()
    expect(rows.map(({ Video }) => Video.Status)).toEqual(['UploadFail', 'UploadFail'])
    expect(events().map(({ EventType, Status }) => [EventType, Status])).toEqual([
      ['AddLiveRecordVideoComplete', 'fail'],
      ['AddLiveRecordVideoComplete', 'fail'],
    ])
  })

  test.each<[what: string, stream: Partial<LiveStreamInput>, fault: object | undefined]>([
    ['of more than 40', { period: '30s', duration: '21m' }, undefined],
    ['by a fault', {}, { job: { fail: { code: 'ComposeFailed', message: 'Broken.', stage: 'Composing' } }, custom: true }],
  ])('recordings %s are not put together', async (_what, stream, fault) => {
    const { account, record, list, advance, events } = liveWorld()
    if (fault) account.faults.add({ action: 'ListLiveRecordVideo', ...fault } as never)
    await record({ compose: true, templateGroupId: 'VOD_NO_TRANSCODE', ...stream })
    await advance('1m')
    const { rows } = await list({ PageSize: 100 })
    expect(rows.filter(({ Video }) => Video.Status === 'ProduceFail')).toHaveLength(1)
    expect(events('FileUploadComplete')).toEqual([])
    expect(events('LiveRecordVideoComposeStart')).toMatchObject([{ Status: fault ? 'success' : 'fail' }])
  })

  test.each<[stream: object, problem: RegExp]>([
    [{ streamName: '' }, /streamName/],
    [{ duration: 'long' }, /duration/],
    [{ duration: 1 }, /duration/],
    [{ period: '10s' }, /period.*more than 100 recordings/s],
    [{ startTime: '2026-01-01T00:00:00Z' }, /ends at 2026-01-01T00:38:00.000Z, and it is 2026-01-01T00:00:00.000Z/],
    [{ storageLocation: 'none' }, /there is no storage none/],
    [{ templateGroupId: 'none' }, /there is no template group none/],
    [{ compose: true, composeTemplateGroupId: 'none' }, /there is no template group none/],
    [{ appId: 'mine' }, /appId/],
    [{ app: 'mine' }, /there is no field .*did you mean/],
  ])('a stream with %j is refused', async (stream, problem) => {
    const { record, account } = liveWorld()
    await expect(record(stream)).rejects.toThrow(problem)
    expect(account.jobs.unfinished).toBe(0)
  })

  test('there are no more videos than the settings allow', async () => {
    const { record } = liveWorld({ settings: { vod: { maxMedia: 2 } } })
    await expect(record({ period: '20m', compose: true })).rejects.toThrow('vod.maxMedia')
  })
})

test('a control call tells of a stream, over HTTP', async () => {
  const { url, close, cloud } = await testEmulator()
  try {
    const control = createControl({ endpoint: url })
    expect(await control.liveStreams.record(STREAM)).toMatchObject({ videos: 1 })
    await control.clock.advance('1m')
    expect(cloud.account().vod.videos.list().rows).toMatchObject([{ status: 'Normal', mediaSource: 'live' }])
    await expect(control.liveStreams.record({ ...STREAM, duration: 0 })).rejects.toThrow('duration')
  } finally {
    await close()
  }
})
