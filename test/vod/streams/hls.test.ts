import AliOss from 'ali-oss'
import { describe, expect, test } from 'vitest'
import { buildPlainApp } from '../../../emulator/server/app.js'
import { testEmulator } from '../../support/sdk.js'
import { decode, domains, sample } from '../support.js'
import { player, streamWorld, template, total, tracksOf } from './support.js'

const hls = (Duration?: string) => template('SD', 'm3u8', Duration === undefined ? {} : { MuxConfig: { Segment: { Duration } } })

describe('a playlist', () => {
  test.each<[seconds: number, length: string | undefined, lengths: number[]]>([
    [2, undefined, [2]],
    [25, undefined, [10, 10, 5]],
    [30, '10', [10, 10, 10]],
    [9.0464, '4', [4, 4, 1.046]],
    [60.5, '60', [60, 0.5]],
    [0, '5', [0]],
  ])('of %d seconds in segments of %s', async (duration, length, lengths) => {
    const { transcoded, streams, media } = streamWorld()
    const VideoId = await transcoded([hls(length)], { duration })
    const [{ PlayURL, Duration }] = await streams(VideoId)
    const playlist = await media(PlayURL)
    expect(playlist.segments.map((segment) => segment.duration)).toEqual(lengths)
    expect([playlist.endlist, playlist.targetDuration]).toEqual([true, Math.max(1, Math.round(Math.max(...lengths)))])
    expect(total(playlist.segments)).toBeCloseTo(Number(Duration), 2)
  })

  test('names its segments by number, in files of their own beside it', async () => {
    const { transcoded, streams, media } = streamWorld({ settings: { vod: { domains } } })
    const [{ PlayURL }] = await streams(await transcoded([hls()], { duration: 21 }))
    const stem = /([^/]+)\.m3u8$/.exec(PlayURL)?.[1]
    const { segments } = await media(PlayURL)
    expect(segments.map(({ uri }) => uri)).toEqual([`${stem}-00001.ts`, `${stem}-00002.ts`, `${stem}-00003.ts`])
  })

  test('says where the count of time begins anew, as it does in each of its files', async () => {
    const { transcoded, streams, media } = streamWorld()
    const { segments } = await media((await streams(await transcoded([hls()], { duration: 21 })))[0].PlayURL)
    expect(segments.map(({ discontinuity }) => discontinuity ?? false)).toEqual([false, true, true])
  })
})

