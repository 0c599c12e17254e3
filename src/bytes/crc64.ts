/**
 * CRC-64 as OSS computes it: ECMA-182, reflected, all ones before and after (CRC-64/XZ).
 * Written here because the packages that compute it are native add-ons or work byte by byte on BigInts.
 */

import { z } from 'zod'

/** A checksum as a record has it: a decimal number. */
export const crc64Schema = z.string().regex(/^\d{1,20}$/, 'is not a checksum')

/** The polynomial, reflected. */
const POLYNOMIAL = 0xc96c5795d7870f42n

/** Eight tables of 256 entries, so that eight bytes are worked in at a time; each entry in two halves of 32 bits. */
const HIGH = new Uint32Array(2048)
const LOW = new Uint32Array(2048)

for (let byte = 0; byte < 256; byte++) {
  let crc = BigInt(byte)
  for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ POLYNOMIAL : crc >> 1n
  HIGH[byte] = Number(crc >> 32n)
  LOW[byte] = Number(crc & 0xffffffffn)
}
for (let index = 256; index < 2048; index++) {
  const high = at(HIGH, index - 256)
  const low = at(LOW, index - 256)
  HIGH[index] = (high >>> 8) ^ at(HIGH, low & 0xff)
  LOW[index] = ((low >>> 8) | (high << 24)) ^ at(LOW, low & 0xff)
}

function at(table: Uint32Array, index: number): number {
  return table[index] as number
}

/** A checksum in the making. */
export class Crc64 {
  #high = 0xffffffff
  #low = 0xffffffff

  update(bytes: Uint8Array): void {
    let high = this.#high
    let low = this.#low
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const whole = bytes.byteLength & ~7
    let index = 0
    for (; index < whole; index += 8) {
      const a = low ^ view.getUint32(index, true)
      const b = high ^ view.getUint32(index + 4, true)
      const i7 = 1792 + (a & 0xff)
      const i6 = 1536 + ((a >>> 8) & 0xff)
      const i5 = 1280 + ((a >>> 16) & 0xff)
      const i4 = 1024 + (a >>> 24)
      const i3 = 768 + (b & 0xff)
      const i2 = 512 + ((b >>> 8) & 0xff)
      const i1 = 256 + ((b >>> 16) & 0xff)
      const i0 = b >>> 24
      high = at(HIGH, i7) ^ at(HIGH, i6) ^ at(HIGH, i5) ^ at(HIGH, i4) ^ at(HIGH, i3) ^ at(HIGH, i2) ^ at(HIGH, i1) ^ at(HIGH, i0)
      low = at(LOW, i7) ^ at(LOW, i6) ^ at(LOW, i5) ^ at(LOW, i4) ^ at(LOW, i3) ^ at(LOW, i2) ^ at(LOW, i1) ^ at(LOW, i0)
    }
    for (; index < bytes.byteLength; index++) {
      const entry = (low ^ (bytes[index] as number)) & 0xff
      low = ((low >>> 8) | (high << 24)) ^ at(LOW, entry)
      high = (high >>> 8) ^ at(HIGH, entry)
    }
    this.#high = high
    this.#low = low
  }

  get value(): bigint {
    return (BigInt(~this.#high >>> 0) << 32n) | BigInt(~this.#low >>> 0)
  }
}

/** The checksum of two runs of bytes, one after the other, from those of each. */
export function combineCrc64(first: bigint, second: bigint, secondSize: number): bigint {
  return multiply(shiftOf(secondSize), first) ^ second
}

/** The product of two polynomials modulo the polynomial; the highest bit is the constant term. */
function multiply(a: bigint, b: bigint): bigint {
  let product = 0n
  for (let bit = 1n << 63n; bit > 0n; bit >>= 1n) {
    if (a & bit) product ^= b
    b = b & 1n ? (b >> 1n) ^ POLYNOMIAL : b >> 1n
  }
  return product
}

/** The parts of an upload are mostly of one size. */
let latest = { size: 0, shift: 1n << 63n }

/** What a run of `size` bytes that follows multiplies a checksum with: x to the power of its number of bits. */
function shiftOf(size: number): bigint {
  if (size === latest.size) return latest.shift
  let shift = 1n << 63n
  let square = 1n << 55n
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) shift = multiply(square, shift)
    square = multiply(square, square)
  }
  latest = { size, shift }
  return shift
}
