/** Mistakes with the key and with what is made of it: the same whatever is signed. */

import { createHmac } from 'node:crypto'
import type { KeyPair } from '../account/types.js'
import type { KeyOwner } from '../identity/key-directory.js'
import type { Mistake } from './diagnosis.js'

/** The parts of signing that every scheme has. */
export interface Keyed {
  secret: string
  /** The key that is made of the secret. */
  keyOf: (secret: string) => string | Buffer
  algorithm: 'sha1' | 'sha256'
  mac: (algorithm: string, key: string | Buffer, text: string) => Buffer
  /** How the result is written. */
  written: (mac: Buffer) => string
  /** What follows the text: nothing. */
  ending: string
}

const hmac: Keyed['mac'] = (algorithm, key, text) => createHmac(algorithm, key).update(text).digest()

export const base64 = (mac: Buffer): string => mac.toString('base64')
export const hex = (mac: Buffer): string => mac.toString('hex')

/** The right way, of a scheme. */
export const keyed = (owner: KeyOwner, scheme: Pick<Keyed, 'keyOf' | 'algorithm' | 'written'>): Keyed => ({
  secret: owner.key.accessKeySecret,
  mac: hmac,
  ending: '',
  ...scheme,
})

/** The signature that a recipe leads to. */
export const signatureOf = ({ secret, keyOf, algorithm, mac, written, ending }: Keyed, text: string): string =>
  written(mac(algorithm, keyOf(secret), text + ending))

/** How many of an account's other secrets are tried. */
const MAX_OTHER_SECRETS = 20

/** A secret that is not the one it should be. */
export function secretMistakes({ account, key }: KeyOwner): Mistake<Keyed>[] {
  const { accessKeyId, accessKeySecret } = key
  const others: KeyPair[] = []
  for (const pair of account.ram.pairs()) {
    if (others.length === MAX_OTHER_SECRETS) break
    if (pair.accessKeyId !== accessKeyId) others.push(pair)
  }
  const used = (cause: string, secret: string): Mistake<Keyed> => ({ cause, change: () => ({ secret }) })
  return [
    ...others.map((other) => ({
      ...used('the secret of another access key of this account was used', other.accessKeySecret),
      frequent: true,
    })),
    used('the secret was used with a line break after it', `${accessKeySecret}\n`),
    used('the secret was used with a line break (\\r\\n) after it', `${accessKeySecret}\r\n`),
    used('the secret was used with a blank after it', `${accessKeySecret} `),
    used('the secret was used with a blank before it', ` ${accessKeySecret}`),
    used('the secret was used with the quotation marks around it', `"${accessKeySecret}"`),
    used('the secret lacks its last character', accessKeySecret.slice(0, -1)),
    used('the secret lacks its first character', accessKeySecret.slice(1)),
    used('the secret was used in Base64, as a Kubernetes Secret holds it', Buffer.from(accessKeySecret).toString('base64')),
    used('the access key id was used in place of the secret', accessKeyId),
    used('the secret was empty; is an environment variable not set?', ''),
    used('the secret was the word "undefined"; is an environment variable not set?', 'undefined'),
    used('the secret was the word "null"; is an environment variable not set?', 'null'),
    used('the secret was the word "None"; is an environment variable not set?', 'None'),
  ]
}

const wrong = (cause: string, change: Partial<Keyed>): Mistake<Keyed> => ({ cause, change: () => change })

/** What is done wrong with the right text and the right secret. */
const sameForAll: readonly Mistake<Keyed>[] = [
  wrong('key and text were exchanged in the HMAC', {
    mac: (algorithm, key, text) => hmac(algorithm, text, String(key)),
  }),
  wrong('a line break at the end was signed along, as echo without -n writes it', { ending: '\n' }),
]

/** Mistakes with a signature that is HMAC-SHA1 in Base64. */
export const base64Mistakes: readonly Mistake<Keyed>[] = [
  { cause: 'HMAC-SHA256 was used instead of HMAC-SHA1', change: () => ({ algorithm: 'sha256' }), frequent: true },
  { cause: 'the signature was written in hex instead of Base64', change: () => ({ written: hex }), frequent: true },
  wrong('the signature is the Base64 of hex digits; HMAC must be asked for its raw bytes', {
    written: (mac) => Buffer.from(hex(mac)).toString('base64'),
  }),
  wrong('the signature is right, but was sent without encoding: its "+" arrived as a blank; write "%2B"', {
    written: (mac) => base64(mac).replaceAll('+', ' '),
  }),
  wrong('the signature is right, but was percent-encoded twice', { written: (mac) => encodeURIComponent(base64(mac)) }),
  wrong('the signature lacks the "=" at its end', { written: (mac) => base64(mac).replaceAll('=', '') }),
  wrong('the signature was written in URL-safe Base64, with "-" and "_"', {
    written: (mac) => base64(mac).replaceAll('+', '-').replaceAll('/', '_'),
  }),
  wrong('the signature was written in URL-safe Base64 without "="', { written: (mac) => mac.toString('base64url') }),
  wrong('the signature has a line break at its end', { written: (mac) => `${base64(mac)}\n` }),
  ...sameForAll,
]

/** Mistakes with a signature that is HMAC-SHA256 in hex. */
export const hexMistakes: readonly Mistake<Keyed>[] = [
  { cause: 'HMAC-SHA1 was used instead of HMAC-SHA256', change: () => ({ algorithm: 'sha1' }), frequent: true },
  { cause: 'the signature was written in Base64 instead of hex', change: () => ({ written: base64 }), frequent: true },
  wrong('the signature was written in upper case', { written: (mac) => hex(mac).toUpperCase() }),
  ...sameForAll,
]
