/** Step: who calls. Access key, STS token, timestamp, signature, nonce, in this order. */

import { machineNow } from '../base/clock.js'
import type { Diagnosis } from '../base/diagnosis.js'
import { refuseCall } from '../base/gateway-errors.js'
import { rememberingLatest } from '../base/lazily.js'
import { sameSecret } from '../base/same-secret.js'
import { fromIso, toUtcSeconds } from '../base/times.js'
import { describeDiagnosis, hide } from '../diagnosis/diagnosis.js'
import type { FindKey, KeyOwner } from '../identity/key-directory.js'
import type { ReadCall } from '../rpc/read.js'
import {
  type Acs3Authorization,
  type Acs3Request,
  acs3CanonicalRequest,
  acs3Signature,
  acs3StringToSign,
  parseAcs3Authorization,
  sha256,
} from '../signing/signature-acs3.js'
import { rpcSignature, rpcStringToSign, rpcStringToSignAsSent } from '../signing/signature-rpc.js'
import { diagnoseAcs3 } from './mistakes-acs3.js'
import { diagnoseRpc } from './mistakes-rpc.js'

/** A timestamp may be this far from the machine's time, either way. */
const TIMESTAMP_WINDOW = 15 * 60 * 1000

const LONGEST_NONCE = 256

/**
 * Checks who calls; a nonce is used up only by a call whose signature matches. `hosts` are those that the service called has in the cloud:
 * a client may have signed one of them.
 */
export function authenticate(read: ReadCall, findKey: FindKey, hosts: () => readonly string[] = () => []): KeyOwner {
  return read.scheme === 'acs3' ? authenticateAcs3(read, findKey, hosts) : authenticateRpc(read, findKey)
}

function authenticateRpc(read: ReadCall, findKey: FindKey): KeyOwner {
  const { call, params } = read
  const required = (name: string): string =>
    params.get(name) || refuseCall('MissingParameter', { param: name, reason: 'is not given; every call with signature 1.0 has it' })
  const accessKeyId = required('AccessKeyId')
  const method = required('SignatureMethod')
  if (method.toUpperCase() !== 'HMAC-SHA1')
    refuseCall('InvalidParameter', { param: 'SignatureMethod', reason: 'signature 1.0 knows HMAC-SHA1 only' })
  if (required('SignatureVersion') !== '1.0') refuseCall('InvalidParameter', { param: 'SignatureVersion', reason: 'must be 1.0' })
  const nonce = required('SignatureNonce')
  const timestamp = required('Timestamp')
  const signature = params.get('Signature') || refuseCall('IncompleteSignature', { reason: 'the parameter Signature is missing' })

  const owner = ownerOf(accessKeyId, findKey, params.get('SecurityToken'))
  checkTimestamp(timestamp, call)
  const stringToSign = rpcStringToSignOf(read)
  const { accessKeySecret } = owner.key
  if (!sameSecret(signature, rpcSignature(stringToSign, accessKeySecret))) {
    mismatch(
      diagnoseRpc(read, owner, signature),
      `Specified signature is not matched with our calculation. server string to sign is:${quoted(stringToSign)}`,
      params.get('SecurityToken'),
    )
  }
  checkNonce(owner, nonce, 'SignatureNonce')
  return owner
}

function rpcStringToSignOf(read: ReadCall): string {
  const { call, params, count, hasForm } = read
  const asSent = !hasForm && params.size === count ? rpcStringToSignAsSent(call.method, call.query, params.keys()) : undefined
  return asSent ?? rpcStringToSign(call.method, [...read.query, ...read.form])
}

function authenticateAcs3(read: ReadCall, findKey: FindKey, hosts: () => readonly string[]): KeyOwner {
  const { call, query } = read
  const { headers } = call
  const authorization =
    parseAcs3Authorization(headers.authorization ?? '') ??
    refuseCall('IncompleteSignature', { reason: 'Authorization is not "ACS3-HMAC-SHA256 Credential=…,SignedHeaders=…,Signature=…"' })
  const required = (name: string): string =>
    headers[name] ||
    refuseCall('MissingParameter', { param: name, reason: 'is not among the headers; every call with an ACS3 signature has it' })
  const date = required('x-acs-date')
  const nonce = required('x-acs-signature-nonce')
  required('x-acs-content-sha256')
  checkSignedHeaders(authorization, call)

  const owner = ownerOf(authorization.accessKeyId, findKey, headers['x-acs-security-token'])
  checkTimestamp(date, call)
  const request: Acs3Request = {
    method: call.method,
    query,
    headers: headers.host === undefined ? { ...headers, host: call.host } : headers,
    signedHeaders: authorization.signedHeaders,
    payloadHash: sha256(call.body),
  }
  const canonicalRequest = acs3CanonicalRequest(request)
  const stringToSign = acs3StringToSign(canonicalRequest)
  const { accessKeySecret } = owner.key
  if (!sameSecret(authorization.signature, acs3Signature(stringToSign, accessKeySecret))) {
    mismatch(
      diagnoseAcs3(read, request, owner, authorization.signature, hosts),
      `Specified signature does not match our calculation. server stringToSign is [${stringToSign}], server canonicalRequest is [${quoted(canonicalRequest)}]`,
      headers['x-acs-security-token'],
    )
  }
  checkNonce(owner, nonce, 'x-acs-signature-nonce')
  return owner
}

