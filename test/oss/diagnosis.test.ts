/** What OSS says about a signature that does not match: each mistake that clients make, made here by hand. */

import { createHmac, hash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Call } from '../../src/index.js'
import { testCloud } from '../support/cloud.js'
import { encode, hmacSha1 } from '../support/wire.js'
import { BUCKET } from './support.js'

const SECRET = 'testAccessKeySecret'
const KEY = 'a b/中 (1).txt'
const PATH = `/${KEY.split('/').map(encode).join('/')}`
const HOST = `${BUCKET}.oss-cn-shanghai.aliyuncs.com`
const NOTHING = new Uint8Array()

const sha256 = (text: string): string => hash('sha256', text)
const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** What a client signs with V1, part by part. */
interface V1Parts {
  method: string
  md5: string
  type: string
  date: string
  /** Lines. */
  headers: string
  resource: string
}

interface V1 {
  query?: string
  /** Sub-resources as they are signed. */
  signedQuery?: string
  headers?: Record<string, string>
  arrives?: Record<string, string | undefined>
  parts?: (right: V1Parts) => Partial<V1Parts>
  text?: (right: string) => string
  key?: string
  sign?: (key: string, text: string) => string
}

/** A PUT of V1 with a header of OSS. */
function v1({
  query = '',
  signedQuery = '',
  headers: more = {},
  arrives = {},
  parts = () => ({}),
  text = (right) => right,
  key = SECRET,
  sign = hmacSha1,
}: V1): Call {
  const headers: Record<string, string> = { host: HOST, date: new Date().toUTCString(), 'x-oss-meta-a': 'b', ...more }
  const right: V1Parts = {
    method: 'PUT',
    md5: '',
    type: headers['content-type'] ?? '',
    date: headers['x-oss-date'] ?? headers.date ?? '',
    headers: Object.keys(headers)
      .filter((name) => name.startsWith('x-oss-'))
      .sort()
      .map((name) => `${name}:${headers[name]}\n`)
      .join(''),
    resource: `/${BUCKET}/${KEY}${signedQuery}`,
  }
  const { method, md5, type, date, headers: lines, resource } = { ...right, ...parts(right) }
  const signature = sign(key, text(`${method}\n${md5}\n${type}\n${date}\n${lines}${resource}`))
  return {
    method: 'PUT',
    host: HOST,
    path: PATH,
    query,
    headers: { ...headers, authorization: `OSS testAccessKeyId:${signature}`, ...arrives },
    body: NOTHING,
  }
}

const v1Mistakes: [cause: string, make: () => Call][] = [
  ['it was signed for GET, but the request arrived as PUT', () => v1({ parts: () => ({ method: 'GET' }) })],
  [
    'the bucket stands in the address twice, and was signed once (ali-oss with sldEnable and an IP address sends it so)',
    () => ({ ...v1({}), path: `/${BUCKET}${PATH}` }),
  ],
  ['the bucket was left out', () => v1({ parts: () => ({ resource: `/${KEY}` }) })],
  [
    'the bucket was signed twice: it stands in the endpoint already',
    () => v1({ parts: () => ({ resource: `/${BUCKET}/${BUCKET}/${KEY}` }) }),
  ],
  ['the name of the object was signed with a "/" before it', () => v1({ parts: () => ({ resource: `/${BUCKET}//${KEY}` }) })],
  ['the name of the object was percent-encoded before signing', () => v1({ parts: () => ({ resource: `/${BUCKET}/${encodeURI(KEY)}` }) })],
  [
    'the name of the object was percent-encoded before signing, "/" as well',
    () => v1({ parts: () => ({ resource: `/${BUCKET}/${encodeURIComponent(KEY)}` }) }),
  ],
  ['the query was not signed', () => v1({ query: 'partNumber=1&uploadId=x' })],
  ['uploadId of the query was not signed', () => v1({ query: 'partNumber=1&uploadId=x', signedQuery: '?partNumber=1' })],
  ['the whole query was signed; only sub-resources are', () => v1({ query: 'other=1', signedQuery: '?other=1' })],
  [
    'the values of sub-resources were percent-encoded',
    () => v1({ query: 'response-content-type=a%2Fb', signedQuery: '?response-content-type=a%2Fb' }),
  ],
  ['the sub-resources were not sorted', () => v1({ query: 'uploadId=x&partNumber=1', signedQuery: '?uploadId=x&partNumber=1' })],
  ['"=" was signed behind sub-resources without a value', () => v1({ query: 'response-expires=', signedQuery: '?response-expires=' })],
  ['Content-Type was not signed; it must not be set after signing', () => v1({ arrives: { 'content-type': 'text/x-own' } })],
  [
    'the Content-Type signed is image/jpeg, and the request came with application/octet-stream',
    () => v1({ headers: { 'content-type': 'image/jpeg' }, arrives: { 'content-type': 'application/octet-stream' } }),
  ],
  [
    'the Content-Type signed is video/mp4, and the request came without it',
    () => v1({ headers: { 'content-type': 'video/mp4' }, arrives: { 'content-type': undefined } }),
  ],
  ['Content-MD5 was not signed', () => v1({ arrives: { 'content-md5': 'abc' } })],
  ['x-oss-range-behavior was not signed, or was added on the way', () => v1({ arrives: { 'x-oss-range-behavior': 'standard' } })],
  ['no x-oss header was signed', () => v1({ headers: { 'x-oss-meta-c': 'd' }, parts: () => ({ headers: '' }) })],
  ['the date was not signed', () => v1({ parts: () => ({ date: '' }) })],
  [
    'the header Date was signed as the date; where x-oss-date is sent, that counts',
    () => {
      const date = new Date(Date.now() - 60_000).toUTCString()
      return v1({ headers: { date, 'x-oss-date': new Date().toUTCString() }, parts: () => ({ date }) })
    },
  ],
  ['a blank was put behind the colon of x-oss headers', () => v1({ parts: () => ({ headers: 'x-oss-meta-a: b\n' }) })],
  ['the resource was left out', () => v1({ parts: () => ({ resource: '' }) })],
  ['the string to sign ends before the name of the object', () => v1({ parts: () => ({ resource: `/${BUCKET}/` }) })],
]

