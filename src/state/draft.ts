/**
 * Records can be shared because they cannot be changed, and changed because they can be copied. What counts as a plain object does not depend on
 * the realm that has made it, which is another one where a test runner runs tests in contexts of their own.
 */

/** A copy that can be changed: of arrays and plain objects all the way down. Everything else is shared. */
export function draftOf<T>(value: T): T {
  if (Array.isArray(value)) return [...value].map(draftOf) as T
  if (!isPlain(value)) return value
  const copy = { ...value } as Record<string, unknown>
  for (const key in copy) if (typeof copy[key] === 'object') copy[key] = draftOf(copy[key])
  return copy as T
}

/**
 * A draft of a record, and the members that it has. A member is copied only when it is looked at, because most changes are about few, and some members
 * are large; the others are the record's own.
 */
export function draftOfRecord<T extends object>(record: T): { draft: T; members: T } {
  const members = { ...record }
  const draft = new Proxy(members, {
    get(target, name) {
      const value = target[name as keyof T]
      if (typeof value !== 'object' || value === null || value !== record[name as keyof T]) return value
      target[name as keyof T] = draftOf(value)
      return target[name as keyof T]
    },
    // The same as without, and many times faster.
    set(target, name, value) {
      target[name as keyof T] = value
      return true
    },
  })
  return { draft, members }
}

/** The same value, whose arrays and plain objects can be changed no more. */
export function frozen<T>(value: T): T {
  if (!(Array.isArray(value) || isPlain(value))) return value
  if (Array.isArray(value)) for (const element of value) frozen(element)
  else for (const name in value) frozen(value[name])
  return Object.freeze(value)
}

/** True for what is written `{…}`. */
export function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  // The prototype of plain objects is the only one of a realm that has none itself.
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
