/** Whether an address is one that was given out: URL authentication of play domains. */

import type { Account } from '../../../../account/types.js'
import { sameSecret } from '../../../../base/same-secret.js'
import { authKey, fromMinute, md5Of, type Signing } from '../../shared/addresses/url-auth.js'
import type { UrlAuth } from '../../shared/domains/play-domain.js'

/** `timestamp-rand-uid-md5hash` */
const TYPE_A = /^(\d{1,12})-([^-]*)-([^-]*)-([0-9a-f]{32})$/

/** `/202601010800/<md5hash>/<path>` */
const TYPE_B = /^\/(\d{12})\/([0-9a-f]{32})(\/.+)$/i

/** `/<md5hash>/<seconds, hexadecimal>/<path>` */
const TYPE_C = /^\/([0-9a-f]{32})\/([0-9a-f]{1,10})(\/.+)$/i

/** Path of the file that an address is of. */
export function filePathOf(auth: UrlAuth | undefined, path: string): string {
  if (auth === undefined || auth.type === 'type_a') return path
  return (auth.type === 'type_b' ? TYPE_B : TYPE_C).exec(path)?.[3] ?? path
}

/** Why a call is denied, in the words of the server (developer guide, URL authentication), or what its address is signed with. */
export function authenticate(
  { clock }: Account,
  auth: UrlAuth,
  asCalled: string,
  query: ReadonlyMap<string, string>,
  maySeek: boolean,
): { denied: string } | { signing: Signing } {
  const proof = auth.type === 'type_a' ? proofOfQuery(asCalled, query) : proofOfPath(auth.type, asCalled)
  if ('denied' in proof) return proof
  const keys = auth.backupKey === undefined ? [auth.key] : [auth.key, auth.backupKey]
  const isSigned = (preview: number | undefined): boolean => keys.some((key) => sameSecret(proof.given, proof.expected(key, preview)))
  const end = query.get('end')
  // Where players may seek, who has all of a file may ask for less of it.
  const possible = end === undefined ? [undefined] : [Number(end), ...(maySeek ? [undefined] : [])]
  const signed = possible.filter(isSigned)
  if (signed.length === 0) return { denied: `invalid md5hash=${proof.hash}` }
  if (clock.now() > proof.timestamp * 1000 + auth.validity) return { denied: `expired timestamp=${proof.time}` }
  return { signing: { timestamp: proof.timestamp, reAuth: proof.reAuth, preview: signed[0] } }
}

interface Proof extends Pick<Signing, 'timestamp' | 'reAuth'> {
  /** What must be as it is expected. */
  given: string
  expected: (key: string, preview: number | undefined) => string
  hash: string
  /** As the address has it. */
  time: string
}

function proofOfQuery(path: string, query: ReadonlyMap<string, string>): { denied: string } | Proof {
  const given = query.get('auth_key')
  if (given === undefined) return { denied: 'no url arg auth_key' }
  const [, time, rand = '', uid = '', hash = ''] = TYPE_A.exec(given) ?? []
  if (time === undefined) return { denied: `invalid auth_key=${given.replace(/[^\x21-\x7e]/g, '').slice(0, 100)}` }
  const signing = { timestamp: Number(time), reAuth: { rand, uid } }
  return { ...signing, given, expected: (key, preview) => authKey(path, key, { ...signing, preview }), hash, time }
}

function proofOfPath(type: 'type_b' | 'type_c', asCalled: string): { denied: string } | Proof {
  const [, first = '', second = '', path] = (type === 'type_b' ? TYPE_B : TYPE_C).exec(asCalled) ?? []
  const [time, given] = type === 'type_b' ? [first, second] : [second, first]
  const timestamp = type === 'type_b' ? fromMinute(time) : Number.parseInt(time, 16)
  if (path === undefined || timestamp === undefined) return { denied: 'no timestamp and md5hash in path' }
  const hash = given.toLowerCase()
  return { timestamp, given: hash, expected: (key, preview) => md5Of(type, path, key, time, preview), hash, time }
}
