/** Removing secrets from forms with files in them (multipart/form-data), as they go by: fields are looked into, files are not. */

import type { Redactor } from './redactor.js'

/** Bytes of the longest head of a part, and of the longest field; a longer field is removed as a whole. */
const LONGEST_HEAD = 16_384
const LONGEST_FIELD = 65_536

const END_OF_HEAD = Buffer.from('\r\n\r\n')

/** The boundary that a form has, according to its type; `undefined` if it is none. */
export const boundaryOf = (contentType = ''): string | undefined =>
  /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]{1,200})"|([^\s;]{1,200}))/i.exec(contentType)?.slice(1).find(Boolean)

/** A form on its way; what it hands out in pieces has the secrets removed. */
export class FormRedactor {
  readonly #delimiter: Buffer
  #rest: Buffer = Buffer.from('\r\n')
  /** Where it is: before a part or between two, in the head of one, in a field that is collected, in one that is removed, in a file that goes on as it is. */
  #state: 'between' | 'head' | 'field' | 'long field' | 'file' = 'between'
  #name = ''
  /** Bytes that still stand before all that has come. */
  #added = 2

  constructor(
    private readonly redactor: Redactor,
    boundary: string,
  ) {
    this.#delimiter = Buffer.from(`\r\n--${boundary}`)
  }

  /** Takes in bytes, and answers those that can go on. */
  push(piece: Uint8Array): Buffer {
    this.#rest = Buffer.concat([this.#rest, piece])
    const out: Buffer[] = []
    while (this.#step(out));
    return this.#withoutFirstBreak(Buffer.concat(out))
  }

  /** What is left when nothing more comes. A field that is not whole is removed. */
  end(): Buffer {
    const isDropped = this.#state === 'head' || this.#state === 'long field'
    const rest = this.#state === 'field' ? Buffer.from('removed') : isDropped ? Buffer.alloc(0) : this.#rest
    this.#rest = Buffer.alloc(0)
    return this.#withoutFirstBreak(rest)
  }

  /** The first delimiter stands at the very beginning: the line break before it is put there to find it like the others. */
  #withoutFirstBreak(bytes: Buffer): Buffer {
    const dropped = Math.min(this.#added, bytes.byteLength)
    this.#added -= dropped
    return bytes.subarray(dropped)
  }

  /** Goes on to the next state; false if there are too few bytes for that. */
  #step(out: Buffer[]): boolean {
    switch (this.#state) {
      case 'between':
      case 'file': {
        const at = this.#rest.indexOf(this.#delimiter)
        if (at < 0) {
          out.push(this.#take(Math.max(this.#rest.byteLength - this.#delimiter.byteLength + 1, 0)))
          return false
        }
        out.push(this.#take(at + this.#delimiter.byteLength))
        this.#state = 'head'
        return true
      }
      case 'long field': {
        const at = this.#rest.indexOf(this.#delimiter)
        this.#take(at < 0 ? Math.max(this.#rest.byteLength - this.#delimiter.byteLength + 1, 0) : at)
        if (at >= 0) this.#state = 'file'
        return at >= 0
      }
      case 'head': {
        const at = this.#rest.indexOf(END_OF_HEAD)
        if (at < 0 && this.#rest.byteLength <= LONGEST_HEAD && !this.#rest.subarray(0, 2).equals(Buffer.from('--'))) return false
        if (at < 0) {
          this.#state = 'file'
          return true
        }
        const head = this.#take(at + END_OF_HEAD.byteLength)
        out.push(head)
        const text = head.toString('latin1')
        this.#name = /\bname=(?:"([^"]*)"|([^\s;"]+))/i.exec(text)?.slice(1).find(Boolean) ?? ''
        this.#state = /\bfilename\*?=/i.test(text) || this.#name.toLowerCase() === 'file' ? 'file' : 'field'
        return true
      }
      case 'field': {
        const at = this.#rest.indexOf(this.#delimiter)
        if (at < 0 && this.#rest.byteLength <= LONGEST_FIELD) return false
        if (at < 0) {
          out.push(Buffer.from('removed'))
          this.#state = 'long field'
          return true
        }
        const value = this.#take(at).toString('utf8')
        out.push(Buffer.from(this.redactor.value(this.#name, value)))
        this.#state = 'file'
        return true
      }
    }
  }

  #take(bytes: number): Buffer {
    const taken = this.#rest.subarray(0, bytes)
    this.#rest = this.#rest.subarray(bytes)
    return taken
  }
}
