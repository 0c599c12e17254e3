/**
 * Names and values in JSON, wherever it begins in a text, also where it is broken or cut off: members of objects, what is in an object or a list that has a
 * name, members that together are a name and its value, lists of a name and its value.
 */

import { isOfItsParent, looksLikeName } from './names.js'
import { Pairs, type Range } from './pairs.js'
import { type Found, isBlank, isQuote, PIECE, Strings, type Work } from './search.js'
import type { View } from './view.js'
import { Watch } from './watch.js'

/** Lists and objects in one another that are looked into. */
const DEEPEST = 200

/** JSON in strings of JSON in one view: as many as there are encodings in one another. */
const DEEPEST_STRING = 4

/** Characters of the longest name that is a value. */
const LONGEST_NAME = 100

/** An object or a list that has begun. */
interface Frame {
  isObject: boolean
  /** Under which name it stands. */
  under: string | undefined
  key: string | undefined
  expects: 'key' | 'colon' | 'value' | 'comma'
  /** Members that are a name and its value; in a list, those of its objects. */
  pairs?: Pairs
  /** The element before, in a list. */
  before: string | undefined
}

/** Looks for names and values in JSON. */
export const searchStructure = (view: View, found: Found): Work => new Search(view, found).run()

const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST, COMMA, COLON] = [...'{}[],:'].map((each) => each.charCodeAt(0))

class Search {
  readonly #strings: Strings
  readonly #text: string
  #frames: Frame[] = []
  #at = 0
  /** What is being searched: all of the view, then what stands in its strings. */
  #end: number
  #level = 0
  readonly #within: { from: number; to: number; level: number }[] = []

  constructor(
    private readonly view: View,
    private readonly found: Found,
  ) {
    this.#strings = new Strings(view)
    this.#text = view.text
    this.#end = view.text.length
  }

  *run(): Work {
    yield* this.#search()
    for (let next = this.#within.pop(); next; next = this.#within.pop()) {
      this.#frames = []
      this.#at = next.from
      this.#end = next.to
      this.#level = next.level
      yield* this.#search()
    }
  }

