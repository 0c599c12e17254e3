/** Jobs that wait for their turn: by priority, then in the order in which they were submitted, so many at a time. */

import { expect, onTestFinished, test } from 'vitest'
import { testCloud } from '../../support/cloud.js'
import { template, transcodeWorld } from './support.js'

const slots = (count: number, rest: object = {}) => ({ vod: { pipelines: [{ id: 'default', slots: count, ...rest }] } })

/** A world with a video and a group of one template. */
async function lineWorld(options: Parameters<typeof transcodeWorld>[0] = {}) {
  const world = transcodeWorld(options)
  const [VideoId, group] = [await world.uploaded(), await world.addGroup([template('LD', 'mp4')])]
  /** Submits a task of one job; answers the job's id. */
  const submit = async (params: Record<string, string> = {}): Promise<string> =>
    (await world.submit(VideoId, group, params)).jobIds?.[0] ?? ''
  const ended = () => world.events('StreamTranscodeComplete').map(({ JobId }) => JobId as string)
  return { ...world, VideoId, group, submit, ended }
}

test('the highest priority goes first, and of equals the first that was submitted', async () => {
  const { submit, ended, advance } = await lineWorld({ settings: slots(1) })
  const jobs: { id: string; priority: number }[] = []
  for (const priority of [3, 6, 10, 1, 6, 10, 7]) jobs.push({ id: await submit({ Priority: String(priority) }), priority })
  await advance('1m')
  expect(ended()).toEqual(jobs.toSorted((a, b) => b.priority - a.priority).map(({ id }) => id))
})

test('without a priority it is 6', async () => {
  const { submit, ended, advance } = await lineWorld({ settings: slots(1) })
  const [low, usual, high] = [await submit({ Priority: '5' }), await submit(), await submit({ Priority: '7' })]
  await advance('1m')
  expect(ended()).toEqual([high, usual, low])
})

test('a job that is being transcoded goes on, whoever comes', async () => {
  const { submit, ended, advance } = await lineWorld({ settings: slots(1) })
  const first = await submit({ Priority: '1' })
  await advance('2s')
  const second = await submit({ Priority: '10' })
  await advance('1m')
  expect(ended()).toEqual([first, second])
})

test('moving the clock tells when each job began', async () => {
  const { submit, account } = await lineWorld({ settings: slots(1) })
  const [first, second] = [await submit(), await submit({ Priority: '7' })]
  expect(await account.clock.advance('9s')).toEqual([
    { at: '2026-01-01T00:00:11.000Z', what: `job ${first} Queuing → slot` },
    { at: '2026-01-01T00:00:11.000Z', what: `job ${second} Queuing → slot` },
    { at: '2026-01-01T00:00:11.000Z', what: `job ${second} Queuing → Transcoding` },
    { at: '2026-01-01T00:00:15.000Z', what: `job ${second} Transcoding → end` },
    { at: '2026-01-01T00:00:15.000Z', what: `job ${first} Queuing → Transcoding` },
    { at: '2026-01-01T00:00:19.000Z', what: `job ${first} Transcoding → end` },
  ])
})

test('pipelines do not wait for each other', async () => {
  const { submit, ended, advance } = await lineWorld({
    settings: {
      vod: {
        pipelines: [
          { id: 'default', slots: 1 },
          { id: 'fast', slots: 2 },
        ],
      },
    },
  })
  const [a, b] = [await submit(), await submit()]
  const [c, d] = [await submit({ PipelineId: 'fast' }), await submit({ PipelineId: 'fast' })]
  await advance('5s')
  expect(ended()).toEqual([a, c, d])
  await advance('4s')
  expect(ended()).toEqual([a, c, d, b])
})

test('a pipeline that is paused lets nobody begin; what has begun ends', async () => {
  const { account, submit, ended, advance } = await lineWorld()
  const first = await submit()
  await advance('2s')
  account.settings.change(slots(2, { state: 'Paused' }))
  const others = [await submit(), await submit({ Priority: '10' }), await submit()]
  await advance('1h')
  expect(ended()).toEqual([first])
  account.settings.change(slots(1))
  await advance('12s')
  expect(ended()).toEqual([first, others[1], others[0], others[2]])
})

test('more slots serve those that wait at once', async () => {
  const { account, submit, ended, advance } = await lineWorld({ settings: slots(1) })
  for (let count = 0; count < 5; count++) await submit()
  await advance('2s')
  account.settings.change(slots(10))
  await advance('4s')
  expect(ended()).toHaveLength(5)
})

test('jobs of a pipeline that is gone go on', async () => {
  const { account, submit, ended, advance } = await lineWorld({ settings: { vod: { pipelines: [{ id: 'mine', slots: 1 }] } } })
  const jobs = [await submit({ PipelineId: 'mine' }), await submit({ PipelineId: 'mine' })]
  account.settings.change({ vod: { pipelines: [] } })
  await advance('5s')
  expect(ended()).toEqual(jobs)
})

