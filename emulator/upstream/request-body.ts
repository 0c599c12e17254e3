/** What is kept of a request that goes by, without secrets: calls of Actions are looked into, what is uploaded to OSS is kept as it is. */

import type { Call } from '../../src/index.js'
import { isObjectCall } from '../../src/oss/location.js'
import { RequestBody } from '../record/bodies.js'
import { type BodyJson, bytesJson } from '../record/format.js'
import { boundaryOf, FormRedactor } from '../redact/form.js'
import type { Redactor } from '../redact/redactor.js'

/** Bytes of parameters that are kept: more than any Action takes in earnest. */
const MAX_PARAMETERS = 512 * 1024

/** Where large bodies go, if they go anywhere. */
export interface BodyFile {
  folder: string
  name: string
}

/** The body of a request, as it comes. */
export interface KeptBody {
  /** Takes in the next bytes. */
  add(piece: Uint8Array): void
  /** What is kept, once all has come that will; `undefined` if nothing is. */
  end(): Promise<BodyJson | undefined>
  /** Bytes so far. */
  readonly size: number
}

/** Keeps the body of a call. Without a file, nothing is kept of what is uploaded to OSS. */
export function keepBody(call: Call, redactor: Redactor, file: BodyFile | undefined): KeptBody {
  const boundary = boundaryOf(call.headers['content-type'])
  if (isObjectCall(call) || boundary !== undefined) return file === undefined ? new Counted() : new Uploaded(file, redactor, boundary)
  return new Parameters(call.headers['content-type'], redactor)
}

/** A body of which only the size is kept. */
class Counted implements KeptBody {
  size = 0

  add(piece: Uint8Array): void {
    this.size += piece.byteLength
  }

  async end(): Promise<undefined> {}
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

  async end(): Promise<BodyJson> {
    const last = this.#form?.end()
    if (last && last.byteLength > 0) this.#body.add(last)
    return this.#body.toJSON()
  }
}

/** The parameters of a call, as a form or in JSON. What is none of these, or too large for the services, is not kept. */
class Parameters implements KeptBody {
  size = 0
  #pieces: Uint8Array[] = []

  constructor(
    private readonly type = '',
    private readonly redactor: Redactor,
  ) {}

  add(piece: Uint8Array): void {
    this.size += piece.byteLength
    if (this.size <= MAX_PARAMETERS) this.#pieces.push(piece)
    else this.#pieces = []
  }

  async end(): Promise<BodyJson | undefined> {
    if (this.size > MAX_PARAMETERS) return undefined
    const bytes = Buffer.concat(this.#pieces)
    const text = bytes.toString('utf8')
    if (!Buffer.from(text).equals(bytes)) return undefined
    const redacted = /^application\/x-www-form-urlencoded\b/i.test(this.type)
      ? await this.redactor.longPairs(text)
      : await this.redactor.longText(text)
    return bytesJson(Buffer.from(redacted))
  }
}
