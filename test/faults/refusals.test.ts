/** What can never happen is refused when it is set, with what may have been meant; and nothing is set. */

import { expect, it } from 'vitest'
import { problemOf } from '../../src/base/problem.js'
import { defineProduct, type JobKind } from '../../src/index.js'
import { testCloud } from '../support/cloud.js'

const BUSY = { error: 'Throttling.User' }

/** Why something cannot be done, in words. */
function problemWith(work: () => void): string {
  try {
    work()
    return 'nothing'
  } catch (error) {
    return problemOf(error)
  }
}

it.each<{ fault: unknown; says: string | RegExp }>([
  // Its shape.
  { fault: 'hang', says: /object/ },
  { fault: {}, says: 'has exactly one of error, latency, hang' },
  { fault: { action: 'GetPlayInfo', hang: true, garble: true }, says: 'has exactly one of' },
  { fault: { acton: 'GetPlayInfo', hang: true }, says: 'there is no field "acton"; did you mean "action"?' },
  { fault: { hang: false }, says: /hang/ },
  { fault: { action: '', hang: true }, says: /action/ },
  { fault: { times: 0, hang: true }, says: /times/ },
  { fault: { every: 0, hang: true }, says: /every/ },
  { fault: { after: -1, hang: true }, says: /after/ },
  { fault: { times: '2', hang: true }, says: /times/ },
  { fault: { when: { VideoId: { matches: '(' } }, hang: true }, says: 'when.VideoId: Invalid regular expression: /(/: Unterminated group' },
  { fault: { when: { VideoId: { matches: 'a', flags: 'I' } }, hang: true }, says: /^when\.VideoId: Invalid flags .*'I'$/ },
  { fault: { when: { VideoId: ['a'] }, hang: true }, says: 'is neither a value nor {"matches": …} with a regular expression' },
  { fault: { between: { from: 'noon' }, hang: true }, says: 'is not a time such as 2026-01-01T00:00:00Z' },
  { fault: { between: { form: '2026-01-01T00:00:00Z' }, hang: true }, says: 'did you mean "from"?' },
  { fault: { error: { code: 'Throttling.User', status: 200 } }, says: 'error.status: Too small: expected number to be >=400' },
  { fault: { error: 5 }, says: 'is an error code, or {"code"' },
  { fault: { latency: 'long' }, says: 'is a length of time such as "2s"' },
  { fault: { latency: -1 }, says: 'is a length of time such as "2s"' },
  { fault: { latency: '2h' }, says: 'is at most an hour' },
  { fault: { latency: { from: '2s', to: '1s' } }, says: 'goes from the shorter length of time to the longer one' },
  { fault: { reset: 'body' }, says: 'is true or "midBody"' },
  { fault: { truncate: -1 }, says: /truncate/ },
  { fault: { contentType: 'text/html\r\nx-injected: yes' }, says: /contentType/ },
  { fault: { loseReply: { effects: 0 } }, says: 'loseReply.effects: Too small: expected number to be >=1' },
  { fault: { loseReply: { see: 'nothing' } }, says: 'is true or {"see"' },
  // What it names.
  { fault: { service: 'vodd', ...BUSY }, says: 'service: there is no service vodd; did you mean "vod"?' },
  { fault: { service: 'x*', ...BUSY }, says: 'service: there is no service x*' },
  { fault: { service: 'oss', ...BUSY }, says: 'requests to OSS are matched with {"oss"' },
  { fault: { action: 'GetPlayInf', ...BUSY }, says: 'action: there is no Action GetPlayInf; did you mean "GetPlayInfo"?' },
  { fault: { service: 'videoseg', action: 'GetPlayInfo', ...BUSY }, says: 'action: there is no Action GetPlayInfo of videoseg' },
  { fault: { action: 'GetPlay*Infos', ...BUSY }, says: 'action: there is no Action GetPlay*Infos; did you mean "GetPlayInfo"?' },
  {
    fault: { action: 'GetPlayInfo', when: { VideoID: 'a' }, ...BUSY },
    says: 'when.VideoID: no Action that this fault is for has such a parameter; did you mean "VideoId"?',
  },
  {
    fault: { action: 'GetPlayInfo', error: 'Throtling.User' },
    says: 'error: no Action that this fault is for documents Throtling.User; did you mean "Throttling.User"? (an undocumented one takes "custom": true)',
  },
  { fault: { action: 'GetPlayInfo', error: 'InvalidFile.URL' }, says: 'no Action that this fault is for documents InvalidFile.URL' },
  { fault: { error: 'Teapot', custom: true }, says: 'error: a custom error has a status and a message' },
  { fault: { hang: true, custom: true }, says: 'custom: is for an error code, and this fault has none' },
  { fault: { loseReply: { see: { error: 'InternalErorr' } } }, says: 'loseReply.see.error: no Action' },
  // When it happens.
  {
    fault: { between: { from: '2026-02-01T00:00:00Z', until: '2026-01-15T00:00:00Z' }, ...BUSY },
    says: 'between: ends before it begins',
  },
  {
    fault: { between: { until: '2026-01-01T00:00:00Z' }, ...BUSY },
    says: "is over; the account's clock stands at 2026-01-01T00:00:00.000Z",
  },
  // Requests to OSS.
  { fault: { oss: {} }, says: 'has exactly one of' },
  {
    fault: { oss: { operation: 'UploadParts', hang: true } },
    says: 'oss.operation: there is no operation UploadParts; did you mean "UploadPart"?',
  },
  { fault: { oss: { bukcet: 'a', hang: true } }, says: 'there is no field "bukcet"; did you mean "bucket"?' },
  { fault: { oss: { operation: 'PutObject', part: 1, hang: true } }, says: 'oss.part: only UploadPart and UploadPartCopy have a part' },
  { fault: { oss: { error: 'NoSuchKeys' } }, says: 'oss.error: no operation of OSS documents NoSuchKeys; did you mean "NoSuchKey"?' },
  { fault: { oss: { loseReply: { effectAfter: '1m' } } }, says: 'oss.loseReply.effectAfter: a request to OSS takes effect at once' },
  { fault: { service: 'vod', oss: { hang: true } }, says: 'service: requests to OSS are to no other service' },
  { fault: { action: 'PutObject', oss: { hang: true } }, says: 'action: requests to OSS are matched with oss.operation' },
  { fault: { when: { key: 'a' }, oss: { hang: true } }, says: 'when: requests to OSS are matched with oss.operation' },
  // Callbacks.
  { fault: { action: 'GetPlayInfo', callback: 'lose' }, says: 'action: a callback is matched by the fields of its event' },
  { fault: { callback: 'loose' }, says: 'is one of "lose", "duplicate"' },
  {
    fault: { when: { EventType: 'TranscodeCompleted' }, callback: 'lose' },
    says: 'when.EventType: there is no event TranscodeCompleted; did you mean "TranscodeComplete"?',
  },
])('$fault', ({ fault, says }) => {
  const { faults } = testCloud().account
  const set = () => faults.addAll([{ hang: true }, fault as never])
  expect(problemWith(set)).toMatch(says)
  expect(faults.list()).toEqual([])
})

