/**
 * Resources in memory: `@msw/data` collections behind one thin, typed wrapper.
 *
 * The library finds by scanning and pages before it sorts; the wrapper adds an index by key, and by a second one where there is need, and sorts before it pages. Test authors
 * can use the collection itself, to seed and to assert: what they create, change or delete there is seen here.
 */

import { Collection } from '@msw/data'
import type { z } from 'zod'
import type { Capture, Holding, Json, JsonEntry, Part } from '../state/part.js'
import { readEntries } from '../state/read.js'

/** A record of a collection. */
export type RecordOf<Schema extends z.ZodObject> = z.output<Schema>

/** What a record is looked up by. */
type KeyOf<Schema extends z.ZodObject> = (row: RecordOf<Schema>) => string

/** What part of a list is wanted. */
export interface Page<Row> {
  where?: (row: Row) => boolean
  /** Sorts by this value, numbers by size and text by code point. Default: order of creation. */
  orderBy?: (row: Row) => number | string
  descending?: boolean
  skip?: number
  take?: number
}

/** What differs from one kind of resource to another. The same for all accounts, where it can be. */
export interface ResourceOptions<Schema extends z.ZodObject> {
  /** Name of the part of an account's state that the records are: `vod.videos`. */
  name: string
  schema: Schema
  /** What records are looked up by. */
  keyOf: KeyOf<Schema>
  /** A second key by which records are looked up, and of which no two have the same. */
  otherKeyOf?: KeyOf<Schema>
  /** Of records that hold something, such as bytes, and so are not JSON. */
  holding?: Holding<RecordOf<Schema>> & { encode: (row: RecordOf<Schema>) => Json; decode: (json: Json) => RecordOf<Schema> }
}

/** One kind of resource of one account. A record is never changed in place, only replaced: so a capture shares it, and so may another account. */
export class Resources<Schema extends z.ZodObject> implements Part {
  onChange: Part['onChange']
  // Made when they are first needed: most accounts need few of theirs, and tests make many accounts.
  #collection: Collection<Schema> | undefined
  #index: Map<string, RecordOf<Schema>> | undefined
  #others: Map<string, RecordOf<Schema>> | undefined
  #stale = false

  constructor(private readonly options: ResourceOptions<Schema>) {}

  get name(): string {
    return this.options.name
  }

  /** The collection itself, with the library's own queries. */
  get collection(): Collection<Schema> {
    this.#collection ??= this.#newCollection()
    return this.#collection
  }

  get count(): number {
    return this.#collection?.count() ?? 0
  }

  /** The record with this key. */
  get(key: string): RecordOf<Schema> | undefined {
    this.#refresh()
    return this.#index?.get(key)
  }

  /** The record with this second key. */
  getByOther(key: string): RecordOf<Schema> | undefined {
    this.#refresh()
    return this.#others?.get(key)
  }

  /** Adds a record; one with the same key is replaced. */
  async put(values: z.input<Schema>): Promise<RecordOf<Schema>> {
    const key = this.options.keyOf(values as RecordOf<Schema>)
    this.delete(key)
    return (await this.collection.create(values)) as RecordOf<Schema>
  }

  /** Changes the record with this key, and returns it as it is now. */
  async update(key: string, change: (draft: RecordOf<Schema>) => void): Promise<RecordOf<Schema> | undefined> {
    const row = this.get(key)
    if (row === undefined) return undefined
    const changed = (await this.collection.update(row as never, { data: change as never })) as RecordOf<Schema>
    this.#forget(row)
    this.#learn(changed)
    this.#stale = false
    return changed
  }

  /** Removes the record with this key; false if there is none. */
  delete(key: string): boolean {
    const row = this.get(key)
    if (row === undefined) return false
    this.collection.delete(row as never)
    return true
  }

