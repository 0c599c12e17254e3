/** Values by key, in the order of their creation, with indexes; a copy costs nothing. */

import { type Lifetime, Sequence } from './sequence.js'
import { SharedMap } from './shared-map.js'

/** Under which keys of an index a value is found; `undefined` or an empty list: under none. It must depend on the value alone. */
export type IndexKeys<Row> = (row: Row) => string | readonly string[] | undefined

/** What rows are like. */
export interface RowsOptions<Row> {
  /** What else they are found by, by name. Any number of them may be under one key. */
  indexes?: Readonly<Record<string, IndexKeys<Row>>> | undefined
  /** Of rows that hold something which has owners. */
  holding?: Lifetime<Row> | undefined
}

/** A value in its place, which it keeps when it is replaced. One that copies have, too, never changes. */
export interface Slot<Row> {
  /** Higher than those of all that were created before. */
  readonly number: number
  readonly key: string
  row: Row
  /** Whose it is alone: see {@link Rows.replace}. */
  readonly owner: object
}

/** The places of rows, in the order of their creation. */
type Slots<Row> = Sequence<Slot<Row>>

/** By key of an index, where rows are that have it: most indexes find one under each key, which is not worth a sequence. */
type Places<Row> = SharedMap<Slot<Row> | Slots<Row>>

interface Index<Row> {
  keysOf: IndexKeys<Row>
  places: Places<Row>
}

/**
 * Rows that are added before they are filed in the indexes: those that many are created in are looked at less often, and a few dozen at once are filed in
 * half the time. Few enough that filing them holds nobody up.
 */
const MOST_UNFILED = 64

/** Keys by index: all must apply, and of several keys of one index any; `undefined` does not count. */
export type RowKeys = Readonly<Record<string, string | readonly string[] | undefined>>

/**
 * What a collection or a table holds. Looking up, adding, replacing and removing cost the same however many there are. A copy ({@link share}) has all in
 * common with it that neither has changed since.
 */
export class Rows<Row> {
  #byKey: SharedMap<Slot<Row>> = new SharedMap()
  #all: Slots<Row>
  #indexes: Map<string, Index<Row>>
  #created = 0
  /** Slots that are not yet found by the indexes: what was added last, until somebody looks there or there are many of them. */
  #unfiled: Slot<Row>[] = []
  /** The owner of all slots that were made since there was a copy: another one with each copy. */
  #owner: object = {}

