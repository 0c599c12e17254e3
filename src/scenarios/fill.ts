/** Placeholders in a scenario: `${name}` stands for a value that is known only when the scenario is applied. */

import type { Json } from '../state/part.js'

const PLACEHOLDER = /\$\{([\w.-]+)\}/g

/**
 * Puts values in place of the placeholders of all strings and keys. A string that is nothing but a placeholder becomes the value itself, so
 * `"${times}"` can become the number 3. Where `lookUp` answers `undefined`, the placeholder stays.
 */
export function fill(json: Json, lookUp: (name: string) => Json | undefined): Json {
  const text = (template: string): string =>
    template.replace(PLACEHOLDER, (placeholder, name: string) => {
      const value = lookUp(name)
      return value === undefined ? placeholder : typeof value === 'string' ? value : JSON.stringify(value)
    })
  const walk = (value: Json): Json => {
    if (typeof value === 'string') return (/^\$\{([\w.-]+)\}$/.test(value) ? lookUp(value.slice(2, -1)) : undefined) ?? text(value)
    if (Array.isArray(value)) return value.map(walk)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [text(key), walk(each)]))
  }
  return walk(json)
}
