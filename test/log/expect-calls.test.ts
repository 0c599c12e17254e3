/** Assertions on calls, and what they say when they fail. */

import { AssertionError } from 'node:assert'
import { expect, it, test } from 'vitest'
import { type CallExpectations, type CallRecord, expectCalls } from '../../src/index.js'
import { testCloud, VIDEO_URL } from '../support/cloud.js'

/** An account that has segmented a video, asked for the result, and sent a wrong URL. */
async function session() {
  const { account, call } = testCloud()
  const { body } = await call('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL })
  await account.clock.advance('1s')
  await call('videoseg.GetAsyncJobResult', { JobId: body.RequestId })
  await call('videoseg.SegmentVideoBody', { VideoUrl: 'nothing' })
  return { account, jobId: body.RequestId as string }
}

const SEGMENT = { action: 'SegmentVideoBody' }

test.each<[what: string, assert: (calls: CallExpectations) => void]>([
  ['toInclude', (calls) => calls.toInclude({ ...SEGMENT, params: { VideoUrl: /\.mp4$/ } })],
  ['not.toInclude', (calls) => calls.not.toInclude({ ...SEGMENT, params: { VideoUrl: 'other' } })],
  ['toHaveCount', (calls) => calls.toHaveCount(SEGMENT, 2)],
  ['toHaveCount of none', (calls) => calls.toHaveCount({ action: 'DetectVideoShot' }, 0)],
  ['toBeInOrder', (calls) => calls.toBeInOrder([SEGMENT, { action: 'GetAsyncJobResult' }, SEGMENT])],
  ['toBeInOrder with others between', (calls) => calls.toBeInOrder([{ refused: false }, { refused: true }])],
  ['toBeInOrder of nothing', (calls) => calls.toBeInOrder([])],
])('%s passes', async (_what, assert) => {
  assert(expectCalls((await session()).account))
})

/** What an assertion says when it fails. */
async function failure(assert: (calls: CallExpectations) => void): Promise<{ message: string; jobId: string; error: unknown }> {
  const { account, jobId } = await session()
  try {
    assert(expectCalls(account))
  } catch (error) {
    return { message: (error as Error).message, jobId, error }
  }
  throw new Error('it has not failed')
}

it('shows which calls are most like those expected, what differs, and all there were', async () => {
  const { message, jobId, error } = await failure((calls) => calls.toInclude({ ...SEGMENT, params: { VideoUrl: 'other' } }))
  expect(error).toBeInstanceOf(AssertionError)
  expect(message).toBe(
    `
expected at least 1 call of { action: "SegmentVideoBody", params.VideoUrl: "other" }, and there was none among 3 calls

most like them:
  2026-01-01T00:00:01.000Z videoseg.SegmentVideoBody { VideoUrl: "nothing" } → 400 InvalidFile.URL
    params.VideoUrl: expected "other", was "nothing"
  2026-01-01T00:00:00.000Z videoseg.SegmentVideoBody { VideoUrl: "${VIDEO_URL}" } → 200
    params.VideoUrl: expected "other", was "${VIDEO_URL}"
  2026-01-01T00:00:01.000Z videoseg.GetAsyncJobResult { JobId: "${jobId}" } → 200
    action: expected "SegmentVideoBody", was "GetAsyncJobResult"
    params.VideoUrl: expected "other", was not there

all calls:
  2026-01-01T00:00:00.000Z videoseg.SegmentVideoBody { VideoUrl: "${VIDEO_URL}" } → 200
  2026-01-01T00:00:01.000Z videoseg.GetAsyncJobResult { JobId: "${jobId}" } → 200
  2026-01-01T00:00:01.000Z videoseg.SegmentVideoBody { VideoUrl: "nothing" } → 400 InvalidFile.URL
`.trim(),
  )
})

test.each<[what: string, assert: (calls: CallExpectations) => void, says: string]>([
  [
    'a call that should not be',
    (calls) => calls.not.toInclude(SEGMENT),
    'expected no call of { action: "SegmentVideoBody" }, and there were 2',
  ],
  [
    'too few calls',
    (calls) => calls.toHaveCount(SEGMENT, 3),
    'expected exactly 3 calls of { action: "SegmentVideoBody" }, and there were 2 among 3',
  ],
  [
    'too many calls',
    (calls) => calls.toHaveCount(SEGMENT, 1),
    'expected exactly 1 call of { action: "SegmentVideoBody" }, and there were 2\n',
  ],
  [
    'another order',
    (calls) => calls.toBeInOrder([{ action: 'GetAsyncJobResult' }, { ...SEGMENT, refused: false }]),
    'expected a call of { action: "SegmentVideoBody", refused: false } (number 2 of 2) after videoseg.GetAsyncJobResult { JobId:',
  ],
  [
    'an order that never begins',
    (calls) => calls.toBeInOrder([{ status: 503 }]),
    'expected a call of { status: 503 } (number 1 of 1) in the log, and there was none',
  ],
])('says what is wrong with %s', async (_what, assert, says) => {
  const { message } = await failure(assert)
  expect(message).toContain(says)
  expect(message).toContain('\nall calls:\n')
})

it('says that earlier calls are no longer in the log', async () => {
  const { account, call } = testCloud()
  await call('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL })
  const [record] = account.log.records()
  for (let count = 0; count < 1000; count++) account.log.add(record as CallRecord)
  expect(() => expectCalls(account).toBeInOrder([{ status: 503 }])).toThrow('and there was none; 1 earlier call is no longer in the log')
})

it('says of a call that got no answer that it got none', async () => {
  const { account, call } = testCloud()
  account.faults.add({ action: 'SegmentVideoBody', reset: true })
  await call('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL }).catch(() => {})
  expect(() => expectCalls(account).not.toInclude(SEGMENT)).toThrow('} → no answer (fault-1)')
})

it('says that there were no calls', () => {
  const { account } = testCloud()
  expect(() => expectCalls(account).toInclude(SEGMENT)).toThrow('there was none among 0 calls\n\nthere were no calls')
})

it('cuts what is long: values, and lists of calls', async () => {
  const { account, call } = testCloud()
  for (let count = 0; count < 25; count++) await call('videoseg.SegmentVideoBody', { VideoUrl: `${count}${'x'.repeat(200)}` })
  const message = (() => {
    try {
      expectCalls(account).toHaveCount(SEGMENT, 30)
    } catch (error) {
      return (error as Error).message
    }
    return ''
  })()
  expect(message).toContain('… 5 earlier ones')
  expect(message).toContain(`VideoUrl: "24${'x'.repeat(78)}…"`)
  expect(message.split('\n').length).toBeLessThan(40)
})

test.each<[what: string, assert: (calls: CallExpectations) => void]>([
  ['toInclude', (calls) => calls.toInclude({ action: 'SegmentVideBody' })],
  ['not.toInclude', (calls) => calls.not.toInclude({ action: 'SegmentVideBody' })],
  ['toHaveCount', (calls) => calls.toHaveCount({ action: 'SegmentVideBody' }, 0)],
  ['toBeInOrder', (calls) => calls.toBeInOrder([{ action: 'SegmentVideBody' }])],
])('%s refuses a name that does not exist, so that no test passes for ever', (_what, assert) => {
  expect(() => assert(expectCalls(testCloud().account))).toThrow('did you mean "SegmentVideoBody"?')
})

it('points to the line of the test', async () => {
  const { error } = await failure((calls) => calls.toInclude({ status: 503 }))
  expect((error as Error).stack?.split('\n    at ')[1]).toContain('expect-calls.test.ts')
})
