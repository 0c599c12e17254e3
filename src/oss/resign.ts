/** Requests to OSS that somebody has recorded or written down: signed anew, each in the way in which it shows to have been signed. */

import { machineNow } from '../base/clock.js'
import { toHttpDate, toIso, toUtcSeconds } from '../base/times.js'
import type { Call } from '../http/call.js'
import { canonicalQuery, type Pairs, parsePairs } from '../http/encoding.js'
import type { SigningKey } from '../signing/sign.js'
import { hmacSha1 } from '../signing/signature-rpc.js'
import { addressOf, type ObjectAddress } from './location.js'
import { bodyOf } from './request.js'
import { v1Signature, v1StringToSign } from './signature-v1.js'
import { UNSIGNED_PAYLOAD, V4_ALGORITHM, type V4Credential, v4CanonicalRequest, v4Signature, v4StringToSign } from './signature-v4.js'
import { piecesOf } from './storage.js'

/** What to sign with, and when. */
export interface ObjectSigning {
  key: SigningKey
  /** The account's time, in milliseconds since 1970: URLs and forms expire on its clock. */
  now: number
  /** Region of V4 signatures where the host names none. */
  region: string
  /** What becomes of the fields of a form. Default: they stay. */
  fillIn?: (text: string) => string
}

/** Seconds for which URLs and forms are good. */
const VALID = 3600

/** Headers and query parameters of signatures, in lower case. */
const SIGNATURE_HEADERS = ['authorization', 'date', 'x-oss-date', 'x-oss-security-token']
const SIGNATURE_PARAMS =
  /^(?:signature|expires|ossaccesskeyid|security-token|x-oss-(?:signature|signature-version|credential|date|expires|additional-headers|security-token))$/i

/** Fields of forms that belong to their signature. */
const SIGNATURE_FIELDS = /^(?:policy|signature|ossaccesskeyid|x-oss-(?:security-token|signature|signature-version|credential|date))$/i

/**
 * Signs a request: by form if it posts one, in the URL if that has a signature, and else in a header. With V4 if its signature is of that kind, else with V1.
 */
export async function resignObject(request: Call, signing: ObjectSigning): Promise<Call> {
  const { authorization = '', ...unsigned } = request.headers
  const type = unsigned['content-type'] ?? ''
  const headers = Object.fromEntries(Object.entries(unsigned).filter(([name]) => !SIGNATURE_HEADERS.includes(name)))
  const pairs = parsePairs(request.query)
  const query = pairs.filter(([name]) => !SIGNATURE_PARAMS.test(name))
  const call = { ...request, headers, query: canonicalQuery(query) }
  if (request.method === 'POST' && /^multipart\/form-data/i.test(type)) return signForm(call, type, signing)
  const signed = new Set(pairs.map(([name]) => name.toLowerCase()))
  const address = addressOf(request) ?? { bucket: undefined, key: '', region: undefined }
  if (signed.has('x-oss-signature') || signed.has('x-oss-credential')) return signUrlV4(call, query, address, signing)
  if (signed.has('signature')) return signUrlV1(call, query, address, signing)
  const isV4 = authorization.startsWith(V4_ALGORITHM) || headers['x-oss-content-sha256'] !== undefined
  return (isV4 ? signHeaderV4 : signHeaderV1)(call, query, address, signing)
}

type Sign = (call: Call, query: Pairs, address: ObjectAddress, signing: ObjectSigning) => Call

const signHeaderV1: Sign = (call, query, { bucket, key: object }, { key: { accessKeyId, accessKeySecret, securityToken } }) => {
  const date = toHttpDate(machineNow())
  const headers = { ...call.headers, date, ...(securityToken !== undefined && { 'x-oss-security-token': securityToken }) }
  const signature = v1Signature(accessKeySecret, v1StringToSign({ method: call.method, headers, date, bucket, key: object, query }))
  return { ...call, headers: { ...headers, authorization: `OSS ${accessKeyId}:${signature}` } }
}

