/**
 * Names and values in XML and HTML, wherever it begins in a text, also where it is broken or cut off: elements with text in them, and elements beside one
 * another, or attributes of one, that together are a name and its value.
 */

import { isOfItsParent, isPaired } from './names.js'
import { Pairs } from './pairs.js'
import { type Found, PIECE, Strings, type Work } from './search.js'
import type { View } from './view.js'

/** Elements in one another that are kept in mind; what is deeper begins anew. */
const DEEPEST = 200

/** Markup in attributes of markup in one view: as much as there are encodings in one another. */
const DEEPEST_ATTRIBUTE = 4

/** Attributes of an element that are looked at. */
const MOST_ATTRIBUTES = 500

/** Characters of the longest value that may be a name. */
const LONGEST_NAME = 100

const [LESS, GREATER, SLASH] = [0x3c, 0x3e, 0x2f]

const BEGIN = '<'
const OPEN_TAG = /<(?:[\w.-]{1,60}:)?([\w.-]{1,100})(?=[\s+/>])/y
const CLOSE_TAG = /<\/(?:[\w.-]{1,60}:)?([\w.-]{1,100})/y
const ATTRIBUTE = /[\s+/]+([\w:.-]{1,100})\s{0,8}=\s{0,8}(?=["'])/y

/** What is no element: quoted content, which is text like any other, and what is no text. */
const SECTIONS = [
  { begin: '<![CDATA[', end: ']]>', isText: true },
  { begin: '<!--', end: '-->', isText: false },
  { begin: '<?', end: '?>', isText: false },
]

/** An element that has begun. */
interface Frame {
  name: string
  /** Where its tag begins. */
  at: number
  isSensitive: boolean
  /** Where the text in it begins; `undefined` if there is none yet. */
  from?: number
  pairs?: Pairs
}

const rootOf = (): Frame => ({ name: '', at: 0, isSensitive: false })

/** Looks for names and values in XML. */
export const searchElements = (view: View, found: Found): Work => new Search(view, found).run()

class Search {
  readonly #text: string
  readonly #strings: Strings
  /** The innermost last; the first stands for the text itself. */
  #frames: Frame[] = [rootOf()]

  /** What is being searched: all of the view, then the attributes with markup in them. */
  #end = 0
  #level = 0
  readonly #within: { from: number; to: number; level: number }[] = []

  constructor(
    private readonly view: View,
    private readonly found: Found,
  ) {
    this.#text = view.text
    this.#strings = new Strings(view)
  }

  *run(): Work {
    this.#within.push({ from: 0, to: this.#text.length, level: 0 })
    for (let next = this.#within.pop(); next; next = this.#within.pop()) {
      this.#frames = [rootOf()]
      this.#end = next.to
      this.#level = next.level
      yield* this.#search(next.from)
    }
  }

  *#search(from: number): Work {
    let pause = from + PIECE
    for (let at = this.#nextFrom(from); at < this.#end; ) {
      if (at > pause) {
        pause = at + PIECE
        yield
      }
      const end = this.#markup(at)
      const next = this.#nextFrom(Math.max(end, at + 1))
      this.#content(end, next)
      at = next
    }
  }

  get #innermost(): Frame {
    return this.#frames.at(-1) as Frame
  }

  /** Where the text at a place ends: that of a secret only where a tag begins that is written as its own is. */
  #nextFrom(from: number): number {
    const { isSensitive, at: begin } = this.#innermost
    let at = this.#text.indexOf(BEGIN, from)
    while (at >= 0 && isSensitive && !this.view.isLike(at, begin)) at = this.#text.indexOf(BEGIN, at + 1)
    return at < 0 || at > this.#end ? this.#end : at
  }

  /** Where the markup ends that begins at a place; the same place if there is none. */
  #markup(at: number): number {
    for (const { begin, end, isText } of SECTIONS) {
      if (!this.#text.startsWith(begin, at)) continue
      const from = at + begin.length
      const close = this.#text.indexOf(end, from)
      const to = close < 0 || close > this.#end ? this.#end : close
      if (isText) this.#content(from, to)
      return Math.min(to + end.length, this.#end)
    }
    if (this.#text.charCodeAt(at + 1) === SLASH) return this.#close(at)
    return this.#open(at)
  }

  #open(at: number): number {
    OPEN_TAG.lastIndex = at
    const name = OPEN_TAG.exec(this.#text)?.[1]
    if (name === undefined) return at
    let end = OPEN_TAG.lastIndex
    let pairs: Pairs | undefined
    for (let attributes = 0; attributes < MOST_ATTRIBUTES; attributes++) {
      ATTRIBUTE.lastIndex = end
      const attribute = ATTRIBUTE.exec(this.#text)?.[1]
      if (attribute === undefined) break
      const quote = ATTRIBUTE.lastIndex
      const close = this.#strings.endOf(quote)
      if (close < 0 || close > this.#end) break
      if (this.#level < DEEPEST_ATTRIBUTE && this.#hasMarkup(quote, close))
        this.#within.push({ from: quote, to: close, level: this.#level + 1 })
      if (isPaired(attribute)) {
        pairs ??= new Pairs(this.found)
        pairs.add(attribute, this.#short(quote + 1, close), [quote + 1, close, false])
      }
      end = close + 1
    }
    while (end < this.#end && this.#text.charCodeAt(end) !== GREATER && this.#text.charCodeAt(end) !== LESS) end++
    if (end >= this.#end || this.#text.charCodeAt(end) !== GREATER) return end
    if (this.#text.charCodeAt(end - 1) === SLASH) return end + 1
    if (this.#frames.length === DEEPEST) this.#frames = [rootOf()]
    this.#frames.push({ name, at, isSensitive: this.found.isSensitive(name) })
    return end + 1
  }

  #close(at: number): number {
    CLOSE_TAG.lastIndex = at
    const name = CLOSE_TAG.exec(this.#text)?.[1]
    if (name === undefined) return at
    const end = this.#text.charCodeAt(CLOSE_TAG.lastIndex) === GREATER ? CLOSE_TAG.lastIndex + 1 : CLOSE_TAG.lastIndex
    const index = this.#frames.findLastIndex((frame) => frame.name === name)
    if (index <= 0) return end
    const [closed] = this.#frames.splice(index) as [Frame]
    this.#tellParent(closed, at)
    return end
  }

  /** What an element has said: it may be the name or the value of the one beside it, or what its parent is named after. */
  #tellParent({ name, from, pairs }: Frame, to: number): void {
    const parent = this.#innermost
    if (from !== undefined && parent.isSensitive && isOfItsParent(name)) this.found.value(parent.name, from, to)
    const isPart = from !== undefined && isPaired(name)
    if (!isPart && pairs === undefined) return
    parent.pairs ??= new Pairs(this.found)
    if (isPart) parent.pairs.add(name, this.#short(from, to), [from, to, false])
    if (pairs !== undefined) parent.pairs.addAll(pairs, ([begin, end]) => this.#short(begin, end))
  }

  /** Text of the innermost element. */
  #content(from: number, to: number): void {
    const frame = this.#innermost
    if (this.#frames.length === 1 || from >= to || this.#isBlank(from, to)) return
    if (frame.isSensitive) this.found.value(frame.name, from, to)
    frame.from ??= from
  }

  #hasMarkup(from: number, to: number): boolean {
    const at = this.#text.indexOf(BEGIN, from)
    return at >= 0 && at < to
  }

  #isBlank(from: number, to: number): boolean {
    for (let at = from; at < to; at++) if (this.#text.charCodeAt(at) > 0x20) return false
    return true
  }

  #short = (from: number, to: number): string => this.#text.slice(from, Math.min(to, from + LONGEST_NAME + 1)).trim()
}