const v1SameText: [cause: string, make: () => Call][] = [
  ['"&" was added to the secret, as signature 1.0 of other services has it', () => v1({ key: `${SECRET}&` })],
  ['the secret of another access key of this account was used', () => v1({ key: 'anotherSecret' })],
  ['the secret was used with a line break after it', () => v1({ key: `${SECRET}\n` })],
  ['the access key id was used in place of the secret', () => v1({ key: 'testAccessKeyId' })],
  ['HMAC-SHA256 was used instead of HMAC-SHA1', () => v1({ sign: (key, text) => createHmac('sha256', key).update(text).digest('base64') })],
  [
    'the signature was written in hex instead of Base64',
    () => v1({ sign: (key, text) => createHmac('sha1', key).update(text).digest('hex') }),
  ],
  [
    'the signature is the Base64 of hex digits; HMAC must be asked for its raw bytes',
    () => v1({ sign: (key, text) => base64(createHmac('sha1', key).update(text).digest('hex')) }),
  ],
  ['a line break at the end was signed along, as echo without -n writes it', () => v1({ text: (right) => `${right}\n` })],
]

interface V4 {
  query?: string
  signedQuery?: string
  headers?: Record<string, string>
  arrives?: Record<string, string>
  additional?: string[]
  canonical?: (right: string) => string
  toSign?: (right: string, canonical: string) => string
  key?: (secret: string, steps: readonly string[]) => string | Buffer
  secret?: string
  sign?: (key: string | Buffer, text: string) => string
}

const derive = (start: string, steps: readonly string[]): string | Buffer =>
  steps.reduce<string | Buffer>((key, step) => createHmac('sha256', key).update(step).digest(), start)

