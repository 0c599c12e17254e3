/**
 * Names that are followed by their values, in whatever a text is: `name=value`, `name: value`, `name -> value`, `"name": "value"`, attributes of XML, and
 * names that are values themselves, followed by what they name.
 */

import { escapeAt, lengthOf, pointOf } from './escapes.js'
import { type Found, isBlank, isQuote, matchAt, PIECE, Strings, type Work } from './search.js'
import type { View } from './view.js'

/** Blanks around a sign. */
const MOST_BLANKS = 8

/** Characters at the end of a name that are looked at. */
const LONGEST_NAME = 100

const AMPERSAND = 0x26
const APOSTROPHE = 0x27

const [EQUALS, COLON, GREATER, COMMA, OPEN_BRACKET, BRACKET, HYPHEN] = [...'=:>,[]-'].map((each) => each.charCodeAt(0)) as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
]

/** Letters, digits, `_`, `-`, `.`. */
const IN_NAME = new Uint8Array(128).map((_, code) => (/[\w.-]/.test(String.fromCharCode(code)) ? 1 : 0))

const isInName = (code: number): boolean => code < 128 && IN_NAME[code] === 1

const setOf = (characters: string): Uint8Array => {
  const set = new Uint8Array(128)
  for (const each of characters) set[each.charCodeAt(0)] = 1
  return set
}

/** What ends a value that is not quoted, in a query and in a line. Behind a cookie's name, the line itself does. */
const ENDS_IN_QUERY = setOf('&#,; \t\r\n"<>|\\')
const ENDS_IN_LINE = setOf(' \t\r\n"\'\\,;{}<>&')
const END_OF_LINE = setOf('\r\n"<')
const END_OF_PART = setOf('\r\n')

