/** Members that together are a name and its value, in whatever order they come: of an object of JSON, among the elements in another, among attributes. */

import { isPaired, isPairedName, isPairedValue, PAIRS } from './names.js'
import type { Found } from './search.js'

/** Where a value stands; `isNumber`: as a number of JSON. */
export type Range = readonly [from: number, to: number, isNumber: boolean]

/** Characters of the longest name that a member says. */
const LONGEST_NAME = 100

/** Values of which the name is yet to come. */
const MOST_WAITING = 100

interface Pair {
  name?: string
  /** Values that came before the name, but after the one before it. */
  before: Range[]
  /** Values that have come since. */
  values: Range[]
}

/** The pairs among the members of one thing. */
export class Pairs {
  readonly #pairs: (Pair | undefined)[] = []

  constructor(private readonly found: Found) {}

  /** True for a member that may belong to a pair. */
  static has(member: string): boolean {
    return isPaired(member)
  }

  /** The name that a value has which stands under a member; `undefined` if none was said. */
  nameOf(member: string): string | undefined {
    for (let pair = 0; pair < PAIRS; pair++) {
      const name = this.#pairs[pair]?.name
      if (name !== undefined && isPairedValue(pair, member)) return name
    }
    return undefined
  }

  /** Takes note of a member and of what it holds, and tells of a value whose name is known by now. */
  add(member: string, text: string, range: Range): void {
    for (let index = 0; index < PAIRS; index++) {
      if (isPairedName(index, member)) {
        if (range[2] || text.length > LONGEST_NAME) continue
        const pair = this.#at(index)
        for (const value of pair.values) this.found.value(text, ...value)
        this.#pairs[index] = { name: text, before: pair.values, values: [] }
      } else if (isPairedValue(index, member)) {
        const pair = this.#at(index)
        if (pair.values.length < MOST_WAITING) pair.values.push(range)
        if (pair.name !== undefined) this.found.value(pair.name, ...range)
      }
    }
  }

  /** Takes note of what others have said: `argName: header_value, argValue: x` is as good as `header_value: x` beside these others. */
  addAll(others: Pairs, textOf: (range: Range) => string): void {
    for (const pair of others.#pairs)
      if (pair?.name !== undefined) for (const value of [...pair.before, ...pair.values]) this.add(pair.name, textOf(value), value)
  }

  #at(index: number): Pair {
    this.#pairs[index] ??= { before: [], values: [] }
    return this.#pairs[index]
  }
}
