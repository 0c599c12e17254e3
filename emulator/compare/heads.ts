/** The headers of two answers that say something of what is answered. */

import { Differ, type Difference } from './differ.js'
import type { Roles } from './roles.js'

/** Of answers to Actions; the others are the gateway's. */
const OF_ACTIONS = /^content-type$/

/** Of answers of OSS; not the ids of requests, and how long they took. */
const OF_OBJECTS =
  /^(?:content-(?:type|disposition|encoding|language|range)|cache-control|etag|expires|last-modified|location|accept-ranges|access-control-.*|x-oss-(?!request-id$|server-time$|ec$).*)$/

/** What the bytes of an object come to, which are the same in both clouds if the call has brought them. */
const OF_BYTES = 'x-oss-hash-crc64ecma'

/** Where the headers of two answers differ: `header content-type`. */
export function headDifferences(
  { isObject, method }: { isObject: boolean; method: string },
  recorded: Readonly<Record<string, string>>,
  here: Readonly<Record<string, string>>,
  roles: Roles,
): Difference[] {
  const shown = (headers: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(
      Object.entries(headers)
        .filter(([name]) => (isObject ? OF_OBJECTS : OF_ACTIONS).test(name))
        .map(([name, value]) => [`header ${name}`, written(name, value)]),
    )
  const differences = new Differ(false).compare(shown(recorded), shown(here), roles)
  const [theirs, ours] = [recorded[OF_BYTES], here[OF_BYTES]]
  const hasBytes = method === 'PUT' || method === 'POST'
  if (hasBytes && theirs !== undefined && ours !== undefined && theirs !== ours)
    differences.push({ field: `header ${OF_BYTES}`, kind: 'value', recorded: theirs, here: ours })
  return differences
}

/** Writers differ in spaces and letters of types; of a range, the numbers depend on how large a file came out. */
function written(name: string, value: string): string {
  if (name === 'content-type') return value.toLowerCase().replace(/\s+/g, '')
  return name === 'content-range' ? value.replace(/\d+/g, '0') : value
}
