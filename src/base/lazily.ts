/** A value, or what makes it when it is first asked for. */
export type OnDemand<T extends object> = T | (() => T)

/** What not everybody needs, and who does needs again and again: made when it is first asked for. */
export function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** A function that remembers what it made of the latest key, where the same one comes many times in a row. */
export function rememberingLatest<Key extends string | number, T>(make: (key: Key) => T): (key: Key) => T {
  let latest: { key: Key; made: T } | undefined
  return (key) => {
    if (latest?.key !== key) latest = { key, made: make(key) }
    return latest.made
  }
}

/** What is given as a value or as what makes it; made when it is first asked for. */
export const onDemand = <T extends object>(given: OnDemand<T>): (() => T) =>
  typeof given === 'function' ? lazily(given as () => T) : () => given

/** Gives an object properties that are made when they are first read, and are like all others from then on. */
export function withLazy<Target extends object, Lazy extends Record<string, unknown>>(
  target: Target,
  made: { readonly [Name in keyof Lazy]: () => Lazy[Name] },
): Target & Lazy {
  for (const [name, make] of Object.entries(made) as [string, () => unknown][]) {
    const set = (value: unknown): void => {
      Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true })
    }
    const get = (): unknown => {
      set(make())
      return (target as Record<string, unknown>)[name]
    }
    Object.defineProperty(target, name, { get, set, enumerable: true, configurable: true })
  }
  return target as Target & Lazy
}
