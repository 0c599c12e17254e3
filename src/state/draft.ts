/** Drafts of records. */

/**
 * A copy that can be changed at will: arrays and plain objects are copied all the way down, everything else is shared. What is plain does not
 * depend on the realm that made it, which is another one where a test runner runs tests in contexts of their own.
 */
export function draftOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(draftOf) as T
  if (!isPlain(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, draftOf(member)])) as T
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  // The prototype of plain objects is the only one, of each realm, that has none itself.
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
