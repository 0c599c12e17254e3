/**
 * Resources in memory: `@msw/data` collections behind one thin, typed wrapper.
 *
 * The library finds by scanning and pages before it sorts; the wrapper adds an index by key, and sorts before it pages. Test authors
 * can use the collection itself, to seed and to assert: what they create, change or delete there is seen here.
 */

import { Collection } from '@msw/data'
import type { z } from 'zod'

/** A record of a collection. */
export type RecordOf<Schema extends z.ZodObject> = z.output<Schema>

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
  /** The collection itself, with the library's own queries. */
  readonly collection: Collection<Schema>
  readonly #keyOf: (row: RecordOf<Schema>) => string
  #index = new Map<string, RecordOf<Schema>>()
  #stale = false

  constructor(schema: Schema, keyOf: (row: RecordOf<Schema>) => string) {
    this.#keyOf = keyOf
    this.collection = new Collection({ schema })
    this.collection.hooks.on('create', ({ data }) => {
      const row = data.record as RecordOf<Schema>
      if (!this.#stale) this.#index.set(keyOf(row), row)
    })
    this.collection.hooks.on('delete', ({ data }) => {
      this.#index.delete(keyOf(data.deletedRecord as RecordOf<Schema>))
    })
    // An update replaces the record after its hooks have run; the index is made anew when it is next needed.
    this.collection.hooks.on('update', () => {
      this.#stale = true
    })
  }

  get count(): number {
    return this.collection.count()
  }

  /** The record with this key. */
  get(key: string): RecordOf<Schema> | undefined {
    return this.#fresh().get(key)
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
    this.#index.set(key, changed)
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
    for (const row of [...this.collection.all()].reverse()) this.collection.delete(row as never)
  }

  /** The records that a page asks for, and how many there are on all pages. */
  list({ where, orderBy, descending = false, skip = 0, take = Number.POSITIVE_INFINITY }: Page<RecordOf<Schema>> = {}): {
    total: number
    rows: RecordOf<Schema>[]
  } {
    const all = this.collection.all() as RecordOf<Schema>[]
    const found = where ? all.filter(where) : [...all]
    if (orderBy) found.sort((a, b) => compare(orderBy(a), orderBy(b)))
    if (descending) found.reverse()
    return { total: found.length, rows: found.slice(skip, skip + take) }
  }

  /** The oldest record. */
  first(): RecordOf<Schema> | undefined {
    return this.collection.all()[0] as RecordOf<Schema> | undefined
  }

  #fresh(): Map<string, RecordOf<Schema>> {
    if (this.#stale) {
      this.#index = new Map((this.collection.all() as RecordOf<Schema>[]).map((row) => [this.#keyOf(row), row]))
      this.#stale = false
    }
    return this.#index
  }
}

const compare = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0)