it('a fault too many', () => {
  const { faults } = testCloud().account
  faults.addAll(Array.from({ length: 1000 }, () => ({ hang: true }) as const))
  expect(() => faults.add({ hang: true })).toThrow('an account has at most 1000 faults')
})

it('what was written can be changed afterwards, and the fault stays', () => {
  const { faults } = testCloud().account
  const fault = { action: 'GetPlayInfo', when: { VideoId: /^a/i }, error: { code: 'Forbidden' } }
  const set = faults.add(fault)
  fault.error.code = 'changed'
  expect(set).toEqual({
    id: 'fault-1',
    action: 'GetPlayInfo',
    when: { VideoId: { matches: '^a', flags: 'i' } },
    error: { code: 'Forbidden' },
    matched: 0,
    applied: 0,
  })
  expect(faults.list()).toEqual([set])
})

it('of jobs that no Action is named after, calls cannot be meant', () => {
  const polishing: JobKind = { name: 'vod.Polish', stages: [{ name: 'Polishing', duration: '1s' }], timeout: '1h', attempts: 1 }
  const { faults } = testCloud({ products: [defineProduct({ name: 'polish', actions: [], jobs: [polishing] })] }).account
  expect(problemWith(() => faults.add({ service: 'vod', action: 'Polish', ...BUSY }))).toBe(
    'action: there is no Action Polish of vod; there are jobs of this name, to which other things happen: {"job": …}',
  )
})
