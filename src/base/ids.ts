/**
 * Seeded identifiers: each follows from a hash of the seed and from a counter, so that the same seed and the same calls give the same bytes,
 * and the whole state of a source of ids is one number.
 */

import { hash } from 'node:crypto'

/** Codes of the characters that ids are spelt with. */
const ALPHANUMERIC = Buffer.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')
const DECIMAL = Buffer.from('0123456789')

/** Forty hexadecimal digits that depend on the parts alone. */
export function fingerprint(...parts: readonly (string | number)[]): string {
  return hash('sha1', parts.join('\u0000'), 'hex')
}

/** A whole number in [0, 2^32) that depends on the parts alone; the seed for made-up but stable values. */
export function seedOf(...parts: readonly (string | number)[]): number {
  return Number.parseInt(fingerprint(...parts).slice(0, 8), 16)
}

/** Codes of the hexadecimal digits. */
const DIGITS = Buffer.from('0123456789ABCDEF')

/** What a UUID is written into, digit by digit: as a text of many pieces it would take ten times its size. The dashes stay. */
const written = Buffer.from('00000000-0000-0000-0000-000000000000')

/** Where its digits are: eight of each word. */
const PLACES = Array.from(written.keys()).filter((place) => written[place] !== 0x2d)

function writeWord(word: number, from: number): void {
  for (let digit = 0; digit < 8; digit++) written[PLACES[from + digit] as number] = DIGITS[(word >>> (28 - 4 * digit)) & 15] as number
}

/** An upper-case UUID (version 4 in form) made of four words of 32 bits. */
function uuidOf(a: number, b: number, c: number, d: number): string {
  writeWord(a, 0)
  writeWord((b & 0xffff0fff) | 0x4000, 8)
  writeWord((c & 0x3fffffff) | 0x80000000, 16)
  writeWord(d, 24)
  return written.toString('latin1')
}

/** Scatters the bits of a word (the last step of MurmurHash3): different words stay different. */
function scatter(word: number): number {
  let bits = word
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}

/** Four words of 32 bits. */
type Words = [number, number, number, number]

/** What was drawn last, and what is spelt out of it: in one place for all, since each is read before the next is written. */
const drawnWords: Words = [0, 0, 0, 0]
let spelt = Buffer.alloc(256)

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

  /** Thirty-two hexadecimal digits: of a hash, as ever, because worlds, recordings and contracts hold such ids. */
  hex(): string {
    return fingerprint(this.seed, this.drawn++).slice(0, 32)
  }

  /** `length` decimal digits, the first not 0. */
  digits(length: number): string {
    return this.#spell(length, DECIMAL).replace(/^0/, '1')
  }

  /** `length` letters and digits. */
  alphanumeric(length: number): string {
    return this.#spell(length, ALPHANUMERIC)
  }

  /** Written into bytes: a text to which letters are added one by one takes thirty times its size. */
  #spell(length: number, alphabet: Buffer): string {
    if (spelt.length < length) spelt = Buffer.alloc(length)
    let count = 0
    while (count < length) {
      for (const word of this.#draw()) {
        let rest = word >>> 0
        for (let letter = 0; letter < OF_WORD && count < length; letter++) {
          // The remainder of a word that is no small integer would be found by dividing as for numbers of any kind.
          const quotient = (rest / alphabet.length) >>> 0
          spelt[count++] = alphabet[rest - quotient * alphabet.length] as number
          rest = quotient
        }
      }
    }
    return spelt.toString('latin1', 0, length)
  }

  /** Every call draws some, so only the seed is hashed, once, and its words are scattered by the number of the draw. */
  #draw(): Readonly<Words> {
    this.#words ??= wordsOf(fingerprint(this.seed))
    const [a, b, c, d] = this.#words
    const low = this.drawn | 0
    const high = (this.drawn / 2 ** 32) | 0
    this.drawn++
    drawnWords[0] = scatter(a + low)
    drawnWords[1] = scatter(b ^ low)
    drawnWords[2] = scatter(scatter(c + high) ^ low)
    drawnWords[3] = scatter(scatter(d ^ high) + low)
    return drawnWords
  }
}
