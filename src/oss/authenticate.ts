/** Step: who asks. Signature V1, V2 or V4, in the Authorization header or in the URL; with an STS token or without. */

import { sameSecret } from '../base/same-secret.js'
import { fromHttpDate, toUtcSeconds } from '../base/times.js'
import type { KeyOwner } from '../identity/key-directory.js'
import { headerV2, urlV2, V2_ALGORITHM } from './authenticate-v2.js'
import {
  checkExpiry,
  checkNotAhead,
  checkSent,
  checkSkew,
  type FindOwner,
  fromCompact,
  listOf,
  mismatch,
  ownerOf,
  type Signer,
  tokenOf,
} from './checks.js'
import { refuseArgument, refuseObject } from './errors.js'
import { diagnoseV1 } from './mistakes-v1.js'
import { diagnoseV4 } from './mistakes-v4.js'
import type { OssRequest } from './request.js'
import { v1Signature, v1StringToSign } from './signature-v1.js'
import {
  parseV4Credential,
  UNSIGNED_PAYLOAD,
  V4_ALGORITHM,
  type V4Credential,
  v4CanonicalRequest,
  v4Signature,
  v4StringToSign,
} from './signature-v4.js'

/** A signed V4 URL is valid for at most seven days. */
const MAX_URL_SECONDS = 604_800

/** The access key id that a request names, if it names one. */
export function accessKeyIdOf({ call, query }: OssRequest): string | undefined {
  const { authorization = '' } = call.headers
  return (
    /^OSS ([^:\s]+):/.exec(authorization)?.[1] ??
    /^OSS2 (?:.*,)?\s*AccessKeyId:([^,\s]+)/.exec(authorization)?.[1] ??
    /\bCredential=([^=/,\s]+)\//.exec(authorization)?.[1] ??
    query.get('OSSAccessKeyId') ??
    query.get('x-oss-access-key-id') ??
    query.get('x-oss-credential')?.split('/', 1)[0]
  )
}

/** Who signed a request; `undefined` if it is not signed at all. */
export function authenticate(request: OssRequest, findOwner: FindOwner): Signer | undefined {
  const { call, query } = request
  const { authorization } = call.headers
  const inUrl = ['OSSAccessKeyId', 'Signature', 'Expires'].some((name) => query.has(name))
  const inUrlV4 = query.has('x-oss-signature-version') || query.has('x-oss-credential')
  if (authorization !== undefined && (inUrl || inUrlV4))
    refuseArgument('Authorization', authorization, 'is sent, and the URL is signed as well; only one of them may be')
  if (authorization?.startsWith(`${V2_ALGORITHM} `)) return headerV2(request, authorization, findOwner)
  if (authorization?.startsWith(`${V4_ALGORITHM} `)) return headerV4(request, authorization, findOwner)
  if (authorization?.startsWith('OSS ')) return headerV1(request, authorization, findOwner)
  if (authorization !== undefined)
    return refuseArgument(
      'Authorization',
      authorization,
      `is none of "OSS <id>:<signature>", "${V2_ALGORITHM} AccessKeyId:<id>,Signature:<signature>" and "${V4_ALGORITHM} Credential=...,Signature=..."`,
    )
  if (query.get('x-oss-signature-version') === V2_ALGORITHM) return urlV2(request, findOwner)
  if (inUrlV4) return urlV4(request, findOwner)
  return inUrl ? urlV1(request, findOwner) : undefined
}

function headerV1(request: OssRequest, authorization: string, findOwner: FindOwner): Signer {
  const [, accessKeyId, signature] = /^OSS ([^:\s]+):(\S+)$/.exec(authorization) ?? []
  if (!accessKeyId || !signature) return refuseArgument('Authorization', authorization, 'is not "OSS <AccessKeyId>:<signature>"')
  const { headers } = request.call
  const date = headers['x-oss-date'] ?? headers.date ?? ''
  checkSkew(fromHttpDate(date) ?? fromCompact(date), date, request.call)
  const owner = ownerOf(accessKeyId, tokenOf(request), findOwner)
  checkV1(request, owner, signature, date)
  return owner
}

function urlV1(request: OssRequest, findOwner: FindOwner): Signer {
  const parameter = (name: string): string =>
    request.query.get(name) ||
    refuseObject('AccessDenied', { reason: `the URL is signed, but has no ${name}; it needs OSSAccessKeyId, Expires and Signature` })
  const [accessKeyId, expires, signature] = [parameter('OSSAccessKeyId'), parameter('Expires'), parameter('Signature')]
  if (!/^\d{1,12}$/.test(expires)) refuseObject('AccessDenied', { message: 'Invalid date (should be seconds since epoch): Expires' })
  const owner = ownerOf(accessKeyId, tokenOf(request), findOwner)
  checkExpiry(owner, Number(expires) * 1000)
  checkV1(request, owner, signature, expires)
  return owner
}

