/** Lists that stay sorted however much is added and removed, and of which a copy costs nothing. */

/** Entries of one array: few enough that shifting them costs next to nothing, many enough that there are few arrays. */
const MAX_IN_RUN = 512

/** What entries are sorted by: no two have the same. */
interface Numbered {
  readonly number: number
}

/** What is to be done with entries that hold something which has owners: each array that they are in is one. */
export interface Lifetime<Entry> {
  /** There is one array more. */
  retain: (entry: Entry) => void
  /** There is one array less. */
  release: (entry: Entry) => void
}

/** An array of entries; several lists may have it. */
interface Run<Entry> {
  entries: Entry[]
  /** How many lists of runs it is in. */
  owners: number
}

/** A list of runs; several sequences may have it. */
interface Runs<Entry> {
  runs: Run<Entry>[]
  /** Entries in all. */
  size: number
  /** How many sequences have it. */
  owners: number
}

/**
 * Entries in the order of their numbers, in runs of bounded length: adding, removing and skipping touch one run, however many there are. Most
 * entries are added behind all others, where a run is simply filled.
 *
 * A copy ({@link share}) has the same runs. Who changes a run that others have too copies that one first, and leaves the rest.
 */
export class Sequence<Entry extends Numbered> implements Iterable<Entry> {
  #list: Runs<Entry> = { runs: [], size: 0, owners: 1 }

  /** `lifetime`: of entries that hold something. */
  constructor(private readonly lifetime?: Lifetime<Entry>) {}

  /** The same entries, in the order of their numbers. */
  static of<Entry extends Numbered>(entries: Iterable<Entry>): Sequence<Entry> {
    const sequence = new Sequence<Entry>()
    for (const entry of entries) sequence.set(entry)
    return sequence
  }

  /** All entries of several sequences, each once. */
  static union<Entry extends Numbered>(sequences: readonly Sequence<Entry>[]): Sequence<Entry> {
    const entries = sequences.map((sequence) => sequence.slice()).reduce(merged, [])
    const sequence = new Sequence<Entry>()
    const { runs } = sequence.#list
    for (let from = 0; from < entries.length; from += MAX_IN_RUN) runs.push({ entries: entries.slice(from, from + MAX_IN_RUN), owners: 1 })
    sequence.#list.size = entries.length
    return sequence
  }

  get size(): number {
    return this.#list.size
  }

  get first(): Entry | undefined {
    return this.#list.runs[0]?.entries[0]
  }

  get last(): Entry | undefined {
    return this.#list.runs.at(-1)?.entries.at(-1)
  }

  has({ number }: Entry): boolean {
    const entries = this.#list.runs[this.#runFor(number)]?.entries ?? []
    return entries[placeIn(entries, number)]?.number === number
  }

  /** A copy: what happens to one does not happen to the other. Of entries that hold something, it must be given back with {@link dispose}. */
  share(): Sequence<Entry> {
    const copy = new Sequence<Entry>(this.lifetime)
    copy.#list = this.#list
    this.#list.owners++
    return copy
  }

  /** Gives back what the entries hold, unless a copy has them. Then it is empty. */
  dispose(): void {
    const { runs } = this.#list
    this.#list.owners--
    if (this.#list.owners === 0)
      for (const run of runs) {
        run.owners--
        if (run.owners === 0 && this.lifetime) for (const entry of run.entries) this.lifetime.release(entry)
      }
    this.#list = { runs: [], size: 0, owners: 1 }
  }

  /** Adds an entry where its number puts it, in place of the one with this number if there is one. */
  set(entry: Entry): void {
    const { number } = entry
    const list = this.#own()
    const last = list.runs.at(-1)
    if (last === undefined || number > lastNumber(last)) {
      list.size++
      // An array that is made with its first entry has no room for others.
      if (last === undefined || last.entries.length >= MAX_IN_RUN) list.runs.push({ entries: [entry], owners: 1 })
      else this.#ownRun(list, list.runs.length - 1).push(entry)
      return
    }
    const index = this.#runFor(number)
    const entries = this.#ownRun(list, index)
    const place = placeIn(entries, number)
    if (entries[place]?.number === number) {
      entries[place] = entry
      return
    }
    entries.splice(place, 0, entry)
    list.size++
    if (entries.length > MAX_IN_RUN) list.runs.splice(index + 1, 0, { entries: entries.splice(MAX_IN_RUN / 2), owners: 1 })
  }

  /** Removes an entry; it need not be there. What it holds is the caller's to give back. */
  delete(entry: Entry): void {
    const { number } = entry
    const index = this.#runFor(number)
    const found = this.#list.runs[index]?.entries ?? []
    const place = placeIn(found, number)
    if (found[place]?.number !== number) return
    const list = this.#own()
    const entries = this.#ownRun(list, index)
    list.size--
    if (entries.length === 1) list.runs.splice(index, 1)
    else if (place === 0) entries.shift()
    else entries.splice(place, 1)
  }

  /** The entries from one position to before another, counted from 0. */
  slice(from = 0, to = this.size): Entry[] {
    const found: Entry[] = []
    let position = 0
    for (const { entries } of this.#list.runs) {
      if (position >= to) break
      if (position + entries.length > from) found.push(...entries.slice(Math.max(from - position, 0), to - position))
      position += entries.length
    }
    return found
  }

  /** What is added or removed meanwhile counts, as it does for a map. */
  *[Symbol.iterator](): Generator<Entry> {
    for (let next = this.first; next !== undefined; ) {
      yield next
      next = this.#after(next.number)
    }
  }

  #after(number: number): Entry | undefined {
    const { runs } = this.#list
    const index = this.#runFor(number + 1)
    const entries = runs[index]?.entries ?? []
    return entries[placeIn(entries, number + 1)]
  }

  /** The list of runs, which nobody else has. */
  #own(): Runs<Entry> {
    const list = this.#list
    if (list.owners === 1) return list
    list.owners--
    for (const run of list.runs) run.owners++
    this.#list = { runs: [...list.runs], size: list.size, owners: 1 }
    return this.#list
  }

  /** The entries of a run, which no other list has. */
  #ownRun(list: Runs<Entry>, index: number): Entry[] {
    const run = list.runs[index] as Run<Entry>
    if (run.owners === 1) return run.entries
    run.owners--
    const entries = [...run.entries]
    if (this.lifetime) for (const entry of entries) this.lifetime.retain(entry)
    list.runs[index] = { entries, owners: 1 }
    return entries
  }

  /** The first run that ends with this number or a higher one. */
  #runFor(number: number): number {
    const { runs } = this.#list
    return firstIndex(runs.length, (index) => lastNumber(runs[index] as Run<Entry>) >= number)
  }
}

/** Two lists in the order of their numbers as one, with what both have once; several times faster than sorting what they have together. */
function merged<Entry extends Numbered>(first: readonly Entry[], second: readonly Entry[]): Entry[] {
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

const lastNumber = ({ entries }: Run<Numbered>): number => (entries.at(-1) as Numbered).number

/** Where among entries the one with this number is, or would be. */
const placeIn = (entries: readonly Numbered[], number: number): number =>
  firstIndex(entries.length, (index) => (entries[index] as Numbered).number >= number)

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
