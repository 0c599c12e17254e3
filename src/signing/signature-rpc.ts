/** RPC signature 1.0 (HMAC-SHA1 over the sorted parameters), as chapter 4.4 of the VOD manual describes it. */

import { areInOrder, canonicalQuery, isCanonical, type Pair, type Pairs } from '../http/encoding.js'
import { hmac } from './hmac.js'

/**
 * `METHOD&%2F&<encoded canonical query>` over all parameters of query and form but Signature. `sent`: the query that the pairs were read from, if they
 * were all read from it.
 */
export function rpcStringToSign(method: string, pairs: Pairs, sent?: string): string {
  const signed = pairs.filter(isSigned)
  const asSent = sent !== undefined && signed.length === pairs.length - 1 && areInOrder(signed) && isCanonical(sent)
  // What is encoded has nothing but letters, digits, `-_.~` and the three characters that are encoded here.
  return `${method}&%2F&${encodeURIComponent(asSent ? withoutSignature(sent) : canonicalQuery(signed))}`
}

const isSigned = ([name]: Pair): boolean => name !== 'Signature'

/** A canonical query without the one Signature that it has. */
function withoutSignature(query: string): string {
  const start = query.startsWith('Signature=') ? 0 : query.indexOf('&Signature=') + 1
  const end = query.indexOf('&', start)
  if (end < 0) return query.slice(0, Math.max(start - 1, 0))
  return query.slice(0, start) + query.slice(end + 1)
}

/** The signature of a string to sign, Base64. */
export const rpcSignature = (stringToSign: string, accessKeySecret: string): string => hmacSha1(`${accessKeySecret}&`, stringToSign)

/** Base64 of HMAC-SHA1. */
export const hmacSha1 = (key: string, data: string): string => hmac('sha1', key, data, 'base64')
