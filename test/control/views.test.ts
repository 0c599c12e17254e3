/** Control calls that show an account to people: stages of jobs in time, limits, objects, and events that are sent again. */

import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { VIDEO_URL } from '../support/cloud.js'
import { testEmulator } from '../support/sdk.js'

let emulator: Awaited<ReturnType<typeof testEmulator>>
beforeEach(async () => {
  emulator = await testEmulator()
  onTestFinished(emulator.close)
})

const get = async (path: string) => (await emulator.control('GET', path)).body
const post = async (path: string, body?: unknown) => (await emulator.control('POST', path, body)).body

describe('a job in time', () => {
  const start = async () => (await post('/actions/videoseg/SegmentVideoBody', { VideoUrl: VIDEO_URL })).RequestId as string
  const timeline = async (id: string) => (await get(`/jobs/${id}`)).timeline
  beforeEach(() => emulator.control('PUT', '/settings', { jobs: { '*': { stages: { QUEUING: '2s', PROCESSING: '6s' } } } }))

  test('has the stages that are over, the one that goes on, and those to come', async () => {
    const id = await start()
    await post('/clock/advance', { by: '3s' })
    expect(await timeline(id)).toEqual([
      { stage: 'QUEUING', state: 'passed', from: '2026-01-01T00:00:00.000Z', until: '2026-01-01T00:00:02.000Z' },
      {
        stage: 'PROCESSING',
        state: 'running',
        from: '2026-01-01T00:00:02.000Z',
        until: '2026-01-01T00:00:08.000Z',
        progress: expect.closeTo(1 / 6),
      },
    ])
    await post('/clock/advance', { by: '1h' })
    expect((await timeline(id)).map(({ stage, state, until }: Record<string, string>) => [stage, state, until])).toEqual([
      ['QUEUING', 'passed', '2026-01-01T00:00:02.000Z'],
      ['PROCESSING', 'passed', '2026-01-01T00:00:08.000Z'],
    ])
  })

  test('at its beginning has all of its stages before it', async () => {
    expect((await timeline(await start())).map(({ stage, state, until }: Record<string, string>) => [stage, state, until])).toEqual([
      ['QUEUING', 'running', '2026-01-01T00:00:02.000Z'],
      ['PROCESSING', 'planned', '2026-01-01T00:00:08.000Z'],
    ])
  })

  test('has an open end while it is held', async () => {
    const id = await start()
    await post(`/jobs/${id}/script`, { hold: true })
    await post('/clock/advance', { by: '1h' })
    const stages = await timeline(id)
    expect(stages.map(({ stage, state, until }: Record<string, string>) => [stage, state, until])).toEqual([
      ['QUEUING', 'held', undefined],
      ['PROCESSING', 'planned', undefined],
    ])
  })

  test('that is not there is not', async () => {
    expect(await emulator.control('GET', '/jobs/nobody')).toEqual({ status: 400, body: { error: 'there is no job "nobody"' } })
  })
})

test('limits are shown with what is used of them, in this window of time', async () => {
  await emulator.control('PUT', '/settings', { limits: { actions: { 'vod.GetCategories': { limit: 3, per: 'minute' } } } })
  for (let count = 0; count < 2; count++) await post('/actions/vod/GetCategories', { CateId: -1 })
  const of = async () => (await get('/limits')).find(({ action }: { action: string }) => action === 'vod.GetCategories')
  expect(await of()).toEqual({ action: 'vod.GetCategories', limit: 3, per: 'minute', used: 2 })
  await post('/clock/advance', { by: '1m' })
  expect(await of()).toMatchObject({ used: 0 })
})

test('objects are listed by bucket and prefix, and can be had by a URL that is handed out', async () => {
  const { oss } = emulator.cloud.account()
  oss.createBucket('films', 'cn-shanghai')
  await oss.putObject('films', 'a/1 ü.txt', Buffer.from('one'), { contentType: 'text/plain' })
  await oss.putObject('films', 'b/2', Buffer.from('two'))
  oss.uploads.initiate('films', 'c/3', { contentType: 'video/mp4', headers: {} })
  expect(await get('/oss/buckets')).toContainEqual({
    name: 'films',
    region: 'cn-shanghai',
    createdAt: '2026-01-01T00:00:00.000Z',
    objects: 2,
  })
  expect((await get('/oss/objects?bucket=films')).map(({ key }: { key: string }) => key)).toEqual(['a/1 ü.txt', 'b/2'])
  const [object] = await get('/oss/objects?bucket=films&prefix=a/')
  expect(object).toMatchObject({ key: 'a/1 ü.txt', size: 3, contentType: 'text/plain', type: 'Normal' })
  expect(await get('/oss/uploads')).toMatchObject([{ bucket: 'films', key: 'c/3', parts: [] }])
  const { url } = await get(`/oss/url?bucket=films&key=${encodeURIComponent(object.key)}`)
  expect(await (await fetch(`${emulator.url}${url}`)).text()).toBe('one')
  expect((await emulator.control('GET', '/oss/objects?bucket=nobodys')).status).toBe(400)
  expect((await emulator.control('GET', '/oss/url?bucket=films&key=nothing')).status).toBe(400)
})

test('an event can be sent again', async () => {
  await post('/actions/vod/SetMessageCallback', { CallbackType: 'HTTP', CallbackURL: 'http://127.0.0.1:9/nobody', EventTypeList: 'ALL' })
  const fields = { VideoId: 'v1', Size: 7, FileUrl: 'http://a.example/v.mp4' }
  const { id, payload } = await post('/events', { type: 'FileUploadComplete', fields })
  const again = await post(`/events/${id}/send`)
  expect([again.payload, again.id === id]).toEqual([payload, false])
  await expect
    .poll(async () => (await get('/events')).map(({ attempts }: { attempts: unknown[] }) => attempts.length > 0))
    .toEqual([true, true])
  expect((await emulator.control('POST', '/events/nobody/send')).body).toEqual({ error: 'there is no event "nobody"' })
})
