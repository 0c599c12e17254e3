/** The same call has the same answer through every door: status, headers that mean something, and bytes. */

import https from 'node:https'
import { Client, request } from 'undici'
import { describe, expect, it } from 'vitest'
import type { Call, Cloud } from '../../src/index.js'
import { type Scheme, sign, type UnsignedCall } from '../../src/signing/sign.js'
import { schemes, VIDEO_URL } from '../support/cloud.js'
import { type Door, openHttp, openMsw, openUndici } from './doors.js'

const HOST = 'videoseg.cn-shanghai.aliyuncs.com'

/** All calls are signed with one time and one nonce, so that even a string to sign in an error is the same. */
const TIMESTAMP = Date.now()
const NONCE = 'fd9a8f5e-0d5c-4c53-9f0b-2f6f1c3d7b11'

/** What an answer says: headers of the connection and the date are left out. */
interface Answer {
  status: number
  headers: Record<string, string | undefined>
  body: string
}

const HEADERS = ['content-type', 'content-length', 'x-acs-request-id', 'x-emulator-reason', 'x-oss-request-id', 'x-oss-object-type', 'etag']

const answer = (status: number, header: (name: string) => string | null | undefined, body: Uint8Array): Answer => ({
  status,
  headers: Object.fromEntries(HEADERS.map((name) => [name, header(name) ?? undefined])),
  body: Buffer.from(body).toString('latin1'),
})

/** Makes a call in a fresh cloud and tells the answer. */
type Ask = (makeCall: MakeCall) => Promise<Answer>
type MakeCall = (cloud: Cloud) => Call | Promise<Call>

const options = { seed: 7, clock: 'manual' } as const

const withoutHost = ({ headers: { host: _, ...headers } }: Call) => headers as Record<string, string>

const inProcess: Ask = async (makeCall) => {
  const { cloud, close } = await openMsw(options)
  try {
    const call = await makeCall(cloud)
    const { status, headers, body } = await cloud.handle(call)
    const bytes = Buffer.from(body)
    const sent = call.method === 'HEAD' ? Buffer.alloc(0) : bytes
    return answer(status, (name) => headers[name] ?? (name === 'content-length' ? String(bytes.byteLength) : undefined), sent)
  } finally {
    await close()
  }
}

const throughFetch =
  (open: (how: typeof options) => Promise<Door>): Ask =>
  async (makeCall) => {
    const { cloud, close } = await open(options)
    try {
      const call = await makeCall(cloud)
      const response = await fetch(`https://${call.host}${call.path}?${call.query}`, {
        method: call.method,
        headers: withoutHost(call),
        ...(call.body.byteLength > 0 && { body: call.body }),
      })
      return answer(response.status, (name) => response.headers.get(name), new Uint8Array(await response.arrayBuffer()))
    } finally {
      await close()
    }
  }

const throughNodeHttps: Ask = async (makeCall) => {
  const { cloud, close } = await openMsw(options)
  try {
    const { method, host, path, query, headers, body } = await makeCall(cloud)
    return await new Promise((resolve, reject) => {
      const request = https.request({ method, host, path: `${path}?${query}`, headers }, async (response) => {
        const { statusCode = 0, headers: got } = response
        resolve(answer(statusCode, (name) => got[name] as string | undefined, Buffer.concat(await response.toArray())))
      })
      request.on('error', reject).end(body)
    })
  } finally {
    await close()
  }
}

const throughUndici: Ask = async (makeCall) => {
  const { cloud, close } = await openUndici(options)
  try {
    const { method, host, path, query, headers, body } = await makeCall(cloud)
    const response = await request(`https://${host}${path}?${query}`, {
      method: method as 'GET',
      headers,
      body: body.byteLength > 0 ? body : null,
    })
    const { statusCode, headers: got } = response
    return answer(statusCode, (name) => got[name] as string | undefined, await response.body.bytes())
  } finally {
    await close()
  }
}

