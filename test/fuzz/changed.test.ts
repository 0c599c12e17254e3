/** Calls and URLs that are signed as they should be: what is changed of them on their way is noticed, and they are good in their time and at no other. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Call } from '../../src/index.js'
import { v1Signature, v1StringToSign } from '../../src/oss/signature-v1.js'
import { V4_ALGORITHM, v4CanonicalRequest, v4Signature, v4StringToSign } from '../../src/oss/signature-v4.js'
import { sign } from '../../src/signing/sign.js'
import { acs3CanonicalRequest, acs3Signature, acs3StringToSign, sha256 } from '../../src/signing/signature-acs3.js'
import { testCloud } from '../support/cloud.js'
import { repeated } from '../support/fuzz.js'
import { timestamp } from '../support/wire.js'
import { checkReply, hostileName, hostileValue } from './support.js'

const KEY = { accessKeyId: 'testAccessKeyId', accessKeySecret: 'testAccessKeySecret' }
const HOST = '127.0.0.1:4010'
const FORM = 'application/x-www-form-urlencoded'

/** A call of ACS3 with a body, of which these headers are sent, and all but those in `unsigned` signed. */
function acs3(body: string, contentType: string | undefined, unsigned: readonly string[], query: string): Call {
  const headers: Record<string, string> = {
    host: HOST,
    'x-acs-action': 'GenerateVideoCover',
    'x-acs-version': '2020-03-20',
    'x-acs-date': timestamp(),
    'x-acs-signature-nonce': String(Math.random()),
    'x-acs-content-sha256': sha256(body),
    ...(contentType !== undefined && { 'content-type': contentType }),
  }
  const signedHeaders = Object.keys(headers).filter((name) => !unsigned.includes(name))
  const pairs = [...new URLSearchParams(query)]
  const request = { method: 'POST', query: pairs, headers, signedHeaders, payloadHash: sha256(body) }
  const signature = acs3Signature(acs3StringToSign(acs3CanonicalRequest(request)), KEY.accessKeySecret)
  const authorization = `ACS3-HMAC-SHA256 Credential=${KEY.accessKeyId},SignedHeaders=${signedHeaders.join(';')},Signature=${signature}`
  return { method: 'POST', host: HOST, path: '/', query, headers: { ...headers, authorization }, body: Buffer.from(body) }
}

const pairs = 'VideoUrl=http%3A%2F%2Fa.oss-cn-shanghai.aliyuncs.com%2Fa.mp4&IsGif=true'
const signed: fc.Arbitrary<() => Call> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('', pairs, '{"VideoUrl":"a"}'),
      fc.constantFrom(FORM, 'application/json', 'text/plain', undefined),
      fc.subarray(['content-type', 'x-acs-action', 'x-acs-version', 'x-acs-content-sha256', 'host']),
      fc.constantFrom('', pairs),
    )
    .map((parts) => () => acs3(...parts)),
  fc.constantFrom('GET' as const, 'POST' as const).map(
    (method) => () =>
      sign('rpc', {
        host: HOST,
        action: 'GenerateVideoCover',
        version: '2020-03-20',
        params: Object.fromEntries(new URLSearchParams(pairs)),
        key: KEY,
        method,
      }),
  ),
)

type Change = (call: Call) => Call
const header = fc.oneof(
  fc.constantFrom(
    'content-type',
    'x-acs-action',
    'x-acs-version',
    'x-acs-date',
    'x-acs-security-token',
    'x-acs-content-sha256',
    'x-acs-new',
  ),
  hostileName.map((name) => name.toLowerCase()),
)
const pair = fc.oneof(
  fc.constantFrom(
    'IsGif=false',
    'VideoUrl=x',
    'Action=SegmentVideoBody',
    'Version=2019-09-30',
    'Format=XML',
    'RegionId=x',
    '&',
    '__proto__=1',
  ),
  fc.tuple(hostileName, hostileValue).map((both) => both.map((text) => encodeURIComponent(text.toWellFormed())).join('=')),
)
const change: fc.Arbitrary<Change> = fc.oneof(
  fc
    .tuple(
      header,
      fc.oneof(hostileValue, fc.constantFrom(FORM, 'application/json', 'SegmentVideoBody', '2020-03-20', `${FORM}; charset=utf-8`)),
    )
    .map(
      ([name, value]): Change =>
        (call) => ({ ...call, headers: { ...call.headers, [name]: value } }),
    ),
  header.map(
    (name): Change =>
      ({ headers: { [name]: _, ...headers }, ...call }) => ({ ...call, headers }),
  ),
  pair.map(
    (added): Change =>
      (call) => ({ ...call, query: call.query === '' ? added : `${call.query}&${added}` }),
  ),
  pair.map(
    (added): Change =>
      (call) => ({ ...call, query: call.query === '' ? added : `${added}&${call.query}` }),
  ),
  pair.map(
    (added): Change =>
      (call) => ({ ...call, body: Buffer.from(`${call.body}&${added}`) }),
  ),
  pair.map(
    (body): Change =>
      (call) => ({ ...call, body: Buffer.from(body) }),
  ),
  fc.constantFrom('GET', 'POST').map(
    (method): Change =>
      (call) => ({ ...call, method }),
  ),
  fc.constantFrom('videorecog.cn-shanghai.aliyuncs.com', 'evil.example').map(
    (host): Change =>
      (call) => ({ ...call, host, headers: { ...call.headers, host } }),
  ),
)

