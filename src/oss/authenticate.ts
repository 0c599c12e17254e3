/** Step: who asks. Signature V1 or V4, in the Authorization header or in the URL; with an STS token or without. */

import { fromHttpDate, fromIso, machineNow, toUtcSeconds } from '../base/clock.js'
import type { Diagnosis } from '../base/diagnosis.js'
import { sameSecret } from '../base/same-secret.js'
import { describeDiagnosis } from '../diagnosis/diagnosis.js'
import type { KeyOwner } from '../identity/key-directory.js'
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

/** Finds the account that an access key leads to, and the key. */
export type FindOwner = (accessKeyId: string) => KeyOwner | undefined

/** Who signed a request. */
export interface Signer extends KeyOwner {
  /** Region that a V4 signature is for. */
  region?: string
}

/** A request may be this far from the machine's time, either way. */
const SKEW = 15 * 60 * 1000

/** A signed V4 URL is valid for at most seven days. */
const MAX_URL_SECONDS = 604_800

/** The access key id that a request names, if it names one. */
export function accessKeyIdOf({ call, query }: OssRequest): string | undefined {
  const { authorization = '' } = call.headers
  return (
    /^OSS ([^:\s]+):/.exec(authorization)?.[1] ??
    /\bCredential=([^=/,\s]+)\//.exec(authorization)?.[1] ??
    query.get('OSSAccessKeyId') ??
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
  if (authorization?.startsWith(`${V4_ALGORITHM} `)) return headerV4(request, authorization, findOwner)
  if (authorization?.startsWith('OSS ')) return headerV1(request, authorization, findOwner)
  if (authorization !== undefined)
    return refuseArgument(
      'Authorization',
      authorization,
      `is neither "OSS <id>:<signature>" nor "${V4_ALGORITHM} Credential=…,Signature=…"`,
    )
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

/** Refuses a signature, with what was signed here in its place. */
export function mismatch(
  { key: { accessKeyId } }: KeyOwner,
  signature: string,
  text: string,
  diagnosis: Diagnosis,
  fields: Readonly<Record<string, string>> = {},
): never {
  return refuseObject('SignatureDoesNotMatch', {
    reason: describeDiagnosis(diagnosis),
    diagnosis,
    fields: { OSSAccessKeyId: accessKeyId, SignatureProvided: signature, StringToSign: text, StringToSignBytes: bytesOf(text), ...fields },
  })
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
  for (const name of additionalHeaders)
    if (call.headers[name] === undefined) refuseArgument('AdditionalHeaders', name, `names ${name}, which is not sent`)
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
  for (const name of additionalHeaders)
    if (call.headers[name] === undefined) refuseArgument('x-oss-additional-headers', name, `names ${name}, which is not sent`)
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

/** Who has the key; with the checks of its STS token. */
export function ownerOf(accessKeyId: string, token: string | undefined, findOwner: FindOwner): KeyOwner {
  const fields = { OSSAccessKeyId: accessKeyId.slice(0, 100) }
  const owner =
    findOwner(accessKeyId) ??
    refuseObject('InvalidAccessKeyId', { reason: `no account has the access key ${fields.OSSAccessKeyId}`, fields })
  const { account, key } = owner
  if (!key.active)
    refuseObject('InvalidAccessKeyId', {
      message: 'The OSS Access Key Id you provided is disabled.',
      reason: 'the access key is disabled',
      fields,
    })
  if (key.securityToken === undefined) {
    if (token !== undefined)
      refuseObject('InvalidAccessKeyId', { reason: 'the access key is permanent, but a security token is sent along', fields })
    return owner
  }
  if (token === undefined)
    refuseObject('InvalidAccessKeyId', {
      reason: 'the access key belongs to an STS session, whose security token is not sent along',
      fields,
    })
  if (!sameSecret(token, key.securityToken))
    refuseObject('InvalidSecurityToken', { reason: 'the security token is not the one of the session that the access key belongs to' })
  const now = account.clock.now()
  if (now >= (key.expiresAt ?? 0))
    refuseObject('SecurityTokenExpired', {
      reason: `the session ended at ${toUtcSeconds(key.expiresAt ?? 0)}, and the account's clock says ${toUtcSeconds(now)}`,
    })
  return owner
}

/** The STS token, from the header or from the URL. */
function tokenOf({ call, query }: OssRequest): string | undefined {
  const inHeader = call.headers['x-oss-security-token']
  const inUrl = query.get('security-token') ?? query.get('x-oss-security-token')
  if (inHeader !== undefined && inUrl !== undefined)
    refuseArgument('x-oss-security-token', inHeader, 'is sent, and the URL holds a security token as well; only one of them may')
  return inHeader ?? inUrl
}

/** Reads a credential, or refuses it. */
export const credentialOf = (name: string, text: string | undefined): V4Credential =>
  parseV4Credential(text ?? '') ?? refuseArgument(name, text, 'is not "<AccessKeyId>/<yyyymmdd>/<region>/oss/aliyun_v4_request"')

/** The time at which a URL or a policy says that it was signed with V4: on the day that its credential names. */
export function signedAtOf(time: string, { day }: V4Credential): number {
  const signedAt = fromCompact(time) ?? refuseArgument('x-oss-date', time, 'must look like 20260101T000000Z')
  return time.startsWith(day) ? signedAt : refuseArgument('x-oss-credential', day, 'names another day than x-oss-date')
}

/**
 * Refuses what says that it was signed later than now. Clients sign with the machine's time, unless a test has them sign with that of the account, on
 * whose clock it expires.
 */
export function checkNotAhead({ account }: KeyOwner, signedAt: number, { receivedAt = machineNow() }: OssRequest['call']): void {
  const now = Math.max(receivedAt, account.clock.now())
  if (signedAt - now > SKEW) refuseSkewed(signedAt, now, `x-oss-date is more than 15 minutes ahead of the time, ${toUtcSeconds(now)}`)
}

/** The time of a request, if there is one and it is close to the machine's. `text` is how the request gives it. */
function checkSkew(instant: number | undefined, text: string, { receivedAt: now = machineNow() }: OssRequest['call']): number {
  if (instant === undefined)
    return refuseObject('AccessDenied', {
      message: 'OSS authentication requires a valid Date.',
      reason: text === '' ? 'neither Date nor x-oss-date is sent' : `"${text.slice(0, 60)}" is not a date as HTTP has it`,
    })
  if (Math.abs(now - instant) > SKEW)
    refuseSkewed(instant, now, `the request is more than 15 minutes from this machine's time, ${toUtcSeconds(now)}`)
  return instant
}

const refuseSkewed = (instant: number, now: number, reason: string): never =>
  refuseObject('RequestTimeTooSkewed', {
    reason,
    fields: { MaxAllowedSkewMilliseconds: String(SKEW), RequestTime: toUtcSeconds(instant), ServerTime: toUtcSeconds(now) },
  })

/** A URL expires on the account's clock, as everything that was handed out does. */
function checkExpiry({ account }: KeyOwner, expiresAt: number): void {
  const now = account.clock.now()
  if (now >= expiresAt)
    refuseObject('AccessDenied', {
      message: 'Request has expired.',
      reason: `the URL expired at ${toUtcSeconds(expiresAt)}, and the account's clock says ${toUtcSeconds(now)}`,
      fields: { Expires: toUtcSeconds(expiresAt), ServerTime: toUtcSeconds(now) },
    })
}

const listOf = (names = ''): string[] => names.toLowerCase().split(';').filter(Boolean)

/** Milliseconds since 1970 of `20260101T000000Z`. */
const fromCompact = (text: string): number | undefined => {
  const parts = /^(\d{4})(\d{2})(\d{2}T\d{2})(\d{2})(\d{2}Z)$/.exec(text)
  return parts ? fromIso(`${parts[1]}-${parts[2]}-${parts[3]}:${parts[4]}:${parts[5]}`) : undefined
}

/** `20260101T000000Z` for an instant in milliseconds since 1970. */
const compactOf = (instant: number): string => toUtcSeconds(instant).replace(/[-:]/g, '')

const bytesOf = (text: string): string =>
  Buffer.from(text)
    .toString('hex')
    .toUpperCase()
    .replace(/..(?!$)/g, '$& ')
