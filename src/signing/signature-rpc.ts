/** RPC signature 1.0 (HMAC-SHA1 over the sorted parameters), as chapter 4.4 of the VOD manual describes it. */

import { canonicalQuery, isCanonical, type Pair, type Pairs } from '../http/encoding.js'
import { hmac } from './hmac.js'

/** `METHOD&%2F&<encoded canonical query>` over all parameters of query and form but Signature. */
export const rpcStringToSign = (method: string, pairs: Pairs): string => textOf(method, canonicalQuery(pairs.filter(isSigned)))

/**
 * The same of a query that was sent as it was signed, with the Signature put anywhere in it, as nearly all are: it is not taken apart, sorted and encoded anew.
 * `names`: those of its parameters, each once. `undefined` if it is written otherwise.
 */
export function rpcStringToSignAsSent(method: string, query: string, names: Iterable<string>): string | undefined {
  let latest = ''
  for (const name of names) {
    if (name === 'Signature') continue
    if (name < latest) return undefined
    latest = name
  }
  return isCanonical(query) ? textOf(method, withoutSignature(query)) : undefined
}

// What is encoded has nothing but letters, digits, `-_.~` and the three characters that are encoded here.
const textOf = (method: string, query: string): string => `${method}&%2F&${encodeURIComponent(query)}`

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
