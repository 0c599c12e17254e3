/** The live stream: what is told to whom, what is kept for who comes back, and how it ends. */

import { once } from 'node:events'
import { connect } from 'node:net'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { VIDEO_URL } from '../support/cloud.js'
import { testEmulator } from '../support/sdk.js'

interface Told {
  id: string
  event: string
  // biome-ignore lint/suspicious/noExplicitAny: changes have all shapes
  data: any
}

let emulator: Awaited<ReturnType<typeof testEmulator>>
beforeEach(async () => {
  emulator = await testEmulator()
  onTestFinished(emulator.close)
})

/** Listens; resolves once the stream is ready. */
async function listen(query = '', headers: Record<string, string> = {}) {
  const ending = new AbortController()
  const response = await fetch(`${emulator.url}/_emulator/live${query}`, { headers, signal: ending.signal })
  const told: Told[] = []
  let ended = false
  const reading = (async () => {
    let text = ''
    const decoder = new TextDecoder()
    for await (const piece of response.body ?? []) {
      text += decoder.decode(piece as Uint8Array, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop() as string
      for (const block of blocks) {
        const fields = Object.fromEntries(
          block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
        )
        if (fields.data !== undefined) told.push({ id: fields.id as string, event: fields.event as string, data: JSON.parse(fields.data) })
      }
    }
  })()
    .catch(() => {})
    .finally(() => {
      ended = true
    })
  onTestFinished(() => ending.abort())
  await expect.poll(() => told.some(({ event }) => event === 'ready')).toBe(true)
  return {
    response,
    told,
    reading,
    isEnded: () => ended,
    stop: () => {
      ending.abort()
      return reading
    },
    /** What has been told of a type once there is as much of it. */
    async of(type: string, count = 1): Promise<Told['data'][]> {
      const found = () => told.filter(({ event }) => event === type).map(({ data }) => data)
      await expect.poll(() => found().length).toBeGreaterThanOrEqual(count)
      return found()
    },
  }
}

const act = (action: string, params: object, search = '') => emulator.control('POST', `/actions/videoseg/${action}${search}`, params)

test('a call, its job at each stage, its fault, and the clock are told', async () => {
  const { of, response } = await listen()
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8'])
  await emulator.control('POST', '/faults', { action: 'GetAsyncJobResult', error: 'Throttling.User' })
  const { body } = await act('SegmentVideoBody', { VideoUrl: VIDEO_URL })
  await act('GetAsyncJobResult', { JobId: body.RequestId })
  await emulator.control('POST', '/clock/advance', { by: '1h' })
  const calls = await of('call', 2)
  expect(calls.map(({ call }) => [call.action, call.status, call.code])).toEqual([
    ['SegmentVideoBody', 200, undefined],
    ['GetAsyncJobResult', 400, 'Throttling.User'],
  ])
  expect(calls[0].call.jobs).toEqual([{ id: body.RequestId, kind: 'videoseg.SegmentVideoBody' }])
  const { credentials } = emulator.cloud.account()
  expect(calls[0]).toMatchObject({ type: 'call', accessKeyId: credentials.accessKeyId, accountId: emulator.cloud.account().accountId })
  const [{ fired, now }] = await of('clock')
  expect([now, fired.length > 0]).toEqual(['2026-01-01T01:00:00.000Z', true])
  const jobs = await of('job', 2)
  expect([jobs[0].id, jobs.at(-1).job.ending]).toEqual([body.RequestId, 'succeeded'])
  const faults = await of('fault', 2)
  expect(faults.map(({ fault }) => fault.applied)).toEqual([0, 1])
})

test('an event and every attempt at its delivery are told; what is forgotten, too', async () => {
  const callback = { CallbackType: 'HTTP', CallbackURL: 'http://127.0.0.1:9/nobody', EventTypeList: 'ALL' }
  await emulator.control('POST', '/actions/vod/SetMessageCallback', callback)
  const { of } = await listen()
  await emulator.control('POST', '/events', {
    type: 'FileUploadComplete',
    fields: { VideoId: 'v1', Size: 7, FileUrl: 'http://a.example/v.mp4' },
  })
  await expect.poll(async () => (await of('event')).at(-1).event.attempts.length).toBe(1)
  await emulator.control('DELETE', '/events')
  await expect.poll(async () => (await of('event')).at(-1).event).toBeUndefined()
})

test('which tables have other records is told once for many, and that settings have changed', async () => {
  const { of } = await listen()
  await emulator.control('POST', '/worlds/demo')
  await emulator.control('PUT', '/settings', { strictInputs: true })
  expect(await of('settings')).toHaveLength(1)
  const tables = (await of('records')).flatMap(({ tables }) => tables)
  expect(tables).toEqual(expect.arrayContaining(['vod.videos', 'oss.objects']))
  expect(tables.filter((name) => name === 'vod.videos')).toHaveLength(1)
})

test('accounts that come, are copied, reset, restored and go are told to who listens to all', async () => {
  const all = await listen('?all=true&types=account')
  const own = await listen('?types=account')
  const { body: created } = await emulator.control('POST', '/accounts', {})
  const about = `?accessKeyId=${created.accessKeyId}`
  const { body: fork } = await emulator.control('POST', `/accounts/fork${about}`)
  await emulator.control('POST', `/reset${about}`)
  await emulator.control('POST', `/snapshots${about}`, { name: 'here' })
  await emulator.control('POST', `/snapshots/here/restore${about}`)
  await emulator.control('DELETE', `/accounts${about}`)
  const told = await all.of('account', 5)
  expect(told.map(({ what, accessKeyId }) => [what, accessKeyId])).toEqual([
    ['created', created.accessKeyId],
    ['forked', fork.accessKeyId],
    ['reset', created.accessKeyId],
    ['restored', created.accessKeyId],
    ['disposed', created.accessKeyId],
  ])
  expect(own.told.map(({ event }) => event)).toEqual(['ready'])
})

test('an account that was reset goes on being told of', async () => {
  const { of } = await listen()
  await emulator.control('POST', '/reset')
  await act('SegmentVideoBody', { VideoUrl: VIDEO_URL })
  expect((await of('call'))[0].call.action).toBe('SegmentVideoBody')
  expect((await of('job'))[0].job.stage).toBe('QUEUING')
})

test('two accounts are kept apart', async () => {
  const { body: other } = await emulator.control('POST', '/accounts', {})
  const [mine, theirs] = [await listen(), await listen(`?accessKeyId=${other.accessKeyId}`)]
  await act('SegmentVideoBody', { VideoUrl: 'nothing' }, `?accessKeyId=${other.accessKeyId}`)
  await act('SegmentVideoBody', { VideoUrl: VIDEO_URL })
  expect((await theirs.of('call')).map(({ call }) => call.status)).toEqual([400])
  expect((await mine.of('call')).map(({ call }) => call.status)).toEqual([200])
})

describe('who comes back', () => {
  test('goes on where it was, also if nobody has listened meanwhile', async () => {
    const first = await listen('?types=call')
    await act('SegmentVideoBody', { VideoUrl: VIDEO_URL })
    await first.of('call')
    const { id } = first.told.findLast(({ event }) => event === 'call') as Told
    await first.stop()
    await act('SegmentVideoBody', { VideoUrl: 'nothing' })
    const second = await listen('?types=call', { 'last-event-id': id })
    expect(second.told.map(({ event, data }) => [event, data.call?.status])).toEqual([
      ['call', 400],
      ['ready', undefined],
    ])
  })

  test.each([['00000000-7'], ['nonsense'], ['-1']])('with %s, which is not known, is told that there is a gap', async (id) => {
    const { told } = await listen('', { 'last-event-id': id })
    expect(told.map(({ event }) => event)).toEqual(['gap', 'ready'])
  })

  test('after more than is kept, is told that there is a gap', async () => {
    const first = await listen()
    const { id } = first.told[0] as Told
    for (let count = 0; count < 2100; count += 300)
      await emulator
        .control(
          'POST',
          '/faults',
          Array.from({ length: 300 }, () => ({ action: 'GetVideoInfo', error: 'Throttling.User' })),
        )
        .then(() => emulator.control('DELETE', '/faults'))
    expect((await listen('', { 'last-event-id': id })).told[0]?.event).toBe('gap')
  })
})

test('who comes back is told more than buffers take, however large each of it is', async () => {
  const first = await listen('?types=call')
  const { id } = first.told[0] as Told
  await first.stop()
  const long = '好'.repeat(150_000)
  for (let count = 0; count < 7; count++) await act('SegmentVideoBody', { VideoUrl: `${long}${count}` })
  const { told } = await listen('?types=call', { 'last-event-id': id })
  expect(told.map(({ event }) => event)).toEqual([...Array(7).fill('call'), 'ready'])
})

test('streams that are asked for behind another on the same connection take the place of none', async () => {
  const { hostname, port, host } = new URL(emulator.url)
  const socket = connect(Number(port), hostname)
  socket.write(`GET /_emulator/live HTTP/1.1\r\nhost: ${host}\r\n\r\n`.repeat(150))
  await once(socket, 'readable')
  socket.destroy()
  const streams = await Promise.all(Array.from({ length: 99 }, () => listen()))
  expect(streams.map(({ response }) => response.status)).toEqual(Array(99).fill(200))
})

test('a reader that does not read is cut off, and holds nobody up', async () => {
  const { hostname, port, host } = new URL(emulator.url)
  const socket = connect(Number(port), hostname)
  socket.write(`GET /_emulator/live HTTP/1.1\r\nhost: ${host}\r\n\r\n`)
  await once(socket, 'readable')
  const { of, stop } = await listen('?types=call')
  const long = 'x'.repeat(100_000)
  // More than the buffers of both ends take, and the bound.
  for (let count = 0; count < 150; count++) await act('SegmentVideoBody', { VideoUrl: `${long}${count}` })
  await of('call', 150)
  const closed = once(socket, 'close')
  socket.on('error', () => {})
  let text = ''
  socket.on('data', (piece) => {
    text += piece
  })
  await closed
  expect(text.length).toBeLessThan(150 * long.length)
  await stop()
})

test('there are only so many streams', async () => {
  const streams = await Promise.all(Array.from({ length: 100 }, () => listen()))
  const { status } = await fetch(`${emulator.url}/_emulator/live`)
  expect(status).toBe(503)
  await streams[0]?.stop()
  await expect.poll(async () => (await listen().catch(() => undefined))?.response.status).toBe(200)
})

test('an emulator that is closed ends the streams, and does not wait for them', async () => {
  const { reading, isEnded } = await listen()
  await emulator.close()
  await reading
  expect(isEnded()).toBe(true)
})

test.each<[what: string, headers: Record<string, string>]>([
  ['a page of another origin', { origin: 'http://evil.example', 'sec-fetch-site': 'cross-site' }],
  ['another port of this machine', { 'sec-fetch-site': 'same-site' }],
])('%s does not listen', async (_what, headers) => {
  expect((await fetch(`${emulator.url}/_emulator/live`, { headers })).status).toBe(403)
})

test.each([
  ['?types=calls', /there are no changes of the type "calls", but call, job/],
  ['?all=yes', /all: is true or false/],
  ['?accessKeyId=nobodys', /nobodys/],
])('%s is refused', async (query, problem) => {
  const response = await fetch(`${emulator.url}/_emulator/live${query}`)
  expect([response.status, ((await response.json()) as { error: string }).error]).toEqual([400, expect.stringMatching(problem)])
})
