/** Uploads in parts: InitiateMultipartUpload, UploadPart, UploadPartCopy, AbortMultipartUpload, CompleteMultipartUpload. */

import { z } from 'zod'
import { md5Of, toBase64 } from '../../bytes/digest.js'
import { announcedMd5, checkKey, checkMd5, checkOverwrite, readAttributes } from '../attributes.js'
import { callbackOf } from '../callback.js'
import { refuseArgument, refuseObject } from '../errors.js'
import { MAX_PARTS, type Part, SMALLEST_PART, type Upload } from '../multipart.js'
import { type Exchange, receiving, simple } from '../operation.js'
import { readRange } from '../range.js'
import { emptyReply, xmlReply } from '../reply.js'
import { readBody } from '../request.js'
import { readXml, toXmlTime } from '../xml.js'
import { sourceOf } from './copy.js'
import { encodingOf } from './listing.js'
import { receiveBody } from './objects.js'

/** Bytes and elements of a list of parts that each part may take: a number, an ETag, something else that a client says of it, and blanks. */
const PART_BYTES = 256
const PART_ELEMENTS = 4

const uploadOf = ({ oss, query, bucket, key }: Exchange): Upload => oss.uploads.get(query.get('uploadId') ?? '', bucket, key)

export const initiateMultipartUpload = simple('InitiateMultipartUpload', 'PutObject', (exchange) => {
  const { oss, bucket, key, call } = exchange
  checkKey(key)
  const attributes = readAttributes(call)
  checkOverwrite(oss, call.headers, bucket, key)
  const encoding = encodingOf(exchange)
  const { id } = oss.uploads.initiate(bucket, key, attributes)
  return xmlReply('InitiateMultipartUploadResult', { ...encoding.element, Bucket: bucket, Key: encoding.encode(key), UploadId: id })
})

/** Number of the part that a request is about. */
function partNumberOf({ query }: Exchange): number {
  const text = query.get('partNumber') ?? ''
  const number = Number(text)
  if (!/^\d{1,5}$/.test(text) || number < 1 || number > MAX_PARTS)
    refuseArgument(
      'partNumber',
      text,
      `is not a number from 1 to ${MAX_PARTS}`,
      `Part number must be an integer between 1 and ${MAX_PARTS}, inclusive.`,
    )
  return number
}

export const uploadPart = receiving({
  name: 'UploadPart',
  permission: 'PutObject',
  async receive(exchange) {
    const number = partNumberOf(exchange)
    uploadOf(exchange)
    return Object.assign(await receiveBody(exchange), { number })
  },
  run(exchange, received) {
    exchange.oss.uploads.addPart(uploadOf(exchange), received.number, received)
    const { md5, crc64 } = received
    return emptyReply({ etag: `"${md5}"`, 'content-md5': toBase64(md5), 'x-oss-hash-crc64ecma': String(crc64) })
  },
})

export const uploadPartCopy = receiving({
  name: 'UploadPartCopy',
  permission: 'PutObject',
  async receive(exchange) {
    const { call, oss } = exchange
    const number = partNumberOf(exchange)
    uploadOf(exchange)
    const source = sourceOf(exchange)
    const range = readRange(call.headers['x-oss-copy-source-range'], source.size)
    const received = await oss.storage.receive(source.content.stream(range?.start, range?.end))
    return Object.assign(received, { number, range, total: source.size })
  },
  run(exchange, received) {
    const { range, total, md5, crc64 } = received
    const { modifiedAt } = exchange.oss.uploads.addPart(uploadOf(exchange), received.number, received)
    return xmlReply('CopyPartResult', { LastModified: toXmlTime(modifiedAt), ETag: `"${md5}"` }, 200, {
      etag: `"${md5}"`,
      'x-oss-hash-crc64ecma': String(crc64),
      ...(range && { 'content-range': `bytes ${range.start}-${range.end - 1}/${total}` }),
    })
  },
})

export const abortMultipartUpload = simple('AbortMultipartUpload', 'AbortMultipartUpload', (exchange) => {
  exchange.oss.uploads.end(uploadOf(exchange))
  return emptyReply({}, 204)
})

/** A part as the list of a completion names it. */
interface ListedPart {
  number: number
  etag: string
}

