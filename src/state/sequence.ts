/** Lists that stay sorted however much is added and removed. */

/** Entries of one array: few enough that shifting them costs next to nothing, many enough that there are few arrays. */
const MAX_IN_RUN = 512

/**
 * Entries in the order of their numbers, in runs of bounded length: adding, removing and skipping touch one run, however many there are. Most
 * entries are added behind all others, where a run is simply filled.
 */
export class Sequence<Entry extends { readonly number: number }> implements Iterable<Entry> {
  #runs: Entry[][] = []
  #size = 0

  /** The same entries, in the order of their numbers. */
  static of<Entry extends { readonly number: number }>(entries: Iterable<Entry>): Sequence<Entry> {
    const sequence = new Sequence<Entry>()
    for (const entry of entries) sequence.add(entry)
    return sequence
  }

  /** All entries of several sequences, each once. */
  static union<Entry extends { readonly number: number }>(sequences: readonly Sequence<Entry>[]): Sequence<Entry> {
    const entries = sequences.map((sequence) => sequence.slice()).reduce(merged, [])
    const sequence = new Sequence<Entry>()
    for (let from = 0; from < entries.length; from += MAX_IN_RUN) sequence.#runs.push(entries.slice(from, from + MAX_IN_RUN))
    sequence.#size = entries.length
    return sequence
  }

  get size(): number {
    return this.#size
  }

  get first(): Entry | undefined {
    return this.#runs[0]?.[0]
  }

  get last(): Entry | undefined {
    return this.#runs.at(-1)?.at(-1)
  }

  has({ number }: Entry): boolean {
    const run = this.#runs[this.#runFor(number)]
    return run?.[placeIn(run, number)]?.number === number
  }

  /** Adds an entry where its number puts it, unless it is there already. */
  add(entry: Entry): void {
    const { number } = entry
    const last = this.#runs.at(-1)
    if (last === undefined || number > lastNumber(last)) {
      // Most sequences of an index have one entry: an array that is made with it has no room for others.
      if (last === undefined) this.#runs = [[entry]]
      else if (last.length < MAX_IN_RUN) last.push(entry)
      else this.#runs.push([entry])
      this.#size++
      return
    }
    const index = this.#runFor(number)
    const run = this.#runs[index] as Entry[]
    const place = placeIn(run, number)
    if (run[place]?.number === number) return
    run.splice(place, 0, entry)
    this.#size++
    if (run.length > MAX_IN_RUN) this.#runs.splice(index + 1, 0, run.splice(MAX_IN_RUN / 2))
  }

  /** Removes an entry; it need not be there. */
  delete({ number }: Entry): void {
    const index = this.#runFor(number)
    const run = this.#runs[index]
    if (run === undefined) return
    const place = placeIn(run, number)
    if (run[place]?.number !== number) return
    this.#size--
    if (run.length === 1) this.#runs.splice(index, 1)
    else run.splice(place, 1)
  }

  /** The entries from one position to before another, counted from 0. */
  slice(from = 0, to = this.#size): Entry[] {
    const entries: Entry[] = []
    let position = 0
    for (const run of this.#runs) {
      if (position >= to) break
      if (position + run.length > from) entries.push(...run.slice(Math.max(from - position, 0), to - position))
      position += run.length
    }
    return entries
  }

  *[Symbol.iterator](): Generator<Entry> {
    for (const run of this.#runs) yield* run
  }

  /** The first run that ends with this number or a higher one. */
  #runFor(number: number): number {
    return firstIndex(this.#runs.length, (index) => lastNumber(this.#runs[index] as Entry[]) >= number)
  }
}

/** Two lists in the order of their numbers as one, with what both have once; several times faster than sorting what they have together. */
function merged<Entry extends { readonly number: number }>(first: readonly Entry[], second: readonly Entry[]): Entry[] {
  const entries: Entry[] = []
  let [one, other] = [0, 0]
  while (one < first.length || other < second.length) {
    const [a, b] = [first[one], second[other]]
    const takesFirst = b === undefined || (a !== undefined && a.number <= b.number)
    if (a?.number === b?.number) other++
    if (takesFirst) one++
    else other++
    entries.push((takesFirst ? a : b) as Entry)
  }
  return entries
}

const lastNumber = (run: readonly { readonly number: number }[]): number => (run.at(-1) as { number: number }).number

/** Where in a run the entry with this number is, or would be. */
const placeIn = (run: readonly { readonly number: number }[], number: number): number =>
  firstIndex(run.length, (index) => (run[index] as { number: number }).number >= number)

/** The first index for which something holds that holds for all behind it, too. */
function firstIndex(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}
