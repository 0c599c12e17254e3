/** CopyObject, and what is copied from. */

import { checkKey, checkOverwrite, readAttributes } from '../attributes.js'
import { checkConditions } from '../conditions.js'
import { refuseArgument, refuseObject } from '../errors.js'
import type { Attributes, StoredObject } from '../object.js'
import { type Exchange, permit, simple } from '../operation.js'
import { xmlReply } from '../reply.js'
import { toXmlTime } from '../xml.js'
import { getObject, objectOf } from './download.js'

export const copyObject = simple('CopyObject', 'PutObject', async (exchange) => {
  const { oss, bucket, key, call } = exchange
  checkKey(key)
  const source = sourceOf(exchange)
  checkOverwrite(oss, call.headers, bucket, key)
  const attributes = attributesOf(exchange, source)
  const { content, etag, crc64 } = source
  // Both share the bytes.
  const received = oss.storage.received(content.copy(), etag, BigInt(crc64))
  const copy = await oss.put(bucket, key, received, attributes)
  return xmlReply('CopyObjectResult', { ETag: `"${copy.etag}"`, LastModified: toXmlTime(copy.modifiedAt) }, 200, {
    etag: `"${copy.etag}"`,
    'x-oss-hash-crc64ecma': copy.crc64,
  })
})

/** Whether something comes from the source or from the request. */
function isReplaced({ call }: Exchange, header: string, replaced: readonly string[], same: string): boolean {
  const directive = call.headers[header]?.toUpperCase() ?? same
  if (directive === same) return false
  return replaced.includes(directive) || refuseArgument(header, directive, `is none of ${[same, ...replaced].join(', ')}`)
}

/** What the copy has beside its content. */
function attributesOf(exchange: Exchange, source: StoredObject): Attributes {
  const given = readAttributes(exchange.call)
  const replaced = isReplaced(exchange, 'x-oss-metadata-directive', ['REPLACE'], 'COPY')
  const itself = source.bucket === exchange.bucket && source.key === exchange.key
  if (itself && !replaced && exchange.call.headers['x-oss-storage-class'] === undefined)
    refuseArgument('x-oss-copy-source', `/${source.bucket}/${source.key}`, 'is the object itself, and nothing of it is to change')
  const tags = isReplaced(exchange, 'x-oss-tagging-directive', ['REPLACE'], 'COPY') ? given.tags : source.tags
  if (replaced) return { ...given, tags }
  const storageClass = given.headers['x-oss-storage-class'] ?? 'Standard'
  return { ...given, contentType: source.contentType, headers: { ...source.headers, 'x-oss-storage-class': storageClass }, tags }
}

/** The object to copy from: one of the same account, in the same region, that who asks may read, and of which what the request says holds. */
export function sourceOf({ call, oss, bucket: target, signer }: Exchange): StoredObject {
  const header = call.headers['x-oss-copy-source'] ?? ''
  const [, bucket = '', encoded = ''] = /^\/?([^/]+)\/([^?]+)/.exec(header) ?? []
  let key: string
  try {
    key = decodeURIComponent(encoded.replaceAll('+', ' '))
  } catch {
    key = ''
  }
  if (key === '') return refuseArgument('x-oss-copy-source', header, 'is not "/<bucket>/<key>" with the key percent-encoded')
  const region = oss.bucket(bucket).region
  if (region !== oss.bucket(target).region)
    refuseObject('AccessDenied', {
      message: 'Target object does not reside in the same data center as source object.',
      reason: `${bucket} is in ${region}, ${target} is not`,
    })
  if (signer) permit(signer, getObject, bucket, key)
  const source = objectOf({ oss, bucket, key })
  checkConditions(call.headers, source, 'x-oss-copy-source-')
  return source
}
