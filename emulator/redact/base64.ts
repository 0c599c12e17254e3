/** Text in Base64, wherever it stands in another: of JSON, of a form, of a URL. */

import type { View } from './view.js'

/** Characters of Base64 that are worth a look. */
const SHORTEST = 16

const PLUS = 0x2b

/** The letters of Base64, those for URLs among them. */
const LETTERS = new Uint8Array(128).map((_, code) => (/[\w+/-]/.test(String.fromCharCode(code)) ? 1 : 0))

const isLetter = (code: number): boolean => code < 128 && LETTERS[code] === 1

/** What is no Base64 may stand before it, and these letters of it in between, as in a path or a form: so many of them are tried. */
const MOST_TRIALS = 4

/** A text that stands in Base64. */
export interface Packed {
  from: number
  to: number
  text: string
  /** The same place with another text. */
  pack(text: string): string
}

/** Finds texts in Base64, also in lines. */
export function* packedIn(view: View): Generator<Packed> {
  const { text } = view
  for (let from = 0; from < text.length; from++) {
    let to = endOfLetters(text, from)
    if (to - from >= SHORTEST) {
      for (let next = afterBreak(text, to); next > 0; next = afterBreak(text, to)) to = endOfLetters(text, next)
      const found = packedAt(text, from, to)
      if (found) yield found
      else {
        yield* betweenBlanks(view, from, to, true)
        yield* betweenBlanks(view, from, to, false)
      }
    }
    from = to
  }
}

function endOfLetters(text: string, from: number): number {
  let at = from
  while (isLetter(text.charCodeAt(at))) at++
  return at
}

/** Where Base64 goes on behind the end of its line; 0 if it does not. */
function afterBreak(text: string, at: number): number {
  const next = text.charCodeAt(at) === 0x0d ? at + 1 : at
  return text.charCodeAt(next) === 0x0a && isLetter(text.charCodeAt(next + 1)) ? next + 1 : 0
}

/** Those of its parts that a `+` divides, or one that is plain: in a form, that is a blank. */
function* betweenBlanks(view: View, from: number, to: number, mustBePlain: boolean): Generator<Packed> {
  for (let begin = from, at = from; at <= to; at++) {
    if (at < to && (view.text.charCodeAt(at) !== PLUS || (mustBePlain && view.writingOf(at) > 0))) continue
    const found = at - begin >= SHORTEST && at - begin < to - from ? packedAt(view.text, begin, at) : undefined
    if (found) yield found
    begin = at + 1
  }
}

function packedAt(all: string, from: number, end: number): Packed | undefined {
  const padding = /={0,2}/y
  padding.lastIndex = end
  padding.test(all)
  const to = padding.lastIndex
  let begin = from
  for (let trial = 0; trial <= MOST_TRIALS && end - begin >= SHORTEST; trial++) {
    const run = all.slice(begin, to)
    const text = textOf(run)
    if (text !== undefined) return { from: begin, to, text, pack: (each) => pack(each, run) }
    do begin++
    while (begin < end && !isSeparator(all.charCodeAt(begin - 1)))
  }
  return undefined
}

const isSeparator = (code: number): boolean => code === PLUS || code === 0x2d || code === 0x2f || code === 0x5f

/** Characters of Base64 that are looked at before all of it is. */
const BEGIN = 8

function textOf(packed: string): string | undefined {
  if (!isText(Buffer.from(packed.slice(0, BEGIN), 'base64').toString('latin1'))) return undefined
  const text = Buffer.from(packed, 'base64').toString('utf8')
  // What is cut off may end in the middle of a character.
  return text.slice(0, -1).includes('\uFFFD') ? undefined : text
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const isText = (begin: string): boolean => !/[\u0000-\u0008\u000e-\u001f\u007f]/.test(begin)

function pack(text: string, like: string): string {
  const isForUrls = /[-_]/.test(like)
  const packed = Buffer.from(text).toString(isForUrls ? 'base64url' : 'base64')
  return like.endsWith('=') ? packed : packed.replace(/=+$/, '')
}
