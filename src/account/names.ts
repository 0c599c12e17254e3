/** Names of Actions and kinds of jobs in settings: `<service>.<Action>`, `<service>.*` or `*`. */

import { didYouMean } from '../base/nearest.js'

/** Throws a `RangeError` that says which of the names given is none of those known, nor stands for some of them. */
export function checkNames(given: readonly string[], known: Iterable<string>, what: string): void {
  const names = new Set(known)
  const services = new Set(Array.from(names, (name) => name.slice(0, name.indexOf('.'))))
  for (const name of given) {
    if (name === '*' || names.has(name) || (name.endsWith('.*') && services.has(name.slice(0, -2)))) continue
    throw new RangeError(`${name}: there is no such ${what}; names are <service>.<Action>, <service>.* or *${didYouMean(name, names)}`)
  }
}
