/** Mistakes with parameters: how they are encoded, in which order they stand, and which of them are signed. */

import { unescape as percentDecode } from 'node:querystring'
import { lazily } from '../base/lazily.js'
import { type Pairs, percentEncode } from '../http/encoding.js'
import type { Mistake } from './diagnosis.js'

/** The parts of signing that have to do with parameters. */
export interface Queried {
  pairs: Pairs
  order: (pairs: Pairs) => Pairs
  /** How names and values are encoded. */
  encode: (text: string, name?: string) => string
}

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The right way: sorted by name, then by value; RFC 3986. */
export const queried = (pairs: Pairs): Queried => ({
  pairs,
  order: (each) => [...each].sort(([a, av], [b, bv]) => byName(a, b) || byName(av, bv)),
  encode: percentEncode,
})

/** The canonical query of a recipe. */
export const canonicalOf = ({ pairs, order, encode }: Queried): string =>
  order(pairs)
    .map(([name, value]) => `${encode(name)}=${encode(value, name)}`)
    .join('&')

const plus = (text: string): string => percentEncode(text).replaceAll('%20', '+')
const lower = (encoded: string): string => encoded.replace(/%[0-9A-F]{2}/g, (octet) => octet.toLowerCase())

/** The part of signing that encodes. */
type Encoding = Pick<Queried, 'encode'>

const encoded = (cause: string, encode: Queried['encode'], frequent = false): Mistake<Encoding> => ({
  cause,
  change: () => ({ encode }),
  frequent,
})

/** Encodings that are not RFC 3986, the purest first. */
export const encodingMistakes: readonly Mistake<Encoding>[] = [
  encoded('a space was encoded as "+" instead of "%20"', plus, true),
  encoded('"*" was not encoded as "%2A"', (text) => percentEncode(text).replaceAll('%2A', '*'), true),
  encoded('"~" was encoded as "%7E"', (text) => percentEncode(text).replaceAll('~', '%7E'), true),
  encoded('"/" was not encoded as "%2F" (quote of Python leaves it unless told otherwise)', (text) =>
    percentEncode(text).replaceAll('%2F', '/'),
  ),
  encoded("the characters !'()* were not encoded (encodeURIComponent leaves them as they are)", encodeURIComponentOf, true),
  encoded(
    'java.net.URLEncoder was used without replacing "+", "*" and "%7E"',
    (text) => plus(text).replaceAll('%2A', '*').replaceAll('~', '%7E'),
    true,
  ),
  encoded('urlencode of PHP was used instead of rawurlencode: "+" for a space, "%7E" for "~"', (text) => plus(text).replaceAll('~', '%7E')),
  encoded('HttpUtility.UrlEncode was used: escapes in lower case, "+" for a space, and !()* left as they are', (text) =>
    lower(plus(text).replaceAll('~', '%7E')).replace(/%(21|28|29|2a)/g, (octet) => percentDecode(octet)),
  ),
  encoded('escapes were written in lower case (%2f instead of %2F)', (text) => lower(percentEncode(text)), true),
  encoded('names and values were not encoded', (text) => text, true),
  encoded('names and values were encoded twice', (text) => percentEncode(percentEncode(text)), true),
  encoded('names were encoded, values were not', (text, name) => (name === undefined ? percentEncode(text) : text)),
]

/** Encoders that leave or write something else than RFC 3986 does, by what is said of one that encodes the canonical query as well. */
export const otherEncoders: readonly (readonly [cause: string, encode: (text: string) => string])[] = [
  ['java.net.URLEncoder or encodeURIComponent, which leave "*" as it is', (text) => percentEncode(text).replaceAll('%2A', '*')],
  ["encodeURIComponent, which leaves !'()* as they are", encodeURIComponentOf],
  ['java.net.URLEncoder without replacing "+", "*" and "%7E"', (text) => plus(text).replaceAll('%2A', '*').replaceAll('~', '%7E')],
  ['quote of Python, which leaves "/" as it is', (text) => percentEncode(text).replaceAll('%2F', '/')],
  ['urlencode of PHP, which writes "+" for a space and "%7E" for "~"', (text) => plus(text).replaceAll('~', '%7E')],
]

function encodeURIComponentOf(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

const ordered = (cause: string, order: Queried['order'], frequent = false): Mistake<Queried> => ({
  cause,
  change: () => ({ order }),
  frequent,
})

/** `10` after `2`. It takes some milliseconds to make, and few ever need it. */
const byNumber = lazily(() => new Intl.Collator('en', { numeric: true, sensitivity: 'variant', caseFirst: 'upper' }))

/** Orders that are not that of the names' characters. */
export const orderMistakes: readonly Mistake<Queried>[] = [
  ordered('the parameters were not sorted by name', (pairs) => pairs, true),
  ordered('the parameters were sorted without regard to letter case; capitals come first', (pairs) =>
    [...pairs].sort(([a], [b]) => byName(a.toLowerCase(), b.toLowerCase())),
  ),
  ordered('the items of a list were sorted by number; .10 comes before .2', (pairs) =>
    [...pairs].sort(([a], [b]) => (listOf(a) === listOf(b) ? byNumber().compare(a, b) : byName(a, b))),
  ),
  ordered('the parameters were sorted as "name=value"; only the name counts', (pairs) =>
    [...pairs].sort((a, b) => byName(encodedPair(a), encodedPair(b))),
  ),
  ordered('the parameters were sorted the wrong way round', (pairs) => [...pairs].sort(([a], [b]) => byName(b, a))),
]

const encodedPair = ([name, value]: Pairs[number]): string => `${percentEncode(name)}=${percentEncode(value)}`

/** Name of the list that a parameter is an item of: `Tag` of `Tag.1.Key`. */
const listOf = (name: string): string | undefined => /^(.+?)\.\d/.exec(name)?.[1]

/** Parameters of one call that are tried one by one. */
const MAX_NAMES = 30

/** Parameters that were not signed, or that have changed since. */
export function pairsMistakes(pairs: Pairs): Mistake<Queried>[] {
  const names = [...new Set(pairs.map(([name]) => name))].slice(0, MAX_NAMES)
  const lists = [...new Set(names.flatMap((name) => listOf(name) ?? []))]
  const signed = (cause: string, which: () => Pairs, frequent = false): Mistake<Queried> => ({
    cause,
    change: () => ({ pairs: which() }),
    frequent,
  })
  const repeated = names.length < Math.min(pairs.length, MAX_NAMES)
  return [
    signed('empty parameters were not signed', () => pairs.filter(([, value]) => value !== '')),
    signed('a "+" in a value was sent without encoding, and arrives as a space; write "%2B"', () =>
      pairs.map(([name, value]) => [name, value.replaceAll(' ', '+')]),
    ),
    signed('the values were encoded twice for sending', () => pairs.map(([name, value]) => [name, percentDecode(value)])),
    signed('values were signed without the blanks around them', () => pairs.map(([name, value]) => [name, value.trim()])),
    ...names.map((name) => signed(`the parameter ${name} was not signed`, () => pairs.filter(([each]) => each !== name))),
    ...lists.map((list) => signed(`the items of the list ${list} were not signed`, () => pairs.filter(([each]) => listOf(each) !== list))),
    ...(repeated
      ? [
          signed('of a parameter that is sent twice only the first was signed', () => [
            ...new Map([...pairs].reverse().map((pair) => [pair[0], pair])).values(),
          ]),
          signed('of a parameter that is sent twice only the last was signed', () => [
            ...new Map(pairs.map((pair) => [pair[0], pair])).values(),
          ]),
        ]
      : []),
  ]
}
