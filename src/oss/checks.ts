/** What is checked of every request that is signed, whichever signature it has: whose key it is, and when it was signed. */

import { machineNow } from '../base/clock.js'
import type { Diagnosis } from '../base/diagnosis.js'
import { sameSecret } from '../base/same-secret.js'
import { fromIso, toUtcSeconds } from '../base/times.js'
import { describeDiagnosis } from '../diagnosis/diagnosis.js'
import type { KeyOwner } from '../identity/key-directory.js'
import { refuseArgument, refuseObject } from './errors.js'
import type { OssRequest } from './request.js'

/** Finds the account that an access key leads to, and the key. */
export type FindOwner = (accessKeyId: string) => KeyOwner | undefined

/** Who signed a request. */
export interface Signer extends KeyOwner {
  /** Region that a V4 signature is for. */
  region?: string
}

/** A request may be this far from the machine's time, either way. */
const SKEW = 15 * 60 * 1000

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
export function tokenOf({ call, query }: OssRequest): string | undefined {
  const inHeader = call.headers['x-oss-security-token']
  const inUrl = query.get('security-token') ?? query.get('x-oss-security-token')
  if (inHeader !== undefined && inUrl !== undefined)
    refuseArgument('x-oss-security-token', inHeader, 'is sent, and the URL holds a security token as well; only one of them may')
  return inHeader ?? inUrl
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
export function checkSkew(instant: number | undefined, text: string, { receivedAt: now = machineNow() }: OssRequest['call']): number {
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
export function checkExpiry({ account }: KeyOwner, expiresAt: number): void {
  const now = account.clock.now()
  if (now >= expiresAt)
    refuseObject('AccessDenied', {
      message: 'Request has expired.',
      reason: `the URL expired at ${toUtcSeconds(expiresAt)}, and the account's clock says ${toUtcSeconds(now)}`,
      fields: { Expires: toUtcSeconds(expiresAt), ServerTime: toUtcSeconds(now) },
    })
}

/** Names of headers, as a signature lists those that it signs in addition. */
export const listOf = (names = ''): string[] => names.toLowerCase().split(';').filter(Boolean)

/** Refuses headers that a signature says to sign, and that are not sent. */
export function checkSent(name: string, additionalHeaders: readonly string[], { headers }: OssRequest['call']): void {
  for (const each of additionalHeaders) if (headers[each] === undefined) refuseArgument(name, each, `names ${each}, which is not sent`)
}

/** Milliseconds since 1970 of `20260101T000000Z`. */
export const fromCompact = (text: string): number | undefined => {
  const parts = /^(\d{4})(\d{2})(\d{2}T\d{2})(\d{2})(\d{2}Z)$/.exec(text)
  return parts ? fromIso(`${parts[1]}-${parts[2]}-${parts[3]}:${parts[4]}:${parts[5]}`) : undefined
}

const bytesOf = (text: string): string =>
  Buffer.from(text)
    .toString('hex')
    .toUpperCase()
    .replace(/..(?!$)/g, '$& ')
