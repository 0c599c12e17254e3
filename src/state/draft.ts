/**
 * Records can be shared because they cannot be changed, and changed because they can be copied. What counts as a plain object does not depend on
 * the realm that has made it, which is another one where a test runner runs tests in contexts of their own.
 */

/** A copy that can be changed: of arrays and plain objects all the way down. Everything else is shared. */
export function draftOf<T>(value: T): T {
  if (Array.isArray(value)) return [...value].map(draftOf) as T
  if (!isPlain(value)) return value
  const copy = { ...value } as Record<string, unknown>
  for (const key of Object.keys(copy)) if (typeof copy[key] === 'object') copy[key] = draftOf(copy[key])
  return copy as T
}

/** A copy of a record that can be changed. A member is copied only when it is looked at: most changes are about few, and some members are large. */
export function draftOfRecord<T extends object>(record: T): T {
  const draft = {} as Record<string, unknown>
  for (const [name, value] of Object.entries(record)) {
    if (typeof value !== 'object' || value === null) draft[name] = value
    else defer(draft, name, value)
  }
  return draft as T
}

function defer(draft: Record<string, unknown>, name: string, value: object): void {
  const settle = (settled: unknown): void => {
    Object.defineProperty(draft, name, { value: settled, configurable: true, enumerable: true, writable: true })
  }
  const get = (): unknown => {
    const copy = draftOf(value)
    settle(copy)
    return copy
  }
  Object.defineProperty(draft, name, { get, set: settle, configurable: true, enumerable: true })
}

/** True if nobody has looked at a member of a draft, so that it is the record's own. */
export const isUntouched = (draft: object, name: string): boolean => Object.getOwnPropertyDescriptor(draft, name)?.get !== undefined

/** The same value, whose arrays and plain objects can be changed no more. */
export function frozen<T>(value: T): T {
  if (!(Array.isArray(value) || isPlain(value)) || Object.isFrozen(value)) return value
  for (const member of Object.values(value)) frozen(member)
  return Object.freeze(value)
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  // The prototype of plain objects is the only one of a realm that has none itself.
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
