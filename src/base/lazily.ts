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

/** What is given as a value or as what makes it; made when it is first asked for. */
export const onDemand = <T extends object>(given: OnDemand<T>): (() => T) =>
  typeof given === 'function' ? lazily(given as () => T) : () => given
