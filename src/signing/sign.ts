/** Signing calls, as the official SDKs do. */

import { randomUUID } from 'node:crypto'
import { machineNow } from '../base/clock.js'
import { toUtcSeconds } from '../base/times.js'
import type { Call } from '../http/call.js'
import { canonicalQuery, type Pairs } from '../http/encoding.js'
import type { ParamValue } from '../http/flatten-params.js'
import { flattenParams } from '../http/flatten-params.js'
import { ACS3_ALGORITHM, acs3CanonicalRequest, acs3Signature, acs3StringToSign, sha256 } from './signature-acs3.js'
import { rpcSignature, rpcStringToSign } from './signature-rpc.js'

/** What a call is signed with. */
export interface SigningKey {
  accessKeyId: string
  accessKeySecret: string
  /** Of an STS session. */
  securityToken?: string
}

/** Generation of the signature: `rpc` is signature 1.0, `acs3` is ACS3-HMAC-SHA256. */
export type Scheme = 'rpc' | 'acs3'

/** A call that is to be signed. */
export interface UnsignedCall {
  /** Host with port. */
  host: string
  action: string
  version: string
  params?: { readonly [name: string]: ParamValue }
  key: SigningKey
  /** Default POST. */
  method?: 'GET' | 'POST'
  /** Format of the answer. Default JSON. */
  format?: 'JSON' | 'XML'
  /** Default: a random one. */
  nonce?: string
  /** Milliseconds since 1970. Default: the machine's time. */
  timestamp?: number
}

/** Signs a call with either generation. */
export const sign = (scheme: Scheme, call: UnsignedCall): Call => (scheme === 'rpc' ? signRpc(call) : signAcs3(call))

/** Signs with signature 1.0: everything among the parameters, in the query of a GET or the form of a POST. */
export function signRpc({
  host,
  action,
  version,
  params = {},
  key,
  method = 'POST',
  format = 'JSON',
  nonce,
  timestamp,
}: UnsignedCall): Call {
  const pairs: Pairs = [
    ['Action', action],
    ['Version', version],
    ['Format', format],
    ['AccessKeyId', key.accessKeyId],
    ['SignatureMethod', 'HMAC-SHA1'],
    ['SignatureVersion', '1.0'],
    ['SignatureNonce', nonce ?? randomUUID()],
    ['Timestamp', toUtcSeconds(timestamp ?? machineNow())],
    ...(key.securityToken === undefined ? [] : [['SecurityToken', key.securityToken] as const]),
    ...flattenParams(params),
  ]
  const signature = rpcSignature(rpcStringToSign(method, pairs), key.accessKeySecret)
  const encoded = canonicalQuery([...pairs, ['Signature', signature]])
  return { method, host, path: '/', ...(method === 'GET' ? inQuery(host, encoded) : inForm(host, encoded)) }
}

/** Signs with ACS3: the signature in headers, the parameters in the query of a GET or the form of a POST. */
export function signAcs3({ host, action, version, params = {}, key, method = 'POST', format, nonce, timestamp }: UnsignedCall): Call {
  const pairs: Pairs = [...flattenParams(params), ...(format === undefined ? [] : [['Format', format] as const])]
  const encoded = canonicalQuery(pairs)
  const { query, headers, body } = method === 'GET' ? inQuery(host, encoded) : inForm(host, encoded)
  const payloadHash = sha256(body)
  const signed: Record<string, string> = {
    ...headers,
    'x-acs-action': action,
    'x-acs-version': version,
    'x-acs-date': toUtcSeconds(timestamp ?? machineNow()),
    'x-acs-signature-nonce': nonce ?? randomUUID(),
    'x-acs-content-sha256': payloadHash,
    ...(key.securityToken !== undefined && { 'x-acs-security-token': key.securityToken }),
  }
  const signedHeaders = Object.keys(signed).sort()
  const canonical = acs3CanonicalRequest({ method, query: method === 'GET' ? pairs : [], headers: signed, signedHeaders, payloadHash })
  const signature = acs3Signature(acs3StringToSign(canonical), key.accessKeySecret)
  const authorization = `${ACS3_ALGORITHM} Credential=${key.accessKeyId},SignedHeaders=${signedHeaders.join(';')},Signature=${signature}`
  return { method, host, path: '/', query, headers: { ...signed, authorization }, body }
}

const inQuery = (host: string, query: string) => ({ query, headers: { host }, body: new Uint8Array() })

const inForm = (host: string, form: string) => ({
  query: '',
  headers: { host, 'content-type': 'application/x-www-form-urlencoded' },
  body: Buffer.from(form) as Uint8Array,
})