/** What stands before the name of a field in a form with files. */
const BEFORE_PART = /form-data;\s{0,8}name=["']?$/i

/** The member, the parameter or the element with the value of what has just been named. */
const NEXT_MEMBER = /["']?\s*,\s*(?:["']?(?:arg|parameter|param|field|header|attribute|tag)?_?value["']?\s*[:=]\s*)(?=["'\w])/iy
const NEXT_PARAMETER = /&(?:amp;){0,8}(?:[\w.-]{0,100}\.)?(?:arg|parameter|param|field|header|attribute|tag)?_?value=/iy
const NEXT_PART = /["']?[^\r\n]{0,200}(?:\r?\n[\w-]{1,60}:[^\r\n]{0,200}){0,4}\r?\n\r?\n(?=.)/y
const NEXT_IN_LIST = /["']\s*,\s*(?=["'])/y
const SCHEME = /(?:Bearer|Basic)[ +]/iy

/** Whose values go on to the end of the line, blanks and commas among them. */
const WHOLE_LINE = /(?:cookie|authorization)$/i

/** The place of a name in a list: `tokens[0]`, `tokens[]`. */
const INDEX = /\[\d{0,6}\]/y

/** What Python writes before a text. */
const PREFIX = /[ubr](?=')/iy

/** What JSON has beside texts and numbers, and lists in programs, whose first value is meant. */
const NO_VALUE = /(?:true|false|null|none|undefined|nil)(?![\w.+/=-])|[[{]/iy

/** A number of JSON. */
const NUMBER = /-?\d[\d.e+-]{0,40}(?=[\s,}\]])/iy

/** Looks for values that stand behind their names. */
export const searchAssignments = (view: View, found: Found): Work => new Search(view, found).run()

class Search {
  readonly #text: string
  readonly #strings: Strings

  constructor(
    private readonly view: View,
    private readonly found: Found,
  ) {
    this.#text = view.text
    this.#strings = new Strings(view)
  }

  *run(): Work {
    const text = this.#text
    let begin = -1
    let pause = PIECE
    for (let at = 0; at <= text.length; at++) {
      if (at < text.length && isInName(text.charCodeAt(at))) {
        if (begin < 0) begin = at
        continue
      }
      if (at > pause) {
        pause = at + PIECE
        yield
      }
      if (begin < 0) continue
      if (at - begin > 1) at = Math.max(at, this.#after(begin, at) - 1)
      begin = -1
    }
  }

  /** What follows a name; where to go on, or 0. */
  #after(begin: number, end: number): number {
    const text = this.#text
    const code = text.charCodeAt(end)
    const before = text.charCodeAt(begin - 1)
    let at = isQuote(code) || code === BRACKET ? end + 1 : matchAt(INDEX, text, end) || end
    const isQuoted = at > end && code !== BRACKET
    const sign = this.#pastBlanks(at)
    const signed = text.charCodeAt(sign)
    if (signed === EQUALS) {
      at = sign + (text.charCodeAt(sign + 1) === GREATER ? 2 : 1)
      // Where blanks are around the sign, they are no value.
      const value = sign === end || !isBlank(text.charCodeAt(at)) ? at : this.#pastBlanks(at)
      const quoted = this.#pastBlanks(at)
      if (isQuote(text.charCodeAt(quoted))) return this.#quoted(begin, end, quoted)
      return this.#unquoted(begin, end, value, sign, ENDS_IN_QUERY)
    }
    if (signed === COLON) return this.#line(begin, end, sign, isQuoted)
    if (signed === HYPHEN && text.charCodeAt(sign + 1) === GREATER) return this.#line(begin, end, sign + 1, isQuoted)
    if (isQuoted && signed === COMMA && before === code)
      return this.#next(begin, end, NEXT_MEMBER) || (isOpening(text.charCodeAt(begin - 2)) ? this.#next(begin, end, NEXT_IN_LIST) : 0)
    if (code === AMPERSAND) return this.#next(begin, end, NEXT_PARAMETER)
    if ((isQuote(before) || before === EQUALS) && BEFORE_PART.test(text.slice(Math.max(begin - 40, 0), begin)))
      return this.#next(begin, end, NEXT_PART)
    return 0
  }

  #line(begin: number, end: number, sign: number, isQuoted: boolean): number {
    const text = this.#text
    let at = this.#pastBlanks(sign + 1)
    // As Go writes what may have several values.
    if (!isQuoted && text.charCodeAt(at) === OPEN_BRACKET) at++
    const scheme = matchAt(SCHEME, text, isQuote(text.charCodeAt(at)) ? at + 1 : at)
    at = matchAt(PREFIX, text, at) || at
    if (isQuote(text.charCodeAt(at))) return this.#quoted(begin, end, at)
    // What begins there has names, or places, of its own.
    if (matchAt(NO_VALUE, text, at) > 0) return 0
    at = scheme || at
    if (WHOLE_LINE.test(text.slice(Math.max(begin, end - LONGEST_NAME), end))) return this.#unquoted(begin, end, at, sign, END_OF_LINE)
    if (isQuoted) return this.#member(begin, end, at, sign)
    // Words of a sentence have no digits.
    return this.#unquoted(begin, end, at, sign, ENDS_IN_LINE, !scheme)
  }

  /** A value in JSON, or in what looks like it, that is not quoted: a number stays one. */
  #member(begin: number, end: number, from: number, sign: number): number {
    if (matchAt(NO_VALUE, this.#text, from) > 0) return 0
    const number = matchAt(NUMBER, this.#text, from)
    return number > 0 ? this.#tell(begin, end, from, number, true) : this.#unquoted(begin, end, from, sign, ENDS_IN_LINE)
  }

  #pastBlanks(from: number): number {
    let at = from
    while (at - from < MOST_BLANKS && isBlank(this.#text.charCodeAt(at))) at++
    return at
  }

  #quoted(begin: number, end: number, quote: number): number {
    const close = this.#strings.endOf(quote)
    if (close >= 0) return this.#tell(begin, end, quote + 1, close)
    return this.#unquoted(begin, end, quote + 1, quote, END_OF_LINE)
  }

  /**
   * `sign`: what stands before the value. In a query and in a line, what ends it is not percent-encoded more often than that; of the other encodings, the
   * sign needs none. Elsewhere, it is encoded in the same manner.
   */
  #unquoted(begin: number, end: number, from: number, sign: number, ends: Uint8Array, needsDigit = false): number {
    if (!this.#isSensitive(begin, end)) return 0
    const { view } = this
    const text = this.#text
    const isLoose = ends === ENDS_IN_QUERY || ends === ENDS_IN_LINE
    const percents = view.percentsOf(sign)
    let hasDigit = false
    let at = from
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at)
      const apostrophe = code === AMPERSAND ? apostropheAt(text, at) : 0
      if (apostrophe > 0) at += apostrophe - 1
      else if (code < 128 && ends[code] === 1 && (isLoose ? view.percentsOf(at) <= percents : view.isLike(at, sign))) break
      else if (ends !== END_OF_PART && view.isGap(at)) break
      hasDigit ||= code >= 0x30 && code <= 0x39
    }
    return at === from || (needsDigit && !hasDigit) ? 0 : this.#tell(begin, end, from, at)
  }

  /** What is named by the value that stands before it. */
  #next(begin: number, end: number, pattern: RegExp): number {
    if (!this.#isSensitive(begin, end)) return 0
    const at = matchAt(pattern, this.#text, end)
    if (at === 0) return 0
    if (pattern === NEXT_PART) return this.#unquoted(begin, end, at, at - 1, END_OF_PART)
    if (isQuote(this.#text.charCodeAt(at))) return this.#quoted(begin, end, at)
    return pattern === NEXT_PARAMETER ? this.#unquoted(begin, end, at, at - 1, ENDS_IN_QUERY) : this.#member(begin, end, at, at - 1)
  }

  #isSensitive = (begin: number, end: number): boolean => this.found.isSensitive(this.#text.slice(begin, end))

  #tell(begin: number, end: number, from: number, to: number, isNumber = false): number {
    return from < to && this.found.value(this.#text.slice(begin, end), from, to, isNumber) ? to : 0
  }
}

/** How long the apostrophe is that stands at an ampersand as an entity: it alone may be in a query as it is. Else 0. */
function apostropheAt(text: string, at: number): number {
  const written = escapeAt(text, at)
  return pointOf(written) === APOSTROPHE ? lengthOf(written) : 0
}

const isOpening = (code: number): boolean => code === 0x5b || code === 0x28
