/** Text in Base64, wherever it stands in another: of JSON, of a form, of a URL. */

import { PIECE } from './search.js'
import type { View } from './view.js'

/** Characters of Base64 that are worth a look, and that are looked at before all of it is: they are whole bytes. */
const SHORTEST = 16

/** The letters of Base64, those for URLs among them. */
const LETTERS = new Uint8Array(128).map((_, code) => (/[\w+/-]/.test(String.fromCharCode(code)) ? 1 : 0))

const isLetter = (code: number): boolean => code < 128 && LETTERS[code] === 1

/** Letters that may also stand before Base64, or between two of them, as in a path or a form. */
const SEPARATORS = new Uint8Array(128).map((_, code) => ('+/-_'.includes(String.fromCharCode(code)) ? 1 : 0))

/** What JSON begins with, whatever is right before it: `{"`. */
const BEGIN_OF_JSON = 'eyJ'

/** Texts that may overlap in one run of letters: of more than one in a run, it is not known where they end. */
const MOST_TEXTS = 4

/** A text that stands in Base64. */
export interface Packed {
  from: number
  to: number
  text: string
  /** The same place with another text. */
  pack(text: string): string
}

/** Finds texts in Base64, also in lines. `undefined` comes now and then from a long one, for others to have their turn. */
export function* packedIn({ text }: View): Generator<Packed | undefined> {
  for (let from = 0; from < text.length; from++) {
    let to = endOfLetters(text, from)
    if (to - from >= SHORTEST) {
      for (let next = afterBreak(text, to); next > 0; next = afterBreak(text, to)) to = endOfLetters(text, next)
      yield* packedWithin(text, from, to)
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

/** A run of letters from its beginning, or from wherever a text may begin in it. */
function* packedWithin(all: string, from: number, end: number): Generator<Packed | undefined> {
  const padding = /={0,2}/y
  padding.lastIndex = end
  padding.test(all)
  const to = padding.lastIndex
  let texts = 0
  let pause = from + PIECE
  for (let begin = from; begin + SHORTEST <= end && texts < MOST_TEXTS; begin++) {
    if (begin > pause) {
      pause = begin + PIECE
      yield undefined
    }
    if (begin > from && SEPARATORS[all.charCodeAt(begin - 1)] !== 1 && !all.startsWith(BEGIN_OF_JSON, begin)) continue
    const coding = codingOf(all.slice(begin, begin + SHORTEST))
    if (coding === undefined) continue
    texts++
    const run = all.slice(begin, to)
    const bytes = Buffer.from(run, 'base64')
    const text = bytes.toString(coding)
    const isWhole = Buffer.from(text, coding).equals(bytes)
    // What is text at its beginning alone is searched byte by byte: what else is in it stays as it is.
    const used = isWhole ? coding : 'latin1'
    yield { from: begin, to, text: isWhole ? text : bytes.toString('latin1'), pack: (each) => pack(Buffer.from(each, used), run) }
    if (isWhole) return
  }
}

/** In which coding some Base64 is text; `undefined` if it is none. */
function codingOf(letters: string): 'utf8' | 'utf16le' | undefined {
  const begin = Buffer.from(letters, 'base64')
  if (isText(begin.toString('utf8'))) return 'utf8'
  return isText(begin.toString('utf16le')) && begin[1] === 0 ? 'utf16le' : undefined
}

/** What is cut off may end in the middle of a character. */
const isText = (begin: string): boolean =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  !/[\u0000-\u0008\u000e-\u001f\u007f]|\uFFFD(?!$)/.test(begin)

function pack(bytes: Buffer, like: string): string {
  const isForUrls = /[-_]/.test(like)
  const packed = bytes.toString(isForUrls ? 'base64url' : 'base64')
  return like.endsWith('=') ? packed : packed.replace(/=+$/, '')
}
