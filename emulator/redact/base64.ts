/** Text in Base64, wherever it stands in another: of JSON, of a form, of a URL. */

import type { View } from './view.js'

/** Base64, also in lines, and with the letters for URLs. */
const RUN = /[A-Za-z0-9+/_-]{16,}(?:\r?\n[A-Za-z0-9+/_-]+)*={0,2}/g

/** Where JSON begins in it, if the letters before it are no Base64. */
const BEGIN_OF_JSON = /(?<=[/_+-])(?:ey[IJ]|ew[0o]|W3s|Wy[IJ])/

/** A text that stands in Base64. */
export interface Packed {
  from: number
  to: number
  text: string
  /** The same place with another text. */
  pack(text: string): string
}

/** Finds texts in Base64. */
export function* packedIn({ text }: View): Generator<Packed> {
  for (const { 0: run, index } of text.matchAll(RUN)) {
    const whole = textOf(run)
    const begin = whole === undefined ? (BEGIN_OF_JSON.exec(run)?.index ?? 0) : 0
    const packed = begin > 0 ? run.slice(begin) : run
    const found = begin > 0 ? textOf(packed) : whole
    if (found !== undefined) yield { from: index + begin, to: index + run.length, text: found, pack: (text) => pack(text, packed) }
  }
}

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
