import { describe, expect, test } from 'vitest'
import { appWorld } from '../apps/support.js'
import { statisticsWorld } from './support.js'

const ANDROID = { headers: { 'user-agent': 'AliyunPlayer/5.0 (Android 14)' }, from: '203.0.113.1' }
const IPHONE = { headers: { 'user-agent': 'AliyunPlayer/5.0 (iPhone; iOS 17)' }, from: '203.0.113.2' }

/** A day in China, of which statistics are there at nine the next morning: at one o'clock UTC. */
const DAY = '2026-01-01T03:00:00Z'
const MADE = '2026-01-02T01:00:00Z'
const range = { StartTime: '2026-01-01T00:00:00Z', EndTime: MADE }

describe('plays', () => {
  test('are there from nine the next morning in China, and not before', async () => {
    const { account, film, watch, top, totals, averages, ofVideo } = await statisticsWorld()
    const VideoId = await film({ Title: 'a film' })
    await watch(VideoId, ANDROID)
    const all = async (EndTime: string) => {
      const days = { ...range, EndTime }
      return [await top(DAY), await totals(days), await averages(days), await ofVideo(VideoId, days)].map(({ length }) => length)
    }
    await account.clock.advanceTo('2026-01-02T00:59:59Z')
    expect(await all('2026-01-02T00:59:59Z')).toEqual([0, 0, 0, 0])
    await account.clock.advanceTo(MADE)
    expect(await all(MADE)).toEqual([1, 1, 1, 1])
  })

  test('are counted by player, viewers once a day', async () => {
    const { account, film, watch, totals, averages, ofVideo, top } = await statisticsWorld()
    const [one, other] = [await film({ Title: 'one' }), await film({ Title: 'other' })]
    for (const player of [ANDROID, ANDROID, IPHONE]) await watch(one, player)
    await watch(other, ANDROID)
    await account.clock.advanceTo('2026-01-02T00:00:00Z')
    await watch(one, ANDROID)
    await account.clock.advanceTo('2026-01-03T01:00:00Z')
    const days = { ...range, EndTime: '2026-01-03T01:00:00Z' }
    const [first, second] = await totals(days)
    expect(first).toMatchObject({ Date: '20260101', VV: { Android: '3', iOS: '1' }, UV: { Android: '1', iOS: '1' } })
    expect(second).toMatchObject({ Date: '20260102', VV: { Android: '1' }, UV: { Android: '1' } })
    expect(Object.keys(second.VV)).toEqual(['Android'])
    expect(await averages(days)).toMatchObject([
      { Date: '20260101', AvgPlayCount: '2.0' },
      { Date: '20260102', AvgPlayCount: '1.0' },
    ])
    expect(await ofVideo(one, days)).toMatchObject([
      { Date: '20260101', Title: 'one', VV: '3', UV: '2' },
      { Date: '20260102', Title: 'one', VV: '1', UV: '1' },
    ])
    expect(await top(DAY)).toMatchObject([
      { VideoId: one, Title: 'one', VV: '3', UV: '2' },
      { VideoId: other, Title: 'other', VV: '1', UV: '1' },
    ])
  })

  test('last as long as the part of the stream that was sent', async () => {
    const { account, film, addresses, get, ofVideo } = await statisticsWorld()
    const VideoId = await film()
    const [url = ''] = await addresses(VideoId, { Formats: 'mp4' })
    const whole = await get(url, ANDROID)
    const half = Math.floor(whole.bytes.byteLength / 2)
    await get(url, { ...IPHONE, headers: { ...IPHONE.headers, range: `bytes=0-${half - 1}` } })
    await account.clock.advanceTo(MADE)
    const seconds = account.vod.videos.get(VideoId)?.streams.find(({ format }) => format === 'mp4')?.duration ?? 0
    const [day] = await ofVideo(VideoId, range)
    expect(Number(day?.PlayDuration) / (seconds * 1500)).toBeCloseTo(1, 2)
    expect(day).toMatchObject({ VV: '2', PlayRange: '<=1m:100.0%' })
  })

  test('begin with the start of a file: probes, later ranges, HEAD and refusals are none', async () => {
    const { account, film, addresses, get, ofVideo } = await statisticsWorld()
    const VideoId = await film()
    const [url = ''] = await addresses(VideoId)
    await get(url, { ...ANDROID, method: 'HEAD' })
    await get(url, { ...ANDROID, headers: { ...ANDROID.headers, range: 'bytes=0-1' } })
    await get(url, ANDROID)
    await get(url, { ...ANDROID, headers: { ...ANDROID.headers, range: 'bytes=100-' } })
    await get(url.replace('.mp4', '-none.mp4'), ANDROID)
    await account.clock.advanceTo(MADE)
    expect(await ofVideo(VideoId, range)).toMatchObject([{ VV: '1', UV: '1' }])
  })

  test('of HLS begin with the playlist, and last as long as the segments that are sent', async () => {
    const { account, film, addresses, get, ofVideo, call } = await statisticsWorld()
    const templates = [
      { Type: 'Normal', TemplateName: 'hls', Definition: 'LD', Container: { Format: 'm3u8' }, Video: { Codec: 'H.264', Width: '640' } },
    ]
    const { TranscodeTemplateGroupId: TemplateGroupId } = (
      await call('AddTranscodeTemplateGroup', { Name: 'hls', TranscodeTemplateList: JSON.stringify(templates) })
    ).body
    const VideoId = await film({ TemplateGroupId })
    const [url = ''] = await addresses(VideoId, { Formats: 'm3u8' })
    const playlist = await get(url, ANDROID)
    const [segment = ''] = playlist.bytes.toString().match(/^[^#].*$/m) ?? []
    await get(new URL(segment, url).href, ANDROID)
    await account.clock.advanceTo(MADE)
    const [stream] = account.vod.videos.get(VideoId)?.streams ?? []
    const lines = playlist.bytes.toString().match(/^[^#].*$/gm) ?? []
    expect(await ofVideo(VideoId, range)).toMatchObject([
      { VV: '1', UV: '1', PlayDuration: String(Math.round(((stream?.duration ?? 0) * 1000) / lines.length)) },
    ])
  })

  test('from OSS count as well as those through a domain', async () => {
    const { account, film, addresses, get, ofVideo } = await statisticsWorld()
    const VideoId = await film()
    const [url = ''] = await addresses(VideoId, { OutputType: 'oss' })
    await get(url, ANDROID)
    await account.clock.advanceTo(MADE)
    expect(await ofVideo(VideoId, range)).toMatchObject([{ VV: '1', UV: '1' }])
  })

  test('of a video that was deleted are still told, by the title that it had', async () => {
    const { account, film, watch, call, top } = await statisticsWorld()
    const VideoId = await film({ Title: 'gone' })
    await watch(VideoId, ANDROID)
    await call('DeleteVideo', { VideoIds: VideoId })
    await account.clock.advanceTo(MADE)
    expect(await top(DAY)).toMatchObject([{ VideoId, Title: 'gone', VV: '1' }])
  })

  test('are part of the state of an account: a copy has them', async () => {
    const { account, cloud, film, watch, call } = await statisticsWorld()
    const VideoId = await film()
    await watch(VideoId, ANDROID)
    const copy = await account.fork()
    await copy.clock.advanceTo(MADE)
    const { body } = await call('DescribePlayVideoStatis', { VideoId, ...range }, { account: copy })
    expect(body.VideoPlayStatisDetails.VideoPlayStatisDetail).toMatchObject([{ VV: '1' }])
    expect(cloud.account()).toBe(account)
  })
})

describe('what a player goes on with', () => {
  test('the next day belongs to the day on which it began, until there are statistics of it', async () => {
    const { account, film, addresses, get, ofVideo } = await statisticsWorld()
    const VideoId = await film()
    const [url = ''] = await addresses(VideoId, { Formats: 'mp4', AuthTimeout: '864000' })
    const rest = { ...ANDROID, headers: { ...ANDROID.headers, range: 'bytes=1000-' } }
    await get(url, ANDROID)
    await account.clock.advanceTo('2026-01-02T00:59:00Z')
    await get(url, rest)
    await account.clock.advanceTo(MADE)
    const [made] = await ofVideo(VideoId, range)
    await get(url, rest)
    expect(await ofVideo(VideoId, range)).toEqual([made])
    const { duration = 0 } = account.vod.videos.get(VideoId)?.streams.find(({ format }) => format === 'mp4') ?? {}
    expect(Number(made?.PlayDuration)).toBeGreaterThan(duration * 1000)
    await account.clock.advance('3d')
    expect(await ofVideo(VideoId, { ...range, EndTime: '2026-01-04T00:00:00Z' })).toEqual([made])
  })
})

describe('RAM users that see the media of some apps', () => {
  test('are told what was played of these, of videos that are gone nothing; who sees all apps is told of all', async () => {
    const { account, createApp, userWith, as, create, call } = appWorld()
    const [films, news] = [await createApp('films'), await createApp('news')]
    const editor = await userWith('editor', 'VODAppReadOnlyAccess', films)
    const ids: string[] = []
    for (const [AppId, viewers] of [
      [films, 1],
      [news, 3],
      [films, 2],
      [news, 4],
    ] as const) {
      const { VideoId } = await create({ AppId })
      ids.push(VideoId)
      await account.plays.simulate({ videoId: VideoId, viewers })
    }
    const [one, other, gone, alsoGone] = ids as [string, string, string, string]
    await call('DeleteVideo', { VideoIds: `${gone},${alsoGone}` })
    await account.clock.advanceTo(MADE)
    const topFor = async (caller: Pick<ReturnType<typeof as>, 'body'>) => {
      const { TotalNum, TopPlayVideos } = await caller.body('DescribePlayTopVideos', { BizDate: DAY })
      return [TotalNum, TopPlayVideos.TopPlayVideoStatis.map(({ VideoId }: { VideoId: string }) => VideoId)]
    }
    const toldOf = async (caller: Pick<ReturnType<typeof as>, 'body'>) => {
      const told: string[] = []
      for (const VideoId of ids)
        if ((await caller.body('DescribePlayVideoStatis', { ...range, VideoId })).VideoPlayStatisDetails.VideoPlayStatisDetail.length > 0)
          told.push(VideoId)
      return told
    }
    expect([await topFor(editor), await toldOf(editor)]).toEqual([[1, [one]], [one]])
    const owner = as(account.credentials as never)
    expect([await topFor(owner), await toldOf(owner)]).toEqual([[4, [alsoGone, other, gone, one]], ids])
    await call('MoveAppResource', { ResourceType: 'video', ResourceIds: other, TargetAppId: films })
    expect(await topFor(editor)).toEqual([2, [other, one]])
  })
})

describe('the top of a day', () => {
  test('are the thousand videos that were played most, in this order however often that was; of equals, those that were played first', async () => {
    const { account, film, call } = await statisticsWorld()
    const first = account.vod.videos.get(await film())
    const views: [videoId: string, plays: number][] = []
    for (let number = 0; number < 1100; number++) {
      const videoId = `video-${number}`
      if (first) account.vod.videos.put({ ...first, videoId, streams: [] })
      // From once to a billion times, with equals among them.
      const plays = Math.ceil(1.02 ** ((number * 389) % 1047))
      views.push([videoId, plays])
      await account.plays.simulate({ videoId, viewers: plays })
    }
    await account.plays.simulate({ videoId: 'video-5', viewers: 1_000_000_000 })
    ;(views[5] as [string, number])[1] += 1_000_000_000
    await account.clock.advanceTo(MADE)
    const { body } = await call('DescribePlayTopVideos', { BizDate: DAY, PageSize: '1000' })
    const ranked = views.sort(([, one], [, other]) => other - one).slice(0, 1000)
    const listed = body.TopPlayVideos.TopPlayVideoStatis.map(({ VideoId, VV }: Record<string, string>) => [VideoId, Number(VV)])
    expect([body.TotalNum, listed]).toEqual([1000, ranked])
    const beyond = (await call('DescribePlayTopVideos', { BizDate: DAY, PageNo: '9007199254740991', PageSize: '1000' })).body
    expect(beyond).toMatchObject({ TotalNum: 1000, TopPlayVideos: { TopPlayVideoStatis: [] } })
  })

  test('is told by pages', async () => {
    const { account, film, top, call } = await statisticsWorld()
    const ids: string[] = []
    for (const plays of [1, 3, 2]) {
      const videoId = await film()
      ids.push(videoId)
      await account.plays.simulate({ videoId, viewers: plays })
    }
    await account.clock.advanceTo(MADE)
    const [one, three, two] = ids
    expect((await top(DAY)).map(({ VideoId }) => VideoId)).toEqual([three, two, one])
    expect((await top(DAY, { PageNo: '2', PageSize: '2' })).map(({ VideoId }) => VideoId)).toEqual([one])
    const { body } = await call('DescribePlayTopVideos', { BizDate: DAY })
    expect(body).toMatchObject({ PageNo: 1, PageSize: 100, TotalNum: 3 })
  })
})
