/** MoveAppResource: media, and who sees them, go from one app to another. */

import { expect, test } from 'vitest'
import { SYSTEMS, twoApps } from './support.js'

test('a video that is moved is seen by those of the other app, and by those of its own no more', async () => {
  const { call, userWith, filmmaker, news, film, advance } = await twoApps()
  const editor = await userWith('editor', 'VODAppFullAccess', news)
  await advance('1m')
  const moved = (await call('MoveAppResource', { ResourceType: 'video', ResourceIds: film, TargetAppId: news })).body
  expect(moved).toEqual({ RequestId: expect.any(String), FailedResourceIds: [], NonExistResourceIds: [] })
  expect(await filmmaker.code('GetVideoInfo', { VideoId: film })).toBe('InvalidVideo.NotFound')
  expect((await filmmaker.body('SearchMedia')).Total).toBe(0)
  expect((await editor.body('GetVideoInfo', { VideoId: film })).Video).toMatchObject({
    AppId: news,
    ModificationTime: '2026-01-01T00:01:00Z',
  })
  expect((await editor.body('SearchMedia', { Match: `AppId in ('${news}')` })).Total).toBe(2)
})

test('what belongs to it goes with it: its transcoding is seen by those of the other app', async () => {
  const { call, userWith, filmmaker, news, films, upload, advance, account } = await twoApps()
  const editor = await userWith('editor', 'VODAppReadOnlyAccess', news)
  const VideoId = await upload({ AppId: films })
  await advance('1m')
  const TranscodeTaskId = account.vod.transcodeTasks.getBy('video', VideoId)?.taskId ?? ''
  const seen = async () => [
    (await filmmaker.call('GetTranscodeTask', { TranscodeTaskId })).status,
    (await editor.call('GetTranscodeTask', { TranscodeTaskId })).status,
  ]
  expect(await seen()).toEqual([200, 404])
  await call('MoveAppResource', { ResourceType: 'video', ResourceIds: VideoId, TargetAppId: news })
  expect(await seen()).toEqual([404, 200])
})

test('events of what was moved go to the other app', async () => {
  const { call, films, film, account } = await twoApps()
  await call('MoveAppResource', { ResourceType: 'video', ResourceIds: film })
  await call('UpdateVideoInfo', { VideoId: film, Title: 'new' })
  expect(account.events.list().at(-1)?.appId).toBe(SYSTEMS)
  expect(account.events.list().at(0)?.appId).toBe(films)
})

test.each(['image', 'attached'] as const)('moves what is of type %s, and nothing else', async (ResourceType) => {
  const { call, films, news, account, film, ...make } = await twoApps()
  const id = await (ResourceType === 'image' ? make.image(films) : make.attached(films))
  const { body } = await call('MoveAppResource', { ResourceType, ResourceIds: `${id},${film}`, TargetAppId: news })
  expect(body).toMatchObject({ FailedResourceIds: [], NonExistResourceIds: [film] })
  const { vod } = account
  expect((ResourceType === 'image' ? vod.images : vod.attachedMedia).get(id)?.appId).toBe(news)
  expect(vod.videos.get(film)?.appId).toBe(films)
})

test('a user needs full access to both apps', async () => {
  const { filmmaker, attach, film, report, news, films, account } = await twoApps()
  const move = (ResourceIds: string, TargetAppId: string) =>
    filmmaker.body('MoveAppResource', { ResourceType: 'video', ResourceIds, TargetAppId })
  expect((await move(film, news)).Code).toBe('Forbidden.OperateAppResource')
  expect(await move(`${report},none`, films)).toMatchObject({ FailedResourceIds: [report], NonExistResourceIds: ['none'] })
  await attach('filmmaker', 'VODAppReadOnlyAccess', news)
  expect((await move(film, news)).Code).toBe('Forbidden.OperateAppResource')
  expect(await move(report, films)).toMatchObject({ FailedResourceIds: [report] })
  await attach('filmmaker', 'VODAppFullAccess', news)
  expect(await move(`${film},${film}`, news)).toMatchObject({ FailedResourceIds: [], NonExistResourceIds: [] })
  expect(account.vod.videos.get(film)?.appId).toBe(news)
})
