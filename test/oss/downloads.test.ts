/** Ranges, conditions and chosen headers of downloads. */

import { beforeEach, describe, expect, it } from 'vitest'
import { BUCKET, bytes, type Client, md5, ossEmulator, request } from './support.js'

const KEY = 'film.mp4'
const SIZE = 100_000
const content = bytes(SIZE)
const ETAG = `"${md5(content)}"`

let oss: Client
let reset: () => Promise<void>

beforeEach(async () => {
  const { client, account } = await ossEmulator()
  oss = client()
  reset = () => account.reset()
  await account.clock.advance('1s')
  await oss.put(KEY, content)
})

const get = (headers: Record<string, string>, query: Record<string, string> = {}) =>
  request(oss, 'GET', KEY, { headers, query, subres: query, successStatuses: [200, 206, 304] })

describe.each([
  { range: 'bytes=0-0', from: 0, to: 1 },
  { range: 'bytes=500-99999', from: 500, to: SIZE },
  { range: 'bytes=500-', from: 500, to: SIZE },
  { range: 'bytes=-500', from: SIZE - 500, to: SIZE },
  { range: 'bytes=0-9,20-29', from: 0, to: 10 },
])('$range', ({ range, from, to }) => {
  it('is answered with this part', async () => {
    const { status, headers, data } = await get({ Range: range })
    expect(status).toBe(206)
    expect(headers).toMatchObject({ 'content-range': `bytes ${from}-${to - 1}/${SIZE}`, 'content-length': String(to - from), etag: ETAG })
    expect(md5(data)).toBe(md5(content.subarray(from, to)))
  })
})

describe.each(['bytes=100000-100001', 'bytes=0-100000', 'bytes=-100001', 'bytes=9-8', 'byte=0-9', 'bytes=-', 'bytes=a-b'])(
  '%s',
  (range) => {
    it('is as good as no range', async () => {
      const { status, headers, data } = await get({ Range: range })
      expect([status, headers['content-range']]).toEqual([200, undefined])
      expect(md5(data)).toBe(ETAG.replaceAll('"', ''))
    })
  },
)

describe('with x-oss-range-behavior: standard', () => {
  const standard = { 'x-oss-range-behavior': 'standard' }

  it('a range that goes too far ends with the object', async () => {
    const { status, headers } = await get({ ...standard, Range: 'bytes=99999-100005' })
    expect([status, headers['content-range']]).toEqual([206, 'bytes 99999-99999/100000'])
  })

  it('a range behind the object is refused', async () => {
    await expect(get({ ...standard, Range: 'bytes=100000-' })).rejects.toMatchObject({ code: 'InvalidRange', status: 416 })
  })
})

const BEFORE = 'Thu, 01 Jan 2026 00:00:00 GMT'
const EXACTLY = 'Thu, 01 Jan 2026 00:00:01 GMT'

describe.each([
  { headers: { 'If-Match': ETAG }, status: 200 },
  { headers: { 'If-Match': '"other"' }, status: 412 },
  { headers: { 'If-None-Match': '"other"' }, status: 200 },
  { headers: { 'If-None-Match': ETAG }, status: 304 },
  { headers: { 'If-Modified-Since': BEFORE }, status: 200 },
  { headers: { 'If-Modified-Since': EXACTLY }, status: 304 },
  { headers: { 'If-Modified-Since': 'yesterday' }, status: 200 },
  { headers: { 'If-Unmodified-Since': EXACTLY }, status: 200 },
  { headers: { 'If-Unmodified-Since': BEFORE }, status: 412 },
])('$headers', ({ headers, status }) => {
  it.each(['GET', 'HEAD'])(`is answered with ${status} (%s)`, async (method) => {
    const reply = await request(oss, method, KEY, { headers, successStatuses: [200, 304, 412] })
    expect(reply.status).toBe(status)
  })
})

it('sends the headers that the request chooses', async () => {
  const { headers } = await get({}, { 'response-content-type': 'text/plain', 'response-content-disposition': 'attachment; filename=a.mp4' })
  expect(headers).toMatchObject({ 'content-type': 'text/plain', 'content-disposition': 'attachment; filename=a.mp4' })
})

it('refuses to choose a header that cannot be', async () => {
  await expect(get({}, { 'response-content-type': 'a\r\nb' })).rejects.toMatchObject({ code: 'InvalidArgument' })
})

it('sends an object of many parts to the end, even if it is replaced meanwhile', async () => {
  const large = bytes(3_000_000)
  await oss.multipartUpload('large', large, { partSize: 200_000 })
  const { stream } = await oss.getStream('large')
  const pieces: Buffer[] = []
  for await (const piece of stream) {
    if (pieces.length === 0) await oss.put('large', bytes(10))
    pieces.push(piece)
  }
  expect(md5(Buffer.concat(pieces))).toBe(md5(large))
})

it('knows nothing of an object after a reset', async () => {
  await reset()
  await expect(get({})).rejects.toMatchObject({ code: 'NoSuchBucket', status: 404 })
})

it('names the bucket in what it says of an object that is not there', async () => {
  await expect(oss.get('none')).rejects.toMatchObject({ code: 'NoSuchKey', hostId: `${BUCKET}.oss-cn-shanghai.aliyuncs.com` })
})
