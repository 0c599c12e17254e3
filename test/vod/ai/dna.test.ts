/** Fingerprints of videos: SubmitAIJob (AIMediaDNA), ListAIJob, GetMediaDNAResult, SubmitMediaDNADeleteJob. */

import { describe, expect, test } from 'vitest'
import { putFile, sample } from '../support.js'
import { aiWorld } from './support.js'

const other = sample('sample.mov')

describe('the library', () => {
  test('the same file uploaded twice is recognised, another one is not', async () => {
    const { video, fingerprint, alike } = aiWorld()
    const [first, second, different] = [await video(), await video(), await video(other, { FileName: 'other.mov' })]
    for (const id of [first, second, different]) await fingerprint(id)
    expect([await alike(first), await alike(second), await alike(different)]).toEqual([[second], [first], []])
  })

  test('it makes no difference under which name the bytes were stored', async () => {
    const { video, fingerprint, alike } = aiWorld()
    const [first, second] = [await video(undefined, { FileName: 'a.mp4' }), await video(undefined, { FileName: 'b.mov', Title: 'other' })]
    await fingerprint(first)
    await fingerprint(second)
    expect(await alike(second)).toEqual([first])
  })

  test('after the delete job neither of two is recognised any more', async () => {
    const { video, fingerprint, alike, call, advance } = aiWorld()
    const [first, second] = [await video(), await video()]
    await fingerprint(first)
    await fingerprint(second)
    const { body } = await call('SubmitMediaDNADeleteJob', { MediaId: first })
    expect(body.JobId).toMatch(/^[0-9a-f]{32}$/)
    expect(await alike(second)).toEqual([first])
    await advance('1m')
    expect([await alike(first), await alike(second)]).toEqual([[], []])
  })

  test('a video that was not fingerprinted resembles none', async () => {
    const { video, fingerprint, alike } = aiWorld()
    const [first, second] = [await video(), await video()]
    await fingerprint(first)
    expect(await alike(second)).toEqual([])
  })

  test('a video that is deleted stays in it until its fingerprint is deleted', async () => {
    const { video, fingerprint, alike, call, advance } = aiWorld()
    const [first, second] = [await video(), await video()]
    await fingerprint(first)
    await fingerprint(second)
    await call('DeleteVideo', { VideoIds: first })
    expect(await alike(second)).toEqual([first])
    expect((await call('SubmitMediaDNADeleteJob', { MediaId: first })).status).toBe(200)
    await advance('1m')
    expect(await alike(second)).toEqual([])
  })

  test('accounts do not see each other’s', async () => {
    const { cloud, video, fingerprint, call } = aiWorld()
    const first = await video()
    await fingerprint(first)
    const stranger = cloud.createAccount()
    const as = (action: string, params = {}) => call(action, params, { account: stranger })
    const ticket = (await as('CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })).body
    await putFile(cloud, ticket, sample('sample.mp4'))
    await stranger.clock.advance('1m')
    await as('SubmitAIJob', { MediaId: ticket.VideoId, Types: 'AIMediaDNA' })
    await stranger.clock.advance('1m')
    expect((await as('GetMediaDNAResult', { MediaId: ticket.VideoId })).body.DNAResult).toEqual({ VideoDNA: [] })
  })
})

test('what a job has found is in its answer, in its event, and in seconds with a decimal', async () => {
  const { video, fingerprint, list, events, call } = aiWorld()
  const [first, second] = [await video(), await video()]
  await fingerprint(first)
  const id = await fingerprint(second)
  const { duration = 0 } = { duration: Number((await call('GetMezzanineInfo', { VideoId: first })).body.Mezzanine.Duration) }
  const whole = { Start: '0.0', Duration: duration.toFixed(1) }
  const found = { VideoDNA: [{ PrimaryKey: first, Similarity: '1.00', Detail: [{ Input: whole, Duplication: whole }] }] }
  const [job] = (await list(id)).AIJobList.AIJob
  expect(JSON.parse(job.Data)).toEqual(found)
  expect(events('AIMediaDNAComplete').at(-1)).toEqual({
    EventType: 'AIMediaDNAComplete',
    EventTime: expect.any(String),
    Status: 'success',
    JobId: id,
    MediaId: second,
    Code: '0',
    Message: 'OK',
    Data: job.Data,
  })
})

test('a test dictates what a video resembles', async () => {
  const { video, submit, account, advance, call, alike, list } = aiWorld()
  const MediaId = await video()
  const [id = ''] = await submit(MediaId, { Types: 'AIMediaDNA' })
  const span = { Start: '2.0', Duration: '12.0' }
  const VideoDNA = [{ PrimaryKey: 'film', Similarity: '0.98', Detail: [{ Input: span, Duplication: span }] }]
  await account.jobs.script(id, { finish: { VideoDNA } })
  await advance('1m')
  expect((await call('GetMediaDNAResult', { MediaId })).body.DNAResult).toEqual({ VideoDNA })
  expect(JSON.parse((await list(id)).AIJobList.AIJob[0].Data)).toEqual({ VideoDNA })
  await call('SubmitMediaDNADeleteJob', { MediaId })
  await advance('1m')
  expect(await alike(MediaId)).toEqual([])
})

test('a result of the other type makes a job fail', async () => {
  const { video, submit, account, advance, list } = aiWorld()
  const [id = ''] = await submit(await video(), { Types: 'AIMediaDNA' })
  await account.jobs.script(id, { finish: { Keyword: [{ Tag: 'sea' }] } })
  await advance('1m')
  expect((await list(id)).AIJobList.AIJob[0]).toMatchObject({ Status: 'fail', Code: 'InternalError' })
})
