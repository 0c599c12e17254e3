/** What the state of an account is made of: named parts, each a list of keyed values that can be written as JSON, captured and put back. */

import type { z } from 'zod'

/** What JSON can hold. */
export type Json = z.core.util.JSONType

/** One keyed value of a part, as JSON. */
export type JsonEntry = readonly [key: string, value: Json]

/** The values of a part at one instant: shared with it where they never change, and never changed from then on. Only the part itself can read it. */
export type Capture = readonly (readonly [key: string, value: unknown])[]

/** A part of an account's state. */
export interface StateTable {
  /** `vod.videos` */
  readonly name: string
  /** All entries as JSON, in their order. */
  entries(): Iterable<JsonEntry>
  /** One of them as JSON, or `undefined` if there is none. */
  entry(key: string): Json | undefined
  /** Reads entries as {@link entries} writes them, without changing anything. Throws a `RangeError` if one is not as it must be. */
  read(entries: Iterable<JsonEntry>): Capture
  /** What was captured, as {@link entries} writes it. */
  write(capture: Capture): Iterable<JsonEntry>
  /** What is there now. It must be given back with {@link release} once it is of no more use. */
  capture(): Capture
  /** Replaces all that is there by what was captured, here or in the same part of another account. The capture stays as it is. */
  restore(capture: Capture): void | Promise<void>
  /** Gives back what a capture holds, such as the bytes of objects. */
  release(capture: Capture): void
  /**
   * Called after an entry was added, changed or removed, by who stores the state. `placed`: it is a new entry, which stands behind all others,
   * even if there was one of this key before. Until somebody sets it, a change costs one comparison.
   */
  onChange: ((key: string, placed: boolean) => void) | undefined
}

/** What a store follows of a part: its entries, and their changes. */
export type TrackedTable = Pick<StateTable, 'name' | 'entries' | 'entry' | 'onChange'>

/** What a part is to do with values that hold something which has owners, such as bytes. */
export interface Ownership<T> {
  /** A value for a capture. */
  retain: (value: T) => T
  /** A value of a capture, for the account that the part is of. */
  transfer: (value: T) => T
  /** Gives back what a value holds. */
  release: (value: T) => void
}

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
