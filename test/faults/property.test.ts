/** Whatever is asked to go wrong: it is refused with a message, or does what it does to its own account, and to nothing else. */

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ZodError } from 'zod'
import { type Account, type CallRecord, createCloud, type FaultInput, type Reply } from '../../src/index.js'
import { read, testCloud, VIDEO_URL } from '../support/cloud.js'

const names = fc.constantFrom('vod', 'video*', 'videoseg', 'SegmentVideoBody', 'CreateUpload*', '*', 'nope', 'VideoUrl', 'PutObject', 'a.b', '**')
const text = fc.oneof(names, fc.string({ maxLength: 10 }))
const codes = fc.oneof(fc.constantFrom('Throttling.User', 'InternalError', 'AccessDenied', 'InvalidFile.Decode'), text)
const duration = fc.oneof(fc.integer({ min: -1, max: 5 }), fc.constantFrom('1ms', '10m', '9h', 'soon'))
const error = fc.oneof(codes, fc.record({ code: codes, status: fc.integer({ min: 100, max: 700 }), message: text }, { requiredKeys: ['code'] }))
const matcher = fc.oneof(
  fc.constant(VIDEO_URL),
  text,
  fc.integer(),
  fc.record({ matches: fc.oneof(fc.constantFrom('mp4', '(', 'a|b'), text), flags: fc.constantFrom('i', 'g', 'zz') }, { requiredKeys: ['matches'] }),
)

const effects = {
  error,
  latency: fc.oneof(duration, fc.record({ from: duration, to: duration })),
  hang: fc.boolean(),
  reset: fc.constantFrom(true, 'midBody', 'no'),
  truncate: fc.integer({ min: -1, max: 400 }),
  garble: fc.constant(true),
  contentType: text,
  loseReply: fc.oneof(
    fc.constant(true),
    fc.record(
      { see: fc.oneof(fc.constantFrom('reset', 'hang', 'x'), fc.record({ error })), effects: fc.integer({ min: 0, max: 11 }), effectAfter: duration },
      { requiredKeys: [] },
    ),
  ),
}

/** An object with at most one of these keys, or now and then with two. */
const anEffect = (of: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> =>
  fc
    .uniqueArray(fc.constantFrom(...Object.keys(of)), { minLength: 0, maxLength: 2 })
    .map((keys) => (keys.length === 2 && keys[0] !== 'garble' ? keys.slice(1) : keys))
    .chain((keys) => fc.record(Object.fromEntries(keys.map((key) => [key, of[key] as fc.Arbitrary<unknown>]))))

const oss = fc
  .tuple(fc.record({ operation: names, bucket: text, key: text, part: fc.integer({ min: 0, max: 3 }) }, { requiredKeys: [] }), anEffect(effects))
  .map(([where, effect]) => ({ ...where, ...effect }))

const fault = fc
  .tuple(
    fc.record(
      {
        service: names,
        action: names,
        when: fc.dictionary(text, matcher, { maxKeys: 2 }),
        identity: fc.oneof(fc.constantFrom('root', '*', 'acs:*'), text),
        every: fc.integer({ min: 0, max: 3 }),
        after: fc.integer({ min: -1, max: 2 }),
        times: fc.integer({ min: 0, max: 3 }),
        between: fc.record({ from: fc.constantFrom('2025-12-31T00:00:00Z', 'never'), until: fc.constant('2026-06-01T00:00:00Z') }, { requiredKeys: [] }),
        custom: fc.constant(true),
      },
      { requiredKeys: [] },
    ),
    fc.oneof({ weight: 4, arbitrary: anEffect(effects) }, fc.record({ oss })),
  )
  .map(([when, effect]) => ({ ...when, ...effect }) as FaultInput)

/** What a fault comes to when it is set: true if it is. Anything but a refusal with a message is a bug. */
function sets({ faults }: Account, input: FaultInput): boolean {
  try {
    faults.add(input)
    return true
  } catch (error) {
    if (!(error instanceof ZodError || error instanceof RangeError)) throw error
    expect(error.message).not.toBe('')
    return false
  }
}

const bytesOf = async ({ body, stream }: Reply): Promise<Buffer> => (stream ? Buffer.concat(await Array.fromAsync(stream)) : Buffer.from(body))

it('a fault is refused with a message, or crashes no call', async () => {
  const met = new Set<string>()
  await fc.assert(
    fc.asyncProperty(fc.array(fault, { minLength: 1, maxLength: 4 }), async (inputs) => {
      const bugs: unknown[] = []
      const { account, send } = testCloud({ onBug: (error) => bugs.push(error) })
      const set = inputs.filter((input) => sets(account, input))
      expect(account.faults.list()).toHaveLength(set.length)
      for (const params of [{ VideoUrl: VIDEO_URL }, {}, { VideoUrl: VIDEO_URL }]) {
        const reply = await send('videoseg.SegmentVideoBody', params)
        const { faults, status } = account.log.records().at(-1) as CallRecord
        expect(reply.status).toBe(status)
        expect(reply.headers['x-emulator-fault']).toBe(faults?.join(', '))
        for (const id of faults ?? []) met.add(Object.keys(account.faults.list().find((each) => each.id === id) ?? {}).sort().join())
        // Nothing that is answered is left unmarked, and what is not damaged can be read.
        if (faults === undefined) read(reply)
      }
      account.oss.createBucket('some-bucket', 'cn-shanghai')
      for (const method of ['PUT', 'GET', 'DELETE']) {
        const host = 'some-bucket.oss-cn-shanghai.aliyuncs.com'
        await send('vod.CreateUploadImage', { ImageType: 'default' })
        await bytesOf(await createdBy(account, method, host))
      }
      await account.clock.advance('1d')
      account.dispose()
      expect(bugs).toEqual([])
    }),
    { numRuns: 300, seed: 6 },
  )
  // The property means something: many kinds have really happened.
  expect(met.size).toBeGreaterThan(20)
})

it('what goes wrong in one account changes nothing that another gets', async () => {
  const story = async (inputs: readonly FaultInput[]): Promise<unknown[]> => {
    const cloud = createCloud({ clock: 'manual', seed: 7 })
    const [faulty, quiet] = [cloud.createAccount(), cloud.createAccount()]
    for (const input of inputs) sets(faulty, input)
    const { send } = testCloud()
    void send
    const replies: unknown[] = []
    for (let round = 0; round < 3; round++) {
      await segmentOf(cloud, faulty)
      const { headers, ...reply } = await segmentOf(cloud, quiet)
      replies.push({ ...reply, headers })
      await faulty.clock.advance('10m')
      await quiet.clock.advance('3s')
    }
    replies.push(quiet.log.all().map(({ elapsedMs: _, params: __, ...entry }) => entry), quiet.faults.list())
    return replies
  }
  const undisturbed = await story([])
  await fc.assert(
    fc.asyncProperty(fc.array(fault, { minLength: 1, maxLength: 4 }), async (inputs) => {
      expect(await story(inputs)).toEqual(undisturbed)
    }),
    { numRuns: 100, seed: 6 },
  )
})
