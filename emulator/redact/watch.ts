/** Finding many values in a text that is gone through once, however many there are, even if they all begin in the same way, as tokens do. */

import { PIECE, type Work } from './search.js'

/** Shorter values stand in too many places where they mean something else. */
const SHORTEST = 8

/** Lengths that values may have that begin in the same way; the longest are given up first. */
const MAX_LENGTHS = 64

/** Characters that are compared, as often as a text is long, and at least. What is left then was made to take long. */
const MOST_OFTEN = 4
const LEAST_COMPARED = 65_536

/** What the number of a beginning is made with (FNV), and how many such numbers there are. */
const PRIME = 0x01000193
const BUCKETS = 1 << 18

/** Values that are looked for. */
export class Watch {
  static readonly shortest = SHORTEST

  /** Placeholders by value, by the length of values, the longest first, and by how these begin. */
  readonly #byBeginning = new Map<string, Map<number, Map<string, string>>>()
  /** How many beginnings there are of each number: most places are passed by that alone. */
  readonly #beginnings = new Uint16Array(BUCKETS)

  add(value: string, placeholder: string): void {
    const beginning = value.slice(0, SHORTEST)
    const lengths = this.#byBeginning.get(beginning)
    const known = lengths?.get(value.length)
    if (known) {
      known.set(value, placeholder)
      return
    }
    if (lengths === undefined) this.#count(beginning, 1)
    const all = [...(lengths ?? []), [value.length, new Map([[value, placeholder]])] as const]
    this.#byBeginning.set(beginning, new Map(all.sort(([a], [b]) => b - a).slice(-MAX_LENGTHS)))
  }

  delete(value: string): void {
    const beginning = value.slice(0, SHORTEST)
    const lengths = this.#byBeginning.get(beginning)
    const values = lengths?.get(value.length)
    values?.delete(value)
    if (values?.size === 0) lengths?.delete(value.length)
    if (lengths?.size !== 0) return
    this.#byBeginning.delete(beginning)
    this.#count(beginning, -1)
  }

  #count(beginning: string, by: number): void {
    const number = numberOf(beginning)
    this.#beginnings[number] = (this.#beginnings[number] as number) + by
  }

  /** Tells of each value in a text, with its placeholder. `unsearched`: from where on nothing was looked for, because it would have taken too long. */
  *find(text: string, found: (from: number, to: number, placeholder: string) => void, unsearched: (from: number) => void): Work {
    if (this.#byBeginning.size === 0 || text.length < SHORTEST) return
    const beginnings = this.#beginnings
    let left = Math.max(MOST_OFTEN * text.length, LEAST_COMPARED)
    let rolling = 0
    for (let end = 0; end < text.length; end++) {
      if (end % PIECE === 0) yield
      rolling = (Math.imul(rolling, PRIME) + text.charCodeAt(end)) | 0
      if (end >= SHORTEST) rolling = (rolling - Math.imul(text.charCodeAt(end - SHORTEST), POWER)) | 0
      if (beginnings[bucketOf(rolling)] === 0 || end < SHORTEST - 1) continue
      left -= this.#findAt(text, end - SHORTEST + 1, found)
      if (left < 0) {
        unsearched(end - SHORTEST + 1)
        return
      }
    }
  }

  /** Tells of the longest value that stands at a place; how many characters were compared. */
  #findAt(text: string, at: number, found: (from: number, to: number, placeholder: string) => void): number {
    let compared = 0
    for (const [length, values] of this.#byBeginning.get(text.slice(at, at + SHORTEST)) ?? []) {
      if (at + length > text.length) continue
      compared += length
      const placeholder = values.get(text.slice(at, at + length))
      if (placeholder === undefined) continue
      found(at, at + length, placeholder)
      break
    }
    return compared
  }
}

const POWER = (() => {
  let power = 1
  for (let each = 0; each < SHORTEST; each++) power = Math.imul(power, PRIME)
  return power
})()

/** The upper bits depend on all characters. */
const bucketOf = (rolling: number): number => Math.imul(rolling, 0x9e3779b1) >>> 14

function numberOf(beginning: string): number {
  let rolling = 0
  for (let at = 0; at < beginning.length; at++) rolling = (Math.imul(rolling, PRIME) + beginning.charCodeAt(at)) | 0
  return bucketOf(rolling)
}
