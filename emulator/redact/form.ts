/** Removing secrets from forms with files in them (multipart/form-data), as they go by: fields are looked into, files are not. */

import type { Redactor } from './redactor.js'
import { textOf } from './text.js'

/** Bytes of the longest head of a part, and of the longest field: more than OSS takes. A longer field is removed as a whole. */
const LONGEST_HEAD = 16_384
const LONGEST_FIELD = 16_384

const BREAK = Buffer.from('\r\n')
const END_OF_HEAD = Buffer.from('\r\n\r\n')
const LAST = Buffer.from('--')
const REMOVED = Buffer.from('removed')
const NOTHING = Buffer.alloc(0)

/** The boundary that a form has, according to its type; `undefined` if it is none. */
export const boundaryOf = (contentType = ''): string | undefined =>
  /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]{1,200})"|([^\s;]{1,200}))/i.exec(contentType)?.slice(1).find(Boolean)

/** Where a form is: before its first part or behind its last, in a part whose head cannot be read, in a head, in a field that is collected, in a file. */
type State = 'outside' | 'unread' | 'head' | 'field' | 'file'

/** A form on its way; what it hands out in pieces has the secrets removed. What belongs to no part means nothing, and is left out. */
export class FormRedactor {
  readonly #delimiter: Buffer
  /** The first delimiter stands at the very beginning: with a line break before it, it is found like the others. */
  #rest: Buffer = BREAK
  #state: State = 'outside'
  #isFirst = true
  #isOver = false
  #name = ''

  constructor(
    private readonly redactor: Redactor,
    boundary: string,
  ) {
    this.#delimiter = Buffer.from(`\r\n--${boundary}`)
  }

  /** Takes in bytes, and answers those that can go on. */
  push(piece: Uint8Array): Buffer {
    if (this.#isOver) return NOTHING
    this.#rest = Buffer.concat([this.#rest, piece])
    const out: Buffer[] = []
    while (this.#step(out));
    return Buffer.concat(out)
  }

  /** What is left when nothing more comes. A field that is not whole is removed. */
  end(): Buffer {
    const rest = this.#state === 'file' ? this.#rest : this.#state === 'field' ? REMOVED : NOTHING
    this.#rest = NOTHING
    return rest
  }

  /** Goes on to the next state; false if there are too few bytes for that. */
  #step(out: Buffer[]): boolean {
    switch (this.#state) {
      case 'head':
        return this.#head(out)
      case 'field':
        return this.#field(out)
      case 'file':
        return this.#upToDelimiter((bytes) => out.push(bytes), out)
      default:
        return this.#upToDelimiter(() => {}, out)
    }
  }

  /** Hands over what stands before the next delimiter, as far as it has come, and then goes on behind that. */
  #upToDelimiter(take: (bytes: Buffer) => void, out: Buffer[]): boolean {
    const at = this.#rest.indexOf(this.#delimiter)
    if (at < 0) {
      take(this.#take(Math.max(this.#rest.byteLength - this.#delimiter.byteLength + 1, 0)))
      return false
    }
    take(this.#take(at))
    const delimiter = this.#take(this.#delimiter.byteLength)
    out.push(this.#isFirst ? delimiter.subarray(BREAK.byteLength) : delimiter)
    this.#isFirst = false
    this.#state = 'head'
    return true
  }

  #head(out: Buffer[]): boolean {
    if (this.#rest.byteLength < LAST.byteLength) return false
    if (this.#rest.subarray(0, LAST.byteLength).equals(LAST)) {
      out.push(LAST, BREAK)
      this.#rest = NOTHING
      this.#state = 'outside'
      this.#isOver = true
      return false
    }
    const at = this.#rest.indexOf(END_OF_HEAD)
    if (at < 0 && this.#rest.byteLength <= LONGEST_HEAD) return false
    if (at < 0) {
      this.#state = 'unread'
      return true
    }
    // As Latin-1, whatever bytes it has come out as they have gone in.
    const head = this.#take(at + END_OF_HEAD.byteLength).toString('latin1')
    out.push(Buffer.from(this.redactor.one({ text: head }), 'latin1'))
    const disposition = /^content-disposition:(.*)$/im.exec(head.replace(/\r\n[ \t]+/g, ' '))?.[1] ?? ''
    this.#name = /;\s*name=(?:"([^"]*)"|([^\s;"]+))/i.exec(disposition)?.slice(1).find(Boolean) ?? ''
    const isFile = /;\s*filename\*?=/i.test(disposition) || this.#name.toLowerCase() === 'file'
    this.#state = isFile && !this.redactor.isSensitive(this.#name) ? 'file' : 'field'
    return true
  }

  #field(out: Buffer[]): boolean {
    const at = this.#rest.indexOf(this.#delimiter)
    if (at < 0 && this.#rest.byteLength <= LONGEST_FIELD) return false
    if (at < 0 || at > LONGEST_FIELD) {
      out.push(REMOVED)
      this.#state = 'unread'
      return true
    }
    const text = textOf(this.#take(at))
    out.push(text === undefined ? REMOVED : Buffer.from(this.redactor.one({ name: this.#name, text })))
    this.#state = 'file'
    return true
  }

  #take(bytes: number): Buffer {
    const taken = this.#rest.subarray(0, bytes)
    this.#rest = this.#rest.subarray(bytes)
    return taken
  }
}
