/** OSS signature V1: HMAC-SHA1 over method, digest, type, date, x-oss headers and resource. */

import type { Call } from '../http/call.js'
import type { Pairs } from '../http/encoding.js'
import { hmacSha1 } from '../signing/signature-rpc.js'

/** Query parameters that belong to the resource and are signed; all others are not. */
export const SUB_RESOURCES: ReadonlySet<string> = new Set(
  (
    'acl append asyncFetch bucketInfo callback callback-var cname comp continuation-token cors delete encryption endTime group img ' +
    'inventory inventoryId lifecycle link live location logging metaQuery objectInfo objectMeta partNumber policy position qos qosInfo ' +
    'referer replication replicationLocation replicationProgress requestPayment response-cache-control response-content-disposition ' +
    'response-content-encoding response-content-language response-content-type response-expires restore security-token sequential ' +
    'startTime stat status style styleName symlink tagging transferAcceleration uploadId uploads versionId versioning versions vod ' +
    'website worm wormExtend wormId x-oss-ac-forward-allow x-oss-ac-source-ip x-oss-ac-subnet-mask x-oss-ac-vpc-id ' +
    'x-oss-async-process x-oss-process x-oss-request-payer x-oss-traffic-limit'
  ).split(' '),
)

/** What a V1 signature signs. */
export interface V1Parts {
  method: string
  headers: Call['headers']
  /** The date of the request; of a signed URL, its expiry in seconds since 1970. */
  date: string
  bucket: string | undefined
  key: string
  query: Pairs
}

/** A line each: method, Content-MD5, Content-Type, date, every x-oss header; then the resource. */
export function v1StringToSign({ method, headers, date, bucket, key, query }: V1Parts): string {
  const ossHeaders = Object.keys(headers)
    .filter((name) => name.startsWith('x-oss-'))
    .sort()
    .map((name) => `${name}:${signedValue(headers[name])}\n`)
    .join('')
  const head = [method, signedValue(headers['content-md5']), signedValue(headers['content-type']), date].join('\n')
  return `${head}\n${ossHeaders}${v1Resource(bucket, key, query)}`
}

/** `/bucket/key?append&position=0`, nothing of it encoded. */
function v1Resource(bucket: string | undefined, key: string, query: Pairs): string {
  const signed = query
    .filter(([name]) => SUB_RESOURCES.has(name))
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
    .join('&')
  return `/${bucket === undefined ? '' : `${bucket}/`}${key}${signed && `?${signed}`}`
}

/** The signature of a string to sign, Base64. */
export const v1Signature = (accessKeySecret: string, stringToSign: string): string => hmacSha1(accessKeySecret, stringToSign)

/** A header travels as bytes, which Node shows as Latin-1; they are signed as what they are, UTF-8 mostly. */
export const signedValue = (value = ''): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is looked for
  /^[\x00-\x7f]*$/.test(value) ? value.trim() : Buffer.from(value, 'latin1').toString('utf8').trim()