test('of a call that is let in, nothing has been changed', async () => {
  const { cloud, account } = testCloud({ settings: { limits: { enabled: false } } })
  let letIn = 0
  await fc.assert(
    fc.asyncProperty(signed, fc.array(change, { minLength: 1, maxLength: 2 }), async (make, changes) => {
      const made = make()
      const meant = await (async () => {
        await cloud.handle(made)
        const [entry] = account.log.find({})
        account.log.clear()
        return entry
      })()
      // The same once more, and changed.
      const call = changes.reduce((changed, each) => each(changed), make())
      checkReply(cloud, call, await cloud.handle(call))
      const [entry] = account.log.find({})
      account.log.clear()
      if (entry?.identity === undefined) return
      letIn++
      expect([entry.service, entry.action]).toEqual([meant?.service, meant?.action])
      expect(withoutSignature(entry.params)).toEqual(withoutSignature(meant?.params ?? {}))
    }),
    repeated(3000),
  )
  // The property means something.
  expect(letIn).toBeGreaterThan(100)
})

const withoutSignature = ({ SignatureNonce: _nonce, Timestamp: _time, ...params }: Record<string, string>) => params

const BUCKET = 'signed-bucket'
const BUCKET_HOST = `${BUCKET}.oss-cn-shanghai.aliyuncs.com`
const SECOND = 1000
const DAY = 86_400 * SECOND

const compact = (instant: number): string => `${new Date(instant).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`

/** A URL of V4 for an object, of this time, that is good for so long. */
function urlV4(signedAt: number, expires: string): string {
  const time = compact(signedAt)
  const credential = { accessKeyId: KEY.accessKeyId, day: time.slice(0, 8), region: 'cn-shanghai' }
  const query: [string, string][] = [
    ['x-oss-signature-version', V4_ALGORITHM],
    ['x-oss-credential', `${KEY.accessKeyId}/${credential.day}/cn-shanghai/oss/aliyun_v4_request`],
    ['x-oss-date', time],
    ['x-oss-expires', expires],
  ]
  const request = v4CanonicalRequest({ method: 'GET', headers: {}, additionalHeaders: [], bucket: BUCKET, key: 'a', query })
  const signature = v4Signature(KEY.accessKeySecret, credential, v4StringToSign(credential, time, request))
  return String(new URLSearchParams([...query, ['x-oss-signature', signature]]))
}

/** The same of V1, whose URLs say until when they are good. */
function urlV1(expires: string): string {
  const text = v1StringToSign({ method: 'GET', headers: {}, date: expires, bucket: BUCKET, key: 'a', query: [] })
  return String(
    new URLSearchParams({ OSSAccessKeyId: KEY.accessKeyId, Expires: expires, Signature: v1Signature(KEY.accessKeySecret, text) }),
  )
}

/** Seconds, away from the borders, which a slow machine may have passed. */
const seconds = fc.oneof(
  fc.constantFrom(-400, -100, -20, 0, 20, 100, 800, 1000, 3600).map((each) => each * 60),
  fc.constantFrom(-365, -8, -6, 6, 8, 365, 2_000_000).map((days) => days * 86_400),
)

test('a signed URL is good in its time, and at no other', async () => {
  const { cloud, account } = testCloud({ settings: { limits: { enabled: false } } })
  account.oss.createBucket(BUCKET, 'cn-shanghai')
  await account.turn.take(() => account.oss.putObject(BUCKET, 'a', Buffer.from('a')))
  let good = 0
  const get = async (query: string) => {
    const call = { method: 'GET', host: BUCKET_HOST, path: '/a', query, headers: { host: BUCKET_HOST }, body: new Uint8Array() }
    const reply = await cloud.handle(call)
    checkReply(cloud, call, reply)
    if (reply.status === 200) good++
    return reply.status === 200
  }
  await fc.assert(
    fc.asyncProperty(
      seconds,
      fc.oneof(seconds, fc.constantFrom(1, 604_800, 604_801, -1)),
      fc.boolean(),
      async (ahead, lasts, byAccount) => {
        const machineTime = Date.now()
        const accountTime = account.clock.now()
        // Signed with the machine's time, or with that of the account, by whose clock it expires.
        const signedAt = Math.floor(((byAccount ? accountTime : machineTime) + ahead * SECOND) / SECOND) * SECOND
        if (signedAt > 0 && signedAt < Date.UTC(9999)) {
          const notAhead = signedAt - Math.max(machineTime, accountTime) <= 15 * 60 * SECOND
          const inTime = lasts >= 1 && lasts * SECOND <= 7 * DAY && accountTime < signedAt + lasts * SECOND
          expect(await get(urlV4(signedAt, String(lasts)))).toBe(notAhead && inTime)
        }
        const expires = Math.floor(accountTime / SECOND) + lasts
        expect(await get(urlV1(String(expires)))).toBe(lasts > 0)
      },
    ),
    repeated(300),
  )
  expect(good).toBeGreaterThan(30)
})
