/** Ten thousand calls that are wrong in every way: each is answered, none leaves a trace. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flattenParams, type ParamValue } from '../../src/http/flatten-params.js'
import type { Call } from '../../src/index.js'
import { sign } from '../../src/signing/sign.js'
import { testCloud } from '../support/cloud.js'
import { repeated } from '../support/fuzz.js'
import { watched } from '../support/watchdog.js'
import { timestamp } from '../support/wire.js'
import { checkReply, encodedPairs, heapAfterCollection, hostileName, hostileValue } from './support.js'

const RUNS = { wild: 4000, spoilt: 3000, signed: 3000 }
/** A timestamp that is not refused. */
const NOW = timestamp()
const MAX_GROWTH = 24 * 1024 * 1024

const known = fc.constantFrom(
  'Action=SegmentVideoBody',
  'Action=GetAsyncJobResult',
  'Version=2020-03-20',
  'AccessKeyId=testAccessKeyId',
  'Format=XML',
  'Format=JSON',
  'SignatureMethod=HMAC-SHA1',
  'SignatureVersion=1.0',
  'SignatureNonce=n',
  `Timestamp=${NOW}`,
  'Signature=x',
)
const query = fc
  .tuple(
    fc.shuffledSubarray([
      'Action=SegmentVideoBody',
      'Version=2020-03-20',
      'AccessKeyId=testAccessKeyId',
      'SignatureMethod=HMAC-SHA1',
      'SignatureVersion=1.0',
      'SignatureNonce=n',
      `Timestamp=${NOW}`,
      'Signature=x',
    ]),
    fc.array(known, { maxLength: 3 }),
    encodedPairs,
  )
  .map(([some, more, rest]) => [...some, ...more, rest].join('&'))

const method = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('GET', 'POST') },
  { weight: 1, arbitrary: fc.constantFrom('PUT', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'get', '', '\u0000') },
)
const host = fc.oneof(
  fc.constantFrom(
    '127.0.0.1:4010',
    'videoseg.cn-shanghai.aliyuncs.com',
    'videoseg.cn-beijing.aliyuncs.com',
    'videorecog.localhost:1',
    'vod.aliyuncs.com',
    'a.oss-cn-shanghai.aliyuncs.com',
    '__proto__.aliyuncs.com',
    'constructor.localhost',
    '',
    '[::1]:80',
    'a b',
  ),
  fc.string({ maxLength: 20 }),
)
const path = fc.oneof(
  { weight: 4, arbitrary: fc.constant('/') },
  { weight: 1, arbitrary: fc.constantFrom('', '/a', '/a/b', '//', '/%zz', '/%00/%00', '/..%2f..', '*', 'http://a/', '/_emulator/health') },
  { weight: 1, arbitrary: fc.string({ maxLength: 10 }) },
)

const authorization = fc.oneof(
  fc.constantFrom(
    '',
    'Basic eDp5',
    'ACS3-',
    'ACS3-HMAC-SHA256',
    'ACS3-HMAC-SHA256 ',
    'ACS3-HMAC-SHA256 Credential=testAccessKeyId',
    'ACS3-HMAC-SHA256 Credential=testAccessKeyId,SignedHeaders=,Signature=',
    'ACS3-HMAC-SHA256 Credential=testAccessKeyId,SignedHeaders=host;constructor;__proto__;x-acs-action;x-acs-version;x-acs-date;x-acs-signature-nonce;x-acs-content-sha256,Signature=00',
    `ACS3-HMAC-SHA256 Credential=testAccessKeyId,SignedHeaders=${'a;'.repeat(2000)},Signature=00`,
    'ACS3-HMAC-SHA256 Credential==,,,SignedHeaders==,=,Signature==',
  ),
  fc.string({ unit: 'binary', maxLength: 80 }).map((text) => `ACS3-HMAC-SHA256 ${text}`),
)
const headers = fc.record(
  {
    authorization,
    'content-type': fc.constantFrom(
      'application/x-www-form-urlencoded',
      'application/x-www-form-urlencoded; charset=gbk',
      'application/json',
      'multipart/form-data; boundary=x',
      '',
      ';;;',
      'text/html',
    ),
    'x-acs-action': fc.oneof(fc.constantFrom('SegmentVideoBody', 'constructor', '__proto__'), hostileValue),
    'x-acs-version': fc.oneof(fc.constantFrom('2020-03-20', '2019-09-30'), hostileValue),
    'x-acs-date': fc.oneof(fc.constant(NOW), hostileValue),
    'x-acs-signature-nonce': hostileValue,
    'x-acs-content-sha256': hostileValue,
    'x-acs-security-token': hostileValue,
    'x-forwarded-host': hostileValue,
  },
  { requiredKeys: [] },
)

