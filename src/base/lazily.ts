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

/** A function of a text that remembers what it made of the latest one, where the same one comes many times in a row. */
export function rememberingLatest<T>(make: (text: string) => T): (text: string) => T {
  let latest: { text: string; made: T } | undefined
  return (text) => {
    if (latest?.text !== text) latest = { text, made: make(text) }
    return latest.made
  }
}

/** What is given as a value or as what makes it; made when it is first asked for. */
export const onDemand = <T extends object>(given: OnDemand<T>): (() => T) =>
  typeof given === 'function' ? lazily(given as () => T) : () => given
