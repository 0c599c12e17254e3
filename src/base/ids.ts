/**
 * Seeded identifiers: each follows from a hash of the seed and from a counter, so that the same seed and the same calls give the same bytes,
 * and the whole state of a source of ids is one number.
 */

import { hash } from 'node:crypto'

const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Forty hexadecimal digits that depend on the parts alone. */
export function fingerprint(...parts: readonly (string | number)[]): string {
  return hash('sha1', parts.join('\u0000'), 'hex')
}

/** A whole number in [0, 2^32) that depends on the parts alone; the seed for made-up but stable values. */
export function seedOf(...parts: readonly (string | number)[]): number {
  return Number.parseInt(fingerprint(...parts).slice(0, 8), 16)
}

const HEX_DIGITS = Buffer.from('0123456789ABCDEF')

/** Where UUIDs are written before they become text, dashes and all: digits that are added to a text one by one make a rope of as many pieces. */
const uuidBytes = Buffer.alloc(36, '-')

/** Writes the lowest digits of a word before a place in {@link uuidBytes}. */
function writeHex(word: number, digits: number, end: number): void {
  let rest = word
  for (let place = end - 1; place >= end - digits; place--) {
    uuidBytes[place] = HEX_DIGITS[rest & 0xf] as number
    rest >>>= 4
  }
}

/** An upper-case UUID (version 4 in form) made of four words of 32 bits. */
function uuidOf(a: number, b: number, c: number, d: number): string {
  writeHex(a, 8, 8)
  writeHex(b >>> 16, 4, 13)
  writeHex((b & 0x0fff) | 0x4000, 4, 18)
  writeHex(((c >>> 16) & 0x3fff) | 0x8000, 4, 23)
  writeHex(c, 4, 28)
  writeHex(d, 8, 36)
  return uuidBytes.toString('latin1')
}

/** Scatters the bits of a word (the last step of MurmurHash3): different words stay different. */
function scatter(word: number): number {
  let bits = word
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}

/** Four words of 32 bits. */
type Words = readonly [number, number, number, number]

/** Letters and digits that a word of 32 bits has room for. */
const OF_WORD = 5

const wordsOf = (hex: string): Words => [wordAt(hex, 0), wordAt(hex, 8), wordAt(hex, 16), wordAt(hex, 24)]

const wordAt = (hex: string, from: number): number => Number.parseInt(hex.slice(from, from + 8), 16) | 0

/** A source of identifiers: a pure function of its seed and of how many were drawn. */
export class Ids {
  /** How many were drawn. */
  drawn = 0
  /** A hash of the seed as words of 32 bits, once there was need for it. */
  #words: Words | undefined

  constructor(readonly seed: string) {}

  /** An id in the form of the services' RequestId: `49E2CC28-ED1D-4CC5-854D-7D0AE2B20976`. */
  uuid(): string {
    const [a, b, c, d] = this.#draw()
    return uuidOf(a, b, c, d)
  }

  /** Forty hexadecimal digits. */
  hex(): string {
    return fingerprint(this.seed, this.drawn++)
  }

  /** `length` decimal digits, the first not 0. */
  digits(length: number): string {
    return this.#spell(length, '0123456789').replace(/^0/, '1')
  }

  /** `length` letters and digits. */
  alphanumeric(length: number): string {
    return this.#spell(length, ALPHANUMERIC)
  }

  /** Letter by letter into bytes, not into a text, for the same reason as UUIDs; and `%` is slow for words that are no 31-bit numbers. */
  #spell(length: number, alphabet: string): string {
    const bytes = Buffer.allocUnsafe(length)
    const size = alphabet.length
    let place = 0
    while (place < length) {
      for (const word of this.#draw()) {
        let rest = word >>> 0
        for (let count = 0; count < OF_WORD && place < length; count++) {
          const others = Math.floor(rest / size)
          bytes[place++] = alphabet.charCodeAt(rest - others * size)
          rest = others
        }
      }
    }
    return bytes.toString('latin1')
  }

  /** Every call draws some, so only the seed is hashed, once, and its words are scattered by the number of the draw. */
  #draw(): Words {
    this.#words ??= wordsOf(fingerprint(this.seed))
    const [a, b, c, d] = this.#words
    const low = this.drawn | 0
    const high = (this.drawn / 2 ** 32) | 0
    this.drawn++
    return [scatter(a + low), scatter(b ^ low), scatter(scatter(c + high) ^ low), scatter(scatter(d ^ high) + low)]
  }
}
