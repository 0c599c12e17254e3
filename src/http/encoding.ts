/** Percent-encoding as the signatures want it (RFC 3986), and the parsing of query strings and forms. */

import { unescape as percentDecode } from 'node:querystring'
import { ownText } from '../base/own-text.js'
import { mostBounds } from './bounds.js'

/** A name and a value. */
export type Pair = readonly [name: string, value: string]

/** Names and values, in order of appearance. */
export type Pairs = readonly Pair[]

const RESERVED = /[!'()*]/

/** What `encodeURIComponent` leaves as it is, and what stands for it. */
const RESERVED_CODES = ['!', "'", '(', ')', '*'].map((char) => [char, `%${char.charCodeAt(0).toString(16).toUpperCase()}`] as const)

/** The same as `replaceAll`, in a fraction of the time where there are millions to replace. */
const replaceEach = (text: string, piece: string, by: string): string => text.split(piece).join(by)

/** Most names and values need no encoding at all, and finding that out costs less than encoding. */
const UNRESERVED = /^[\w.~-]*$/

/** RFC 3986: everything but letters, digits and `-_.~`. */
export function percentEncode(text: string): string {
  if (UNRESERVED.test(text)) return text
  const encoded = encodeURIComponent(text.isWellFormed() ? text : text.toWellFormed())
  if (!RESERVED.test(encoded)) return encoded
  return RESERVED_CODES.reduce((text, [char, code]) => replaceEach(text, char, code), encoded)
}

/**
 * Tells the pairs of a query string or a form, and no more than one above `most`; returns how many. Broken escapes are kept as they are; bytes that are not
 * UTF-8 become U+FFFD.
 */
export function eachPair(encoded: string, most: number, take: (name: string, value: string) => void): number {
  const equalsFrom = searchFor('=', encoded)
  const percentFrom = searchFor('%', encoded)
  const plusFrom = searchFor('+', encoded)
  let count = 0
  for (let from = 0, pieces = 0; from < encoded.length && pieces <= most; pieces++) {
    const end = positionOf('&', encoded, from)
    const equals = Math.min(equalsFrom(from), end)
    const part = percentFrom(from) < end || plusFrom(from) < end ? decodedPart : ownPart
    if (from < end) {
      take(part(encoded, from, equals), part(encoded, Math.min(equals + 1, end), end))
      count++
    }
    from = end + 1
  }
  return count
}

/** The same as a list. */
export function parsePairs(encoded: string, most: number = mostBounds.maxParameters): Pairs {
  const pairs: Pair[] = []
  eachPair(encoded, most, (name, value) => pairs.push([name, value]))
  return pairs
}

/** The same by name; of a name given twice, the last counts. */
export const parseParams = (encoded: string): Map<string, string> => new Map(parsePairs(encoded))

const positionOf = (char: string, text: string, from: number): number => {
  const position = text.indexOf(char, from)
  return position < 0 ? text.length : position
}

/** Where a character comes next, of positions that only grow: what was found is kept, for each look may go to the end of the text. */
function searchFor(char: string, text: string): (from: number) => number {
  let position = -1
  return (from) => {
    if (position < from) position = positionOf(char, text, from)
    return position
  }
}

const ownPart = (whole: string, from: number, end: number): string => ownText(whole.slice(from, end), whole)

const decodedPart = (whole: string, from: number, end: number): string => {
  const part = whole.slice(from, end)
  return ownText(percentDecode(part.includes('+') ? replaceEach(part, '+', ' ') : part), whole)
}

/** `a=1&b=2`, sorted by name and encoded: the part that both signatures share. */
export function canonicalQuery(pairs: Pairs): string {
  let query = ''
  for (const [name, value] of [...pairs].sort(byNameThenValue))
    query += `${query === '' ? '' : '&'}${percentEncode(name)}=${percentEncode(value)}`
  return query
}

const byNameThenValue = ([a, av]: Pair, [b, bv]: Pair): number => (a < b ? -1 : a > b ? 1 : av < bv ? -1 : av > bv ? 1 : 0)

/** Escapes of characters of ASCII that need them. */
const ESCAPE = '%(?:[01][\\dA-F]|2[\\dA-CF]|3[A-F]|40|5[B-E]|60|7[BCDF])'
const CANONICAL_PART = `[\\w.~-]*(?:${ESCAPE}[\\w.~-]*)*`
const CANONICAL = new RegExp(`^${CANONICAL_PART}=${CANONICAL_PART}(?:&${CANONICAL_PART}=${CANONICAL_PART})*$`)

/** Characters of the longest query that is worth a look; a longer one would take the expression much memory. */
const LONGEST = 4096

/**
 * True for a query that is written as {@link canonicalQuery} writes it, but for its order. Most clients send letter for letter what they have signed, so that
 * it need not be made anew from its pairs. Not told of one with other characters than those of ASCII: nobody knows yet whether they are right UTF-8.
 */
export const isCanonical = (query: string): boolean => query.length <= LONGEST && CANONICAL.test(query)