/** A call that follows no rule. */
const wild: fc.Arbitrary<Call> = fc
  .record({ method, host, path, query, headers, form: query, raw: fc.uint8Array({ maxLength: 40 }), isForm: fc.boolean() })
  .map(({ form, raw, isForm, headers: sent, ...rest }) => ({
    ...rest,
    headers: { host: rest.host, ...sent },
    body: isForm ? Buffer.from(form) : raw,
  }))

/** Parameters for a call that is signed as it should be. */
const params: fc.Arbitrary<Record<string, ParamValue>> = fc
  .array(
    fc.tuple(
      fc.oneof({ weight: 2, arbitrary: fc.constantFrom('VideoUrl', 'VideoURL', 'JobId', 'IsGif') }, { weight: 1, arbitrary: hostileName }),
      hostileValue,
    ),
    { maxLength: 6 },
  )
  .map((pairs) =>
    Object.fromEntries(
      pairs
        .filter(([name]) => !/^(Action|Version|Format|Signature)$/.test(name))
        .map(([name, value]) => [name.toWellFormed(), value.toWellFormed()]),
    ),
  )

/** How a right call is spoilt. */
const spoils = [
  'cut the signature',
  'change a byte of the body',
  'change the host',
  'cut the query',
  'break the encoding',
  'double everything',
  'take a header away',
  'change the secret',
] as const

function spoil(call: Call, how: (typeof spoils)[number], at: number): Call {
  const body = Buffer.from(call.body)
  const { headers: sent } = call
  switch (how) {
    case 'cut the signature':
      return {
        ...call,
        query: call.query.replace(/(Signature=).*?(&|$)/, '$1$2'),
        headers: { ...sent, authorization: sent.authorization?.slice(0, at) },
      }
    case 'change a byte of the body':
      if (body.length > 0) body[at % body.length] = at % 256
      return { ...call, body }
    case 'change the host':
      return { ...call, headers: { ...sent, host: 'other' } }
    case 'cut the query':
      return { ...call, query: call.query.slice(0, at), body: body.subarray(0, at) }
    case 'break the encoding':
      return { ...call, query: call.query.replaceAll('%', '%%'), body: Buffer.from(body.toString('latin1').replaceAll('=', '%=')) }
    case 'double everything':
      return { ...call, query: `${call.query}&${call.query}`, body: Buffer.concat([body, Buffer.from('&'), body]) }
    case 'take a header away':
      return { ...call, headers: Object.fromEntries(Object.entries(sent).filter((_, index) => index !== at % Object.keys(sent).length)) }
    case 'change the secret':
      return call
  }
}

const action = fc.constantFrom(
  'SegmentVideoBody',
  'SegmentHalfBody',
  'SegmentGreenScreenVideo',
  'GetAsyncJobResult',
  'GenerateVideoCover',
  'DetectVideoShot',
  'Nope',
  '__proto__',
)
const signable = fc.record({
  scheme: fc.constantFrom('rpc' as const, 'acs3' as const),
  method: fc.constantFrom('GET' as const, 'POST' as const),
  format: fc.constantFrom('JSON' as const, 'XML' as const),
  action,
  params,
})

describe('whatever is called, the answer is one that is documented', () => {
  /** Makes all the calls and checks their answers; the bytes by which the memory has grown since the first tenth of them. */
  async function hammer<T>(calls: fc.Arbitrary<T>, runs: number, toCall: (made: T) => Call): Promise<{ growth: number; bugs: unknown[] }> {
    const bugs: unknown[] = []
    const { cloud, account } = testCloud({ onBug: (error) => bugs.push(error), settings: { limits: { enabled: false } } })
    let before = 0
    let made = 0
    await fc.assert(
      fc.asyncProperty(calls, async (each) => {
        if (++made === runs / 10) before = await heapAfterCollection()
        const call = toCall(each)
        checkReply(cloud, call, await cloud.handle(call))
        if (made % 100 === 0) await account.clock.advance('1h')
      }),
      repeated(runs),
    )
    return { growth: (await heapAfterCollection()) - before, bugs }
  }

  test('to calls that follow no rule', async () => {
    const { growth, bugs } = await hammer(wild, RUNS.wild, (call) => call)
    expect(bugs).toEqual([])
    expect(growth).toBeLessThan(MAX_GROWTH)
  })

  test('to calls that were right before they were spoilt', async () => {
    const key = { accessKeyId: 'testAccessKeyId', accessKeySecret: 'testAccessKeySecret' }
    const spoilt = fc.tuple(signable, fc.constantFrom(...spoils), fc.nat(400))
    const { growth, bugs } = await hammer(spoilt, RUNS.spoilt, ([{ scheme, ...call }, how, at]) =>
      spoil(
        sign(scheme, {
          host: '127.0.0.1:4010',
          version: '2020-03-20',
          ...call,
          key: how === 'change the secret' ? { ...key, accessKeySecret: 'wrong' } : key,
        }),
        how,
        at,
      ),
    )
    expect(bugs).toEqual([])
    expect(growth).toBeLessThan(MAX_GROWTH)
  })

  test('to calls that are signed as they should be, with parameters as they should not', async () => {
    const key = { accessKeyId: 'testAccessKeyId', accessKeySecret: 'testAccessKeySecret' }
    const { growth, bugs } = await hammer(signable, RUNS.signed, ({ scheme, ...call }) =>
      sign(scheme, { host: '127.0.0.1:4010', version: '2020-03-20', ...call, key }),
    )
    expect(bugs).toEqual([])
    expect(growth).toBeLessThan(MAX_GROWTH)
  })
})

