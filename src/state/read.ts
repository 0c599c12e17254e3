/** Reading the entries of a part, and saying what is wrong with them. */

import { ZodError } from 'zod'
import { MissingBytes } from '../oss/blobs.js'
import type { Json, JsonEntry } from './part.js'

/**
 * Reads all entries of a part. Throws a `RangeError` that says which entry is not as it must be, or {@link MissingBytes} with all that are not there;
 * what was read until then is given back with `discard`.
 */
export function readEntries<T>(
  part: string,
  entries: Iterable<JsonEntry>,
  decode: (json: Json) => T,
  discard: (value: T) => void = () => {},
): (readonly [string, T])[] {
  const read: (readonly [string, T])[] = []
  const missing: string[] = []
  try {
    for (const [key, json] of entries) {
      try {
        read.push([key, decode(json)])
      } catch (error) {
        if (!(error instanceof MissingBytes)) throw new RangeError(`${part} "${key}": ${problemOf(error)}`)
        missing.push(...error.ids)
      }
    }
    if (missing.length > 0) throw new MissingBytes(missing)
    return read
  } catch (error) {
    for (const [, value] of read) discard(value)
    throw error
  }
}

/** What is wrong with a value, in one line. */
export function problemOf(error: unknown): string {
  if (!(error instanceof ZodError)) return error instanceof Error ? error.message : String(error)
  return error.issues.map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message)).join('; ')
}
