/** Conditions of a request: it is answered only if the object has, or has not, changed. */

import { fromHttpDate } from '../base/times.js'
import type { Call } from '../http/call.js'
import { refuseObject } from './errors.js'
import type { StoredObject } from './object.js'

/** Refuses if a condition does not hold. `prefix` goes before the headers' names, for the source of a copy. */
export function checkConditions(
  headers: Call['headers'],
  { etag, modifiedAt }: StoredObject,
  prefix: '' | 'x-oss-copy-source-' = '',
): void {
  const header = (name: string): string | undefined => headers[prefix + name]
  const same = (value: string): boolean => value.split(',').some((each) => each.trim() === '*' || each.trim().replaceAll('"', '') === etag)
  // Dates in headers have whole seconds.
  const modified = Math.floor(modifiedAt / 1000) * 1000
  const date = (name: string): number | undefined => fromHttpDate(header(name) ?? '')
  const fail = (condition: string, reason: string): never =>
    refuseObject('PreconditionFailed', { reason, fields: { Condition: condition } })
  const notModified = (reason: string): never => refuseObject('NotModified', { reason, headers: { etag: `"${etag}"` } })

  const match = header('if-match')
  if (match !== undefined && !same(match)) fail('If-Match', `the ETag of the object is "${etag}"`)
  if (modified > (date('if-unmodified-since') ?? Number.POSITIVE_INFINITY)) fail('If-Unmodified-Since', 'the object was changed after that')
  const noneMatch = header('if-none-match')
  if (noneMatch !== undefined && same(noneMatch)) notModified('If-None-Match: the object still has this ETag')
  if (modified <= (date('if-modified-since') ?? Number.NEGATIVE_INFINITY))
    notModified('If-Modified-Since: the object was not changed since')
}