describe('what is huge', () => {
  const { cloud, account, send } = testCloud()
  const key = account.credentials

  test.each<[title: string, params: Record<string, ParamValue>, status: number]>([
    ['a value of four million characters', { VideoUrl: 'x'.repeat(4_000_000) }, 400],
    ['a JobId of a million characters', { JobId: '中'.repeat(400_000) }, 400],
    ['ten thousand parameters', Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`P${index}`, 'x'])), 413],
    ['a body of more than four million bytes', { VideoUrl: 'x'.repeat(4_200_000) }, 413],
  ])('%s is refused', async (_title, sent, status) => {
    for (const id of ['videoseg.SegmentVideoBody', 'videoseg.GetAsyncJobResult']) {
      const reply = await send(id, sent)
      expect(reply.status).toBe(status)
      checkReply(cloud, { method: 'POST' }, reply)
    }
  })

  test('a wrong signature over millions of characters is answered, and remembered in little', async () => {
    const before = await heapAfterCollection()
    for (let times = 0; times < 3; times++) {
      const call = sign('rpc', {
        host: 'x',
        version: '2020-03-20',
        action: 'SegmentVideoBody',
        params: { VideoUrl: '!'.repeat(1_000_000) },
        key: { ...key, accessKeySecret: 'wrong' },
      })
      checkReply(cloud, call, await cloud.handle(call))
    }
    for (let times = 0; times < 3; times++) await send('videoseg.SegmentVideoBody', {})
    expect((await heapAfterCollection()) - before).toBeLessThan(MAX_GROWTH)
  })

  test.each(["'", '(', '*', '+', '%', '中'])(
    'four million bytes of %s, signed with nothing, are refused in no time and few words',
    async (piece) => {
      const fields = { Action: 'SegmentVideoBody', Version: '2020-03-20', AccessKeyId: key.accessKeyId, SignatureMethod: 'HMAC-SHA1' }
      const signature = { SignatureVersion: '1.0', SignatureNonce: 'n', Timestamp: NOW, Signature: 'x' }
      const body = Buffer.from(
        `${new URLSearchParams({ ...fields, ...signature })}&X=${piece.repeat(4_000_000 / Buffer.byteLength(piece))}`,
      )
      const headers = { host: 'x', 'content-type': 'application/x-www-form-urlencoded' }
      const call = { method: 'POST', host: 'x', path: '/', query: '', headers, body }
      const reply = await watched(() => cloud.handle(call), { longestMs: 1200 })
      checkReply(cloud, call, reply)
      expect(String(reply.body)).toContain('SignatureDoesNotMatch')
      expect(reply.body.length).toBeLessThan(110_000)
    },
  )

  test('a thousand calls with large headers are not all kept', async () => {
    const before = await heapAfterCollection()
    for (let times = 0; times < 1000; times++)
      await cloud.handle({
        method: 'GET',
        host: 'x',
        path: '/',
        query: 'AccessKeyId=testAccessKeyId',
        headers: { host: 'x', 'x-large': Buffer.from(`${times}${'x'.repeat(100_000)}`).toString() },
        body: new Uint8Array(),
      })
    expect((await heapAfterCollection()) - before).toBeLessThan(MAX_GROWTH)
  })
})

test("a parameter's name never means anything but itself", () => {
  fc.assert(
    fc.property(hostileName, hostileValue, (name, value) => {
      const pairs = flattenParams(Object.fromEntries([[name, value]]))
      expect(pairs).toEqual([[name, value]])
      expect(Object.keys(Object.prototype)).toEqual([])
    }),
    repeated(500),
  )
})
