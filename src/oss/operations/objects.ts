/** PutObject, AppendObject, DeleteObject. */

import { z } from 'zod'
import { md5Of, toBase64 } from '../../bytes/digest.js'
import type { Received } from '../../bytes/received.js'
import { announcedMd5, checkKey, checkMd5, checkOverwrite, readAttributes } from '../attributes.js'
import { callbackOf } from '../callback.js'
import { refuseArgument, refuseObject } from '../errors.js'
import { type Exchange, receiving, simple } from '../operation.js'
import { emptyReply, xmlReply } from '../reply.js'
import { bodyOf, readBody } from '../request.js'
import { MAX_BYTES_AT_ONCE } from '../storage.js'
import { readXml } from '../xml.js'
import { encodingOf } from './listing.js'

/** Takes the body in, and checks it against what the headers say of it. */
export async function receiveBody({ call, oss }: Exchange): Promise<Received> {
  const md5 = announcedMd5(call.headers['content-md5'])
  const length = call.headers['content-length']
  if (call.stream !== undefined && length === undefined && call.headers['transfer-encoding'] === undefined)
    refuseObject('MissingContentLength', { reason: 'neither Content-Length nor chunked transfer encoding says how long the body is' })
  if (Number(length) > MAX_BYTES_AT_ONCE) refuseObject('EntityTooLarge', { reason: `Content-Length is more than ${MAX_BYTES_AT_ONCE}` })
  const received = await oss.storage.receive(bodyOf(call))
  try {
    checkMd5(md5, received.md5)
  } catch (error) {
    received.release()
    throw error
  }
  return received
}

export const putObject = receiving({
  name: 'PutObject',
  permission: 'PutObject',
  async receive(exchange) {
    checkKey(exchange.key)
    const attributes = readAttributes(exchange.call)
    exchange.callback = callbackOf(exchange)
    checkOverwrite(exchange.oss, exchange.call.headers, exchange.bucket, exchange.key)
    return Object.assign(await receiveBody(exchange), { attributes })
  },
  async run({ oss, bucket, key, call }, received) {
    checkOverwrite(oss, call.headers, bucket, key)
    const { etag, crc64 } = await oss.put(bucket, key, received, received.attributes)
    return emptyReply({ etag: `"${etag}"`, 'x-oss-hash-crc64ecma': crc64, 'content-md5': toBase64(etag) })
  },
})

export const appendObject = receiving({
  name: 'AppendObject',
  permission: 'PutObject',
  async receive(exchange) {
    checkKey(exchange.key)
    const position = exchange.query.get('position') ?? refuseArgument('position', undefined, 'is missing')
    if (!/^\d{1,15}$/.test(position)) refuseArgument('position', position, 'is not a number of bytes')
    const attributes = readAttributes(exchange.call)
    return Object.assign(await receiveBody(exchange), { attributes, position: Number(position) })
  },
  async run({ oss, bucket, key }, received) {
    const { etag, crc64, size } = await oss.append(bucket, key, received.position, received, received.attributes)
    return emptyReply({ etag: `"${etag}"`, 'x-oss-hash-crc64ecma': crc64, 'x-oss-next-append-position': String(size) })
  },
})

/** Keys of one call. */
const MAX_KEYS = 1000

/** A key of the longest, every byte of it as a reference, and what is around it. */
const KEY_BYTES = 7 * 1024

const deletionSchema = z.object({
  Delete: z.object({
    Quiet: z
      .string()
      .transform((text) => text.trim())
      .pipe(z.enum(['true', 'false']))
      .default('false'),
    Object: z.array(z.object({ Key: z.string('is missing') })).max(MAX_KEYS, `there are more than ${MAX_KEYS} objects`),
  }),
})

export const deleteObjects = receiving({
  name: 'DeleteMultipleObjects',
  permission: 'DeleteObject',
  async receive({ call }) {
    const announced = announcedMd5(call.headers['content-md5'])
    const body = await readBody(call, KEY_BYTES * MAX_KEYS)
    checkMd5(announced, md5Of(body))
    const list = deletionSchema.safeParse(readXml(body.toString('utf8'), { elements: 2 + 3 * MAX_KEYS, depth: 4 }, 'Object'))
    if (list.success) return list.data.Delete
    const issue = list.error.issues[0]
    return refuseObject('MalformedXML', { reason: `the list of objects is wrong at ${issue?.path.join('.')}: ${issue?.message}` })
  },
  run(exchange, { Quiet, Object: objects }) {
    const { oss, bucket, query } = exchange
    for (const { Key } of objects) checkKey(Key)
    for (const { Key } of objects) oss.delete(bucket, Key)
    if (Quiet === 'true') return emptyReply()
    const { encode, element } = encodingOf({ query })
    return xmlReply('DeleteResult', { ...element, Deleted: objects.map(({ Key }) => ({ Key: encode(Key) })) })
  },
})

export const deleteObject = simple('DeleteObject', 'DeleteObject', ({ oss, bucket, key }) => {
  oss.delete(bucket, key)
  return emptyReply({}, 204)
})
