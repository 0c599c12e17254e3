/** Whether a body satisfies a contract: the matching that the generated rules need, as the Pact verifier does it. */

import type { Json, Matcher, MatchingRules } from '../format/pact.js'
import type { Body } from '../generate/body.js'

/** Where a body differs from what a contract expects, in words; `undefined` if it does not. */
export const bodyDifference = ({ content, rules }: Body, actual: Json): string | undefined => difference(content, actual, '$', rules)

function difference(expected: Json, actual: Json | undefined, path: string, rules: MatchingRules): string | undefined {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return `${path} is no list`
    const [sample] = expected
    if (sample === undefined) return undefined
    return actual.length === 0 ? `${path} is empty` : first(actual, (each) => difference(sample, each, `${path}[*]`, rules))
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) return `${path} is not there`
    return first(Object.entries(expected), ([name, field]) => difference(field, actual[name], `${path}.${name}`, rules))
  }
  const matchers = rules[path]?.matchers ?? [{ match: 'equality' }]
  return matchers.every((matcher) => matches(matcher, expected, actual)) ? undefined : `${path} is ${JSON.stringify(actual)}`
}

function first<T>(items: readonly T[], find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}

function matches(matcher: Matcher, expected: Json, actual: Json | undefined): boolean {
  switch (matcher.match) {
    case 'equality':
      return actual === expected
    case 'type':
      return typeof actual === typeof expected
    case 'integer':
      return Number.isInteger(actual)
    case 'number':
    case 'boolean':
      return typeof actual === matcher.match
    case 'regex':
      return typeof actual === 'string' && new RegExp(`^(?:${matcher.regex})$`).test(actual)
    case 'include':
      return typeof actual === 'string' && actual.includes(matcher.value)
  }
}
