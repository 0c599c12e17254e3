/**
 * HMAC (RFC 2104) of the texts that are signed. Every call has one checked, nearly always with a key that was used before, and Node makes an object and
 * two contexts for each: two plain hashes over buffers that are there already take little more than half the time (docs/decisions/0018-way-of-a-call.md).
 */

import { createHmac, hash } from 'node:crypto'

type Algorithm = 'sha1' | 'sha256'

/** Bytes of a block of either algorithm. */
const BLOCK = 64

/** Longer texts are hashed as Node does it: with them, an object more or less does not count. */
const LONGEST = 4096

/** Keys whose pads are kept, for each algorithm. */
const MAX_KEYS = 256

/** What the hashes are made of; each use fills it anew, and is over before the next one begins. */
const inner = Buffer.alloc(BLOCK + 3 * LONGEST)
const outer = { sha1: Buffer.alloc(BLOCK + 20), sha256: Buffer.alloc(BLOCK + 32) }

/** The key, padded, and in it the bits flipped that stand for the inner and the outer hash. */
interface Pads {
  inner: Uint8Array
  outer: Uint8Array
}

const known: Readonly<Record<Algorithm, Map<string, Pads>>> = { sha1: new Map(), sha256: new Map() }

/** The HMAC of a text, as `encoding` writes it. */
export function hmac(algorithm: Algorithm, key: string, text: string, encoding: 'base64' | 'hex'): string {
  if (text.length > LONGEST || key.length > BLOCK) return createHmac(algorithm, key).update(text).digest(encoding)
  const pads = padsOf(algorithm, key)
  inner.set(pads.inner)
  const length = inner.write(text, BLOCK, 'utf8')
  const whole = outer[algorithm]
  whole.set(pads.outer)
  whole.write(hash(algorithm, inner.subarray(0, BLOCK + length), 'hex'), BLOCK, 'hex')
  return hash(algorithm, whole, encoding)
}

function padsOf(algorithm: Algorithm, key: string): Pads {
  const pads = known[algorithm]
  let its = pads.get(key)
  if (its === undefined) {
    if (pads.size >= MAX_KEYS) pads.clear()
    its = makePads(algorithm, key)
    pads.set(key, its)
  }
  return its
}

function makePads(algorithm: Algorithm, key: string): Pads {
  const bytes = Buffer.from(key)
  const padded = new Uint8Array(BLOCK)
  padded.set(bytes.byteLength > BLOCK ? hash(algorithm, bytes, 'buffer') : bytes)
  return { inner: padded.map((byte) => byte ^ 0x36), outer: padded.map((byte) => byte ^ 0x5c) }
}