const throughHttp: Ask = async (makeCall) => {
  const { cloud, endpoint, close } = await openHttp(options)
  const client = new Client(endpoint(''))
  try {
    // As the others do, it hands out the URLs of the real OSS hosts.
    cloud.addresses.own = undefined
    const { method, path, query, headers, body } = await makeCall(cloud)
    const response = await client.request({
      method: method as 'GET',
      path: `${path}?${query}`,
      headers,
      body: body.byteLength > 0 ? body : null,
    })
    const { statusCode, headers: got } = response
    return answer(statusCode, (name) => got[name] as string | undefined, await response.body.bytes())
  } finally {
    await client.close()
    await close()
  }
}

const doors: readonly { door: string; ask: Ask }[] = [
  { door: 'msw, fetch', ask: throughFetch(openMsw) },
  { door: 'msw, node:https', ask: throughNodeHttps },
  { door: 'undici, fetch of Node.js', ask: throughFetch(openUndici) },
  { door: 'undici, request', ask: throughUndici },
  { door: 'HTTP', ask: throughHttp },
]

/** A call, and what must be in its answer. */
interface Row {
  call: string
  make: MakeCall
  status: number
  contains?: string
}

const signed =
  (scheme: Scheme, action: string, params: UnsignedCall['params'], differences: Partial<UnsignedCall> = {}): MakeCall =>
  (cloud) =>
    sign(scheme, {
      host: HOST,
      action,
      version: '2020-03-20',
      params,
      key: cloud.account().credentials,
      nonce: NONCE,
      timestamp: TIMESTAMP,
      ...differences,
    })

const segment = (scheme: Scheme, differences: Partial<UnsignedCall> = {}): MakeCall =>
  signed(scheme, 'SegmentVideoBody', { VideoUrl: VIDEO_URL }, differences)

const changed =
  (make: MakeCall, change: (call: Call) => Partial<Call>): MakeCall =>
  async (cloud) => {
    const call = await make(cloud)
    return { ...call, ...change(call) }
  }

/** Every way to sign a call, to send its parameters and to have it answered. */
const ways = schemes.flatMap((scheme) =>
  (['GET', 'POST'] as const).flatMap((method) => (['JSON', 'XML'] as const).map((format) => ({ scheme, method, format }))),
)

const signedRows: Row[] = ways.flatMap(({ scheme, method, format }) => {
  const way = `${scheme}, ${method}, ${format}`
  const differences = { method, format }
  const code = (text: string): string => (format === 'JSON' ? `"Code":"${text}"` : `<Code>${text}</Code>`)
  return [
    { call: `a job is started (${way})`, make: segment(scheme, differences), status: 200, contains: 'RequestId' },
    {
      call: `a parameter is missing (${way})`,
      make: signed(scheme, 'SegmentVideoBody', {}, differences),
      status: 400,
      contains: code('MissingParameter'),
    },
    {
      call: `a value has all kinds of characters (${way})`,
      make: signed(scheme, 'GetAsyncJobResult', { JobId: ` +&=?#%2F'"()*~!<>;:@/\\|视频🎬` }, differences),
      status: 400,
      contains: code('InvalidParameter.Format'),
    },
    {
      call: `the secret is wrong (${way})`,
      make: segment(scheme, { ...differences, key: { accessKeyId: 'testAccessKeyId', accessKeySecret: 'wrong' } }),
      status: 400,
      contains: code('SignatureDoesNotMatch'),
    },
  ]
})

