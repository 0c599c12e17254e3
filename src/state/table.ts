/** A keyed list of values that are part of an account's state. */

import type { z } from 'zod'
import type { Capture, Json, JsonEntry, StateTable } from './part.js'
import { readEntries } from './read.js'
import { type IndexKeys, Rows } from './rows.js'
import type { Lifetime } from './sequence.js'

/** What a table's values are. Where it can be, the same for all tables of one name, so that a table costs an account next to nothing. */
export interface TableOptions<T, Stored> {
  /** `ram.users` */
  name: string
  /** A value as JSON. Default: the value is JSON itself. */
  encode?: (value: T) => Json
  /** Reads a value's JSON. */
  schema: z.ZodType<Stored>
  /** A value of what the schema has read. Default: that itself. */
  decode?: (stored: Stored) => T
  /** What a value's key is, if it follows from the value. */
  keyOf?: (value: T) => string
  /** What else values are found by, by name. */
  indexes?: Readonly<Record<string, IndexKeys<T>>>
  /** Of values that hold something. Default: they hold nothing. */
  holding?: Lifetime<T>
}

/**
 * An ordered map. Its values are never changed in place, only replaced: captures share them, and so may other accounts. A capture shares all that has not
 * changed since, and costs nothing.
 */
export class Table<T, Stored = T> implements StateTable {
  onChange: StateTable['onChange']
  /** Made when there is something to hold: of most tables, most accounts need none. */
  #made: Rows<T> | undefined

  constructor(private readonly options: TableOptions<T, Stored>) {}

  get name(): string {
    return this.options.name
  }

  get size(): number {
    return this.#made?.size ?? 0
  }

  get(key: string): T | undefined {
    return this.#made?.get(key)
  }

  /** The oldest value. */
  get first(): T | undefined {
    return this.#made?.first
  }

  has(key: string): boolean {
    return this.get(key) !== undefined
  }

  /** In order: of several changes to one key, the first one that there was no value before counts. */
  *keys(): Generator<string> {
    for (const { key } of this.#rows) yield key
  }

  *values(): Generator<T> {
    for (const { row } of this.#rows) yield row
  }

  /** Keys and values. */
  *pairs(): Generator<[string, T]> {
    for (const { key, row } of this.#rows) yield [key, row]
  }

  /** Keys and values that are found under a key of an index, in order. */
  pairsBy(index: string, key: string): [string, T][] {
    return this.#rows
      .find({ [index]: key })
      .slice()
      .map(({ key, row }) => [key, row])
  }

  /** Adds a value behind the others; of one that is there under this key, nothing stays. */
  add(key: string, value: T): void {
    this.#rows.add(key, value)
    this.onChange?.(key, true)
  }

  /** Adds a value behind the others, or replaces the one of this key where it stands. */
  set(key: string, value: T): void {
    const rows = this.#rows
    const placed = !rows.replace(key, value)
    if (placed) rows.add(key, value)
    this.onChange?.(key, placed)
  }

  /** Removes a value; what it holds is the caller's to give back. False if there is none. */
  delete(key: string): boolean {
    const there = this.#made?.delete(key) ?? false
    if (there) this.onChange?.(key, false)
    return there
  }

  /** Removes the oldest values, until there are no more than so many. */
  forgetOldest(most: number): void {
    if (this.size <= most) return
    for (const { key } of this.#rows.find().slice(0, this.size - most)) this.delete(key)
  }

  /** Removes all values, and gives back what they hold. */
  clear(): void {
    const former = this.#made
    this.#made = undefined
    if (former === undefined) return
    if (this.onChange) for (const { key } of former) this.onChange(key, false)
    former.dispose()
  }

  *entries(): Generator<JsonEntry> {
    if (this.#made) yield* this.write(this.#made)
  }

  entry(key: string): Json | undefined {
    const value = this.get(key)
    return value === undefined ? undefined : this.#encode(value)
  }

  read(entries: Iterable<JsonEntry>): Promise<Capture> {
    const { name, schema, decode, keyOf } = this.options
    return readEntries<T>(entries, {
      name,
      decode: (json) => (decode ? decode(schema.parse(json)) : (schema.parse(json) as unknown as T)),
      keyOf,
      options: this.options,
    })
  }

  *write(capture: Capture): Generator<JsonEntry> {
    for (const { key, row } of capture as Rows<T>) yield [key, this.#encode(row)]
  }

  capture(): Capture {
    return this.#rows.share()
  }

  restore(capture: Capture): void {
    const former = this.#made
    this.#made = capture.share() as Rows<T>
    former?.dispose()
  }

  dispose(): void {
    this.#made?.dispose()
  }

  get #rows(): Rows<T> {
    this.#made ??= new Rows(this.options)
    return this.#made
  }

  #encode(value: T): Json {
    const { encode } = this.options
    return (encode ? encode(value) : value) as Json
  }
}
