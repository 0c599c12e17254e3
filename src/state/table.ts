/** A keyed list of values that are part of an account's state. */

import type { z } from 'zod'
import type { Capture, Json, JsonEntry, Ownership, StateTable } from './part.js'
import { readEntries } from './read.js'

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
  /** Of values that hold something. Default: they hold nothing. */
  holding?: Ownership<T>
}

/** An ordered map. Its values are never changed in place, only replaced: so a capture shares them, and so may another account. */
export class Table<T, Stored = T> implements StateTable {
  onChange: StateTable['onChange']
  /** Made when there is something to hold: of most tables, most accounts need none. */
  #made: Map<string, T> | undefined

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

  has(key: string): boolean {
    return this.#made?.has(key) ?? false
  }

  /** In order: of several changes to one key, the first one that there was no value before counts. */
  keys(): MapIterator<string> {
    return this.#values.keys()
  }

  values(): MapIterator<T> {
    return this.#values.values()
  }

  /** Keys and values. */
  pairs(): MapIterator<[string, T]> {
    return this.#values.entries()
  }

  /** Adds a value behind the others, or replaces the one of this key where it stands. */
  set(key: string, value: T): void {
    const values = this.#values
    if (this.onChange === undefined) {
      values.set(key, value)
      return
    }
    const placed = !values.has(key)
    values.set(key, value)
    this.onChange(key, placed)
  }

  /** Removes a value; what it holds is the caller's to give back. False if there is none. */
  delete(key: string): boolean {
    const there = this.#made?.delete(key) ?? false
    if (there) this.onChange?.(key, false)
    return there
  }

  /** Removes all values; what they hold is the caller's to give back. */
  clear(): void {
    const keys = this.onChange === undefined ? [] : [...this.#values.keys()]
    this.#values.clear()
    for (const key of keys) this.onChange?.(key, false)
  }

  *entries(): Generator<JsonEntry> {
    for (const [key, value] of this.#values) yield [key, this.#encode(value)]
  }

  entry(key: string): Json | undefined {
    const value = this.#values.get(key)
    return value === undefined ? undefined : this.#encode(value)
  }

  read(entries: Iterable<JsonEntry>): Capture {
    const { name, schema, decode, keyOf, holding } = this.options
    return readEntries<T>(entries, {
      name,
      decode: (json) => (decode ? decode(schema.parse(json)) : (schema.parse(json) as unknown as T)),
      keyOf,
      discard: holding?.release,
    })
  }

  *write(capture: Capture): Generator<JsonEntry> {
    for (const [key, value] of capture) yield [key, this.#encode(value as T)]
  }

  capture(): Capture {
    const { holding } = this.options
    return holding ? Array.from(this.#values, ([key, value]) => [key, holding.retain(value)] as const) : [...this.#values]
  }

  restore(capture: Capture): void {
    const { holding } = this.options
    const values = capture as readonly (readonly [string, T])[]
    if (holding) for (const value of this.#values.values()) holding.release(value)
    this.#made = new Map(holding ? values.map(([key, value]) => [key, holding.transfer(value)]) : values)
  }

  release(capture: Capture): void {
    const { holding } = this.options
    if (holding) for (const [, value] of capture) holding.release(value as T)
  }

  get #values(): Map<string, T> {
    this.#made ??= new Map()
    return this.#made
  }

  #encode(value: T): Json {
    const { encode } = this.options
    return (encode ? encode(value) : value) as Json
  }
}
