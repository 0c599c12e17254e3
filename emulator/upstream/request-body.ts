/** What is kept of a request that goes by, without secrets: files that are uploaded to OSS are kept as they are, everything else is looked into. */

import type { Call } from '../../src/index.js'
import { isOssHost } from '../../src/oss/location.js'
import { RequestBody } from '../record/bodies.js'
import type { BodyJson } from '../record/format.js'
import { boundaryOf, FormRedactor } from '../redact/form.js'
import type { Part, Redactor } from '../redact/redactor.js'
import { textOf } from '../redact/text.js'

/** Bytes of a text that are kept: more than any Action takes in earnest, and than the list of parts of which a large object is made. */
const MAX_TEXT = 1024 * 1024

/** Where large bodies go, if they go anywhere. */
export interface BodyFile {
  folder: string
  name: string
}

/** The body of a request, as it comes. */
export interface KeptBody {
  /** Takes in the next bytes. */
  add(piece: Uint8Array): void
  /** What is kept, once all has come that will, or what is yet to be looked into; `undefined` if nothing is. */
  end(): BodyJson | { part: Part } | undefined
  /** Bytes so far. */
  readonly size: number
}

/** Keeps the body of a call. Without a file, nothing is kept of what is uploaded to OSS. */
export function keepBody(call: Call, redactor: Redactor, file: BodyFile | undefined): KeptBody {
  const type = call.headers['content-type']
  const boundary = boundaryOf(type)
  if (boundary === undefined && !isFile(call)) return new Text(type)
  return file === undefined ? new Counted() : new Uploaded(file, redactor, boundary)
}

/** True for what is stored as it is. Other requests to OSS have documents, or are none, such as a call of an Action that was sent to the wrong host. */
const isFile = ({ method, host, query }: Call): boolean =>
  isOssHost(host) && (method === 'PUT' || (method === 'POST' && /(?:^|&)append(?:[=&]|$)/.test(query)))

/** A body of which only the size is kept. */
class Counted implements KeptBody {
  size = 0

  add(piece: Uint8Array): void {
    this.size += piece.byteLength
  }

  end(): undefined {}
}

/** What is uploaded, large as it may be. */
class Uploaded implements KeptBody {
  size = 0
  readonly #form: FormRedactor | undefined
  readonly #body: RequestBody

  constructor({ folder, name }: BodyFile, redactor: Redactor, boundary: string | undefined) {
    this.#body = new RequestBody(folder, name)
    this.#form = boundary === undefined ? undefined : new FormRedactor(redactor, boundary)
  }

  add(piece: Uint8Array): void {
    this.size += piece.byteLength
    const kept = this.#form?.push(piece) ?? piece
    if (kept.byteLength > 0) this.#body.add(kept)
  }

  end(): BodyJson {
    const last = this.#form?.end()
    if (last && last.byteLength > 0) this.#body.add(last)
    return this.#body.toJSON()
  }
}

/** The parameters of a call, or a document. What is no text, or too large for the services, is not kept. */
class Text implements KeptBody {
  size = 0
  #pieces: Uint8Array[] = []

  constructor(private readonly type = '') {}

  add(piece: Uint8Array): void {
    this.size += piece.byteLength
    if (this.size <= MAX_TEXT) this.#pieces.push(piece)
    else this.#pieces = []
  }

  end(): { part: Part } | undefined {
    const text = this.size > MAX_TEXT ? undefined : textOf(Buffer.concat(this.#pieces))
    return text === undefined ? undefined : { part: { text, isEncoded: /^application\/x-www-form-urlencoded\b/i.test(this.type) } }
  }
}
