/** Calls written by hand, without the project's own signing: what tests that doubt it use. */

import { createHash, createHmac, randomUUID } from 'node:crypto'
import type { Call } from '../../src/index.js'

/** Names and values as they are to travel. */
export type Wire = [name: string, value: string][]

/** Content type of a form. */
export const FORM_TYPE = 'application/x-www-form-urlencoded'

/** RFC 3986. */
export const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)

export const byName = ([a]: readonly [string, string], [b]: readonly [string, string]): number => (a < b ? -1 : a > b ? 1 : 0)

/** `a=1&b=2` in the given order. */
export const joined = (pairs: Wire, as: (text: string) => string = encode): string =>
  pairs.map(([name, value]) => `${as(name)}=${as(value)}`).join('&')

export const hmacSha1 = (key: string, text: string): string => createHmac('sha1', key).update(text).digest('base64')
export const hmacSha256 = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('hex')
export const sha256 = (data: string): string => createHash('sha256').update(data).digest('hex')

/** An instant as the services write it, `minutes` from now. */
export const timestamp = (minutes = 0): string => `${new Date(Date.now() + minutes * 60_000).toISOString().slice(0, 19)}Z`

/** A call with a query and a form. */
export function wireCall({
  method = 'GET',
  host = '127.0.0.1:4010',
  path = '/',
  query = '',
  form,
  headers = {},
}: {
  method?: string
  host?: string
  path?: string
  query?: string
  form?: string
  headers?: Record<string, string>
}): Call {
  return {
    method,
    host,
    path,
    query,
    headers: { host, ...(form !== undefined && { 'content-type': FORM_TYPE }), ...headers },
    body: Buffer.from(form ?? ''),
  }
}

/** The fields of signature 1.0 and a call to GetAsyncJobResult; what is given replaces or adds, `undefined` leaves out. */
export function rpcFields(changes: Record<string, string | undefined> = {}): Wire {
  const fields: Record<string, string | undefined> = {
    Action: 'GetAsyncJobResult',
    Version: '2020-03-20',
    Format: 'JSON',
    AccessKeyId: 'testAccessKeyId',
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: randomUUID(),
    Timestamp: timestamp(),
    ...changes,
  }
  return Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined)
}

/** The right string to sign of signature 1.0. */
export const rpcText = (pairs: Wire, method = 'GET'): string => `${method}&%2F&${encode(joined([...pairs].sort(byName)))}`

/** A GET of signature 1.0. */
export function rpcGet(
  changes: Record<string, string | undefined> = {},
  { secret = 'testAccessKeySecret', ...rest } = {} as { secret?: string; host?: string },
): Call {
  const { Signature, ...others } = changes
  const fields = rpcFields(others)
  const signature = 'Signature' in changes ? Signature : hmacSha1(`${secret}&`, rpcText(fields))
  return wireCall({ ...rest, query: joined(signature === undefined ? fields : [...fields, ['Signature', signature]]) })
}

/** The headers of ACS3 without Authorization; what is given replaces or adds, `undefined` leaves out. */
export function acs3Headers(payload: string, changes: Record<string, string | undefined> = {}): Record<string, string> {
  const headers: Record<string, string | undefined> = {
    host: '127.0.0.1:4010',
    ...(payload !== '' && { 'content-type': FORM_TYPE }),
    'x-acs-action': 'GetAsyncJobResult',
    'x-acs-version': '2020-03-20',
    'x-acs-date': timestamp(),
    'x-acs-signature-nonce': randomUUID(),
    'x-acs-content-sha256': sha256(payload),
    ...changes,
  }
  return Object.fromEntries(Object.entries(headers).filter((header): header is [string, string] => header[1] !== undefined))
}

/** The parts of an ACS3 canonical request. */
export interface CanonicalParts {
  method: string
  path: string
  query: string
  headers: Record<string, string>
  payloadHash: string
}

/** The canonical request of its parts. */
export function acs3Text({ method, path, query, headers, payloadHash }: CanonicalParts): string {
  const names = Object.keys(headers).sort()
  return [method, path, query, ...names.map((name) => `${name}:${headers[name]?.trim()}`), '', names.join(';'), payloadHash].join('\n')
}

/** The Authorization header for a canonical request. */
export function acs3Authorization(
  text: string,
  headers: Record<string, string>,
  key = { id: 'testAccessKeyId', secret: 'testAccessKeySecret' },
): string {
  const signature = hmacSha256(key.secret, `ACS3-HMAC-SHA256\n${sha256(text)}`)
  return `ACS3-HMAC-SHA256 Credential=${key.id},SignedHeaders=${Object.keys(headers).sort().join(';')},Signature=${signature}`
}

/** A POST of ACS3 with a form. */
export function acs3Post(
  changes: Record<string, string | undefined> = {},
  {
    form = '',
    query = '',
    key,
    authorization,
  }: { form?: string; query?: string; key?: { id: string; secret: string }; authorization?: (right: string) => string } = {},
): Call {
  const headers = acs3Headers(form, changes)
  const text = acs3Text({ method: 'POST', path: '/', query, headers, payloadHash: sha256(form) })
  const right = acs3Authorization(text, headers, key)
  const call = wireCall({
    method: 'POST',
    host: headers.host ?? '127.0.0.1:4010',
    query,
    form,
    headers: { ...headers, authorization: authorization?.(right) ?? right },
  })
  return call
}