describe('every segment can be played', () => {
  test.each<[how: string, params: Record<string, string>]>([
    ['from OSS', { OutputType: 'oss' }],
    ['through a domain', {}],
    ['through a domain with URL authentication', { PlayConfig: '{"PlayDomain":"safe.example.com"}' }],
    [
      'through such a domain, with parts of its own in the authentication',
      { PlayConfig: '{"PlayDomain":"safe.example.com"}', ReAuthInfo: '{"uid":"12","rand":"ab"}' },
    ],
  ])('%s', async (_how, params) => {
    const { transcoded, streams, playSegments } = streamWorld({ settings: { vod: { domains } } })
    const [{ PlayURL, Size }] = await streams(await transcoded([hls()], { duration: 33 }), params)
    const played = await playSegments(PlayURL)
    expect(played.map(({ duration }) => duration)).toEqual([10, 10, 10, 3])
    expect(new Set(played.map(({ url }) => url)).size).toBe(4)
    expect(played.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBe(Size)
    for (const { bytes } of played) expect(await tracksOf(bytes)).toEqual(['MPEG-TS', 'AVC 320x180', 'AAC'])
  })

  test('over HTTP', async () => {
    const world = streamWorld()
    const app = buildPlainApp(world.cloud)
    try {
      world.cloud.publicUrl = await app.listen({ port: 0, host: '127.0.0.1' })
      const [{ PlayURL }] = await world.streams(await world.transcoded([hls()], { duration: 12 }))
      const { playSegments } = player(async (url) => {
        const response = await fetch(url)
        return { status: response.status, headers: {}, body: new Uint8Array(await response.arrayBuffer()) }
      })
      expect((await playSegments(PlayURL)).map(({ bytes }) => bytes)).toEqual([sample('sample.ts'), sample('sample.ts')])
    } finally {
      await app.close()
    }
  })

  test.each([
    ['from OSS', { OutputType: 'oss', AuthTimeout: '60' }],
    ['through a domain', { PlayConfig: '{"PlayDomain":"safe.example.com"}', AuthTimeout: '60' }],
  ])('%s: as long as the playlist, and no longer', async (_how, params) => {
    const { transcoded, streams, media, get, advance } = streamWorld({ settings: { vod: { domains } } })
    const [{ PlayURL }] = await streams(await transcoded([hls()], { duration: 12 }), params)
    const { segments } = await media(PlayURL)
    const second = new URL(segments[1]?.uri ?? '', PlayURL).href
    await advance('59s')
    expect((await get(second)).status).toBe(200)
    await advance('2s')
    expect((await get(second)).status).toBe(403)
  })

  test.each([
    ['OSS', 'oss', 404],
    ['a domain', 'cdn', 404],
  ])('%s has no more than there are', async (_where, OutputType, status) => {
    const { transcoded, streams, account, get } = streamWorld({ settings: { vod: { domains } } })
    const VideoId = await transcoded([hls()], { duration: 33 })
    const [{ PlayURL }] = await streams(VideoId)
    const file = account.vod.videos.get(VideoId)?.streams[0]?.file
    const beyond = (number: string) => `${file?.key.replace('.m3u8', '')}-${number}.ts`
    for (const number of ['00000', '00005', '99999']) {
      const url =
        OutputType === 'oss'
          ? `http://${file?.bucket}.oss-cn-shanghai.aliyuncs.com/${beyond(number)}`
          : `${new URL(PlayURL).origin}/${beyond(number)}`
      expect((await get(url)).status).toBe(OutputType === 'oss' ? 403 : status)
      expect(account.oss.object(file?.bucket ?? '', beyond(number))).toBeUndefined()
    }
  })
})

describe('a film of ten hours', () => {
  const TEN_HOURS = 36_000

  test('has 3,600 segments, and takes no more room than one of ten seconds', async () => {
    const { transcoded, streams, media, playSegments, account } = streamWorld()
    const VideoId = await transcoded([hls()], { duration: TEN_HOURS })
    const [{ PlayURL, Size }] = await streams(VideoId)
    const { segments } = await media(PlayURL)
    expect([segments.length, total(segments)]).toEqual([3600, TEN_HOURS])
    expect(Size).toBe(3600 * sample('sample.ts').length)
    const [last] = await playSegments(PlayURL, 3599)
    expect(last?.bytes).toEqual(sample('sample.ts'))
    // One record stands for all segments, and all that takes room is the playlist.
    const stored = account.oss.objects.list({ where: ({ key }) => key.includes('-ld') }).rows
    expect(stored.map(({ copies = 1 }) => copies).sort()).toEqual([1, 3600])
    expect(account.oss.storage.used).toBeLessThan(500_000)
  })

  test('has a playlist of which each line can be read, however long the film is said to be', async () => {
    const { transcoded, streams, media } = streamWorld()
    const [{ PlayURL }] = await streams(await transcoded([hls('1')], { duration: 366 * 86_400 }))
    const { segments } = await media(PlayURL)
    expect(segments.length).toBeLessThanOrEqual(36_000)
    expect(total(segments)).toBe(366 * 86_400)
  })
})

describe('what belongs to a stream goes with it', () => {
  test.each(['DeleteStream', 'DeleteVideo'])('%s', async (action) => {
    const { transcoded, streams, account, call } = streamWorld()
    const before = account.oss.objects.count
    const VideoId = await transcoded([hls()], { duration: 100 })
    const [{ JobId }] = await streams(VideoId)
    const segment = account.vod.videos.get(VideoId)?.streams[0]?.segments?.[0] as { bucket: string; key: string }
    const seventh = segment.key.replace('00001', '00007')
    expect(account.oss.object(segment.bucket, seventh)).toBeDefined()
    await call(action, action === 'DeleteStream' ? { VideoId, JobIds: JobId } : { VideoIds: VideoId })
    expect(account.oss.object(segment.bucket, seventh)).toBeUndefined()
    if (action === 'DeleteVideo') expect(account.oss.objects.count).toBe(before)
  })
})

test('segments survive an export, and a fork', async () => {
  const world = streamWorld()
  const { transcoded, account, cloud } = world
  const VideoId = await transcoded([hls()], { duration: 55 })
  const copies = [await account.fork(), cloud.createAccount()]
  await copies[1]?.import(await account.export({ bytes: 'inline' }))
  for (const copy of copies) {
    const { segments: [segment] = [] } = copy.vod.videos.get(VideoId)?.streams[0] ?? {}
    const sixth = copy.oss.object(segment?.bucket ?? '', segment?.key.replace('00001', '00006') ?? '')
    expect(sixth?.size).toBe(sample('sample.ts').length)
  }
})

test('a list of the bucket shows every segment, page by page', async () => {
  const emulator = await testEmulator()
  try {
    const { url } = emulator
    const oss = new AliOss({
      endpoint: url,
      region: 'oss-cn-shanghai',
      bucket: 'films',
      accessKeyId: 'testAccessKeyId',
      accessKeySecret: 'testAccessKeySecret',
    })
    await emulator.control('PUT', '/settings', { vod: { storages: [{ location: 'films.oss-cn-shanghai.aliyuncs.com' }] } })
    const account = emulator.cloud.account()
    await account.oss.put('films', 'a/x-00001.ts', await account.oss.storage.receive(Buffer.from('same')), PLAIN, 25)
    await oss.put('a/x-00007.ts', Buffer.from('own'))
    await oss.put('a/x-00012.ts.bak', Buffer.from('between'))
    await oss.put('b', Buffer.from('last'))
    const names: string[] = []
    let marker: string | undefined
    do {
      const page = await oss.list({ 'max-keys': 10, ...(marker && { marker }) } as never, {})
      names.push(...page.objects.map(({ name }) => name))
      marker = page.nextMarker
    } while (marker)
    const expected = Array.from({ length: 25 }, (_, index) => `a/x-${String(index + 1).padStart(5, '0')}.ts`)
    expect(names).toEqual([...expected.slice(0, 12), 'a/x-00012.ts.bak', ...expected.slice(12), 'b'])
    expect(String((await oss.get('a/x-00007.ts')).content)).toBe('own')
    expect(String((await oss.get('a/x-00008.ts')).content)).toBe('same')
    const folders = await oss.list({ 'max-keys': 10, delimiter: '/' } as never, {})
    expect([folders.prefixes, folders.objects.map(({ name }) => name)]).toEqual([['a/'], ['b']])
    // What is counted can be a folder, too: some of the segments, or all.
    const foldersBy = async (delimiter: string) =>
      (await oss.list({ 'max-keys': 100, prefix: 'a/x-0000', delimiter } as never, {})).prefixes
    expect(await foldersBy('1')).toEqual(['a/x-00001'])
    expect((await foldersBy('.')).length).toBe(9)
    const beyond = async (delimiter: string) => (await oss.list({ 'max-keys': 100, prefix: 'a/', delimiter } as never, {})).prefixes
    expect([await beyond('-'), await beyond('01'), (await beyond('1')).length]).toEqual([['a/x-'], ['a/x-00001', 'a/x-0001'], 3])
  } finally {
    await emulator.close()
  }
})

const PLAIN = { contentType: 'video/mp2t', headers: {} }

test('what a preview may show of a playlist is as many segments as fit into it', async () => {
  const { transcoded, streams, playSegments } = streamWorld({ settings: { vod: { domains } } })
  const VideoId = await transcoded([hls()], { duration: 55 })
  const lengths = async (PreviewTime: string) => {
    const PlayConfig = JSON.stringify({ PlayDomain: 'safe.example.com', PreviewTime })
    return (await playSegments((await streams(VideoId, { PlayConfig }))[0].PlayURL)).map(({ duration }) => duration)
  }
  expect([await lengths('3'), await lengths('20'), await lengths('55')]).toEqual([[10], [10, 10], [10, 10, 10, 10, 10, 5]])
})

test('files are named by the video, the definition, or the rule of the template', async () => {
  const { transcoded, account } = streamWorld()
  const rule = { TranscodeFileRegular: '{MediaId}/{JobId}/shown-{PlayDefinition}' }
  const VideoId = await transcoded([hls(), template('HD', 'mp4', rule)], { duration: 5 })
  const keys = account.vod.videos.get(VideoId)?.streams.map(({ file, jobId }) => file.key.replace(jobId, 'JOB'))
  expect(keys).toEqual([
    expect.stringMatching(new RegExp(`^${VideoId}/[0-9a-f]{32}-[0-9a-f]{32}-ld\\.m3u8$`)),
    `${VideoId}/JOB/shown-sd.mp4`,
  ])
})

test('an upload address leads to no segment', async () => {
  // A credential is for one object alone, and the names of segments are no exception.
  const { create } = streamWorld()
  expect(decode((await create()).UploadAddress).FileName).not.toMatch(/-\d{5}\.ts$/)
})
