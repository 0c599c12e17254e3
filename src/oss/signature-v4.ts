/** OSS signature V4 (OSS4-HMAC-SHA256): HMAC-SHA256 over a canonical request, with a key for one day and region. */

import { createHmac } from 'node:crypto'
import type { Call } from '../http/call.js'
import { type Pairs, percentEncode } from '../http/encoding.js'
import { sha256 } from '../signing/signature-acs3.js'
import { signedValue } from './signature-v1.js'

export const V4_ALGORITHM = 'OSS4-HMAC-SHA256'

/** The only payload hash there is: bodies are not signed. */
export const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD'

/** `<AccessKeyId>/<yyyymmdd>/<region>/oss/aliyun_v4_request` */
export interface V4Credential {
  accessKeyId: string
  /** `20260101` */
  day: string
  /** `cn-shanghai` */
  region: string
}

/** Reads a credential; `undefined` if it is not of that form. */
export function parseV4Credential(text: string): V4Credential | undefined {
  const [, accessKeyId, day, region] = /^([^/]+)\/(\d{8})\/([a-z0-9-]+)\/oss\/aliyun_v4_request$/.exec(text) ?? []
  return accessKeyId && day && region ? { accessKeyId, day, region } : undefined
}

/** What a V4 signature signs. */
export interface V4Parts {
  method: string
  headers: Call['headers']
  /** Headers that are signed beyond Content-Type, Content-MD5 and those of OSS; lower case. */
  additionalHeaders: readonly string[]
  bucket: string | undefined
  key: string
  query: Pairs
  /** How names and values of the query are encoded. Default: RFC 3986. */
  encode?: (text: string) => string
}

const ALWAYS = /^(?:content-type|content-md5|x-oss-.*)$/

/** Method, path, query, headers, names of additional headers, payload hash: a line each. */
export function v4CanonicalRequest({ method, headers, additionalHeaders, bucket, key, query, encode = percentEncode }: V4Parts): string {
  const path = `/${bucket === undefined ? '' : `${bucket}/`}${key}`.split('/').map(percentEncode).join('/')
  const additional = [...additionalHeaders].sort()
  const signed = new Set([...additional, ...Object.keys(headers).filter((name) => ALWAYS.test(name))])
  const sent = (name: string): string => (Object.hasOwn(headers, name) ? signedValue(headers[name]) : '')
  const canonicalHeaders = [...signed]
    .sort()
    .map((name) => `${name}:${sent(name)}\n`)
    .join('')
  const canonicalQuery = query
    .filter(([name]) => name !== 'x-oss-signature')
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
    .join('&')
  const hash = headers['x-oss-content-sha256'] ?? UNSIGNED_PAYLOAD
  return [method, path, canonicalQuery, canonicalHeaders, additional.join(';'), hash].join('\n')
}

/** Algorithm, time (`20260101T000000Z`), scope and hash of the canonical request: a line each. */
export const v4StringToSign = ({ day, region }: V4Credential, time: string, canonicalRequest: string): string =>
  [V4_ALGORITHM, time, `${day}/${region}/oss/aliyun_v4_request`, sha256(canonicalRequest)].join('\n')

/** The signature of a string to sign, hex. */
export const v4Signature = (accessKeySecret: string, credential: V4Credential, stringToSign: string): string =>
  createHmac('sha256', v4Key(accessKeySecret, credential)).update(stringToSign).digest('hex')

/** The key for one day and region. */
export function v4Key(accessKeySecret: string, { day, region }: V4Credential): Buffer {
  let key: string | Buffer = `aliyun_v4${accessKeySecret}`
  for (const step of [day, region, 'oss', 'aliyun_v4_request']) key = createHmac('sha256', key).update(step).digest()
  return key as Buffer
}
