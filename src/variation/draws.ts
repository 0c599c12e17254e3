/** Numbers that depend on a seed alone: what a variation decides by. */

import { fingerprint } from '../base/ids.js'

/** Hexadecimal digits of which a number is made. */
const DIGITS = 8

/** A sequence of numbers: a pure function of its seed. */
export class Draws {
  #digits = ''
  #blocks = 0

  constructor(private readonly seed: string) {}

  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    if (this.#digits.length < DIGITS) this.#digits = fingerprint(this.seed, this.#blocks++)
    const number = Number.parseInt(this.#digits.slice(0, DIGITS), 16)
    this.#digits = this.#digits.slice(DIGITS)
    return number % limit
  }

  /** True once in so many times. */
  oneIn(times: number): boolean {
    return this.below(times) === 0
  }

  /** One of several. */
  oneOf<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.below(choices.length)] as T
  }

  /** The same elements in any order. */
  shuffled<T>(elements: readonly T[]): T[] {
    const result = [...elements]
    for (let at = result.length - 1; at > 0; at--) {
      const other = this.below(at + 1)
      const moved = result[at] as T
      result[at] = result[other] as T
      result[other] = moved
    }
    return result
  }
}
