/** RPC signature 1.0 (HMAC-SHA1 over the sorted parameters), as chapter 4.4 of the VOD manual describes it. */

import { createHmac } from 'node:crypto'
import { canonicalQuery, type Pairs, percentEncode } from '../http/encoding.js'

/** `METHOD&%2F&<encoded canonical query>` over all parameters of query and form but Signature. */
export function rpcStringToSign(method: string, pairs: Pairs): string {
  return `${method}&%2F&${percentEncode(canonicalQuery(pairs.filter(([name]) => name !== 'Signature')))}`
}

/** The signature of a string to sign, Base64. */
export function rpcSignature(stringToSign: string, accessKeySecret: string): string {
  return hmacSha1(`${accessKeySecret}&`, stringToSign)
}

/** Base64 of HMAC-SHA1. */
export function hmacSha1(key: string, data: string): string {
  return createHmac('sha1', key).update(data).digest('base64')
}
