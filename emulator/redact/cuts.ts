/** What is cut out of a text, and what takes its place. */

import { PIECE, type Work } from './search.js'

interface Cut {
  from: number
  to: number
  by: string
}

/** Cuts, found in any order; those that overlap are one, with what takes the place of the first of them. */
export class Cuts {
  readonly #cuts: Cut[] = []

  add(from: number, to: number, by: string): void {
    if (from < to) this.#cuts.push({ from, to, by })
  }

  /** The text without what is cut out; the same if that is nothing. */
  *applyTo(text: string): Work<string> {
    if (this.#cuts.length === 0) return text
    let cut = ''
    let done = 0
    // Of two that begin together, the longer comes first, and of two that are the same, that which was found first.
    this.#cuts.sort((a, b) => a.from - b.from || b.to - a.to)
    yield
    let pause = PIECE
    for (const { from, to, by } of this.#cuts) {
      if (from > pause) {
        pause = from + PIECE
        yield
      }
      if (from >= done) cut += text.slice(done, from) + by
      done = Math.max(done, to)
    }
    return cut + text.slice(done)
  }
}
