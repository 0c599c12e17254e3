/** ACS3-HMAC-SHA256: the signature that the current SDKs send, in the Authorization header. */

import { hash } from 'node:crypto'
import type { Call } from '../http/call.js'
import { canonicalQuery, type Pairs } from '../http/encoding.js'
import { hmac } from './hmac.js'

export const ACS3_ALGORITHM = 'ACS3-HMAC-SHA256'

/** The fields of an Authorization header. */
export interface Acs3Authorization {
  accessKeyId: string
  /** Names of the signed headers, lower case, in the order in which they are signed. */
  signedHeaders: readonly string[]
  signature: string
}

/** Reads `ACS3-HMAC-SHA256 Credential=…,SignedHeaders=a;b,Signature=…`; `undefined` if it is not of that form. */
export function parseAcs3Authorization(header: string): Acs3Authorization | undefined {
  const space = header.indexOf(' ')
  if (header.slice(0, space) !== ACS3_ALGORITHM) return undefined
  const fields = new Map<string, string>()
  for (const field of header.slice(space + 1).split(',')) {
    const equals = field.indexOf('=')
    if (equals > 0) fields.set(field.slice(0, equals).trim(), field.slice(equals + 1).trim())
  }
  const [accessKeyId, signedHeaders, signature] = [fields.get('Credential'), fields.get('SignedHeaders'), fields.get('Signature')]
  if (!accessKeyId || !signedHeaders || !signature) return undefined
  return { accessKeyId, signedHeaders: signedHeaders.toLowerCase().split(';'), signature }
}

/** What a canonical request is made of. */
export interface Acs3Request {
  method: string
  query: Pairs
  headers: Call['headers']
  signedHeaders: readonly string[]
  /** Hex SHA-256 of the body. */
  payloadHash: string
}

/** Method, path, query, headers, names of the signed headers, payload hash: a line each. */
export function acs3CanonicalRequest({ method, query, headers, signedHeaders, payloadHash }: Acs3Request): string {
  // A header may be called `constructor`, and then it is not one that was sent.
  const sent = (name: string): string => (Object.hasOwn(headers, name) ? (headers[name] ?? '').trim() : '')
  const canonicalHeaders = signedHeaders.map((name) => `${name}:${sent(name)}\n`).join('')
  return `${method}\n/\n${canonicalQuery(query)}\n${canonicalHeaders}\n${signedHeaders.join(';')}\n${payloadHash}`
}

/** The algorithm and the hash of the canonical request. */
export const acs3StringToSign = (canonicalRequest: string): string => `${ACS3_ALGORITHM}\n${sha256(canonicalRequest)}`

/** The signature of a string to sign, hex. */
export const acs3Signature = (stringToSign: string, accessKeySecret: string): string => hmac('sha256', accessKeySecret, stringToSign, 'hex')

/** Hex SHA-256. */
export const sha256 = (data: string | Uint8Array): string => hash('sha256', data, 'hex')
