/** Reading the entries of a part. */

import { excessOf } from '../base/json.js'
import { problemOf } from '../base/problem.js'
import { eachInSlices } from '../base/slices.js'
import { MissingBytes } from '../bytes/blobs.js'
import type { Capture, Json, JsonEntry } from './part.js'
import { Rows, type RowsOptions } from './rows.js'

/** How the entries of a part are read. */
export interface Reading<T> {
  /** Name of the part. */
  name: string
  decode: (json: Json) => T
  /** What an entry must have as its key. Default: whatever it has. */
  keyOf?: ((value: T) => string) | undefined
  /** What the values are like. */
  options: RowsOptions<T>
}

/**
 * Reads all entries of a part, however many there are: others go first in between. Rejects with a `RangeError` that says which entry is not as it must be, or {@link MissingBytes} with all that are not there;
 * what was read until then is given back.
 */
export async function readEntries<T>(entries: Iterable<JsonEntry>, { name, decode, keyOf, options }: Reading<T>): Promise<Capture> {
  const read = new Rows<T>(options)
  const keys = new Set<string>()
  const missing: string[] = []
  const refuse = (key: string, problem: string): never => {
    throw new RangeError(`${name} "${key}": ${problem}`)
  }
  try {
    await eachInSlices(entries, (entry) => {
      if (!Array.isArray(entry) || entry.length !== 2 || typeof entry[0] !== 'string')
        throw new RangeError(`${name}: an entry is a list of a key, which is text, and a value`)
      const [key, json] = entry as JsonEntry
      const excess = excessOf(json)
      if (excess !== undefined) refuse(key, excess)
      if (keys.has(key)) refuse(key, 'is there twice')
      keys.add(key)
      let value: T
      try {
        value = decode(json)
      } catch (error) {
        if (!(error instanceof MissingBytes)) return refuse(key, problemOf(error))
        for (const id of error.ids) missing.push(id)
        return
      }
      read.add(key, value)
      const own = keyOf?.(value) ?? key
      if (own !== key) refuse(key, `is under the key of something else: its own is "${own}"`)
    })
    if (missing.length > 0) throw new MissingBytes(missing)
    return read
  } catch (error) {
    read.dispose()
    throw error
  }
}
