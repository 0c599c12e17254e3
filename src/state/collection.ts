/** Records in memory, by key and in the order of their creation, with indexes. */

import type { z } from 'zod'
import { checked } from './checked.js'
import { draftOfRecord, frozen } from './draft.js'
import type { Capture, Json, JsonEntry, StateTable } from './part.js'
import { readEntries } from './read.js'
import { type IndexKeys, Rows, type Slot } from './rows.js'
import type { Lifetime } from './sequence.js'
import type { View } from './view-types.js'

/** A record of a collection. */
export type RecordOf<Schema extends z.ZodObject> = z.output<Schema>

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
  holding?: Lifetime<RecordOf<Schema>> & { encode: (row: RecordOf<Schema>) => Json; decode: (json: Json) => RecordOf<Schema> }
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

/**
 * The records of one kind in one account. Looking up, putting, updating, deleting, and listing a page of what an index finds cost the same
 * however many there are. A record is never changed in place, only replaced: captures share it, and so may other accounts. A capture shares all that has
 * not changed since, and costs nothing.
 */
export class Collection<Schema extends z.ZodObject, Index extends string = never> implements StateTable {
  onChange: StateTable['onChange']
  /** Made when there is something to hold: of most collections, most accounts need none. */
  #made: Rows<RecordOf<Schema>> | undefined

  constructor(readonly definition: CollectionDefinition<Schema, Index>) {}

  get name(): string {
    return this.definition.name
  }

  get count(): number {
    return this.#made?.size ?? 0
  }

  /** The record with this key. */
  get(key: string): RecordOf<Schema> | undefined {
    return this.#made?.get(key)
  }

  /** True if there is a record with this key that who asks may not see, as in a `Selection`. */
  hides(_key: string): boolean {
    return false
  }

  /**
   * The place of the record with this key in the order of creation: a number higher than those of all that were created before. It stays the same
   * when the record is updated, and means nothing any more once a state is restored.
   */
  numberOf(key: string): number | undefined {
    return this.#made?.numberOf(key)
  }

  /** The record under a key of an index: the newest, if there are several. */
  getBy(index: Index, key: string): RecordOf<Schema> | undefined {
    return this.#made?.newest(index, key)
  }

  /** The oldest record under a key of an index. */
  oldestBy(index: Index, key: string): RecordOf<Schema> | undefined {
    return this.#made?.oldest(index, key)
  }

  /** How many records there are under a key of an index. */
  countBy(index: Index, key: string): number {
    return this.#made?.countUnder(index, key) ?? 0
  }

  /** The oldest record. */
  first(): RecordOf<Schema> | undefined {
    return this.#made?.first
  }

  /** The records that a page asks for, and how many there are on all pages. */
  list(page: Page<RecordOf<Schema>, Index> = {}): { total: number; rows: RecordOf<Schema>[] } {
    const { by, where, orderBy } = page
    const found = this.#rows.find(by)
    if (where === undefined && orderBy === undefined) return pageOf(found, found.size, page)
    const slots = where ? found.slice().filter(({ row }) => where(row)) : found.slice()
    return pageOf(orderBy ? sorted(slots, orderBy) : slots, slots.length, page)
  }

  /**
   * Adds a record behind all others; the one with the same key, if there is one, is gone. Answers it as the schema has made it. Throws a
   * `ZodError` if it is not as the schema says; then everything is as it was.
   */
  put(values: z.input<Schema>): RecordOf<Schema> {
    const row = checked(this.definition.schema, values)
    const key = this.definition.keyOf(row)
    this.#rows.add(key, row)
    this.onChange?.(key, true)
    return row
  }

  /**
   * Puts in the place of the record with this key what `change`, which is not asynchronous, makes of a copy of it. Answers the new record, or
   * `undefined` if there is none. Throws a `ZodError` if it is not as the schema says, and a `RangeError` if it has another key; then everything is
   * as it was.
   */
  update(key: string, change: (draft: RecordOf<Schema>) => void): RecordOf<Schema> | undefined {
    const { name, schema, keyOf } = this.definition
    const former = this.get(key)
    if (former === undefined) return undefined
    const { draft, members } = draftOfRecord(former)
    change(draft)
    const row = checked(schema, members, former)
    if (keyOf(row) !== key) throw new RangeError(`${name} "${key}": an update cannot give it the key "${keyOf(row)}"`)
    if (!this.#rows.replace(key, row)) return undefined
    this.onChange?.(key, false)
    return row
  }

  /** Removes the record with this key; what it holds is the caller's to give back. False if there is none. */
  delete(key: string): boolean {
    if (!this.#rows.delete(key)) return false
    this.onChange?.(key, false)
    return true
  }

  /** Removes all records, and gives back what they hold. */
  clear(): void {
    const former = this.#made
    this.#made = undefined
    if (former === undefined) return
    if (this.onChange) for (const { key } of former) this.onChange(key, false)
    former.dispose()
  }

  /** Removes the oldest records that are found by these keys, until there are no more than so many in all, or none of them is left. */
  forgetOldest(most: number, by: Keys<Index>): void {
    if (this.count <= most) return
    for (const { key } of this.#rows.find(by).slice(0, this.count - most)) this.delete(key)
  }

  *entries(): Generator<JsonEntry> {
    if (this.#made) yield* this.write(this.#made)
  }

  entry(key: string): Json | undefined {
    const row = this.get(key)
    return row && this.#encode(row)
  }

  read(entries: Iterable<JsonEntry>): Promise<Capture> {
    const { name, schema, keyOf, holding } = this.definition
    return readEntries<RecordOf<Schema>>(entries, {
      name,
      decode: (json) => frozen(holding ? holding.decode(json) : schema.parse(json)),
      keyOf,
      options: this.definition,
    })
  }

  *write(capture: Capture): Generator<JsonEntry> {
    for (const { key, row } of capture as Rows<RecordOf<Schema>>) yield [key, this.#encode(row)]
  }

  capture(): Capture {
    return this.#rows.share()
  }

  /** What is captured was checked when it was put here, or read. */
  restore(capture: Capture): void {
    const former = this.#made
    this.#made = capture.share() as Rows<RecordOf<Schema>>
    former?.dispose()
  }

  dispose(): void {
    this.#made?.dispose()
  }

  /**
   * The records as a collection of `@msw/data`, with its query language: as they are now. What is created, changed or deleted there from then on is
   * taken over here, or refused there.
   */
  async view(): Promise<View<Schema>> {
    const { viewOf } = await import('./view.js')
    return viewOf(this)
  }

  get #rows(): Rows<RecordOf<Schema>> {
    this.#made ??= new Rows(this.definition)
    return this.#made
  }

  #encode(row: RecordOf<Schema>): Json {
    const { holding } = this.definition
    return holding ? holding.encode(row) : (row as Json)
  }
}

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
