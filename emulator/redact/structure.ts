/**
 * Names and values in JSON, wherever it begins in a text, also where it is broken or cut off: members of objects, what is in an object or a list that has a
 * name, members that together are a name and its value, lists of a name and its value.
 */

import { isPairedName, isPairedValue, looksLikeName, PAIRS } from './names.js'
import { type Found, isBlank, isQuote, PIECE, Strings, type Work } from './search.js'
import type { View } from './view.js'

/** Lists and objects in one another that are looked into. */
const DEEPEST = 200

/** JSON in strings of JSON in one view: as many as there are encodings in one another. */
const DEEPEST_STRING = 4

/** Members that say nothing of what they hold, unlike the name of the object in which they are. */
const OF_ITS_PARENT = /^(?:values?|items?|strings?|text|content)$/i

type Range = readonly [from: number, to: number, isNumber: boolean]

/** An object or a list that has begun. */
interface Frame {
  isObject: boolean
  /** Under which name it stands. */
  under: string | undefined
  key: string | undefined
  expects: 'key' | 'colon' | 'value' | 'comma'
  /** Names that members such as `argName` say, and values whose names are yet to come, for each kind of pair. */
  said?: (string | undefined)[]
  waiting?: (Range | undefined)[]
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
      else this.#token(frame, code)
    }
  }

  #open(frame: Frame | undefined, isObject: boolean): void {
    if (frame !== undefined && frame.expects !== 'value') this.#frames = []
    if (this.#frames.length === DEEPEST) {
      this.#pass()
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
        this.#done()
      } else if (code === COMMA && frame.expects === 'comma') frame.expects = frame.isObject ? 'key' : 'value'
      else if (code === COLON && frame.expects === 'colon') frame.expects = 'value'
      else this.#frames = []
      this.#at++
    }
  }

  /** A value is over. */
  #done(): void {
    const frame = this.#frames.at(-1)
    if (frame) frame.expects = 'comma'
  }

  #string(frame: Frame): void {
    const from = this.#at + 1
    const end = this.#strings.endOf(this.#at)
    if (end < 0 || end > this.#end) {
      // It is cut off, or no string at all.
      const name = frame.expects === 'value' ? this.#nameIn(frame) : undefined
      this.#at = name !== undefined && this.found.value(name, from, this.#end) ? this.#end : from
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
      const text = to - from > 100 ? undefined : this.#text.slice(from, to)
      // A list of names is no list of names and values.
      if (frame.before !== undefined && !(text !== undefined && looksLikeName(text))) this.found.value(frame.before, from, to)
      frame.before = text
    }
    this.#done()
  }

  /** What the value that comes next is named after. */
  #nameIn({ isObject, under, key, said, before }: Frame): string | undefined {
    if (!isObject) return under ?? before
    if (key === undefined) return under
    for (let pair = 0; pair < PAIRS; pair++) if (said?.[pair] !== undefined && isPairedValue(pair, key)) return said[pair]
    return under !== undefined && OF_ITS_PARENT.test(key) ? under : key
  }

  /** Remembers what a name and its value may be, and tells of the value if that came before the name. */
  #pair(frame: Frame, range: Range): void {
    const { key = '' } = frame
    const [from, to, isNumber] = range
    for (let pair = 0; pair < PAIRS; pair++) {
      if (isPairedName(pair, key)) {
        if (isNumber || to - from > 100) continue
        const name = this.#text.slice(from, to)
        frame.said ??= []
        frame.said[pair] = name
        const value = frame.waiting?.[pair]
        if (value) this.found.value(name, ...value)
      } else if (isPairedValue(pair, key)) {
        frame.waiting ??= []
        frame.waiting[pair] = range
      }
    }
  }

  /** Passes what is nested too deep. */
  #pass(): void {
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
