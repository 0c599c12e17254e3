/** Whatever is asked to go wrong: it is refused with a message, or does what it does to its own account, and to nothing else. */

import { Readable } from 'node:stream'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ZodError } from 'zod'
import { type Account, type CallRecord, type Cloud, createCloud, type FaultInput, type Reply } from '../../src/index.js'
import { v1Signature, v1StringToSign } from '../../src/oss/signature-v1.js'
import { sign } from '../../src/signing/sign.js'
import { read, VIDEO_URL } from '../support/cloud.js'

/** Something that can be, or now and then something that cannot. */
const mostly = (good: fc.Arbitrary<unknown>, bad: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 12, arbitrary: good }, { weight: 1, arbitrary: bad })

const text = fc.string({ maxLength: 10 })
const duration = mostly(fc.constantFrom(0, 5, '1ms', '10m'), fc.constantFrom(-1, '9h', 'soon', ''))
const code = mostly(fc.constantFrom('InternalError', 'AccessDenied', 'MissingParameter'), text)
const status = mostly(fc.integer({ min: 400, max: 599 }), fc.integer({ min: 100, max: 700 }))
const error = fc.oneof(code, fc.record({ code, status, message: text }, { requiredKeys: ['code'] }))
const effects = {
  error,
  latency: fc.oneof(duration, fc.record({ from: duration, to: duration })),
  hang: mostly(fc.constant(true), fc.constant(false)),
  reset: mostly(fc.constantFrom(true, 'midBody'), text),
  truncate: mostly(fc.integer({ min: 0, max: 400 }), fc.constantFrom(-1, 0.5, '5')),
  garble: fc.constant(true),
  contentType: mostly(fc.constantFrom('text/html', 'application/json'), text),
  loseReply: fc.oneof(
    fc.constant(true),
    fc.record(
      {
        see: fc.oneof(mostly(fc.constantFrom('reset', 'hang'), text), fc.record({ error })),
        effects: mostly(fc.integer({ min: 1, max: 3 }), fc.constantFrom(0, 11)),
        effectAfter: duration,
      },
      { requiredKeys: [] },
    ),
  ),
}

const oneOf = (names: readonly string[]): fc.Arbitrary<object> =>
  fc.constantFrom(...names).chain((name) => fc.record({ [name]: effects[name as keyof typeof effects] }))

/** An effect, or now and then none or two. */
const effect = mostly(
  oneOf(Object.keys(effects)),
  fc.oneof(
    fc.constant({}),
    oneOf(Object.keys(effects)).map((one) => ({ ...one, garble: true, hang: true })),
  ),
) as fc.Arbitrary<object>

const oss = fc
  .tuple(
    fc.record(
      {
        operation: mostly(fc.constantFrom('PutObject', '*Object', '*'), text),
        bucket: mostly(fc.constantFrom('some-*', '*'), text),
        key: mostly(fc.constant('a.*'), text),
        part: mostly(fc.constant(undefined), fc.integer({ min: 0, max: 3 })),
      },
      { requiredKeys: [] },
    ),
    effect,
  )
  .map(([where, what]) => ({ ...where, ...what }))

const whenever = fc.record(
  {
    every: mostly(fc.integer({ min: 1, max: 2 }), fc.constant(0)),
    after: mostly(fc.integer({ min: 0, max: 1 }), fc.constant(-1)),
    times: mostly(fc.integer({ min: 1, max: 3 }), fc.constant(0)),
    between: fc.record(
      { from: mostly(fc.constant('2025-12-31T00:00:00Z'), text), until: fc.constant('2026-06-01T00:00:00Z') },
      { requiredKeys: [] },
    ),
    identity: mostly(fc.constantFrom('root', '*', 'acs:*'), text),
    custom: mostly(fc.constant(undefined), fc.constant(true)),
  },
  { requiredKeys: [] },
)

const matcher = fc.oneof(
  fc.constant(VIDEO_URL),
  text,
  fc.integer(),
  fc.record(
    { matches: fc.oneof(fc.constantFrom('mp4', '(', 'a|b'), text), flags: fc.constantFrom('i', 'g', 'zz') },
    { requiredKeys: ['matches'] },
  ),
)

const calls = fc.record(
  {
    service: mostly(fc.constantFrom('videoseg', 'v*', '*'), text),
    action: mostly(fc.constantFrom('SegmentVideoBody', 'Segment*', '*'), text),
    when: fc.dictionary(mostly(fc.constant('VideoUrl'), text) as fc.Arbitrary<string>, matcher, { maxKeys: 1 }),
  },
  { requiredKeys: [] },
)

