/** OSS signature V2 (OSS2): HMAC-SHA256 over much the same as V1, but over the whole query and over further headers. */

import type { Call } from '../http/call.js'
import { type Pairs, percentEncode } from '../http/encoding.js'
import { signedValue } from './signature-v1.js'

/** What a V2 signature signs. */
export interface V2Parts {
  method: string
  headers: Call['headers']
  /** The date of the request; of a signed URL, its expiry in seconds since 1970. */
  date: string
  /** Headers that are signed beyond Content-Type, Content-MD5 and those of OSS; lower case. */
  additionalHeaders: readonly string[]
  bucket: string | undefined
  key: string
  query: Pairs
  /** How resource and query are encoded. Default: RFC 3986. */
  encode?: (text: string) => string
}

/** A line each: method, Content-MD5, Content-Type, date, every header that is signed, names of additional headers; then the resource. */
export function v2StringToSign({ method, headers, date, additionalHeaders, bucket, key, query, encode = percentEncode }: V2Parts): string {
  const additional = [...additionalHeaders].sort()
  const sent = (name: string): string => (Object.hasOwn(headers, name) ? signedValue(headers[name]) : '')
  const signed = new Set([...additional, ...Object.keys(headers).filter((name) => name.startsWith('x-oss-'))])
  const lines = [...signed].sort().map((name) => `${name}:${sent(name)}\n`)
  const head = [method, sent('content-md5'), sent('content-type'), date].join('\n')
  const resource = encode(bucket === undefined ? '/' : `/${bucket}/${key}`)
  return `${head}\n${lines.join('')}${additional.join(';')}\n${resource}${queryOf(query, encode)}`
}

/** `?a=1&b`, sorted and encoded; the slashes of the resource before it are encoded, too. */
function queryOf(query: Pairs, encode: (text: string) => string): string {
  const pairs = query
    .filter(([name]) => name !== 'x-oss-signature')
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}