export const completeMultipartUpload = receiving({
  name: 'CompleteMultipartUpload',
  permission: 'PutObject',
  async receive(exchange) {
    const { call } = exchange
    const announced = announcedMd5(call.headers['content-md5'])
    exchange.callback = callbackOf(exchange)
    const body = await readBody(call, PART_BYTES * MAX_PARTS)
    checkMd5(announced, md5Of(body))
    const all = call.headers['x-oss-complete-all'] === 'yes'
    if (all && body.byteLength > 0) refuseArgument('x-oss-complete-all', 'yes', 'is sent, so there must be no list of parts')
    return all ? 'all' : readList(body)
  },
  async run(exchange, list) {
    const { oss, bucket, key, call } = exchange
    const upload = uploadOf(exchange)
    const parts = list === 'all' ? allParts(upload) : partsOf(upload, list)
    for (const part of parts.slice(0, -1))
      if (part.received.size < SMALLEST_PART)
        refuseObject('EntityTooSmall', {
          reason: `part ${part.number} has ${part.received.size} bytes, and all parts but the last need ${SMALLEST_PART}`,
          fields: { MinSizeAllowed: String(SMALLEST_PART), ProposedSize: String(part.received.size), PartNumber: String(part.number) },
        })
    checkOverwrite(oss, call.headers, bucket, key)
    const encoding = encodingOf(exchange)
    const { etag, crc64 } = await oss.complete(upload, parts)
    return xmlReply(
      'CompleteMultipartUploadResult',
      {
        ...encoding.element,
        Location: `http://${bucket}.oss-${oss.bucket(bucket).region}.aliyuncs.com/${encodeURI(key)}`,
        Bucket: bucket,
        Key: encoding.encode(key),
        ETag: `"${etag}"`,
      },
      200,
      { etag: `"${etag}"`, 'x-oss-hash-crc64ecma': crc64 },
    )
  },
})

const listSchema = z.object({
  CompleteMultipartUpload: z.object({
    Part: z
      .array(
        z.object({
          PartNumber: z
            .string('is missing')
            .trim()
            .regex(/^\d{1,9}$/, 'is not a number')
            .transform(Number),
          ETag: z.string('is missing').transform((etag) => etag.replaceAll('"', '').trim().toUpperCase()),
        }),
      )
      .max(MAX_PARTS, `there are more than ${MAX_PARTS} parts`),
  }),
})

function readList(body: Buffer): ListedPart[] {
  const limits = { elements: 1 + PART_ELEMENTS * MAX_PARTS, depth: 4 }
  const list = listSchema.safeParse(readXml(body.toString('utf8'), limits, 'Part'))
  if (!list.success) {
    const issue = list.error.issues[0]
    return refuseObject('MalformedXML', { reason: `the list of parts is wrong at ${issue?.path.join('.')}: ${issue?.message}` })
  }
  const parts = list.data.CompleteMultipartUpload.Part.map(({ PartNumber, ETag }) => ({ number: PartNumber, etag: ETag }))
  for (const [index, { number }] of parts.entries()) {
    const before = parts[index - 1]?.number ?? 0
    if (number <= before)
      refuseObject('InvalidPartOrder', {
        reason: `part ${number} comes after part ${before}; part numbers must go up`,
        fields: { PartNumber: String(number) },
      })
  }
  return parts
}

/** The parts that a list names. */
const partsOf = (upload: Upload, list: readonly ListedPart[]): Part[] =>
  list.map(({ number, etag }) => {
    const part = upload.parts.get(number)
    if (part?.received.md5 === etag) return part
    return refuseObject('InvalidPart', {
      reason: part ? `part ${number} has the ETag "${part.received.md5}"` : `part ${number} was not uploaded`,
      fields: { UploadId: upload.id, PartNumber: String(number), ETag: etag.slice(0, 100) },
    })
  })

/** Every part that was uploaded, by number. */
function allParts(upload: Upload): Part[] {
  const parts = [...upload.parts.values()].sort((a, b) => a.number - b.number)
  return parts.length > 0 ? parts : refuseObject('InvalidPart', { reason: 'no part was uploaded', fields: { UploadId: upload.id } })
}