  /** Removes all records. */
  clear(): void {
    for (const row of [...this.#all()].reverse()) this.collection.delete(row as never)
  }

  /** The records that a page asks for, and how many there are on all pages. */
  list({ where, orderBy, descending = false, skip = 0, take = Number.POSITIVE_INFINITY }: Page<RecordOf<Schema>> = {}): {
    total: number
    rows: RecordOf<Schema>[]
  } {
    const all = this.#all()
    const found = where ? all.filter(where) : [...all]
    if (orderBy) found.sort((a, b) => compare(orderBy(a), orderBy(b)))
    if (descending) found.reverse()
    return { total: found.length, rows: found.slice(skip, skip + take) }
  }

  /** The oldest record. */
  first(): RecordOf<Schema> | undefined {
    return this.#all()[0]
  }

  *entries(): Generator<JsonEntry> {
    for (const row of this.#all()) yield [this.options.keyOf(row), this.#encode(row)]
  }

  entry(key: string): Json | undefined {
    const row = this.get(key)
    return row && this.#encode(row)
  }

  read(entries: Iterable<JsonEntry>): Capture {
    const { name, schema, keyOf, holding } = this.options
    return readEntries<RecordOf<Schema>>(entries, {
      name,
      decode: (json) => (holding ? holding.decode(json) : schema.parse(json)),
      keyOf,
      discard: holding?.discard,
    })
  }

  *write(capture: Capture): Generator<JsonEntry> {
    for (const [key, row] of capture) yield [key, this.#encode(row as RecordOf<Schema>)]
  }

  capture(): Capture {
    const { keyOf, holding } = this.options
    return this.#all().map((row) => [keyOf(row), holding ? withInternals(holding.share(row), row) : row] as const)
  }

  async restore(capture: Capture): Promise<void> {
    const { holding } = this.options
    if (holding) for (const row of this.#all()) holding.discard(row)
    this.#collection = undefined
    this.#index = undefined
    this.#others = undefined
    this.#stale = false
    const [first] = capture as readonly (readonly [string, RecordOf<Schema>])[]
    if (first === undefined) return
    const rows = this.#rowsOf(this.collection)
    const isKnown = isRecord(first[1])
    for (const [key, value] of capture) {
      const captured = value as RecordOf<Schema>
      const row = holding ? withInternals(holding.adopt(captured), captured) : captured
      if (!isKnown) await this.collection.create(row as z.input<Schema>)
      else {
        // It was created, and so checked, in another collection.
        rows.push(row)
        this.#learn(row, key)
      }
    }
  }

  release(capture: Capture): void {
    const { holding } = this.options
    if (holding) for (const [, row] of capture) holding.discard(row as RecordOf<Schema>)
  }

  #newCollection(): Collection<Schema> {
    const { schema, keyOf } = this.options
    const collection = new Collection({ schema })
    collection.hooks.on('create', ({ data }) => {
      const row = data.record as RecordOf<Schema>
      if (!this.#stale) this.#learn(row)
      this.onChange?.(keyOf(row), true)
    })
    collection.hooks.on('delete', ({ data }) => {
      const row = data.deletedRecord as RecordOf<Schema>
      this.#forget(row)
      this.onChange?.(keyOf(row), false)
    })
    // An update replaces the record after its hooks have run; the index is made anew when it is next needed.
    collection.hooks.on('update', ({ data }) => {
      this.#stale = true
      this.onChange?.(keyOf(data.prevRecord as RecordOf<Schema>), false)
    })
    return collection
  }

  #all(): RecordOf<Schema>[] {
    return this.#collection === undefined ? [] : this.#rowsOf(this.#collection)
  }

  /** The list that the collection itself works on. */
  #rowsOf(collection: Collection<Schema>): RecordOf<Schema>[] {
    return collection.all() as RecordOf<Schema>[]
  }

  #encode(row: RecordOf<Schema>): Json {
    const { holding } = this.options
    return holding ? holding.encode(row) : (row as Json)
  }

  #learn(row: RecordOf<Schema>, key = this.options.keyOf(row)): void {
    const { otherKeyOf } = this.options
    this.#index ??= new Map()
    this.#index.set(key, row)
    if (otherKeyOf === undefined) return
    this.#others ??= new Map()
    this.#others.set(otherKeyOf(row), row)
  }

  #forget(row: RecordOf<Schema>): void {
    const { keyOf, otherKeyOf } = this.options
    this.#index?.delete(keyOf(row))
    if (otherKeyOf) this.#others?.delete(otherKeyOf(row))
  }

  #refresh(): void {
    if (!this.#stale) return
    this.#index = undefined
    this.#others = undefined
    for (const row of this.#all()) this.#learn(row)
    this.#stale = false
  }
}

/** What the library keeps with a record are symbols of its own, which are not enumerable. */
const isRecord = (row: object): boolean => Object.getOwnPropertySymbols(row).length > 0

/** A copy of a record, as a record of the library. */
function withInternals<Row extends object>(copy: Row, record: Row): Row {
  for (const symbol of Object.getOwnPropertySymbols(record) as (keyof Row)[]) Object.defineProperty(copy, symbol, { value: record[symbol] })
  return copy
}

const compare = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0)
