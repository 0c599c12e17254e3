/** Signature V2, in the Authorization header or in the URL: helper packages of the vision services sign so, and others that are told to. */

import { createHmac } from 'node:crypto'
import { sameSecret } from '../base/same-secret.js'
import { fromHttpDate } from '../base/times.js'
import { checkExpiry, checkSent, checkSkew, type FindOwner, listOf, mismatch, ownerOf, type Signer, tokenOf } from './checks.js'
import { refuseArgument, refuseObject } from './errors.js'
import { diagnoseV2 } from './mistakes-v2.js'
import type { OssRequest } from './request.js'
import { v2StringToSign } from './signature-v2.js'

export const V2_ALGORITHM = 'OSS2'

/** Who signed in the header, `OSS2 AccessKeyId:<id>,AdditionalHeaders:<a>;<b>,Signature:<signature>`. */
export function headerV2(request: OssRequest, authorization: string, findOwner: FindOwner): Signer {
  const { call } = request
  const fields = new Map(
    authorization
      .slice(V2_ALGORITHM.length + 1)
      .split(',')
      .map((field) => field.trim().split(/:(.*)/s, 2) as [string, string | undefined]),
  )
  const [accessKeyId, signature] = [fields.get('AccessKeyId'), fields.get('Signature')]
  if (!accessKeyId || !signature)
    return refuseArgument('Authorization', authorization, `is not "${V2_ALGORITHM} AccessKeyId:<id>,Signature:<signature>"`)
  const date = call.headers['x-oss-date'] ?? call.headers.date ?? ''
  checkSkew(fromHttpDate(date), date, call)
  const additionalHeaders = listOf(fields.get('AdditionalHeaders'))
  checkSent('AdditionalHeaders', additionalHeaders, call)
  return checked(request, ownerOf(accessKeyId, tokenOf(request), findOwner), { date, additionalHeaders, signature })
}

/** Who signed the URL, which is good until `x-oss-expires`, in seconds since 1970. */
export function urlV2(request: OssRequest, findOwner: FindOwner): Signer {
  const { query, call } = request
  const parameter = (name: string): string => query.get(name) || refuseArgument(name, undefined, 'is missing in the signed URL')
  const [accessKeyId, date, signature] = [parameter('x-oss-access-key-id'), parameter('x-oss-expires'), parameter('x-oss-signature')]
  if (!/^\d{1,12}$/.test(date)) refuseObject('AccessDenied', { message: 'Invalid date (should be seconds since epoch): x-oss-expires' })
  const additionalHeaders = listOf(query.get('x-oss-additional-headers'))
  checkSent('x-oss-additional-headers', additionalHeaders, call)
  const owner = ownerOf(accessKeyId, tokenOf(request), findOwner)
  checkExpiry(owner, Number(date) * 1000)
  return checked(request, owner, { date, additionalHeaders, signature })
}

/** What a V2 signature says of itself. */
interface V2Signed {
  date: string
  additionalHeaders: readonly string[]
  signature: string
}

function checked(request: OssRequest, owner: Signer, { date, additionalHeaders, signature }: V2Signed): Signer {
  const { call, address, pairs } = request
  const { method, headers } = call
  const parts = { method, headers, date, additionalHeaders, bucket: address?.bucket, key: address?.key ?? '', query: pairs }
  const text = v2StringToSign(parts)
  if (sameSecret(signature, createHmac('sha256', owner.key.accessKeySecret).update(text).digest('base64'))) return owner
  return mismatch(owner, signature, text, diagnoseV2(parts, owner, signature, tokenOf(request)))
}
