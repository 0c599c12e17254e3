/** GetObject, HeadObject, GetObjectMeta. */

import { toHttpDate } from '../../base/times.js'
import { SMALL } from '../../bytes/content.js'
import { toBase64 } from '../../bytes/digest.js'
import type { Reply } from '../../http/call.js'
import { asHeader } from '../../http/text.js'
import { checked } from '../attributes.js'
import { checkConditions } from '../conditions.js'
import { refuseObject } from '../errors.js'
import type { StoredObject } from '../object.js'
import { type Exchange, simple } from '../operation.js'
import { readRange } from '../range.js'
import { emptyReply } from '../reply.js'
import { signedPlaylist } from './sign-playlist.js'

/** Headers of the answer that a request may choose itself. */
const CHOSEN = ['content-type', 'content-language', 'expires', 'cache-control', 'content-disposition', 'content-encoding']

/** The object that a request is about. */
export const objectOf = ({ oss, bucket, key }: Pick<Exchange, 'oss' | 'bucket' | 'key'>): StoredObject =>
  oss.object(bucket, key) ?? refuseObject('NoSuchKey', { reason: `there is no object ${bucket}/${key}`, fields: { Key: key } })

const basicHeaders = ({ etag, modifiedAt, size, crc64 }: StoredObject): Record<string, string> => ({
  etag: `"${etag}"`,
  'last-modified': toHttpDate(modifiedAt),
  'content-length': String(size),
  'x-oss-hash-crc64ecma': crc64,
})

const allHeaders = (object: StoredObject): Record<string, string> => ({
  ...object.headers,
  ...basicHeaders(object),
  'content-type': object.contentType,
  'accept-ranges': 'bytes',
  'x-oss-object-type': object.type,
  'x-oss-storage-class': object.headers['x-oss-storage-class'] ?? 'Standard',
  // Copies keep the ETag of what they were made of, which is the MD5 only of what came in one piece.
  ...(object.type === 'Normal' && !object.etag.includes('-') && { 'content-md5': toBase64(object.etag) }),
  ...(object.tags && { 'x-oss-tagging-count': String(object.tags.length) }),
  ...(object.type === 'Appendable' && { 'x-oss-next-append-position': String(object.size) }),
})

export const getObject = simple('GetObject', 'GetObject', async (exchange) => {
  const { call, query } = exchange
  const object = objectOf(exchange)
  checkConditions(call.headers, object)
  if (query.has('x-oss-process')) return processed(exchange, object)
  const chosen = chosenHeaders(query)
  // What Node has still to send of a disposition once it knows the length, it does not send as it is: it comes before.
  const headers = { ...chosen, ...allHeaders(object), ...chosen }
  const range = readRange(call.headers.range, object.size, call.headers['x-oss-range-behavior'] === 'standard')
  const { start, end } = range ?? { start: 0, end: object.size }
  headers['content-length'] = String(end - start)
  if (range) headers['content-range'] = `bytes ${start}-${end - 1}/${object.size}`
  return { status: range ? 206 : 200, headers, ...(await send(object, start, end)) }
})

/** What comes of a playlist that is to be signed: it is another with each request, so that it has neither ranges nor digests. */
async function processed(exchange: Exchange, object: StoredObject): Promise<Reply> {
  const body = await signedPlaylist(exchange, object)
  const headers = {
    'content-type': object.contentType,
    'content-length': String(Buffer.byteLength(body)),
    'last-modified': toHttpDate(object.modifiedAt),
  }
  return { status: 200, headers, body }
}

/** Headers of the answer as the request wants them. */
function chosenHeaders(query: Exchange['query']): Record<string, string> {
  const chosen: Record<string, string> = {}
  for (const name of CHOSEN) {
    const value = query.get(`response-${name}`)
    if (value !== undefined) chosen[name] = checked(`response-${name}`, asHeader(value))
  }
  return chosen
}

/** Little is sent at once, all else piece by piece. */
async function send({ content }: StoredObject, start: number, end: number): Promise<Pick<Reply, 'body' | 'stream'>> {
  if (content.inMemory || end - start <= SMALL) return { body: await content.bytes(start, end) }
  // Once an answer has begun, all that can be said of bytes that are gone is to break off; and where one file is gone, mostly all are.
  await content.segments[0]?.check()
  return { body: '', stream: content.stream(start, end) }
}

export const headObject = simple('HeadObject', 'GetObject', async (exchange) => {
  const object = objectOf(exchange)
  checkConditions(exchange.call.headers, object)
  if (exchange.query.has('x-oss-process')) return { ...(await processed(exchange, object)), body: '' }
  return emptyReply(allHeaders(object))
})

/** Asked for with GET, as older clients do, it has no body either. */
export const getObjectMeta = simple('GetObjectMeta', 'GetObject', (exchange) => {
  const headers = basicHeaders(objectOf(exchange))
  return emptyReply(exchange.call.method === 'GET' ? { ...headers, 'content-length': '0' } : headers)
})
