/** Records in memory, by key and in the order of their creation, with indexes. */

import type { z } from 'zod'
import { draftOf, frozen } from './draft.js'
import type { Capture, Json, JsonEntry, Ownership, StateTable } from './part.js'
import { readEntries } from './read.js'
import { Sequence } from './sequence.js'
import type { View } from './view.js'

/** A record of a collection. */
export type RecordOf<Schema extends z.ZodObject> = z.output<Schema>

/** Under which keys of an index a record is found; `undefined` or an empty list: under none. It must depend on the record alone. */
export type IndexKeys<Row> = (row: Row) => string | readonly string[] | undefined

/** What differs from one kind of record to another. The same for all accounts, where it can be. */
export interface CollectionDefinition<Schema extends z.ZodObject, Index extends string = never> {
  /** Name of the part of an account's state that the records are: `vod.videos`. */
  name: string
  /** What a record must be like. It is checked by it whenever it is put or updated. */
  schema: Schema
  /** The key of a record: no two have the same. */
  keyOf: (row: RecordOf<Schema>) => string
  /** What else records are found by, by name. Any number of records may be under one key. */
  indexes?: Readonly<Record<Index, IndexKeys<RecordOf<Schema>>>>
  /** Of records that hold something, such as bytes, and so are not JSON. */
  holding?: Ownership<RecordOf<Schema>> & { encode: (row: RecordOf<Schema>) => Json; decode: (json: Json) => RecordOf<Schema> }
}

/** Defines a collection; its records and indexes are known to the compiler. */
export const defineCollection = <Schema extends z.ZodObject, const Index extends string = never>(
  definition: CollectionDefinition<Schema, Index>,
): CollectionDefinition<Schema, Index> => definition

/** The collection of a definition: what `state.collection` makes of it. */
export type CollectionOf<Definition> =
  Definition extends CollectionDefinition<infer Schema, infer Index> ? Collection<Schema, Index> : never

/** Keys by index: `{ category: '12', status: ['Normal', 'Blocked'] }`. All must apply, and of several keys of one index any; `undefined` does not count. */
export type Keys<Index extends string> = { readonly [Name in Index]?: string | readonly string[] | undefined }

/** What part of a list is wanted. */
export interface Page<Row, Index extends string = never> {
  /** Only what is found under these keys. Nothing else is looked at. */
  by?: Keys<Index>
  /** Only what this holds for. It is asked of every record that `by` leaves. */
  where?: (row: Row) => boolean
  /** Sorts by this value, numbers by size and text by code point; of equals the older one comes first. Default: order of creation. */
  orderBy?: (row: Row) => number | string
  /** The other way round. */
  descending?: boolean
  skip?: number
  take?: number
}

/** The place of a record, whichever version of it stands there. */
interface Slot<Row> {
  /** Higher than those of all records that were created before. */
  readonly number: number
  readonly key: string
  row: Row
}

/** The places of records, in the order of their creation. */
type Slots<Row> = Sequence<Slot<Row>>

/**
 * The records of one kind in one account. Looking up, putting, updating, deleting, and listing a page of what an index finds cost the same
 * however many there are. A record is never changed in place, only replaced: so a capture shares it, and so may another account.
 */
export class Collection<Schema extends z.ZodObject, Index extends string = never> implements StateTable {
  onChange: StateTable['onChange']
  #slots = new Map<string, Slot<RecordOf<Schema>>>()
  #all: Slots<RecordOf<Schema>> = new Sequence()
  /** By name and key. An index is built when it is first asked for: copies of an account are never asked for most of them. */
  readonly #indexes = new Map<string, Map<string, Slots<RecordOf<Schema>>>>()
  #created = 0

  constructor(readonly definition: CollectionDefinition<Schema, Index>) {}

  get name(): string {
    return this.definition.name
  }

  get count(): number {
    return this.#slots.size
  }

  /** The record with this key. */
  get(key: string): RecordOf<Schema> | undefined {
    return this.#slots.get(key)?.row
  }

  /**
   * The place of the record with this key in the order of creation: a number higher than those of all that were created before. It stays the same
   * when the record is updated, and means nothing any more once a state is restored.
   */
  numberOf(key: string): number | undefined {
    return this.#slots.get(key)?.number
  }

  /** The record under a key of an index: the newest, if there are several. */
  getBy(index: Index, key: string): RecordOf<Schema> | undefined {
    return this.#index(index).get(key)?.last?.row
  }

  /** How many records there are under a key of an index. */
  countBy(index: Index, key: string): number {
    return this.#index(index).get(key)?.size ?? 0
  }

  /** The oldest record. */
  first(): RecordOf<Schema> | undefined {
    return this.#all.first?.row
  }

