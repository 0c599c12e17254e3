/** Each kind of fault on a call, as the official SDKs show it to those who use them, through every door. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Account, FaultInput } from '../../src/index.js'
import { type Door, doors } from '../doors/doors.js'
import { VIDEO_URL } from '../support/cloud.js'
import { openApi, popCore, type SdkCall, type SdkTarget } from '../support/sdk.js'
import { impatience, jobsOf, segment, served } from './support.js'

const sdks: readonly { sdk: string; connect: (target: SdkTarget, timeout: number) => SdkCall }[] = [
  { sdk: 'pop-core', connect: (target, timeout) => popCore(target, 'POST', timeout) },
  { sdk: 'openapi-client', connect: (target, timeout) => openApi(target, 'form', { readTimeout: timeout, connectTimeout: timeout }) },
]

/** What an SDK makes of a connection that breaks before anything has come: httpx says which request failed, and throws what it was told. */
const BROKEN = { message: expect.stringMatching(/POST http\S+ failed\.$/) }
const TIMED_OUT = { name: 'RequestTimeoutError' }
const UNREADABLE = { name: 'SyntaxError' }

/** A kind of fault: what the SDKs report, the status in the call log, and how many jobs the call has started. */
interface Row {
  kind: string
  fault: FaultInput
  reports: object
  status: number
  jobs: number
}

const rows: readonly Row[] = [
  { kind: 'a documented error', fault: { error: 'Throttling.User' }, reports: { code: 'Throttling.User' }, status: 400, jobs: 0 },
  {
    kind: 'a documented error with another status',
    fault: { error: { code: 'ServiceUnavailable', status: 502, message: 'Bad gateway.' } },
    reports: { code: 'ServiceUnavailable', message: expect.stringContaining('Bad gateway.') },
    status: 502,
    jobs: 0,
  },
  {
    kind: 'an error of its own',
    fault: { error: { code: 'Brewing.Teapot', status: 418, message: 'Short and stout.' }, custom: true },
    reports: { code: 'Brewing.Teapot', message: expect.stringContaining('Short and stout.') },
    status: 418,
    jobs: 0,
  },
  { kind: 'latency', fault: { latency: '10m' }, reports: TIMED_OUT, status: 200, jobs: 1 },
  { kind: 'hang', fault: { hang: true }, reports: TIMED_OUT, status: 0, jobs: 0 },
  { kind: 'reset', fault: { reset: true }, reports: BROKEN, status: 0, jobs: 0 },
  { kind: 'reset in the middle', fault: { reset: 'midBody' }, reports: { code: 'ECONNRESET', message: 'aborted' }, status: 200, jobs: 1 },
  { kind: 'truncate', fault: { truncate: 20 }, reports: UNREADABLE, status: 200, jobs: 1 },
  { kind: 'truncate to nothing', fault: { truncate: 0 }, reports: UNREADABLE, status: 200, jobs: 1 },
  { kind: 'garble', fault: { garble: true }, reports: UNREADABLE, status: 200, jobs: 1 },
  { kind: 'loseReply', fault: { loseReply: true }, reports: BROKEN, status: 0, jobs: 1 },
  { kind: 'loseReply, with a hang', fault: { loseReply: { see: 'hang' } }, reports: TIMED_OUT, status: 0, jobs: 1 },
  {
    kind: 'loseReply, with an error',
    fault: { loseReply: { see: { error: 'InternalError' } } },
    reports: { code: 'InternalError' },
    status: 500,
    jobs: 1,
  },
]

