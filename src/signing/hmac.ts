/**
 * HMAC (RFC 2104) of the texts that are signed. Every call has one checked, nearly always with a key that was used before, and Node makes an object and
 * two contexts for each: two plain hashes take little more than half the time (docs/decisions/0018-way-of-a-call.md).
 */

import { createHmac, hash } from 'node:crypto'

type Algorithm = 'sha1' | 'sha256'

/** Bytes of a block of either algorithm. */
const BLOCK = 64

/** Keys whose pads are kept, for each algorithm. */
const MAX_KEYS = 256

/** Keys that fit a block; of ASCII alone, so that the key with its bits flipped is text as well, and need not be copied before a text. */
const USUAL_KEY = /^[\0-\x7f]{0,64}$/

/** What the outer hash is made of; each use fills it anew, and is over before the next one begins. */
const outer = { sha1: Buffer.alloc(BLOCK + 20), sha256: Buffer.alloc(BLOCK + 32) }

/** The key, padded, and in it the bits flipped that stand for the inner and the outer hash. */
interface Pads {
  inner: string
  outer: Uint8Array
}

const known: Readonly<Record<Algorithm, Map<string, Pads>>> = { sha1: new Map(), sha256: new Map() }

/** The HMAC of a text, as `encoding` writes it. */
export function hmac(algorithm: Algorithm, key: string, text: string, encoding: 'base64' | 'hex'): string {
  const pads = padsOf(algorithm, key)
  if (pads === undefined) return createHmac(algorithm, key).update(text).digest(encoding)
  const whole = outer[algorithm]
  whole.set(pads.outer)
  whole.write(hash(algorithm, pads.inner + text, 'hex'), BLOCK, 'hex')
  return hash(algorithm, whole, encoding)
}

/** The pads of a key; `undefined` of one that is not usual. */
function padsOf(algorithm: Algorithm, key: string): Pads | undefined {
  const pads = known[algorithm]
  let its = pads.get(key)
  if (its === undefined && USUAL_KEY.test(key)) {
    if (pads.size >= MAX_KEYS) pads.clear()
    its = makePads(key)
    pads.set(key, its)
  }
  return its
}

function makePads(key: string): Pads {
  const padded = Buffer.alloc(BLOCK)
  padded.write(key, 'ascii')
  const flipped = (bits: number): Buffer => Buffer.from(padded.map((byte) => byte ^ bits))
  return { inner: flipped(0x36).toString('ascii'), outer: flipped(0x5c) }
}
