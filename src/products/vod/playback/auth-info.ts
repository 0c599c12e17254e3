/** AuthInfo: what a player hands back to GetPlayInfo of the credential that GetVideoPlayAuth has issued (developer guide, playback credentials). */

import type { Refusal } from '../../../base/errors.js'
import { sameSecret } from '../../../base/same-secret.js'
import type { AccessKey } from '../../../identity/access-key.js'
import { parseJson } from '../../../params/structures.js'
import { hmacSha1 } from '../../../signing/signature-rpc.js'

/** What a playback credential says that it is for. */
export interface PlayClaim {
  Caller: string
  ExpireTime: string
  MediaId: string
  PlayDomain: string
}

/** A claim as JSON, signed with the key of the credential. */
export const signClaim = (claim: PlayClaim, accessKeySecret: string): string =>
  JSON.stringify({ ...claim, Signature: hmacSha1(accessKeySecret, JSON.stringify(claim)) })

/** Refuses AuthInfo that is none, that the key of the call has not signed, or that is for another medium. */
export function checkAuthInfo(
  text: string,
  videoId: string,
  { accessKeySecret }: AccessKey,
  fail: (code: 'InvalidParameter' | 'Forbidden', refusal: Refusal) => never,
): void {
  const param = 'AuthInfo'
  const document = parseJson(text)
  if (typeof document !== 'object' || document === null) fail('InvalidParameter', { param, reason: 'is not a JSON object' })
  const { Signature, ...claim } = document as Partial<PlayClaim & { Signature: string }>
  if (claim.MediaId !== videoId) fail('Forbidden', { param, reason: `is for the medium ${String(claim.MediaId).slice(0, 64)}` })
  if (!sameSecret(String(Signature), hmacSha1(accessKeySecret, JSON.stringify(claim))))
    fail('Forbidden', { param, reason: 'is not signed with the access key that the call is signed with' })
}