describe.each(doors)('$door', ({ open, sdks: sdksComeIn }) => {
  let door: Door
  let account: Account

  beforeEach(async () => {
    door = await open({ seed: 7, clock: 'manual' })
    account = door.cloud.account()
  })
  afterEach(() => door.close())

  describe.each(sdksComeIn ? sdks : [])('$sdk', ({ connect }) => {
    let call: SdkCall
    let impatient: SdkCall

    beforeEach(async () => {
      const target = { url: door.endpoint('videoseg'), key: account.credentials, version: '2020-03-20' }
      call = connect(target, 600_000)
      impatient = connect(target, await impatience(door))
    })

    it.each(rows)('$kind', async ({ fault, reports, status, jobs }) => {
      const { id } = account.faults.add({ action: 'SegmentVideoBody', times: 1, ...fault })
      const caller = reports === TIMED_OUT ? impatient : call
      await expect(caller('SegmentVideoBody', { VideoUrl: VIDEO_URL })).rejects.toMatchObject(reports)
      await served(account, 1)
      expect(jobsOf(account)).toBe(jobs)
      // The SDK has not tried again by itself.
      expect(account.log.all()).toMatchObject([{ action: 'SegmentVideoBody', status, faults: [id] }])
      await expect(call('SegmentVideoBody', { VideoUrl: VIDEO_URL })).resolves.toHaveProperty('RequestId')
    })

    it('contentType, which SDKs do not look at', async () => {
      account.faults.add({ contentType: 'text/html' })
      await expect(call('SegmentVideoBody', { VideoUrl: VIDEO_URL })).resolves.toHaveProperty('RequestId')
    })
  })

  it.each<{ fault: FaultInput; status: number; reason: string | RegExp; contentType?: string }>([
    { fault: { error: 'Throttling.User' }, status: 400, reason: 'the fault fault-1 asks for this error' },
    { fault: { latency: 1 }, status: 200, reason: 'the answer was held back for 1 ms' },
    { fault: { reset: 'midBody' }, status: 200, reason: /^the connection breaks after \d+ of \d+ bytes$/ },
    { fault: { truncate: 20 }, status: 200, reason: /^the body was cut to 20 of \d+ bytes$/ },
    { fault: { truncate: 10_000 }, status: 200, reason: 'the body has no more than 10000 bytes' },
    { fault: { garble: true }, status: 200, reason: 'the body was garbled' },
    { fault: { contentType: 'text/html' }, status: 200, reason: /^the content type was application\/json/, contentType: 'text/html' },
    { fault: { loseReply: { see: { error: 'InternalError' } } }, status: 500, reason: 'the fault fault-1 asks for this error' },
  ])('$fault marks the reply', async ({ fault, status, reason, contentType }) => {
    const { id } = account.faults.add(fault)
    const response = await segment(door, account)
    await response.text().catch(() => {})
    const { headers } = response
    expect(response.status).toBe(status)
    expect(headers.get('x-emulator-fault')).toBe(id)
    expect(headers.get('x-emulator-reason')).toMatch(reason)
    if (contentType) expect(headers.get('content-type')).toBe(contentType)
  })

  it('a body that breaks off is read up to there', async () => {
    account.faults.add({ reset: 'midBody' })
    const { headers, body } = await segment(door, account)
    let size = 0
    const reading = (async () => {
      for await (const piece of body as ReadableStream<Uint8Array>) size += piece.byteLength
    })()
    await expect(reading).rejects.toThrow(TypeError)
    expect(size).toBe(Math.floor(Number(headers.get('content-length')) / 2))
  })

  it('a body that is cut off has the length that it says', async () => {
    account.faults.add({ truncate: 20 })
    const response = await segment(door, account)
    expect(response.headers.get('content-length')).toBe('20')
    expect(await response.text()).toHaveLength(20)
  })

  it.runIf(sdksComeIn)('a refusal suffers what an answer would', async () => {
    account.faults.add({ truncate: 30 })
    const call = popCore({ url: door.endpoint('videoseg'), key: account.credentials, version: '2020-03-20' }, 'POST')
    await expect(call('SegmentVideoBody')).rejects.toMatchObject(UNREADABLE)
    expect(account.log.all()).toMatchObject([{ status: 400, code: 'MissingParameter', faults: ['fault-1'] }])
  })
})