  /** The records that a page asks for, and how many there are on all pages. */
  list(page: Page<RecordOf<Schema>, Index> = {}): { total: number; rows: RecordOf<Schema>[] } {
    const { by, where, orderBy } = page
    const found = this.#find(by)
    if (where === undefined && orderBy === undefined) return pageOf(found, found.size, page)
    const slots = where ? found.slice().filter(({ row }) => where(row)) : found.slice()
    return pageOf(orderBy ? sorted(slots, orderBy) : slots, slots.length, page)
  }

  /**
   * Adds a record behind all others; the one with the same key, if there is one, is gone. Answers it as the schema has made it. Throws a
   * `ZodError` if it is not as the schema says; then everything is as it was.
   */
  put(values: z.input<Schema>): RecordOf<Schema> {
    const row = this.#rowOf(values)
    const slot = { number: ++this.#created, key: this.definition.keyOf(row), row }
    const places = this.#placesOf(row)
    const former = this.#slots.get(slot.key)
    this.#slots.set(slot.key, slot)
    this.#all.add(slot)
    for (const place of places) file(...place, slot)
    // Last, because a key that is deleted and set again and again is what maps are slow at.
    if (former) this.#takeOut(former)
    this.onChange?.(slot.key, true)
    return row
  }

  /**
   * Puts in the place of the record with this key what `change`, which is not asynchronous, makes of a copy of it. Answers the new record, or
   * `undefined` if there is none. Throws a `ZodError` if it is not as the schema says, and a `RangeError` if it has another key; then everything is
   * as it was.
   */
  update(key: string, change: (draft: RecordOf<Schema>) => void): RecordOf<Schema> | undefined {
    const { name, keyOf } = this.definition
    const former = this.get(key)
    if (former === undefined) return undefined
    const draft = draftOf(former)
    change(draft)
    const row = this.#rowOf(draft)
    if (keyOf(row) !== key) throw new RangeError(`${name} "${key}": an update cannot give it the key "${keyOf(row)}"`)
    const slot = this.#slots.get(key)
    if (slot === undefined) return undefined
    const [before, after] = [this.#placesOf(slot.row), this.#placesOf(row)]
    for (const place of before) if (!isAmong(after, place)) unfile(...place, slot)
    slot.row = row
    for (const place of after) file(...place, slot)
    this.onChange?.(key, false)
    return row
  }

  /** Removes the record with this key; what it holds is the caller's to give back. False if there is none. */
  delete(key: string): boolean {
    const slot = this.#slots.get(key)
    if (slot === undefined) return false
    this.#slots.delete(key)
    this.#takeOut(slot)
    this.onChange?.(key, false)
    return true
  }

  /** Removes all records; what they hold is the caller's to give back. */
  clear(): void {
    const keys = [...this.#slots.keys()]
    this.#empty()
    for (const key of keys) this.onChange?.(key, false)
  }

  /** Removes the oldest records that are found by these keys, until there are no more than so many in all, or none of them is left. */
  forgetOldest(most: number, by: Keys<Index>): void {
    if (this.count <= most) return
    for (const { key } of this.#find(by).slice(0, this.count - most)) this.delete(key)
  }

  *entries(): Generator<JsonEntry> {
    for (const { key, row } of this.#all) yield [key, this.#encode(row)]
  }

  entry(key: string): Json | undefined {
    const row = this.get(key)
    return row && this.#encode(row)
  }

  read(entries: Iterable<JsonEntry>): Capture {
    const { name, schema, keyOf, holding } = this.definition
    return readEntries<RecordOf<Schema>>(entries, {
      name,
      decode: (json) => frozen(holding ? holding.decode(json) : schema.parse(json)),
      keyOf,
      discard: holding?.release,
    })
  }

  *write(capture: Capture): Generator<JsonEntry> {
    for (const [key, row] of capture) yield [key, this.#encode(row as RecordOf<Schema>)]
  }

  capture(): Capture {
    const { holding } = this.definition
    return this.#all.slice().map(({ key, row }) => [key, holding ? holding.retain(row) : row] as const)
  }

  /** What is captured was checked when it was put here, or read. */
  restore(capture: Capture): void {
    const { holding } = this.definition
    if (holding) for (const { row } of this.#all) holding.release(row)
    this.#empty()
    for (const [key, captured] of capture as readonly (readonly [string, RecordOf<Schema>])[]) {
      const slot = { number: ++this.#created, key, row: holding ? holding.transfer(captured) : captured }
      this.#slots.set(key, slot)
      this.#all.add(slot)
    }
  }

  release(capture: Capture): void {
    const { holding } = this.definition
    if (holding) for (const [, row] of capture) holding.release(row as RecordOf<Schema>)
  }

  /**
   * The records as a collection of `@msw/data`, with its query language: as they are now. What is created, changed or deleted there from then on is
   * taken over here, or refused there.
   */
  async view(): Promise<View<Schema>> {
    const { viewOf } = await import('./view.js')
    return viewOf(this)
  }

  /** A record of these values, as the schema makes it; it shares nothing with them. */
  #rowOf(values: unknown): RecordOf<Schema> {
    return frozen(this.definition.schema.parse(draftOf(values)))
  }

  #encode(row: RecordOf<Schema>): Json {
    const { holding } = this.definition
    return holding ? holding.encode(row) : (row as Json)
  }

  #empty(): void {
    this.#slots = new Map()
    this.#all = new Sequence()
    this.#indexes.clear()
  }

  #takeOut(slot: Slot<RecordOf<Schema>>): void {
    this.#all.delete(slot)
    for (const place of this.#placesOf(slot.row)) unfile(...place, slot)
  }

  #index(name: Index): Map<string, Slots<RecordOf<Schema>>> {
    let index = this.#indexes.get(name)
    if (index === undefined) {
      index = new Map()
      for (const slot of this.#all) for (const key of this.#keysOf(name, slot.row)) file(index, key, slot)
      this.#indexes.set(name, index)
    }
    return index
  }

  #keysOf(name: string, row: RecordOf<Schema>): readonly string[] {
    const keys = this.definition.indexes?.[name as Index](row) ?? []
    return typeof keys === 'string' ? [keys] : keys
  }

  /** Where the indexes that there are have a record, or are to have it. */
  #placesOf(row: RecordOf<Schema>): Place<RecordOf<Schema>>[] {
    const places: Place<RecordOf<Schema>>[] = []
    for (const [name, index] of this.#indexes) for (const key of this.#keysOf(name, row)) places.push([index, key])
    return places
  }

  /** What is found under keys, of which all must apply: the fewest that one of them finds, and of these what the others find, too. */
  #find(by: Keys<Index> = {}): Slots<RecordOf<Schema>> {
    const [fewest, ...others] = (Object.entries(by) as [Index, string | readonly string[] | undefined][])
      .filter(([, keys]) => keys !== undefined)
      .map(([name, keys]) => this.#findAny(this.#index(name), keys as string | readonly string[]))
      .sort((a, b) => a.size - b.size)
    if (fewest === undefined) return this.#all
    if (others.length === 0) return fewest
    return Sequence.of([...fewest].filter((slot) => others.every((other) => other.has(slot))))
  }

  /** What is found under a key of an index, or under any of several. */
  #findAny(index: ReadonlyMap<string, Slots<RecordOf<Schema>>>, keys: string | readonly string[]): Slots<RecordOf<Schema>> {
    if (typeof keys === 'string') return index.get(keys) ?? new Sequence()
    if (keys.length === 1) return this.#findAny(index, keys[0] as string)
    return Sequence.union(keys.flatMap((key) => index.get(key) ?? []))
  }
}

/** An index, and a key of it. */
type Place<Row> = readonly [index: Map<string, Slots<Row>>, key: string]

function file<Row>(index: Map<string, Slots<Row>>, key: string, slot: Slot<Row>): void {
  const slots = index.get(key)
  if (slots) slots.add(slot)
  else index.set(key, Sequence.of([slot]))
}

function unfile<Row>(index: Map<string, Slots<Row>>, key: string, slot: Slot<Row>): void {
  const slots = index.get(key)
  slots?.delete(slot)
  if (slots?.size === 0) index.delete(key)
}

const isAmong = <Row>(places: readonly Place<Row>[], [index, key]: Place<Row>): boolean =>
  places.some((place) => place[0] === index && place[1] === key)

/** The part of a list that is wanted. */
function pageOf<Row>(
  slots: { slice: (from: number, to: number) => Slot<Row>[] },
  total: number,
  { descending = false, skip = 0, take = Number.POSITIVE_INFINITY }: Page<Row>,
): { total: number; rows: Row[] } {
  const [from, to] = [Math.min(skip, total), Math.min(skip + take, total)]
  const page = descending ? slots.slice(total - to, total - from).reverse() : slots.slice(from, to)
  return { total, rows: page.map(({ row }) => row) }
}

/** Sorted by a value, which is asked for once of each. */
function sorted<Row>(slots: Slot<Row>[], orderBy: (row: Row) => number | string): Slot<Row>[] {
  const values = slots.map(({ row }) => orderBy(row))
  // By a time, records mostly are in order already.
  if (values.every((value, index) => index === 0 || (values[index - 1] as typeof value) <= value)) return slots
  const pairs = slots.map((slot, index) => ({ slot, value: values[index] as number | string }))
  return pairs.sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0)).map(({ slot }) => slot)
}
