/** RPC signature 1.0 (HMAC-SHA1 over the sorted parameters), as chapter 4.4 of the VOD manual describes it. */

import { canonicalQueryTwice, type Pair, type Pairs } from '../http/encoding.js'
import { hmac } from './hmac.js'

/** `METHOD&%2F&<encoded canonical query>` over all parameters of query and form but Signature. */
export const rpcStringToSign = (method: string, pairs: Pairs): string => `${method}&%2F&${canonicalQueryTwice(pairs.filter(isSigned))}`

const isSigned = ([name]: Pair): boolean => name !== 'Signature'

/** The signature of a string to sign, Base64. */
export const rpcSignature = (stringToSign: string, accessKeySecret: string): string => hmacSha1(`${accessKeySecret}&`, stringToSign)

/** Base64 of HMAC-SHA1. */
export const hmacSha1 = (key: string, data: string): string => hmac('sha1', key, data, 'base64')
