/**
 * Seeded identifiers: each is a hash of the seed and a counter, so that the same seed and the same calls give the same bytes,
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

/** An upper-case UUID (version 4 in form) made of a hexadecimal fingerprint. */
function uuidOf(hex: string): string {
  const variant = '89AB'.charAt(Number.parseInt(hex.charAt(16), 16) & 3)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`.toUpperCase()
}

/** A source of identifiers: a pure function of its seed and of how many were drawn. */
export class Ids {
  /** How many were drawn. */
  drawn = 0

  constructor(readonly seed: string) {}

  /** An id in the form of the services' RequestId: `49E2CC28-ED1D-4CC5-854D-7D0AE2B20976`. */
  uuid(): string {
    return uuidOf(this.hex())
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

  #spell(length: number, alphabet: string): string {
    let text = ''
    while (text.length < length) {
      for (const byte of Buffer.from(this.hex(), 'hex')) text += alphabet.charAt(byte % alphabet.length)
    }
    return text.slice(0, length)
  }
}
