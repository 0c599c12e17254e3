/** Smart covers: SubmitAIImageJob, GetAIImageJobs, ListAIImageInfo, DeleteAIImageInfos. */

import { expect, test } from 'vitest'
import { download } from '../../support/cloud.js'
import { domains } from '../support.js'
import { aiWorld } from './support.js'

/** A world with a video of which smart covers have been taken. */
async function covered(config?: object, params: Record<string, string> = {}) {
  const world = aiWorld({ settings: { vod: { domains: domains.slice(1) } } })
  const { call, video, template, advance } = world
  const VideoId = await video(undefined, params)
  const AITemplateId = await template(config)
  const submit = async (more = {}): Promise<string> => (await call('SubmitAIImageJob', { VideoId, AITemplateId, ...more })).body.JobId
  const JobId = await submit({ UserData: '{"Extend":{"localId":"1"}}' })
  const job = async (id = JobId) => (await call('GetAIImageJobs', { JobIds: id })).body.AIImageJobList[0]
  const images = async () => (await call('ListAIImageInfo', { VideoId })).body.AIImageInfoList
  const cover = async (): Promise<string> => (await call('GetVideoInfo', { VideoId })).body.Video.CoverURL
  return { ...world, VideoId, AITemplateId, JobId, submit, job, images, cover, done: () => advance('1m') }
}

test('a job takes pictures, and says so with scores and addresses', async () => {
  const { job, images, done, VideoId, AITemplateId, JobId } = await covered()
  expect(await job()).toEqual({
    JobId,
    VideoId,
    Status: 'processing',
    CreationTime: '2026-01-01T00:01:00Z',
    TemplateId: AITemplateId,
    TemplateConfig: '{"Format":"gif","SetDefaultCover":"false"}',
    UserData: '{"Extend":{"localId":"1"}}',
  })
  expect(await images()).toEqual([])
  await done()
  const { AIImageResult, ...rest } = await job()
  expect(rest).toMatchObject({ Status: 'success', Code: 'Success', Message: 'success' })
  const listed = await images()
  expect(JSON.parse(AIImageResult).map(({ Score }: { Score: number }) => String(Score))).toEqual(
    listed.map(({ Score }: { Score: string }) => Score),
  )
  expect(listed[0]).toMatchObject({ VideoId, JobId, Format: 'gif', CreationTime: '2026-01-01T00:01:05Z' })
})

test('pictures can be downloaded from the addresses of the list', async () => {
  const { cloud, images, done } = await covered({ Format: 'png', SetDefaultCover: 'false' })
  await done()
  const [{ FileURL, Format }] = await images()
  const { status, headers } = await download(cloud, FileURL)
  expect([Format, status, headers['content-type']]).toEqual(['png', 200, 'image/png'])
})

test('the best of them becomes the cover if the template says so', async () => {
  const { images, done, cover } = await covered({ Format: 'gif', SetDefaultCover: 'true' })
  await done()
  const [best] = await images()
  expect(new URL(await cover()).pathname).toBe(new URL(best.FileURL).pathname)
})

test('it takes the place of one that was chosen, and that is told', async () => {
  const CoverURL = 'https://example.com/cover.jpg'
  const { done, cover, events, images } = await covered({ Format: 'gif', SetDefaultCover: true }, { CoverURL })
  expect(await cover()).toBe(CoverURL)
  await done()
  expect(await cover()).toContain(new URL((await images())[0].FileURL).pathname)
  expect(events('MediaBaseChangeComplete').at(-1)).toMatchObject({
    OperateMode: 'update',
    MediaContent: { CoverURL: JSON.stringify({ OldValue: CoverURL }) },
  })
})

test('otherwise the cover stays', async () => {
  const { done, cover } = await covered()
  // What lets in changes with the time.
  const path = async () => new URL(await cover()).pathname
  const before = await path()
  await done()
  expect(await path()).toBe(before)
})

test('DeleteAIImageInfos takes pictures from the list, and leaves their files', async () => {
  const { cloud, call, images, done } = await covered()
  await done()
  const [first, ...others] = await images()
  expect((await call('DeleteAIImageInfos', { AIImageInfoIds: `${first.AIImageInfoId},nobody` })).status).toBe(200)
  expect(await images()).toEqual(others)
  expect((await download(cloud, first.FileURL)).status).toBe(200)
})

test('with the video they are gone, files and all', async () => {
  const { cloud, call, images, done, refusal, VideoId } = await covered()
  await done()
  const [{ FileURL }] = await images()
  await call('DeleteVideo', { VideoIds: VideoId })
  expect((await download(cloud, FileURL)).status).toBe(404)
  expect(await refusal('ListAIImageInfo', { VideoId })).toMatchObject({ status: 404, code: 'InvalidVideo.NotFound' })
})

test('of a sound no pictures are taken', async () => {
  const { call, template, job, done, create } = await covered()
  const VideoId = (await create({ FileName: 'song.mp3' })).VideoId
  const { JobId } = (await call('SubmitAIImageJob', { VideoId, AITemplateId: await template() })).body
  await done()
  expect(await job(JobId)).toMatchObject({ Status: 'fail', Code: 'InvalidFile.NotFound' })
})

test('ids of no job are left out', async () => {
  const { call, JobId } = await covered()
  const { AIImageJobList } = (await call('GetAIImageJobs', { JobIds: `nobody,${JobId},${JobId}` })).body
  expect(AIImageJobList).toHaveLength(1)
})

test.each([
  ['SubmitAIImageJob', { VideoId: 'nobody', AITemplateId: 'x' }, 404, 'InvalidVideo.NotFound', 'VideoId'],
  ['SubmitAIImageJob', { VideoId: '<video>', AITemplateId: 'nobody' }, 404, 'NoSuchResource', 'AITemplateId'],
  ['SubmitAIImageJob', { VideoId: '<video>', AITemplateId: 'VOD-0003-000001' }, 404, 'NoSuchResource', 'AITemplateId'],
  ['SubmitAIImageJob', { VideoId: '<video>' }, 400, 'MissingParameter', 'AITemplateId'],
  [
    'SubmitAIImageJob',
    { VideoId: '<video>', AITemplateId: 'x', UserData: `{"Extend":"${'试'.repeat(167)}"}` },
    400,
    'InvalidParameter',
    'UserData',
  ],
  [
    'SubmitAIImageJob',
    { VideoId: '<video>', AITemplateId: 'x', UserData: '{"MessageCallback":null,"Other":1}' },
    400,
    'InvalidParameter',
    'UserData has neither MessageCallback nor Extend',
  ],
  ['GetAIImageJobs', { JobIds: '1,2,3,4,5,6,7,8,9,10,11' }, 400, 'InvalidParameter', 'JobIds'],
  ['ListAIImageInfo', { VideoId: 'nobody' }, 404, 'InvalidVideo.NotFound', 'VideoId'],
  ['DeleteAIImageInfos', { AIImageInfoIds: '1,2,3,4,5,6,7,8,9,10,11' }, 400, 'InvalidParameter', 'AIImageInfoIds'],
])('%s %j is %i %s', async (action, params, status, code, named) => {
  const { refusal, VideoId } = await covered()
  const filled = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value === '<video>' ? VideoId : value]))
  const refused = await refusal(action, filled)
  expect(refused).toMatchObject({ status, code })
  expect(decodeURIComponent(refused.reason ?? '')).toContain(named)
})
