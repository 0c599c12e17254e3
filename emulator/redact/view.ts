/**
 * A text, and the same with its encodings taken off, a layer at a time: JSON in a string, what is percent-encoded, entities. Each view knows where its
 * characters stand in the text itself, so that what is found in it can be cut out there, and everything else stays as it was written.
 */

import { encodingOf, escapeAt, lengthOf, mayEscape, pointOf } from './escapes.js'

const [QUOTE, BACKSLASH] = [0x22, 0x5c]

/** Stands for what was left out of a view. */
const GAP = 0

/** Bits that tell which encoding a character has. */
const DIGIT = 2

/** What it is for percent-encoding. */
const PERCENT_DIGIT = 1

/** A text with some of its encodings taken off. */
export class View {
  private constructor(
    readonly text: string,
    private readonly source: string,
    /** Where each character begins in the source, and where the last ends; `undefined` for the source itself. */
    private readonly starts?: Uint32Array,
    private readonly writings?: Uint32Array,
  ) {}

  static of(text: string): View {
    return new View(text, text)
  }

  /** Where a character begins in the source; for the length of the text, where the last ends. */
  startOf(at: number): number {
    return this.starts === undefined ? at : (this.starts[at] ?? this.source.length)
  }

  /** True for the text as it is. */
  get isSource(): boolean {
    return this.starts === undefined
  }

  /** True for what stands for something that was left out: there are no escapes in it, so it was searched as it is. */
  isGap(at: number): boolean {
    return this.text.charCodeAt(at) === GAP && !this.isSource && this.writingOf(at) === 0
  }

  /** The next place up to `end` at which something was left out; `end` if there is none. */
  nextGap(from: number, end: number): number {
    let at = from
    while (at < end && !this.isGap(at)) at++
    return at
  }

  /** The places in the source, from and to, in which something of this view stands. */
  *stretches(): Generator<[from: number, to: number]> {
    let from = 0
    for (let at = 0; at <= this.text.length; at++) {
      if (at < this.text.length && this.text.charCodeAt(at) !== GAP) continue
      if (from < at) yield [this.startOf(from), this.startOf(at)]
      from = at + 1
    }
  }

  /** In which way a character is written in the source: 0 as it is, else a digit of {@link DIGIT} bits for each of its encodings, the outermost first. */
  writingOf(at: number): number {
    return this.writings?.[at] ?? 0
  }

  /** The writing of what an escape means. The digit 0 stands for escapes that were made up of differently encoded characters. */
  private writingWithin(from: number, to: number): number {
    let outer = 0
    let isMixed = false
    if (this.writings !== undefined)
      for (let at = from; at < to; at++) {
        const writing = this.writingOf(at)
        isMixed ||= writing !== 0 && outer !== 0 && writing !== outer
        outer = Math.max(outer, writing)
      }
    return outer * (1 << DIGIT) + (isMixed ? 0 : encodingOf(this.text.charCodeAt(from)))
  }

  /** True if a character is plain, or encoded like another, or in some of its outer encodings: only then it can end what that one has begun. */
  isLike(at: number, other: number): boolean {
    const writing = this.writingOf(at)
    if (writing === 0) return true
    let begun = this.writingOf(other)
    while (begun > writing) begun >>>= DIGIT
    return begun === writing
  }

  /** How often a character is percent-encoded, whatever else it is. */
  percentsOf(at: number): number {
    let percents = 0
    for (let writing = this.writingOf(at); writing > 0; writing >>>= DIGIT) if ((writing & 3) === PERCENT_DIGIT) percents++
    return percents
  }

  /**
   * The next layer, without what has no further one: what stands between two quotes goes along if there is an escape in it, or beside it. `undefined` if
   * there is none anywhere.
   */
  inner(): View | undefined {
    const { text } = this
    const pieces = piecesOf(text)
    if (pieces === undefined) return undefined
    const codes = new Uint16Array(text.length)
    const starts = new Uint32Array(text.length + 1)
    const writings = new Uint32Array(text.length)
    let size = 0
    const add = (code: number, start: number, writing: number): void => {
      codes[size] = code
      writings[size] = writing
      starts[size++] = start
    }
    for (let piece = 0; piece < pieces.count; piece++) {
      const [from, to] = [piece === 0 ? 0 : (pieces.ends[piece - 1] as number), pieces.ends[piece] as number]
      if (!pieces.isNear(piece)) {
        // The quotes around what is left out are not those of one string.
        if (size > 0 && codes[size - 1] !== GAP) add(GAP, this.startOf(from), 0)
        continue
      }
      for (let at = from; at < to; at++) {
        const written = escapeAt(text, at)
        const start = this.startOf(at)
        if (written === 0) {
          add(text.charCodeAt(at), start, this.writingOf(at))
          continue
        }
        const end = at + lengthOf(written)
        const writing = this.writingWithin(at, end)
        at = end - 1
        const point = pointOf(written)
        if (point > 0xffff) add(0xd800 + ((point - 0x10000) >> 10), start, writing)
        add(point > 0xffff ? 0xdc00 + ((point - 0x10000) & 0x3ff) : point, start, writing)
      }
      starts[size] = this.startOf(to)
    }
    return new View(Buffer.from(codes.buffer, 0, size * 2).toString('utf16le'), this.source, starts.subarray(0, size + 1), writings)
  }
}

/** A text in pieces, each of which ends behind a quote. */
interface Pieces {
  ends: Uint32Array
  count: number
  /** True for a piece with an escape in it, and for those beside one. */
  isNear(piece: number): boolean
}

/** `undefined` if nothing is escaped. */
function piecesOf(text: string): Pieces | undefined {
  if (!/[%\\&]/.test(text)) return undefined
  const ends = new Uint32Array(text.length + 1)
  const escaped = new Uint8Array(text.length + 3)
  let count = 0
  let any = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) ends[count++] = at + 1
    else if (mayEscape(code)) {
      const written = escapeAt(text, at)
      if (written !== 0) {
        any = true
        escaped[count + 1] = 1
        at += lengthOf(written) - 1
      } else if (code === BACKSLASH) at++
    }
  }
  ends[count++] = text.length
  return any
    ? { ends, count, isNear: (piece) => (escaped[piece] as number) + (escaped[piece + 1] as number) + (escaped[piece + 2] as number) > 0 }
    : undefined
}
