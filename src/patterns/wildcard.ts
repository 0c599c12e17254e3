/** Names in which `*` stands for any characters. */

/** Tells the names that a pattern is for, in time that grows with the name, however many `*` there are. Taken apart once, when it is made. */
export class Wildcard {
  readonly #first: string
  readonly #between: readonly string[]
  /** What names end with; `undefined` of a pattern that is a name itself. */
  readonly #last: string | undefined

  constructor(readonly pattern: string) {
    const [first = '', ...others] = pattern.split(/\*+/)
    this.#first = first
    this.#last = others.pop()
    this.#between = others
  }

  /** True if the pattern is for this name, as a whole. */
  test(name: string): boolean {
    if (this.#last === undefined) return name === this.pattern
    if (!name.startsWith(this.#first)) return false
    let from = this.#first.length
    for (const piece of this.#between) {
      const found = name.indexOf(piece, from)
      if (found < 0) return false
      from = found + piece.length
    }
    return name.length - from >= this.#last.length && name.endsWith(this.#last)
  }

  toString(): string {
    return this.pattern
  }
}
