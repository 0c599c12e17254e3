/** What searches through a view have in common: what they tell of, and where a string ends. */

import type { View } from './view.js'

/** Work that is done in pieces, between which others may have their turn. */
export type Work<Result = void> = Generator<void, Result>

/** Characters that are searched in one piece. */
export const PIECE = 32_768

/** Is told of what a search comes across. */
export interface Found {
  /** True for a name whose value may have to be removed. */
  isSensitive(name: string): boolean
  /** A value and its name. True if it is removed. `isNumber`: it stands there as a number of JSON. */
  value(name: string, from: number, to: number, isNumber?: boolean): boolean
  /** What is removed in any case. */
  secret(from: number, to: number): void
  /** A number of JSON that is long enough to be the id of an account: what takes its place is one, too. */
  number(from: number, to: number): void
  /** What is not looked into; something takes its place that fits there. */
  unknown(from: number, to: number, by: '0' | 'removed'): void
}

const BACKSLASH = 0x5c

/** Finds the ends of strings in a view, however many have none. */
export class Strings {
  /** For ways of writing a quote: between which places none comes. */
  readonly #without = new Map<number, { from: number; to: number }>()

  constructor(private readonly view: View) {}

  /** The quote that ends what the one at a place begins: the same, written in the same way, before anything that was left out; -1 if there is none. */
  endOf(begin: number): number {
    const { view } = this
    const { text } = view
    const quote = text.charCodeAt(begin)
    const writing = view.writingOf(begin)
    const kind = writing * 0x80 + quote
    const without = this.#without.get(kind)
    if (without && begin >= without.from && begin < without.to) return -1
    // Where several encodings were taken off together, a backslash that is encoded unlike the quote may belong to either: the string may go on behind it.
    let [isEscaped, mayBeEscaped] = [false, false]
    let at = begin + 1
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === BACKSLASH) {
        const isLike = view.isLike(at, begin)
        isEscaped = !isEscaped && isLike
        mayBeEscaped ||= !isLike
        continue
      }
      if (code === quote && !isEscaped && !mayBeEscaped && view.writingOf(at) === writing) return at
      if (view.isGap(at)) break
      isEscaped = false
      mayBeEscaped = false
    }
    this.#without.set(kind, { from: begin, to: at })
    return -1
  }
}

/** Blanks, the `+` of forms among them. */
export const isBlank = (code: number): boolean => code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0x2b

/** `"` and `'`. */
export const isQuote = (code: number): boolean => code === 0x22 || code === 0x27

/** Where a match ends that begins at a place; 0 if there is none. The pattern is sticky. */
export function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : 0
}
