/** Productions that come to nothing. */

import { describe, expect, test } from 'vitest'
import { editingWorld, timelineOf } from './support.js'

const BAD = { ErrorCode: 'InvalidParameter.ResourceContentBad', ErrorMessage: 'The resource operated InputFile is bad' }

type World = ReturnType<typeof editingWorld>

describe('a production fails', () => {
  test.each<[what: string, meanwhile: (world: World, media: string) => unknown, error: object]>([
    ['when a medium is deleted meanwhile', ({ call }, VideoIds) => call('DeleteVideo', { VideoIds }), BAD],
    [
      'when the source file of a medium is deleted meanwhile',
      ({ call }, VideoIds) => call('DeleteMezzanines', { VideoIds, Force: 'true' }),
      BAD,
    ],
    ['when there is no room for its file', ({ account }) => account.settings.change({ maxObjectBytes: 1 }), { ErrorCode: 'QuotaExceeded' }],
  ])('%s', async (_what, meanwhile, error) => {
    const world = editingWorld()
    const { footage, project, produce, advance, video, get, play, events } = world
    const media = await footage(5)
    const ProjectId = await project({ Timeline: timelineOf({ MediaId: media }) })
    const { MediaId } = (await produce({ ProjectId })).body
    const answer = (await meanwhile(world, media)) as { status?: number } | undefined
    expect(answer?.status ?? 200).toBe(200)
    await advance('1m')
    expect((await get(ProjectId)).Status).toBe('ProduceFailed')
    expect((await video(MediaId)).Status).toBe('ProduceFail')
    expect((await play(MediaId)).body.Code).toBe('Forbidden.IllegalStatus')
    expect(events('ProduceMediaComplete')).toEqual([expect.objectContaining({ Status: 'fail', MediaId, ProjectId, ...error })])
    expect(events('FileUploadComplete').filter(({ VideoId }) => VideoId === MediaId)).toEqual([])
  })

  test.each([
    [
      'with a code of the test',
      { job: { fail: { code: 'InternalError', message: 'Broken.' } }, custom: true },
      { ErrorCode: 'InternalError', ErrorMessage: 'Broken.' },
    ],
    ['without one', { job: { exhaust: true } }, BAD],
    ['that holds it until its time is up', { job: { timeout: true } }, BAD],
  ])('by a fault %s', async (_what, fault, error) => {
    const { account, footage, produce, advance, video, events } = editingWorld()
    account.faults.add({ action: 'ProduceEditingProjectVideo', when: { Title: 'cut' }, ...fault } as never)
    const Timeline = timelineOf({ MediaId: await footage(5) })
    const { MediaId } = (await produce({ Timeline, Title: 'cut' })).body
    const spared = (await produce({ Timeline, Title: 'another' })).body.MediaId
    await advance('25h')
    expect([(await video(MediaId)).Status, (await video(spared)).Status]).toEqual(['ProduceFail', 'Normal'])
    expect(events('ProduceMediaComplete')).toContainEqual(expect.objectContaining({ Status: 'fail', MediaId, ...error }))
  })

  test('when a medium turns out to be of no use', async () => {
    const { account, call, create, put, produce, advance, video, events } = editingWorld()
    const ticket = await create()
    const { MediaId } = (await produce({ Timeline: timelineOf({ MediaId: ticket.VideoId }) })).body
    await put(ticket, Buffer.alloc(0))
    await advance('1m')
    expect((await video(MediaId)).Status).toBe('ProduceFail')
    expect(events('ProduceMediaComplete')).toEqual([expect.objectContaining({ Status: 'fail', ...BAD })])
    const job = account.jobs.records.list().rows.find(({ kind }) => kind === 'vod.ProduceEditingProjectVideo')
    expect(job?.error?.reason).toBe(`${ticket.VideoId} cannot be read: The resource operated InputFile is bad`)
    expect((await call('SearchEditingProject', { Status: 'ProduceFailed' })).body.Total).toBe(1)
  })
})

test('a medium whose upload is finished in time is taken', async () => {
  const { create, put, produce, advance, video, events } = editingWorld()
  const ticket = await create()
  const { MediaId } = (await produce({ Timeline: timelineOf({ MediaId: ticket.VideoId }) })).body
  await put(ticket, Buffer.from('a film that nobody understands'))
  await advance('1m')
  expect(await video(MediaId)).toMatchObject({ Status: 'Normal', Duration: 10 })
  expect(events('ProduceMediaComplete')).toHaveLength(1)
})

test('a video that is deleted while it is made leaves nothing behind but the status of its project', async () => {
  const { footage, project, produce, call, advance, get, events } = editingWorld()
  const ProjectId = await project({ Timeline: timelineOf({ MediaId: await footage(5) }) })
  const { MediaId } = (await produce({ ProjectId })).body
  await call('DeleteVideo', { VideoIds: MediaId })
  await advance('1m')
  expect((await get(ProjectId)).Status).toBe('ProduceFailed')
  expect(events('ProduceMediaComplete')).toEqual([])
})

test('a file that is uploaded to a video that was made is what its bytes are', async () => {
  const { footage, produce, call, put, advance, video } = editingWorld()
  const { MediaId } = (await produce({ Timeline: timelineOf({ MediaId: await footage(30, {}, 'flv') }) })).body
  await advance('1m')
  expect((await video(MediaId)).Duration).toBe(30)
  await put((await call('RefreshUploadVideo', { VideoId: MediaId })).body, Buffer.from('a film that nobody understands'))
  await advance('1m')
  expect((await video(MediaId)).Duration).toBe(10)
})

test('the facts of the video can be given by a test', async () => {
  const { account, footage, produce, advance, video } = editingWorld()
  account.faults.add({ action: 'ProduceEditingProjectVideo', job: { finish: { duration: 77 } } } as never)
  const { MediaId } = (await produce({ Timeline: timelineOf({ MediaId: await footage(5) }) })).body
  await advance('1m')
  expect((await video(MediaId)).Duration).toBe(77)
})