const fault = fc.oneof(
  fc.tuple(whenever, calls, effect).map(([when, which, what]) => ({ ...when, ...which, ...what })),
  fc.tuple(whenever, oss).map(([when, what]) => ({ ...when, oss: what })),
) as fc.Arbitrary<FaultInput>

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

const BUCKET = 'some-bucket'

/** A call by which a job is started, if it is given a URL. */
const segment = (cloud: Cloud, { credentials: key }: Account, params: { VideoUrl?: string } = { VideoUrl: VIDEO_URL }): Promise<Reply> =>
  cloud.handle(sign('acs3', { host: '127.0.0.1', action: 'SegmentVideoBody', version: '2020-03-20', params, key }))

/** A request for an object of the account, signed in its URL. */
function request(cloud: Cloud, { credentials, clock }: Account, method: string): Promise<Reply> {
  const key = 'a.bin'
  const host = `${BUCKET}.oss-cn-shanghai.aliyuncs.com`
  const expires = String(Math.floor(clock.now() / 1000) + 3600)
  const text = v1StringToSign({ method, headers: {}, date: expires, bucket: BUCKET, key, query: [] })
  const query = new URLSearchParams({
    Expires: expires,
    OSSAccessKeyId: credentials.accessKeyId,
    Signature: v1Signature(credentials.accessKeySecret, text),
  })
  const body = Buffer.from(method === 'PUT' ? 'some bytes' : '')
  return cloud.handle({
    method,
    host,
    path: `/${key}`,
    query: String(query),
    headers: { host, 'content-length': `${body.byteLength}` },
    body,
  })
}

/** `garble`, or `oss.garble`. */
const effectsOf = ({ oss, ...fault }: Partial<FaultInput> = {}): string => {
  const found = Object.keys(effects).filter((effect) => Object.hasOwn(oss ?? fault, effect))
  return (oss ? 'oss.' : '') + found.join()
}

const bytesOf = async ({ body, stream }: Reply): Promise<Buffer> =>
  stream ? Buffer.concat(await Readable.from(stream).toArray()) : Buffer.from(body)

it('a fault is refused with a message, or crashes no call', async () => {
  const met = new Set<string>()
  await fc.assert(
    fc.asyncProperty(fc.array(fault, { minLength: 1, maxLength: 4 }), async (inputs) => {
      const bugs: unknown[] = []
      const cloud = createCloud({ clock: 'manual', onBug: (error) => bugs.push(error) })
      const account = cloud.account()
      const set = inputs.filter((input) => sets(account, input))
      expect(account.faults.list()).toHaveLength(set.length)
      account.oss.createBucket(BUCKET, 'cn-shanghai')
      const asks = [
        () => segment(cloud, account),
        () => segment(cloud, account, {}),
        ...['PUT', 'GET', 'HEAD', 'DELETE'].map((method) => () => request(cloud, account, method)),
        () => segment(cloud, account),
      ]
      for (const ask of asks) {
        const reply = await ask()
        const bytes = await bytesOf(reply)
        const { faults, status } = account.log.records().at(-1) as CallRecord
        expect(reply.status).toBe(status)
        expect(reply.headers['x-emulator-fault']).toBe(faults?.join(', '))
        if (faults === undefined && reply.headers['content-type']?.startsWith('application/json')) read({ ...reply, body: bytes })
        for (const id of faults ?? []) met.add(effectsOf(account.faults.list().find((each) => each.id === id)))
      }
      await account.clock.advance('1d')
      account.dispose()
      expect(bugs).toEqual([])
    }),
    { numRuns: 300, seed: 6 },
  )
  // The property means something: many kinds have really happened.
  expect([...met].sort()).toEqual([...Object.keys(effects), ...Object.keys(effects).map((effect) => `oss.${effect}`)].sort())
})

it('what goes wrong in one account changes nothing that another gets', async () => {
  const story = async (inputs: readonly FaultInput[]): Promise<unknown[]> => {
    const cloud = createCloud({ clock: 'manual', seed: 7 })
    const [faulty, quiet] = [cloud.createAccount(), cloud.createAccount()]
    for (const input of inputs) sets(faulty, input)
    const replies: unknown[] = []
    for (let round = 0; round < 3; round++) {
      await segment(cloud, faulty)
      replies.push(await segment(cloud, quiet))
      await faulty.clock.advance('10m')
      await quiet.clock.advance('3s')
    }
    replies.push(
      quiet.log.all().map(({ elapsedMs: _, params: __, ...entry }) => entry),
      quiet.faults.list(),
    )
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