/** Characters of what was signed here that an answer quotes: of a call of megabytes, encoded twice, nobody reads on. */
const MAX_QUOTED = 100_000

const quoted = (text: string): string => (text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text)

/**
 * Every x-acs header that arrives must be signed, and so must the host, and the Content-Type of a body, which makes parameters of it or not: what is
 * not signed could have been changed on the way.
 */
function checkSignedHeaders({ signedHeaders }: Acs3Authorization, { headers, body }: ReadCall['call']): void {
  const signed = new Set(signedHeaders)
  const matters = (header: string): boolean => header.startsWith('x-acs-') || (header === 'content-type' && body.byteLength > 0)
  for (const name of ['host', ...Object.keys(headers).filter(matters)]) {
    if (!signed.has(name)) refuseCall('IncompleteSignature', { reason: `the header ${name} is not among the signed headers` })
  }
}

function ownerOf(accessKeyId: string, findKey: FindKey, token: string | undefined): KeyOwner {
  const owner =
    findKey(accessKeyId) ??
    refuseCall('InvalidAccessKeyId.NotFound', { reason: `no account has the access key ${accessKeyId.slice(0, 40)}` })
  const { key, account } = owner
  if (!key.active) refuseCall('InvalidAccessKeyId.Inactive')
  if (key.securityToken === undefined) {
    if (token)
      refuseCall(isToken(token) ? 'InvalidSecurityToken.MismatchWithAccessKey' : 'InvalidSecurityToken.Malformed', {
        reason: 'this access key is permanent and has no SecurityToken',
      })
    return owner
  }
  if (!token)
    return refuseCall('MissingSecurityToken', {
      reason: 'the access key belongs to an STS session, whose SecurityToken must be sent along',
    })
  if (!isToken(token)) refuseCall('InvalidSecurityToken.Malformed')
  if (!sameSecret(token, key.securityToken)) refuseCall('InvalidSecurityToken.MismatchWithAccessKey')
  const { expiresAt = 0 } = key
  if (account.clock.now() >= expiresAt)
    refuseCall('InvalidSecurityToken.Expired', {
      reason: `the session ended at ${toUtcSeconds(expiresAt)}, and the account's clock says ${toUtcSeconds(account.clock.now())}`,
    })
  return owner
}

const isToken = (token: string): boolean => /^CAIS[0-9A-Za-z+/=]{8,}$/.test(token)

/** All calls of a second have one timestamp. */
const instantOf = rememberingLatest(fromIso)

function checkTimestamp(timestamp: string, { receivedAt: now = machineNow() }: ReadCall['call']): void {
  const instant =
    instantOf(timestamp) ?? refuseCall('InvalidTimeStamp.Format', { reason: 'a timestamp is UTC and looks like 2026-01-01T00:00:00Z' })
  if (Math.abs(now - instant) > TIMESTAMP_WINDOW)
    refuseCall('InvalidTimeStamp.Expired', {
      reason: `the timestamp is more than 15 minutes from this machine's time, ${toUtcSeconds(now)}`,
    })
}

function checkNonce({ account, key }: KeyOwner, nonce: string, param: string): void {
  if (nonce.length > LONGEST_NONCE) refuseCall('InvalidParameter', { param, reason: `has more than ${LONGEST_NONCE} characters` })
  if (!account.nonces.use(`${key.accessKeyId} ${nonce}`, account.clock.now()))
    refuseCall('SignatureNonceUsed', { reason: 'each call, repeated ones too, needs a new nonce' })
}

/** The answer goes to who has sent the SecurityToken, and must be something that can be signed anew; the log shows it without. */
function mismatch(diagnosis: Diagnosis, message: string, token: string | undefined): never {
  return refuseCall('SignatureDoesNotMatch', {
    message,
    loggedMessage: hide(message, token),
    reason: describeDiagnosis(diagnosis),
    diagnosis,
  })
}