/** A PUT of V4. */
function v4({
  query = '',
  signedQuery = query,
  headers: more = {},
  arrives = {},
  additional = [],
  canonical = (right) => right,
  toSign = (right) => right,
  key = (secret, steps) => derive(`aliyun_v4${secret}`, steps),
  secret = SECRET,
  sign = (each, text) => createHmac('sha256', each).update(text).digest('hex'),
}: V4): Call {
  const time = `${new Date().toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
  const steps = [time.slice(0, 8), 'cn-shanghai', 'oss', 'aliyun_v4_request']
  const headers: Record<string, string> = {
    host: HOST,
    'content-type': 'text/plain',
    'x-oss-content-sha256': 'UNSIGNED-PAYLOAD',
    'x-oss-date': time,
    ...more,
  }
  const signed = Object.keys(headers)
    .filter((name) => /^(?:content-type|x-oss-)/.test(name) || additional.includes(name))
    .sort()
  const right = [
    'PUT',
    `/${BUCKET}${PATH}`,
    signedQuery,
    signed.map((name) => `${name}:${headers[name]}\n`).join(''),
    additional.join(';'),
    'UNSIGNED-PAYLOAD',
  ].join('\n')
  const made = canonical(right)
  const text = toSign(['OSS4-HMAC-SHA256', time, steps.join('/'), sha256(made)].join('\n'), made)
  const authorization = `OSS4-HMAC-SHA256 Credential=testAccessKeyId/${steps.join('/')}${additional.length > 0 ? `,AdditionalHeaders=${additional.join(';')}` : ''},Signature=${sign(key(secret, steps), text)}`
  return { method: 'PUT', host: HOST, path: PATH, query, headers: { ...headers, authorization, ...arrives }, body: NOTHING }
}

const line =
  (index: number, to: string) =>
  (right: string): string =>
    right.split('\n').with(index, to).join('\n')

const v4Mistakes: [cause: string, make: () => Call][] = [
  ['it was signed for POST, but the request arrived as PUT', () => v4({ canonical: line(0, 'POST') })],
  [
    'the bucket stands in the address twice, and was signed once (ali-oss with sldEnable and an IP address sends it so)',
    () => ({ ...v4({}), path: `/${BUCKET}${PATH}` }),
  ],
  ['the bucket was left out', () => v4({ canonical: line(1, PATH) })],
  ['the query was not signed', () => v4({ query: 'partNumber=1&uploadId=x', signedQuery: '' })],
  ['a space was encoded as "+" instead of "%20"', () => v4({ query: 'marker=a%20b', signedQuery: 'marker=a+b' })],
  ['names and values were not encoded', () => v4({ query: 'marker=a%2Fb%20c', signedQuery: 'marker=a/b c' })],
  ['the parameters of the query were not sorted', () => v4({ query: 'uploadId=x&partNumber=1', signedQuery: 'uploadId=x&partNumber=1' })],
  ['"=" was signed behind parameters without a value', () => v4({ query: 'marker', signedQuery: 'marker=' })],
  ['the "/" in the name of the object was percent-encoded', () => v4({ canonical: line(1, `/${encode(`${BUCKET}/${KEY}`)}`) })],
  ['the path was not percent-encoded', () => v4({ canonical: line(1, `/${BUCKET}/${KEY}`) })],
  [
    'Content-Type was not signed; it must not be set after signing',
    () => v4({ canonical: (right) => right.replace(/^content-type:.*\n/m, '') }),
  ],
  ['the Content-Type signed is text/plain, and the request came with image/png', () => v4({ arrives: { 'content-type': 'image/png' } })],
  ['x-oss-meta-a was not signed, or was added on the way', () => v4({ arrives: { 'x-oss-meta-a': 'b' } })],
  [
    'the additional headers were not signed',
    () => v4({ additional: ['host'], canonical: (right) => right.replace(/^host:.*\n/m, '').replace('\nhost\n', '\n\n') }),
  ],
  [
    'the header host was signed, although AdditionalHeaders does not name it',
    () => v4({ canonical: (right) => right.replace('x-oss-content', `host:${HOST}\nx-oss-content`).replace('\n\n\n', '\n\nhost\n') }),
  ],
  ['the empty line after the headers was left out', () => v4({ canonical: (right) => right.replace('\n\n', '\n') })],
  ['the payload hash was left out', () => v4({ canonical: (right) => right.replace(/UNSIGNED-PAYLOAD$/, '') })],
  [
    'the payload was hashed; it must be UNSIGNED-PAYLOAD',
    () => v4({ canonical: (right) => right.replace(/UNSIGNED-PAYLOAD$/, sha256('')) }),
  ],
  [
    'the canonical request was signed without being hashed',
    () => v4({ toSign: (right, canonical) => right.replace(sha256(canonical), () => canonical) }),
  ],
  [
    'the hash of the canonical request was written in upper case',
    () => v4({ toSign: (right, canonical) => right.replace(sha256(canonical), (digits) => digits.toUpperCase()) }),
  ],
  [
    'the line with the algorithm is missing in the string to sign',
    () => v4({ toSign: (right) => right.replace('OSS4-HMAC-SHA256\n', '') }),
  ],
  [
    'the line with the scope is missing in the string to sign',
    () => v4({ toSign: (right) => right.split('\n').toSpliced(2, 1).join('\n') }),
  ],
]

const v4SameText: [cause: string, make: () => Call][] = [
  ['"aliyun_v4" is missing before the secret in the key', () => v4({ key: derive })],
  [
    '"AWS4" was put before the secret in the key, in place of "aliyun_v4"',
    () => v4({ key: (secret, steps) => derive(`AWS4${secret}`, steps) }),
  ],
  ['the secret itself was used as the key, which must be derived from it', () => v4({ key: (secret) => secret })],
  [
    'the steps of the key were passed on as hex digits, not as bytes',
    () =>
      v4({
        key: (secret, steps) => steps.reduce((key, step) => createHmac('sha256', key).update(step).digest('hex'), `aliyun_v4${secret}`),
      }),
  ],
  [
    'the key was derived with the last step left out',
    () => v4({ key: (secret, steps) => derive(`aliyun_v4${secret}`, steps.slice(0, 3)) }),
  ],
  [
    'the key was derived for the service "s3", not "oss"',
    () => v4({ key: (secret, steps) => derive(`aliyun_v4${secret}`, steps.with(2, 's3')) }),
  ],
  [
    'the region was written with "oss-" before it in the key',
    () => v4({ key: (secret, steps) => derive(`aliyun_v4${secret}`, steps.with(1, 'oss-cn-shanghai')) }),
  ],
  ['the secret of another access key of this account was used', () => v4({ secret: 'anotherSecret' })],
  ['the secret was used with a blank after it', () => v4({ secret: `${SECRET} ` })],
  [
    'the signature was written in upper case',
    () => v4({ sign: (key, text) => createHmac('sha256', key).update(text).digest('hex').toUpperCase() }),
  ],
  [
    'the signature was written in Base64 instead of hex',
    () => v4({ sign: (key, text) => createHmac('sha256', key).update(text).digest('base64') }),
  ],
]

/** Sends a request to a cloud whose account has a bucket and two keys; what the log has on it, and why it was refused. */
async function refused(call: Call) {
  const { cloud, account } = testCloud({ accessKeys: [{ accessKeyId: 'another', accessKeySecret: 'anotherSecret' }] })
  account.oss.createBucket(BUCKET, 'cn-shanghai')
  const { headers } = await cloud.handle(call)
  const entry = account.log.all().at(-1)
  expect(entry?.code).toBe('SignatureDoesNotMatch')
  return { diagnosis: entry?.diagnosis, reason: headers['x-emulator-reason'] ?? '' }
}

describe.each([
  ...v1Mistakes.map(([cause, make]) => ({ scheme: 'V1', cause, make })),
  ...v4Mistakes.map(([cause, make]) => ({ scheme: 'V4', cause, make })),
])('$scheme: $cause', ({ cause, make }) => {
  test('is named, with the first difference', async () => {
    const { diagnosis, reason } = await refused(make())
    expect(diagnosis?.cause).toBe(cause)
    const { serverStringToSign: server = '', clientStringToSign: client = '', firstDifference } = diagnosis ?? {}
    const { position = 0 } = firstDifference ?? {}
    expect(client.slice(0, position)).toBe(server.slice(0, position))
    expect(client[position]).not.toBe(server[position])
    expect(reason).toContain(`differ after ${position} characters`)
  })
})

describe.each([
  ...v1SameText.map(([cause, make]) => ({ scheme: 'V1', cause, make })),
  ...v4SameText.map(([cause, make]) => ({ scheme: 'V4', cause, make })),
])('$scheme: $cause', ({ cause, make }) => {
  test('is named, and that both strings to sign are equal', async () => {
    const { diagnosis } = await refused(make())
    expect(diagnosis?.cause).toBe(cause)
    expect(diagnosis?.clientStringToSign).toBe(diagnosis?.serverStringToSign)
    expect(diagnosis).not.toHaveProperty('firstDifference')
  })
})

test.each([
  ['V1', () => v1({ key: 'unknown' })],
  ['V4', () => v4({ secret: 'unknown' })],
])('%s: a request that makes no known mistake is said to make none', async (_scheme, make) => {
  const { diagnosis } = await refused(make())
  expect(diagnosis?.cause).toBe('none of the known mistakes leads to this signature; most likely the secret is another one')
})

test.each([
  ['V1', () => v1({})],
  ['V4', () => v4({})],
])('%s: what is right is taken', async (_scheme, make) => {
  const { cloud, account } = testCloud()
  account.oss.createBucket(BUCKET, 'cn-shanghai')
  expect(await cloud.handle(make())).toMatchObject({ status: 200 })
})

test('an address in which the client could not put the bucket is told', async () => {
  const { cloud, account } = testCloud()
  await account.turn.take(() => account.oss.createBucket(BUCKET, 'cn-shanghai'))
  const call = v1({})
  const { headers } = await cloud.handle({ ...call, host: '127.0.0.1:4010', headers: { ...call.headers, host: '127.0.0.1:4010' } })
  expect(headers['x-emulator-reason']).toContain(`the bucket ${BUCKET} was signed, and the address does not name it`)
})