  *#search(): Work {
    const text = this.#text
    for (let pause = this.#at + PIECE; this.#at < this.#end; ) {
      if (this.#at > pause) {
        pause = this.#at + PIECE
        yield
      }
      const code = text.charCodeAt(this.#at)
      const frame = this.#frames.at(-1)
      if (code === OPEN_OBJECT || code === OPEN_LIST) this.#open(frame, code === OPEN_OBJECT)
      else if (frame === undefined || isBlank(code)) this.#at++
      else if (this.view.isGap(this.#at)) this.#begin()
      else this.#token(frame, code)
    }
  }

  /** Goes on without what has begun: its quotes and signs are not in this view. */
  #begin(): void {
    this.#frames = []
    this.#at++
  }

  #open(frame: Frame | undefined, isObject: boolean): void {
    if (frame !== undefined && frame.expects !== 'value') this.#frames = []
    if (this.#frames.length === DEEPEST) {
      this.#leaveOut()
      return
    }
    const within = this.#frames.at(-1)
    this.#frames.push({
      isObject,
      under: within && this.#nameIn(within),
      key: undefined,
      expects: isObject ? 'key' : 'value',
      before: undefined,
    })
    this.#at++
  }

  #token(frame: Frame, code: number): void {
    const isAwaited = frame.expects === 'key' || frame.expects === 'value'
    if (isAwaited && isQuote(code)) this.#string(frame)
    else if (isAwaited && !isSign(code)) this.#word(frame)
    else {
      if (code === (frame.isObject ? CLOSE_OBJECT : CLOSE_LIST)) {
        this.#frames.pop()
        this.#pass(frame)
        this.#done()
      } else if (code === COMMA && frame.expects === 'comma') frame.expects = frame.isObject ? 'key' : 'value'
      else if (code === COLON && frame.expects === 'colon') frame.expects = 'value'
      else this.#frames = []
      this.#at++
    }
  }

  /** What the members of an object say together, they say beside those of the other objects in the list. */
  #pass({ pairs }: Frame): void {
    const around = this.#frames.at(-1)
    if (pairs === undefined || around === undefined || around.isObject) return
    around.pairs ??= new Pairs(this.found)
    around.pairs.addAll(pairs, this.#textOf)
  }

  #textOf = ([from, to]: Range): string => this.#text.slice(from, Math.min(to, from + LONGEST_NAME + 1))

  /** A value is over. */
  #done(): void {
    const frame = this.#frames.at(-1)
    if (frame) frame.expects = 'comma'
  }

  #string(frame: Frame): void {
    const from = this.#at + 1
    const end = this.#strings.endOf(this.#at)
    if (end < 0 || end > this.#end) {
      // It is cut off, or no string at all, or what is in it was left out.
      const name = frame.expects === 'value' ? this.#nameIn(frame) : undefined
      const to = name !== undefined && this.found.isSensitive(name) ? this.view.nextGap(from, this.#end) : from
      this.#at = name !== undefined && this.found.value(name, from, to) ? to : from
      this.#frames = []
      return
    }
    this.#at = end + 1
    this.#take(frame, [from, end, false])
    // Quotes that are encoded in another way are those of JSON in the string.
    if (!this.view.isSource && this.#level < DEEPEST_STRING && this.#hasStructure(from, end))
      this.#within.push({ from, to: end, level: this.#level + 1 })
  }

  #hasStructure(from: number, to: number): boolean {
    for (let at = from; at < to; at++) if (this.#text.charCodeAt(at) === OPEN_OBJECT || this.#text.charCodeAt(at) === OPEN_LIST) return true
    return false
  }

  /** A number, `true`, or a name without quotes. */
  #word(frame: Frame): void {
    const from = this.#at
    while (this.#at < this.#end && !isSign(this.#text.charCodeAt(this.#at)) && !isBlank(this.#text.charCodeAt(this.#at))) this.#at++
    const isNumber = /^-?\d[\d.e+-]{0,40}$/i.test(this.#text.slice(from, Math.min(this.#at, from + 50)))
    if (isNumber && this.#at - from >= Watch.shortest) this.found.number(from, this.#at)
    if (frame.expects === 'key' || isNumber) this.#take(frame, [from, this.#at, isNumber])
    else this.#done()
  }

  #take(frame: Frame, range: Range): void {
    const [from, to, isNumber] = range
    if (frame.expects === 'key') {
      frame.key = this.#text.slice(from, to)
      frame.expects = 'colon'
      return
    }
    const name = this.#nameIn(frame)
    if (name !== undefined) this.found.value(name, from, to, isNumber)
    if (frame.isObject) this.#pair(frame, range)
    else if (!isNumber) {
      const text = to - from > LONGEST_NAME ? undefined : this.#text.slice(from, to)
      // A list of names is no list of names and values.
      if (frame.before !== undefined && !(text !== undefined && looksLikeName(text))) this.found.value(frame.before, from, to)
      frame.before = text
    }
    this.#done()
  }

  /** What the value that comes next is named after. */
  #nameIn({ isObject, under, key, pairs, before }: Frame): string | undefined {
    if (!isObject) return under ?? before
    if (key === undefined) return under
    const said = pairs?.nameOf(key)
    if (said !== undefined && (under === undefined || this.found.isSensitive(said))) return said
    return under !== undefined && isOfItsParent(key) ? under : key
  }

  #pair(frame: Frame, range: Range): void {
    const { key = '' } = frame
    if (!Pairs.has(key)) return
    frame.pairs ??= new Pairs(this.found)
    frame.pairs.add(key, this.#textOf(range), range)
  }

  /** Leaves out what is nested too deep. */
  #leaveOut(): void {
    const from = this.#at
    let depth = 0
    for (; this.#at < this.#end; this.#at++) {
      const code = this.#text.charCodeAt(this.#at)
      if (isQuote(code)) {
        const end = this.#strings.endOf(this.#at)
        if (end > 0) this.#at = end
      } else if (code === OPEN_OBJECT || code === OPEN_LIST) depth++
      else if ((code === CLOSE_OBJECT || code === CLOSE_LIST) && --depth === 0) break
    }
    this.#at = Math.min(this.#at + 1, this.#end)
    this.found.unknown(from, this.#at, '0')
    this.#done()
  }
}

const isSign = (code: number): boolean =>
  isQuote(code) ||
  code === COMMA ||
  code === COLON ||
  code === OPEN_OBJECT ||
  code === CLOSE_OBJECT ||
  code === OPEN_LIST ||
  code === CLOSE_LIST
