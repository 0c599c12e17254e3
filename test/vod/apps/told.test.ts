/** What is told of other apps beside their media: in results of jobs, in events, in statistics, and of uploads by URL. */

import { expect, test } from 'vitest'
import { sd } from '../processing/support.js'
import { statisticsWorld } from '../statistics/support.js'
import { SYSTEMS, twoApps } from './support.js'

const idsIn = (dna: { VideoDNA?: { PrimaryKey: string }[] } | undefined) => (dna?.VideoDNA ?? []).map(({ PrimaryKey }) => PrimaryKey)

test('what a video resembles in an app is told to those of the app, and of its own app in events', async () => {
  const { call, filmmaker, upload, advance, films, news, events } = await twoApps()
  const [own, copy, theirs] = [await upload({ AppId: films }), await upload({ AppId: films }), await upload({ AppId: news })]
  await advance('1m')
  const jobs: string[] = []
  for (const MediaId of [theirs, copy, own]) {
    const { AIJob } = (await call('SubmitAIJob', { MediaId, Types: 'AIMediaDNA' })).body.AIJobList
    jobs.push(AIJob[0].JobId)
    await advance('1m')
  }
  const JobIds = jobs.at(-1) ?? ''
  const told = async (who: Pick<typeof filmmaker, 'body'>) => {
    const { AIJob } = (await who.body('ListAIJob', { JobIds })).AIJobList
    const { DNAResult } = await who.body('GetMediaDNAResult', { MediaId: own })
    return [idsIn(JSON.parse(AIJob[0].Data)), idsIn(DNAResult)].map((ids) => ids.sort())
  }
  expect(await told(filmmaker)).toEqual([[copy], [copy]])
  const all = [theirs, copy].sort()
  expect(await told({ body: async (action, params) => (await call(action, params)).body })).toEqual([all, all])
  expect(idsIn(JSON.parse(String(events('AIMediaDNAComplete').at(-1)?.Data)))).toEqual([copy])
})

test('what was dictated to a video it resembles is told likewise', async () => {
  const { filmmaker, film, report, account } = await twoApps()
  const Detail: never[] = []
  const dictated = { VideoDNA: ['elsewhere', report].map((PrimaryKey) => ({ PrimaryKey, Similarity: '1.00', Detail })) }
  account.vod.fingerprints.put({ videoId: film, content: 'a', duration: 1, dictated, createdAt: 0 })
  expect(idsIn((await filmmaker.body('GetMediaDNAResult', { MediaId: film })).DNAResult)).toEqual(['elsewhere'])
})

test('plays of a video are told to those of its app, and once it is deleted, to those who see all', async () => {
  const {
    call,
    account,
    film,
    account: { ram },
  } = await statisticsWorld()
  const { AppId } = (await call('CreateAppInfo', { AppName: 'films' })).body
  const [theirs, own] = [await film({ Title: 'theirs', AppId }), await film({ Title: 'own' })]
  for (const videoId of [theirs, own]) await account.plays.simulate({ videoId, viewers: 2 })
  ram.putUser('alice', { allow: ['vod:*'] })
  const key = ram.createAccessKey('alice')
  await account.clock.advance('2d')
  const told = async (options = {}) => {
    const top = (await call('DescribePlayTopVideos', { BizDate: '2026-01-01T00:00:00Z' }, options)).body
    const range = { StartTime: '2026-01-01T00:00:00Z', EndTime: '2026-01-02T00:00:00Z' }
    const one = (await call('DescribePlayVideoStatis', { VideoId: theirs, ...range }, options)).body
    return [top.TotalNum, top.TopPlayVideos.TopPlayVideoStatis.length, one.VideoPlayStatisDetails.VideoPlayStatisDetail.length]
  }
  expect([await told(), await told({ key })]).toEqual([
    [2, 2, 1],
    [1, 1, 0],
  ])
  await call('DeleteVideo', { VideoIds: theirs })
  expect([await told(), await told({ key })]).toEqual([
    [2, 2, 1],
    [1, 1, 0],
  ])
})

test('an upload by URL goes with its video to another app', async () => {
  const { call, filmmaker, userWith, films, news, advance } = await twoApps()
  const editor = await userWith('editor', 'VODAppFullAccess', news)
  const { JobId } = (await filmmaker.body('UploadMediaByURL', { UploadURLs: 'http://example.com/a.mp4', AppId: films })).UploadJobs[0]
  await advance('1m')
  const told = async (who: typeof filmmaker) => (await who.body('GetURLUploadInfos', { JobIds: JobId })).URLUploadInfoList
  const [{ MediaId }] = await told(filmmaker)
  expect(await told(editor)).toEqual([])
  await call('MoveAppResource', { ResourceType: 'video', ResourceIds: MediaId, TargetAppId: news })
  expect(await told(filmmaker)).toEqual([])
  expect(await told(editor)).toMatchObject([{ MediaId }])
})

test('an app is not deleted while something is being fetched for it', async () => {
  const { call, refusal, createApp, advance } = await twoApps()
  const AppId = await createApp('fetching')
  const { JobId } = (await call('UploadMediaByURL', { UploadURLs: 'http://example.com/a.mp4', AppId })).body.UploadJobs[0]
  expect(await refusal('DeleteAppInfo', { AppId })).toMatchObject({
    code: 'Forbidden.ResourceNotEmpty',
    message: `The App: ${AppId} has uploadJob resource, can not be deleted.`,
  })
  await call('CancelUrlUploadJobs', { JobIds: JobId })
  await advance('1m')
  expect((await call('DeleteAppInfo', { AppId })).status).toBe(200)
})

test('the app of a live stream has to be there; if it is deleted meanwhile, its recordings are in the app of the system', async () => {
  const { call, account, createApp, advance } = await twoApps()
  const stream = { domainName: 'live.example.com', appName: 'live', streamName: 'stream', duration: 60_000 }
  await expect(account.liveStreams.record({ ...stream, appId: 'app-7654321' })).rejects.toThrow('there is no app app-7654321')
  const appId = await createApp('live')
  const { playlistId } = await account.liveStreams.record({ ...stream, appId })
  expect((await call('DeleteAppInfo', { AppId: appId })).status).toBe(200)
  await advance('10m')
  const recorded = account.vod.videos.list({ where: ({ liveRecording }) => liveRecording?.playlistId === playlistId }).rows
  expect(recorded.map((video) => video.appId)).toEqual([SYSTEMS])
})

test('a video is produced with the default template group of its app', async () => {
  const { call, account, filmmaker, films, upload, advance } = await twoApps()
  const { TranscodeTemplateGroupId } = (
    await call('AddTranscodeTemplateGroup', { Name: 'films', AppId: films, TranscodeTemplateList: JSON.stringify([sd]) })
  ).body
  await call('SetDefaultTranscodeTemplateGroup', { TranscodeTemplateGroupId })
  const VideoId = await upload({ AppId: films })
  await advance('1m')
  const Timeline = JSON.stringify({ VideoTracks: [{ VideoTrackClips: [{ MediaId: VideoId }] }] })
  const { MediaId } = await filmmaker.body('ProduceEditingProjectVideo', { Timeline, AppId: films })
  expect(account.vod.videos.get(MediaId)?.templateGroupId).toBe(TranscodeTemplateGroupId)
})