test('a job that is held has its slot, or its place outside the line', async () => {
  const { account, submit, ended, advance } = await lineWorld({ settings: slots(1) })
  const [waiting, running, next] = [await submit({ Priority: '10' }), await submit(), await submit({ Priority: '5' })]
  await account.jobs.script(waiting, { hold: 'Queuing' })
  await account.jobs.script(running, { hold: 'Transcoding' })
  await advance('1h')
  expect(ended()).toEqual([])
  await account.jobs.release(running)
  await advance('8s')
  expect(ended()).toEqual([running, next])
  await account.jobs.release(waiting)
  await advance('5s')
  expect(ended()).toEqual([running, next, waiting])
})

test('a job in line can be held, failed and released there', async () => {
  const { account, submit, ended, advance, events } = await lineWorld({ settings: slots(1) })
  const [first, held, failed, last] = [await submit(), await submit(), await submit(), await submit()]
  await advance('2s')
  await account.jobs.script(held, { hold: 'Queuing' })
  await account.jobs.script(failed, { fail: { code: 'Ours', stage: 'Queuing' } })
  await account.jobs.script(last, { fail: { code: 'Later', stage: 'Transcoding' } })
  await advance('7s')
  expect(events('StreamTranscodeComplete').map(({ JobId, ErrorCode }) => [JobId, ErrorCode])).toEqual([
    [failed, 'Ours'],
    [first, undefined],
    [last, 'Later'],
  ])
  await account.jobs.release(held)
  await advance('5s')
  expect(ended().at(-1)).toBe(held)
})

test('a job that waits for longer than a day fails', async () => {
  const { submit, VideoId, summary, advance, events } = await lineWorld({ settings: slots(1, { state: 'Paused' }) })
  await submit()
  await advance('23h')
  expect(await summary(VideoId)).toMatchObject({ TranscodeStatus: 'Processing' })
  await advance('1h')
  expect(await summary(VideoId)).toMatchObject({ TranscodeStatus: 'CompleteAllFail' })
  expect(events('StreamTranscodeComplete')).toMatchObject([{ Status: 'fail', ErrorCode: 'JobTimeout' }])
})

test('a copy of the account, and a document of it, have the same line', async () => {
  const { cloud, account, submit, ended, advance } = await lineWorld({ settings: slots(1) })
  onTestFinished(() => cloud.dispose())
  for (const priority of [6, 10, 1, 7]) await submit({ Priority: String(priority) })
  await advance('2s')
  const [fork, document] = [await account.fork(), await account.export({ bytes: 'inline' })]
  const other = testCloud()
  onTestFinished(() => other.cloud.dispose())
  await other.account.import(document)
  await advance('1m')
  for (const copy of [fork, other.account]) {
    await copy.clock.advance('1m')
    const told = copy.events.list().filter(({ type }) => type === 'StreamTranscodeComplete')
    expect(told.map(({ payload }) => (payload as { JobId: string }).JobId)).toEqual(ended())
  }
})

/** A thousand jobs of all priorities: fifty tasks of twenty. */
async function thousand(slotCount: number) {
  const world = transcodeWorld({ settings: slots(slotCount) })
  const VideoId = await world.uploaded()
  const group = await world.addGroup(Array.from({ length: 20 }, () => template('LD', 'mp4')))
  const jobs: { id: string; priority: number }[] = []
  for (let count = 0; count < 50; count++) {
    const priority = 1 + ((count * 7) % 10)
    const { jobIds = [] } = await world.submit(VideoId, group, { Priority: String(priority) })
    jobs.push(...jobIds.map((id) => ({ id, priority })))
  }
  return { ...world, jobs }
}

test('a thousand jobs of all priorities end in their order', async () => {
  const { account, jobs } = await thousand(10)
  const fired = await account.clock.advance('1h')
  const ended = fired.flatMap(({ what }) => / (\w+) Transcoding → end$/.exec(what)?.[1] ?? [])
  expect(ended).toEqual(jobs.toSorted((a, b) => b.priority - a.priority).map(({ id }) => id))
})

test('while a clock moves past a thousand jobs, other accounts are served', async () => {
  const { cloud, account, call } = await thousand(1000)
  const other = cloud.createAccount()
  const order: string[] = []
  await Promise.all([
    account.clock.advance('1h').then(() => order.push('moved')),
    new Promise(setImmediate).then(() => call('GetVideoList', {}, { account: other })).then(() => order.push('served')),
  ])
  expect(order).toEqual(['served', 'moved'])
})

test.each([
  [{ vod: { pipelines: [{ id: 'a' }, { id: 'a' }] } }, /two pipelines of one id/],
  [{ vod: { pipelines: [{ id: 'a b' }] } }, /other characters/],
  [{ vod: { pipelines: [{ id: 'a', slots: 0 }] } }, /slots/],
])('%j cannot be set', (settings, problem) => {
  const { account } = transcodeWorld()
  expect(() => account.settings.change(settings)).toThrow(problem)
})