function checkV1(request: OssRequest, owner: KeyOwner, signature: string, date: string): void {
  const { call, address, pairs } = request
  const parts = { method: call.method, headers: call.headers, date, bucket: address?.bucket, key: address?.key ?? '', query: pairs }
  const text = v1StringToSign(parts)
  const { accessKeySecret } = owner.key
  if (sameSecret(signature, v1Signature(accessKeySecret, text))) return
  // Of a bucket that is named by a path without a slash behind it, some clients sign just that.
  const bare = address?.bucket !== undefined && address.key === '' && call.path === `/${address.bucket}`
  if (
    bare &&
    sameSecret(signature, v1Signature(accessKeySecret, v1StringToSign({ ...parts, bucket: undefined, key: address.bucket ?? '' })))
  )
    return
  mismatch(owner, signature, text, diagnoseV1(parts, owner, signature, tokenOf(request)))
}

function headerV4(request: OssRequest, authorization: string, findOwner: FindOwner): Signer {
  const { call } = request
  const fields = new Map(
    authorization
      .slice(V4_ALGORITHM.length + 1)
      .split(',')
      .map((field) => field.trim().split(/=(.*)/s, 2) as [string, string | undefined]),
  )
  const signature = fields.get('Signature')
  if (!signature) return refuseArgument('Authorization', authorization, 'has no Signature')
  const credential = credentialOf('Credential', fields.get('Credential'))
  const hash = call.headers['x-oss-content-sha256']
  if (hash !== UNSIGNED_PAYLOAD) refuseArgument('x-oss-content-sha256', hash, `must be ${UNSIGNED_PAYLOAD}`)
  const date = call.headers['x-oss-date'] ?? call.headers.date ?? ''
  const day = compactOf(checkSkew(fromCompact(date) ?? fromHttpDate(date), date, call)).slice(0, 8)
  if (day !== credential.day) refuseArgument('Credential', credential.day, `names another day than the request, which is of ${day}`)
  const additionalHeaders = listOf(fields.get('AdditionalHeaders'))
  checkSent('AdditionalHeaders', additionalHeaders, call)
  const owner = ownerOf(credential.accessKeyId, tokenOf(request), findOwner)
  // What is signed is the time as it is sent, in whichever form.
  checkV4(request, owner, { credential, time: date, additionalHeaders, signature })
  return { ...owner, region: credential.region }
}

function urlV4(request: OssRequest, findOwner: FindOwner): Signer {
  const { query, call } = request
  const parameter = (name: string): string => query.get(name) || refuseArgument(name, undefined, 'is missing in the signed URL')
  const version = parameter('x-oss-signature-version')
  if (version !== V4_ALGORITHM) refuseArgument('x-oss-signature-version', version, `must be ${V4_ALGORITHM}`)
  const credential = credentialOf('x-oss-credential', parameter('x-oss-credential'))
  const [time, expires, signature] = [parameter('x-oss-date'), parameter('x-oss-expires'), parameter('x-oss-signature')]
  const signedAt = signedAtOf(time, credential)
  if (!/^\d{1,6}$/.test(expires) || Number(expires) < 1 || Number(expires) > MAX_URL_SECONDS)
    refuseArgument('x-oss-expires', expires, `must be 1 to ${MAX_URL_SECONDS} seconds`)
  const additionalHeaders = listOf(query.get('x-oss-additional-headers'))
  checkSent('x-oss-additional-headers', additionalHeaders, call)
  const owner = ownerOf(credential.accessKeyId, tokenOf(request), findOwner)
  checkNotAhead(owner, signedAt, call)
  checkExpiry(owner, signedAt + Number(expires) * 1000)
  checkV4(request, owner, { credential, time, additionalHeaders, signature })
  return { ...owner, region: credential.region }
}

/** What a V4 signature says of itself. */
interface V4Signed {
  credential: V4Credential
  /** `20260101T000000Z`, or a date as HTTP has it. */
  time: string
  additionalHeaders: readonly string[]
  signature: string
}

function checkV4(request: OssRequest, owner: KeyOwner, signed: V4Signed): void {
  const { call, address, pairs } = request
  const { credential, time, additionalHeaders, signature } = signed
  const parts = {
    method: call.method,
    headers: call.headers,
    additionalHeaders,
    bucket: address?.bucket,
    key: address?.key ?? '',
    query: pairs,
  }
  const canonical = v4CanonicalRequest(parts)
  const text = v4StringToSign(credential, time, canonical)
  if (sameSecret(signature, v4Signature(owner.key.accessKeySecret, credential, text))) return
  mismatch(owner, signature, text, diagnoseV4(parts, owner, signed, tokenOf(request)), { CanonicalRequest: canonical })
}

/** Reads a credential, or refuses it. */
export const credentialOf = (name: string, text: string | undefined): V4Credential =>
  parseV4Credential(text ?? '') ?? refuseArgument(name, text, 'is not "<AccessKeyId>/<yyyymmdd>/<region>/oss/aliyun_v4_request"')

/** The time at which a URL or a policy says that it was signed with V4: on the day that its credential names. */
export function signedAtOf(time: string, { day }: V4Credential): number {
  const signedAt = fromCompact(time) ?? refuseArgument('x-oss-date', time, 'must look like 20260101T000000Z')
  return time.startsWith(day) ? signedAt : refuseArgument('x-oss-credential', day, 'names another day than x-oss-date')
}

/** `20260101T000000Z` for an instant in milliseconds since 1970. */
const compactOf = (instant: number): string => toUtcSeconds(instant).replace(/[-:]/g, '')
