/** What the state of an account is made of: named parts, each a list of keyed values that can be written as JSON, captured and put back. */

import type { z } from 'zod'

/** What JSON can hold. */
export type Json = z.core.util.JSONType

/** One keyed value of a part, as JSON. */
export type JsonEntry = readonly [key: string, value: Json]

/**
 * The values of a part at one instant, never changed from then on; with the part it has all in common that has not changed since. Only the part itself
 * can read it.
 */
export interface Capture {
  share(): Capture
  /** Gives it back with what it holds, such as the bytes of objects, once it is of no more use. */
  dispose(): void
}

/** Told of a change. `placed`: it is a new entry, which stands behind all others, even if there was one of this key before. */
export type ChangeListener = (key: string, placed: boolean) => void

/** Tells all who follow a table. */
export interface Telling extends ChangeListener {
  readonly listeners: readonly ChangeListener[]
}

/** A part of an account's state. */
export interface StateTable {
  /** `vod.videos` */
  readonly name: string
  /** All entries as JSON, in their order. */
  entries(): Iterable<JsonEntry>
  /** One of them as JSON, or `undefined` if there is none. */
  entry(key: string): Json | undefined
  /** Reads entries as {@link entries} writes them, without changing anything. Rejects with a `RangeError` if one is not as it must be. */
  read(entries: Iterable<JsonEntry>): Promise<Capture>
  /** What was captured, as {@link entries} writes it. */
  write(capture: Capture): Iterable<JsonEntry>
  /** What is there now. */
  capture(): Capture
  /** Replaces all that is there by what was captured, here or in the same part of another account. The capture stays as it is. */
  restore(capture: Capture): void
  /** Gives back what is held here, such as the bytes of objects. */
  dispose(): void
  /** Called after an entry was added, changed or removed: it tells all who `follow` the table. Until somebody does, a change costs one comparison. */
  onChange: Telling | undefined
}

/** What a store follows of a part: its entries, and their changes. */
export type TrackedTable = Pick<StateTable, 'name' | 'entries' | 'entry' | 'onChange'>

/** A single small value of an account's state, which is JSON itself. It tells nobody of its changes: who stores it compares. */
export interface StateValue<T = Json> {
  /** `clock` */
  readonly name: string
  /** Reads a value. */
  readonly schema: z.ZodType<T>
  get(): T
  /** Takes over what the schema has read. */
  set(value: T): void
}
