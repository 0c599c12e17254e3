/**
 * Resources in memory: `@msw/data` collections behind one thin, typed wrapper.
 *
 * The library finds by scanning and pages before it sorts; the wrapper adds an index by key, and by a second one where there is need, and sorts before it pages. Test authors
 * can use the collection itself, to seed and to assert: what they create, change or delete there is seen here.
 */

import { Collection } from '@msw/data'
import type { z } from 'zod'

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

/** One kind of resource of one account. */
export class Resources<Schema extends z.ZodObject> {
  readonly #schema: Schema
  readonly #keyOf: KeyOf<Schema>
  readonly #otherKeyOf: KeyOf<Schema> | undefined
  #collection: Collection<Schema> | undefined
  #index = new Map<string, RecordOf<Schema>>()
  #others = new Map<string, RecordOf<Schema>>()
  #stale = false

  /** `otherKeyOf`: a second key by which records are looked up, and of which no two have the same. */
  constructor(schema: Schema, keyOf: KeyOf<Schema>, otherKeyOf?: KeyOf<Schema>) {
    this.#schema = schema
    this.#keyOf = keyOf
    this.#otherKeyOf = otherKeyOf
  }

  /** The collection itself, with the library's own queries. */
  get collection(): Collection<Schema> {
    // Made when it is first needed: most accounts need few of theirs, and tests make many accounts.
    this.#collection ??= this.#newCollection()
    return this.#collection
  }

  get count(): number {
    return this.#collection?.count() ?? 0
  }

  /** The record with this key. */
  get(key: string): RecordOf<Schema> | undefined {
    this.#refresh()
    return this.#index.get(key)
  }

  /** The record with this second key. */
  getByOther(key: string): RecordOf<Schema> | undefined {
    this.#refresh()
    return this.#others.get(key)
  }

  /** Adds a record; one with the same key is replaced. */
  async put(values: z.input<Schema>): Promise<RecordOf<Schema>> {
    const key = this.#keyOf(values as RecordOf<Schema>)
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

  #newCollection(): Collection<Schema> {
    const collection = new Collection({ schema: this.#schema })
    collection.hooks.on('create', ({ data }) => {
      if (!this.#stale) this.#learn(data.record as RecordOf<Schema>)
    })
    collection.hooks.on('delete', ({ data }) => this.#forget(data.deletedRecord as RecordOf<Schema>))
    // An update replaces the record after its hooks have run; the index is made anew when it is next needed.
    collection.hooks.on('update', () => {
      this.#stale = true
    })
    return collection
  }

  #all(): RecordOf<Schema>[] {
    return (this.#collection?.all() ?? []) as RecordOf<Schema>[]
  }

  #learn(row: RecordOf<Schema>): void {
    this.#index.set(this.#keyOf(row), row)
    if (this.#otherKeyOf) this.#others.set(this.#otherKeyOf(row), row)
  }

  #forget(row: RecordOf<Schema>): void {
    this.#index.delete(this.#keyOf(row))
    if (this.#otherKeyOf) this.#others.delete(this.#otherKeyOf(row))
  }

  #refresh(): void {
    if (!this.#stale) return
    this.#index.clear()
    this.#others.clear()
    for (const row of this.#all()) this.#learn(row)
    this.#stale = false
  }
}

const compare = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0)
