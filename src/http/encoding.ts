/** Percent-encoding as the signatures want it (RFC 3986), and the parsing of query strings and forms. */

import { unescape as percentDecode } from 'node:querystring'
import { ownText } from '../base/own-text.js'

/** A name and a value; with `name=value` as the signatures want it encoded, where that is how it was written. */
export type Pair = readonly [name: string, value: string, canonical?: string]

/** Names and values, in order of appearance. */
export type Pairs = readonly Pair[]

/** More parameters than this are not read; no Action takes nearly as many. */
export const MAX_PARAMETERS = 10_000

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

/** Pairs of a query string or a form. Broken escapes are kept as they are; bytes that are not UTF-8 become U+FFFD. */
export function parsePairs(encoded: string): Pairs {
  const pairs: Pair[] = []
  if (encoded === '') return pairs
  for (const part of encoded.split('&', MAX_PARAMETERS + 1)) if (part !== '') pairs.push(parsePair(part, encoded))
  return pairs
}

/** The same by name; of a name given twice, the last counts. */
export const parseParams = (encoded: string): Map<string, string> => new Map(parsePairs(encoded).map(([name, value]) => [name, value]))

/** `name=value` without any escapes. */
const PLAIN = /^[\w.~-]*=[\w.~-]*$/

/** `name=value` with escapes as the signatures write them. */
const ESCAPED = /^(?:[\w.~-]|%[0-9A-F]{2})*=(?:[\w.~-]|%[0-9A-F]{2})*$/

/** Escapes of what needs none. */
const NEEDLESS = /%(?:2[DE]|3\d|4[1-9A-F]|5[\dAF]|6[1-9A-F]|7[\dAE])/

/** Clients send most of what they have signed as they have signed it: where that can be seen, it is not encoded anew. */
function parsePair(part: string, whole: string): Pair {
  const equals = part.indexOf('=')
  if (PLAIN.test(part)) return [ownText(part.slice(0, equals), whole), ownText(part.slice(equals + 1), whole), part]
  if (equals < 0) return [ownText(decode(part), whole), '']
  const name = ownText(decode(part.slice(0, equals)), whole)
  const value = ownText(decode(part.slice(equals + 1)), whole)
  const isCanonical = ESCAPED.test(part) && !NEEDLESS.test(part) && !name.includes('\uFFFD') && !value.includes('\uFFFD')
  return isCanonical ? [name, value, part] : [name, value]
}

function decode(text: string): string {
  if (UNRESERVED.test(text)) return text
  return percentDecode(text.includes('+') ? replaceEach(text, '+', ' ') : text)
}

/** `a=1&b=2`, sorted by name and encoded: the part that both signatures share. */
export function canonicalQuery(pairs: Pairs): string {
  let query = ''
  for (const pair of sorted(pairs)) query += `${query === '' ? '' : '&'}${canonicalPair(pair)}`
  return query
}

/** The same encoded once more. Between the pairs and in them there is nothing else that needs it, so they are not looked at a second time as a whole. */
export function canonicalQueryTwice(pairs: Pairs): string {
  let query = ''
  for (const pair of sorted(pairs)) query += `${query === '' ? '' : '%26'}${encodeAgain(canonicalPair(pair))}`
  return query
}

const canonicalPair = ([name, value, canonical]: Pair): string => canonical ?? `${percentEncode(name)}=${percentEncode(value)}`

/** What is encoded has only its escapes, and the one sign between name and value, left to encode. */
function encodeAgain(pair: string): string {
  const equals = pair.indexOf('=')
  const [name, value] = [pair.slice(0, equals), pair.slice(equals + 1)]
  return pair.includes('%') ? `${replaceEach(name, '%', '%25')}%3D${replaceEach(value, '%', '%25')}` : `${name}%3D${value}`
}

/** Official clients send their parameters in the order in which they sign them. */
function sorted(pairs: Pairs): Pairs {
  for (let index = 1; index < pairs.length; index++)
    if (byNameThenValue(pairs[index - 1] as Pair, pairs[index] as Pair) > 0) return [...pairs].sort(byNameThenValue)
  return pairs
}

const byNameThenValue = ([a, av]: Pair, [b, bv]: Pair): number => (a < b ? -1 : a > b ? 1 : av < bv ? -1 : av > bv ? 1 : 0)