const signUrlV1: Sign = (call, query, { bucket, key: object }, { key: { accessKeyId, accessKeySecret, securityToken }, now }) => {
  const expires = String(Math.floor(now / 1000) + VALID)
  const all: Pairs = [...query, ...(securityToken === undefined ? [] : [['security-token', securityToken] as const])]
  const { method, headers } = call
  const signature = v1Signature(accessKeySecret, v1StringToSign({ method, headers, date: expires, bucket, key: object, query: all }))
  return { ...call, query: canonicalQuery([...all, ['Expires', expires], ['OSSAccessKeyId', accessKeyId], ['Signature', signature]]) }
}

const signHeaderV4: Sign = (call, query, address, { key: { accessKeyId, accessKeySecret, securityToken }, region }) => {
  const time = compact(machineNow())
  const credential: V4Credential = { accessKeyId, day: time.slice(0, 8), region: address.region ?? region }
  const token = securityToken !== undefined && { 'x-oss-security-token': securityToken }
  const headers = { ...call.headers, 'x-oss-date': time, 'x-oss-content-sha256': UNSIGNED_PAYLOAD, ...token }
  const signature = signatureV4({ ...call, headers }, query, address, { credential, time, accessKeySecret })
  return { ...call, headers: { ...headers, authorization: `${V4_ALGORITHM} Credential=${textOf(credential)},Signature=${signature}` } }
}

const signUrlV4: Sign = (call, query, address, { key: { accessKeyId, accessKeySecret, securityToken }, now, region }) => {
  const time = compact(now)
  const credential: V4Credential = { accessKeyId, day: time.slice(0, 8), region: address.region ?? region }
  const all: Pairs = [
    ...query,
    ['x-oss-signature-version', V4_ALGORITHM],
    ['x-oss-credential', textOf(credential)],
    ['x-oss-date', time],
    ['x-oss-expires', String(VALID)],
    ...(securityToken === undefined ? [] : [['x-oss-security-token', securityToken] as const]),
  ]
  const signature = signatureV4(call, all, address, { credential, time, accessKeySecret })
  return { ...call, query: canonicalQuery([...all, ['x-oss-signature', signature]]) }
}

const textOf = ({ accessKeyId, day, region }: V4Credential): string => `${accessKeyId}/${day}/${region}/oss/aliyun_v4_request`

/** `20260101T000000Z` */
const compact = (instant: number): string => toUtcSeconds(instant).replace(/[-:]/g, '')

function signatureV4(
  { method, headers }: Call,
  query: Pairs,
  { bucket, key }: ObjectAddress,
  { credential, time, accessKeySecret }: { credential: V4Credential; time: string; accessKeySecret: string },
): string {
  const canonical = v4CanonicalRequest({ method, headers, additionalHeaders: [], bucket, key, query })
  return v4Signature(accessKeySecret, credential, v4StringToSign(credential, time, canonical))
}

/** Puts policy and signature V1 into a form, in place of those that it has. */
async function signForm(call: Call, type: string, { key, now, fillIn = (text) => text }: ObjectSigning): Promise<Call> {
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1] ?? ''
  const pieces: Uint8Array[] = []
  for await (const piece of piecesOf(bodyOf(call))) pieces.push(piece)
  // As Latin-1, whatever bytes a file has come out as they have gone in.
  const [, ...parts] = Buffer.concat(pieces).toString('latin1').split(`--${boundary}`)
  const nameOf = (part: string): string => /\bname="([^"]*)"/.exec(part)?.[1] ?? ''
  const kept = parts
    .filter((part) => !SIGNATURE_FIELDS.test(nameOf(part)))
    .map((part) => (nameOf(part).toLowerCase() === 'file' ? part : fillIn(part)))
  const policy = Buffer.from(
    JSON.stringify({ expiration: toIso(now + VALID * 1000), conditions: [['content-length-range', 0, 2 ** 40]] }),
  ).toString('base64')
  const fields = {
    OSSAccessKeyId: key.accessKeyId,
    policy,
    Signature: hmacSha1(key.accessKeySecret, policy),
    ...(key.securityToken !== undefined && { 'x-oss-security-token': key.securityToken }),
  }
  const added = Object.entries(fields).map(([name, value]) => `\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
  const body = Buffer.from([...added, ...kept].map((part) => `--${boundary}${part}`).join(''), 'latin1')
  const { stream: _, ...rest } = call
  return { ...rest, headers: { ...call.headers, 'content-length': String(body.byteLength) }, body }
}
