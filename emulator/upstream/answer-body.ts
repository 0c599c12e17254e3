/** What is kept of an answer that goes by: its text where it has one that is not too long, and else what it comes to. */

import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { promisify } from 'node:util'
import { brotliDecompress, unzip } from 'node:zlib'
import { textOf } from '../redact/text.js'

/** Bytes of a text that is kept: far more than any answer of an Action. */
const MAX_KEPT = 512 * 1024

/** Types that are text. */
const TEXT = /\b(?:json|xml|text|javascript|x-www-form-urlencoded|mpegurl)\b/i

const unpack = (bytes: Buffer): Promise<Buffer> => promisify(unzip)(bytes, { maxOutputLength: MAX_KEPT })

/** By coding; whatever else an answer says that it has is none. */
const decoders: ReadonlyMap<string, (bytes: Buffer) => Promise<Buffer>> = new Map([
  ['identity', async (bytes) => bytes],
  ['gzip', unpack],
  ['x-gzip', unpack],
  ['deflate', unpack],
  ['br', (bytes) => promisify(brotliDecompress)(bytes, { maxOutputLength: MAX_KEPT })],
])

/** The body of an answer, as it comes. */
export class AnswerBody {
  readonly #hash = createHash('sha256')
  #pieces: Uint8Array[] = []
  #size = 0

  /** Takes in the next bytes. */
  add(piece: Uint8Array): void {
    this.#size += piece.byteLength
    this.#hash.update(piece)
    if (this.#size <= MAX_KEPT) this.#pieces.push(piece)
    else this.#pieces = []
  }

  /** Bytes so far. */
  get size(): number {
    return this.#size
  }

  /** The text, without the coding in which it was sent; `undefined` if it is none, or too long. */
  async text(headers: IncomingHttpHeaders): Promise<string | undefined> {
    if (this.#size > MAX_KEPT) return undefined
    const bytes = Buffer.concat(this.#pieces)
    if (bytes.byteLength > 0 && !TEXT.test(headers['content-type'] ?? 'text')) return undefined
    const coding = headers['content-encoding']?.trim().toLowerCase() || 'identity'
    const decoded = await decoders
      .get(coding)?.(bytes)
      .catch(() => undefined)
    return decoded && textOf(decoded)
  }

  /** What a body without a text comes to. Asked for once. */
  digest(): { sha256: string; size: number } {
    return { sha256: this.#hash.digest('hex'), size: this.#size }
  }
}
