/** Checking that calls were made, over HTTP: a check that fails explains itself. */

import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import { type Emulator, startEmulator } from '../../emulator/index.js'
import { CallError, createClient, createControl } from '../../src/client/index.js'
import type { LogCheck, Verification } from '../../src/index.js'
import { VIDEO_URL } from '../support/cloud.js'

let emulator: Emulator
let key: string
let control: ReturnType<typeof createControl>

beforeAll(async () => {
  emulator = await startEmulator({ port: 0, clock: 'manual' })
})
afterAll(() => emulator.close())

/** Two calls of one Action and one of another. */
beforeEach(async () => {
  const account = await createControl({ endpoint: emulator.url }).createAccount()
  key = account.accessKeyId
  control = createControl(account)
  const { videoseg, videorecog } = createClient(account)
  await videoseg.SegmentVideoBody({ VideoUrl: VIDEO_URL })
  await control.clock.advance('1s')
  await videoseg.SegmentVideoBody({ VideoUrl: 'nothing' }).catch(() => {})
  await videorecog.DetectVideoShot({ VideoUrl: VIDEO_URL })
})

/** An answer to POST /requests/verify. */
interface Answer {
  status: number
  body: Verification & Required<Pick<Verification, 'error' | 'nearest'>>
}

/** What POST /requests/verify answers. */
async function verify(check: object): Promise<Answer> {
  const response = await fetch(`${emulator.url}/_emulator/requests/verify?accessKeyId=${key}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(check),
  })
  return { status: response.status, body: (await response.json()) as Answer['body'] }
}

const segment = { action: 'SegmentVideoBody' }

test.each<[check: LogCheck, count: number, expected: string]>([
  [segment, 2, 'at least 1 call'],
  [{ ...segment, exactly: 2 }, 2, 'exactly 2 calls'],
  [{ ...segment, atLeast: 2 }, 2, 'at least 2 calls'],
  [{ ...segment, atMost: 2 }, 2, 'at most 2 calls'],
  [{ ...segment, atLeast: 1, atMost: 3 }, 2, '1 to 3 calls'],
  [{ ...segment, status: 500, exactly: 0 }, 0, 'no call'],
  [{ ...segment, status: 500, atMost: 0 }, 0, 'no call'],
])('%j holds', async (check, count, expected) => {
  expect(await verify(check)).toEqual({ status: 200, body: { ok: true, count, expected } })
})

test.each<[check: LogCheck, error: string]>([
  [{ ...segment, exactly: 1 }, 'expected exactly 1 call of { action: "SegmentVideoBody" }, and there were 2'],
  [{ ...segment, exactly: 3 }, 'expected exactly 3 calls of { action: "SegmentVideoBody" }, and there were 2 among 3 calls'],
  [{ ...segment, atLeast: 3 }, 'expected at least 3 calls of { action: "SegmentVideoBody" }, and there were 2 among 3 calls'],
  [{ ...segment, atMost: 1 }, 'expected at most 1 call of { action: "SegmentVideoBody" }, and there were 2'],
  [{ exactly: 0 }, 'expected no call of any kind, and there were 3'],
  [{ status: 503 }, 'expected at least 1 call of { status: 503 }, and there was none among 3 calls'],
])('%j does not hold, and says so', async (check, error) => {
  const { status, body } = await verify(check)
  expect(status).toBe(422)
  expect(body).toMatchObject({ ok: false, error })
})

it('shows the calls most like those expected, and where they differ', async () => {
  const { body } = await verify({ ...segment, params: { VideoUrl: 'other' }, status: 200 })
  expect(body.nearest.map(({ call, differs }) => ({ call, differs }))).toEqual([
    {
      call: `videoseg.SegmentVideoBody { VideoUrl: "${VIDEO_URL}" } → 200`,
      differs: [{ field: 'params.VideoUrl', expected: '"other"', actual: `"${VIDEO_URL}"` }],
    },
    {
      call: 'videoseg.SegmentVideoBody { VideoUrl: "nothing" } → 400 InvalidFile.URL',
      differs: [
        { field: 'params.VideoUrl', expected: '"other"', actual: '"nothing"' },
        { field: 'status', expected: '200', actual: '400' },
      ],
    },
    { call: expect.stringContaining('DetectVideoShot'), differs: expect.arrayContaining([expect.objectContaining({ field: 'action' })]) },
  ])
})

it('says what a call does not have', async () => {
  const { body } = await verify({ ...segment, params: { Volume: '11' } })
  expect(body.nearest[0]?.differs).toEqual([{ field: 'params.Volume', expected: '"11"', actual: 'not there' }])
})

it('shows the calls themselves where they are too many', async () => {
  const { body } = await verify({ ...segment, exactly: 0 })
  expect(body.nearest).toMatchObject([
    { time: '2026-01-01T00:00:00.000Z', differs: [] },
    { time: '2026-01-01T00:00:01.000Z', differs: [] },
  ])
})

test.each<[what: string, check: object, says: string]>([
  ['exactly beside atLeast', { exactly: 1, atLeast: 1 }, 'exactly goes with neither atLeast nor atMost'],
  ['atLeast above atMost', { atLeast: 3, atMost: 2 }, 'atLeast is more than atMost'],
  ['a count that is none', { exactly: -1 }, 'exactly'],
  ['an unknown field', { count: 1 }, 'count'],
  ['an unknown Action', { action: 'SegmentVideo', exactly: 0 }, 'there is no Action SegmentVideo'],
])('refuses %s', async (_what, check, says) => {
  const { status, body } = await verify(check)
  expect(status).toBe(400)
  expect(body.error).toContain(says)
})

describe('the client', () => {
  it('resolves with what was counted', async () => {
    expect(await control.requests.verify({ ...segment, exactly: 2 })).toEqual({ ok: true, count: 2, expected: 'exactly 2 calls' })
  })

  it('rejects with what was expected', async () => {
    const error = await control.requests.verify({ ...segment, exactly: 1 }).catch((caught) => caught)
    expect(error).toBeInstanceOf(CallError)
    expect(error).toMatchObject({ code: 'Control.Refused', status: 422, message: expect.stringContaining('and there were 2') })
  })
})

describe('once the log has forgotten calls', () => {
  /** A thousand further calls, the first of them a second later. */
  beforeEach(async () => {
    await control.clock.advance('1s')
    const { log } = emulator.cloud.account(key)
    const record = { ...log.records()[0], at: emulator.cloud.account(key).clock.now() } as Parameters<typeof log.add>[0]
    for (let count = 0; count < 1000; count++) log.add(record)
  })

  test.each<[check: LogCheck, status: number]>([
    [{ ...segment, atLeast: 1 }, 200],
    [{ action: 'DetectVideoShot', atLeast: 1 }, 422],
    [{ action: 'DetectVideoShot', exactly: 0 }, 422],
    [{ action: 'DetectVideoShot', atMost: 1 }, 422],
    [{ action: 'DetectVideoShot', exactly: 0, since: '2026-01-01T00:00:02Z' }, 200],
  ])('%j is answered with %i', async (check, status) => {
    const answer = await verify(check)
    expect(answer.status).toBe(status)
    if (status !== 200) expect(answer.body.error).toContain('3 earlier calls are no longer in the log')
  })
})
