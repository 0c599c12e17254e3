/** What tells whether all that was stored is there, and as it was. */

import { crc32 } from 'node:zlib'

/** Sums of this many bits are exact in a number. */
const MODULUS = 2 ** 48

/** What is stored beside the entries: see {@link Fingerprint}. */
export interface FingerprintJson {
  /** How many commits there have been. */
  commits: number
  entries: number
  sum: number
}

/**
 * How many entries there are, and the sum of their checksums. It is stored with every commit: one that is lost later on, or an entry that is
 * altered, leaves another sum. With the last commits their sums are lost, too: so they are counted elsewhere as well.
 */
export class Fingerprint {
  /** How many commits there have been. */
  commits = 0
  readonly #checksums = new Map<string, number>()
  #sum = 0

  /** An entry has this value now, or is gone. */
  set(key: string, value: string | undefined): void {
    const former = this.#checksums.get(key)
    if (former !== undefined) this.#add(-weightOf(former))
    if (value === undefined) {
      this.#checksums.delete(key)
      return
    }
    // As a number that takes no memory of its own.
    const checksum = crc32(value, crc32(key)) | 0
    this.#checksums.set(key, checksum)
    this.#add(weightOf(checksum))
  }

  /** What differs from what was stored, in words; `undefined` if nothing does. `counted`: how many commits there were, as it was counted elsewhere. */
  differenceFrom({ commits, entries, sum }: FingerprintJson, counted: number): string | undefined {
    if (counted > commits) return `the last ${counted - commits} of ${counted} commits are lost`
    const there = this.#checksums.size
    if (there !== entries) return `it held ${entries} entries, and ${there} are left`
    return sum === this.#sum ? undefined : 'some of its entries are not what was stored last'
  }

  toJSON(): FingerprintJson {
    return { commits: this.commits, entries: this.#checksums.size, sum: this.#sum }
  }

  #add(weight: number): void {
    this.#sum = (this.#sum + weight + MODULUS) % MODULUS
  }
}

const weightOf = (checksum: number): number => checksum >>> 0