  constructor(private readonly options: RowsOptions<Row>) {
    const { holding, indexes = {} } = options
    this.#all = new Sequence(
      holding && { retain: ({ row }: Slot<Row>) => holding.retain(row), release: ({ row }: Slot<Row>) => holding.release(row) },
    )
    this.#indexes = new Map(Object.entries(indexes).map(([name, keysOf]) => [name, { keysOf, places: new SharedMap(copyOf<Row>) }]))
  }

  get size(): number {
    return this.#all.size
  }

  get first(): Row | undefined {
    return this.#all.first?.row
  }

  get(key: string): Row | undefined {
    return this.#byKey.get(key)?.row
  }

  /** The number of the place of the row with this key. */
  numberOf(key: string): number | undefined {
    return this.#byKey.get(key)?.number
  }

  /** A copy: what happens to one does not happen to the other. Of rows that hold something, it must be given back with {@link dispose}. */
  share(): Rows<Row> {
    const copy = new Rows(this.options)
    copy.#byKey = this.#byKey.share()
    copy.#all = this.#all.share()
    this.#file()
    copy.#indexes = new Map(Array.from(this.#indexes, ([name, { keysOf, places }]) => [name, { keysOf, places: places.share() }]))
    copy.#created = this.#created
    this.#owner = {}
    return copy
  }

  /** Gives back what the rows hold, unless a copy has them. Then it is of no use any more. */
  dispose(): void {
    this.#all.dispose()
  }

  /** Adds a row behind all others; the one with the same key, if there is one, is gone. What that holds is the caller's to give back. */
  add(key: string, row: Row): void {
    const former = this.#byKey.get(key)
    const slot: Slot<Row> = { number: ++this.#created, key, row, owner: this.#owner }
    this.#byKey.set(key, slot)
    this.#all.set(slot)
    if (this.#indexes.size > 0 && this.#unfiled.push(slot) >= MOST_UNFILED) this.#file()
    // Not before: a key that is deleted and set again and again is what maps are slow at.
    if (former) this.#takeOut(former)
  }

  /**
   * Puts a row in the place of the one with this key; false if there is none. What that holds is the caller's to give back. What is replaced with every call,
   * such as counts, has a slot that no copy has, and then it is all that changes.
   */
  replace(key: string, row: Row): boolean {
    const former = this.#byKey.get(key)
    if (former === undefined) return false
    // By what they are now.
    this.#file()
    const before = former.row
    const slot = former.owner === this.#owner ? former : { number: former.number, key, row, owner: this.#owner }
    slot.row = row
    if (slot !== former) {
      this.#byKey.set(key, slot)
      this.#all.set(slot)
    }
    for (const { keysOf, places } of this.#indexes.values()) {
      const [gone, there] = [keysOf(before), keysOf(row)]
      if (slot === former && gone === there) continue
      unfileFrom(places, gone, former, there)
      fileUnder(places, there, slot)
    }
    return true
  }

  /** Removes the row with this key; what it holds is the caller's to give back. False if there is none. */
  delete(key: string): boolean {
    const slot = this.#byKey.get(key)
    if (slot === undefined) return false
    this.#byKey.delete(key)
    this.#takeOut(slot)
    return true
  }

  /** The newest row under a key of an index. */
  newest(index: string, key: string): Row | undefined {
    const there = this.#under(index, key)
    return (there instanceof Sequence ? there.last : there)?.row
  }

  /** The oldest row under a key of an index. */
  oldest(index: string, key: string): Row | undefined {
    const there = this.#under(index, key)
    return (there instanceof Sequence ? there.first : there)?.row
  }

  /** How many rows there are under a key of an index. */
  countUnder(index: string, key: string): number {
    const there = this.#under(index, key)
    return there instanceof Sequence ? there.size : there === undefined ? 0 : 1
  }

  /** Where the rows are that are found under keys, of which all must apply: the fewest that one of them finds, and of these what the others find, too. */
  find(by: RowKeys = {}): Slots<Row> {
    const found: Slots<Row>[] = []
    for (const name in by) if (by[name] !== undefined) found.push(this.#findAny(name, by[name]))
    const [fewest, ...others] = found.length > 1 ? found.sort((a, b) => a.size - b.size) : found
    if (fewest === undefined) return this.#all
    if (others.length === 0) return fewest
    return Sequence.of([...fewest].filter((slot) => others.every((other) => other.has(slot))))
  }

  /** Has all found by the indexes. */
  #file(): void {
    if (this.#unfiled.length === 0) return
    const slots = this.#unfiled
    this.#unfiled = []
    for (const { keysOf, places } of this.#indexes.values()) for (const slot of slots) fileUnder(places, keysOf(slot.row), slot)
  }

  #takeOut(slot: Slot<Row>): void {
    this.#all.delete(slot)
    this.#file()
    for (const { keysOf, places } of this.#indexes.values()) unfileFrom(places, keysOf(slot.row), slot)
  }

  /** What is found under a key of an index, or under any of several. */
  #findAny(name: string, keys: string | readonly string[]): Slots<Row> {
    if (typeof keys === 'string') return slotsOf(this.#under(name, keys))
    if (keys.length === 1) return slotsOf(this.#under(name, keys[0] as string))
    return Sequence.union(keys.map((key) => slotsOf(this.#under(name, key))))
  }

  #under(name: string, key: string): Slot<Row> | Slots<Row> | undefined {
    this.#file()
    const index = this.#indexes.get(name)
    if (index === undefined) throw new Error(`there is no index "${name}"`)
    return index.places.get(key)
  }

  /** In order; what is added or removed meanwhile counts, as it does for a map. */
  [Symbol.iterator](): Generator<Slot<Row>> {
    return this.#all[Symbol.iterator]()
  }
}

const copyOf = <Row>(there: Slot<Row> | Slots<Row>): Slot<Row> | Slots<Row> => (there instanceof Sequence ? there.share() : there)

function slotsOf<Row>(there: Slot<Row> | Slots<Row> | undefined): Slots<Row> {
  if (there instanceof Sequence) return there
  return there === undefined ? new Sequence() : Sequence.of([there])
}

/** Has a row found under keys of an index. */
function fileUnder<Row>(places: Places<Row>, keys: string | readonly string[] | undefined, slot: Slot<Row>): void {
  if (typeof keys === 'string') file(places, keys, slot)
  else if (keys !== undefined) for (const key of keys) file(places, key, slot)
}

/** Has a row no longer found under keys of an index, but for those that it keeps. */
function unfileFrom<Row>(
  places: Places<Row>,
  keys: string | readonly string[] | undefined,
  slot: Slot<Row>,
  kept?: string | readonly string[],
): void {
  if (typeof keys === 'string') unfileUnlessKept(places, keys, slot, kept)
  else if (keys !== undefined) for (const key of keys) unfileUnlessKept(places, key, slot, kept)
}

function unfileUnlessKept<Row>(places: Places<Row>, key: string, slot: Slot<Row>, kept: string | readonly string[] | undefined): void {
  if (typeof kept === 'string' ? kept === key : kept?.includes(key)) return
  unfile(places, key, slot)
}

function file<Row>(places: Places<Row>, key: string, slot: Slot<Row>): void {
  const there = places.edit(key)
  if (there instanceof Sequence) there.set(slot)
  else if (there === undefined || there.number === slot.number) places.set(key, slot)
  else places.set(key, Sequence.of([there, slot]))
}

function unfile<Row>(places: Places<Row>, key: string, slot: Slot<Row>): void {
  const there = places.edit(key)
  if (there instanceof Sequence) {
    there.delete(slot)
    if (there.size === 1) places.set(key, there.first as Slot<Row>)
  } else if (there?.number === slot.number) places.delete(key)
}