const otherRows: Row[] = [
  { call: 'a -vpc host', make: segment('acs3', { host: 'videoseg-vpc.cn-shanghai.aliyuncs.com' }), status: 200 },
  {
    call: 'a host of a region without the service',
    make: segment('acs3', { host: 'videoseg.eu-central-1.aliyuncs.com' }),
    status: 400,
    contains: 'UnsupportedOperation',
  },
  {
    call: 'an access key that nobody has',
    make: segment('rpc', { key: { accessKeyId: 'nobody', accessKeySecret: 'knows' } }),
    status: 404,
    contains: 'InvalidAccessKeyId.NotFound',
  },
  {
    call: 'a nonce a second time',
    make: async (cloud) => {
      await cloud.handle(await segment('acs3')(cloud))
      return segment('acs3')(cloud)
    },
    status: 400,
    contains: 'SignatureNonceUsed',
  },
  {
    call: 'a query with escapes that need not be, in lower case, and with a plus',
    make: changed(signed('rpc', 'GetAsyncJobResult', { JobId: 'a b/c' }, { method: 'GET' }), ({ query }) => ({
      query: query.replace('JobId=a%20b%2Fc', '&&J%6fbId=a+b%2fc&').replaceAll('%3A', ':'),
    })),
    status: 400,
    contains: 'The format of the specified parameter \\"JobId\\" is not valid.',
  },
  {
    call: 'a query with broken escapes',
    make: changed(segment('rpc', { method: 'GET' }), ({ query }) => ({ query: `${query}&Broken=%zz%` })),
    status: 400,
    contains: 'SignatureDoesNotMatch',
  },
  {
    call: 'a body that is no form',
    make: changed(segment('rpc'), ({ headers }) => ({
      headers: { ...headers, 'content-type': 'application/json' },
      body: Buffer.from('{"Action":"SegmentVideoBody"}'),
    })),
    status: 400,
    contains: 'MissingParameter',
  },
  {
    call: 'a body with bytes that are no text',
    make: changed(segment('acs3'), ({ body }) => ({ body: Buffer.concat([body, Buffer.from([0x26, 0xff, 0x00, 0x80])]) })),
    status: 400,
  },
  ...schemes.map((scheme) => ({
    call: `a body that is too large (${scheme})`,
    make: signed(scheme, 'SegmentVideoBody', { VideoUrl: 'x'.repeat(5 * 1024 * 1024) }),
    status: 413,
    contains: 'InvalidContentLength',
  })),
  ...['HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map((method) => ({
    call: `the method ${method}`,
    make: changed(segment('acs3', { method: 'GET' }), () => ({ method })),
    status: 400,
  })),
]

/** The URL of the video that a finished job has made. */
async function resultUrl(cloud: Cloud): Promise<URL> {
  const started = await cloud.handle(await segment('acs3')(cloud))
  const { RequestId: JobId } = JSON.parse(String(started.body))
  await cloud.account().clock.advance('5s')
  const finished = await cloud.handle(await signed('acs3', 'GetAsyncJobResult', { JobId }, { nonce: 'other' })(cloud))
  return new URL(JSON.parse(JSON.parse(String(finished.body)).Data.Result).VideoUrl)
}

const download =
  (differences: Partial<Call> = {}, minutes = 0): MakeCall =>
  async (cloud) => {
    const { host, pathname, search } = await resultUrl(cloud)
    await cloud.account().clock.advance(`${minutes}m`)
    return { method: 'GET', host, path: pathname, query: search.slice(1), headers: { host }, body: new Uint8Array(), ...differences }
  }

const downloadRows: Row[] = [
  { call: 'a download', make: download(), status: 200, contains: 'ftyp' },
  { call: 'the head of a download, whose URL is signed for GET', make: download({ method: 'HEAD' }), status: 403 },
  { call: 'a download after half an hour', make: download({}, 31), status: 403, contains: 'Request has expired.' },
  { call: 'a download of something else', make: download({ path: '/other.mp4' }), status: 403, contains: 'SignatureDoesNotMatch' },
  { call: 'a download without a signature', make: download({ query: '' }), status: 403, contains: 'AccessDenied' },
  { call: 'a download of a path that cannot be', make: download({ path: '/%zz' }), status: 400, contains: 'InvalidURI' },
  {
    call: 'an upload to a result',
    make: download({ method: 'PUT', body: Buffer.from('new') }),
    status: 403,
    contains: 'SignatureDoesNotMatch',
  },
  {
    call: 'a range of a download',
    make: changed(download(), ({ headers }) => ({ headers: { ...headers, range: 'bytes=4-7' } })),
    status: 206,
    contains: 'ftyp',
  },
]

describe.each([...signedRows, ...otherRows, ...downloadRows])('$call', ({ make, status, contains = '' }) => {
  it.each(doors)('$door', async ({ ask }) => {
    const expected = await inProcess(make)
    expect(expected).toMatchObject({ status, body: expect.stringContaining(contains) })
    expect(await ask(make)).toEqual(expected)
  })
})
