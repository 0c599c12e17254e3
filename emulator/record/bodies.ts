/** Bodies on their way through a recorder: small ones go into a line, large ones into a file beside the recording, or are hashed. */

import { createHash } from 'node:crypto'
import { appendFileSync, closeSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from '../../src/base/realm.js'
import { makePrivateFolder, openPrivateFile } from '../store/private-files.js'
import { type BodyJson, bytesJson, type ContentJson, MAX_IN_LINE } from './format.js'

/** The body of a request, recorded as it is read. */
export class RequestBody implements AsyncIterable<Uint8Array> {
  /** What was wrong with the connection, if it broke off. */
  broken: string | undefined
  #pieces: Uint8Array[] = []
  #size = 0
  #inFile = false

  /** `name` is the one of its file in `folder`, should it need one. */
  constructor(
    private readonly folder: string,
    private readonly name: string,
    private readonly source: AsyncIterable<Uint8Array> | Iterable<Uint8Array> = [],
  ) {}

  /** A body that is there already. */
  static of(bytes: Uint8Array, folder: string, name: string): RequestBody {
    const body = new RequestBody(folder, name)
    body.add(bytes)
    return body
  }

  get size(): number {
    return this.#size
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of this.source) {
        this.add(piece)
        yield piece
      }
    } catch (error) {
      this.broken = messageOf(error)
      throw error
    }
  }

  /** Adds what has been read elsewhere. */
  add(piece: Uint8Array): void {
    this.#size += piece.byteLength
    if (!this.#inFile) this.#pieces.push(piece)
    if (this.#size <= MAX_IN_LINE) return
    try {
      if (this.#inFile) appendFileSync(this.#path, piece)
      else {
        makePrivateFolder(this.folder)
        const file = openPrivateFile(this.#path)
        writeFileSync(file, Buffer.concat(this.#pieces))
        closeSync(file)
      }
    } catch {
      // The upload goes on. Who replays it is told that its bytes are not there.
    }
    this.#inFile = true
    this.#pieces = []
  }

  toJSON(): BodyJson {
    return this.#inFile ? { file: this.name, size: this.#size } : bytesJson(Buffer.concat(this.#pieces))
  }

  get #path(): string {
    return join(this.folder, this.name)
  }
}

/** The body of a reply, recorded as it is sent. */
export class ReplyContent {
  readonly #hash = createHash('sha256')
  #pieces: Uint8Array[] = []
  #size = 0

  add(piece: Uint8Array): void {
    this.#size += piece.byteLength
    if (this.#size <= MAX_IN_LINE) this.#pieces.push(piece)
    else this.#pieces = []
    this.#hash.update(piece)
  }

  /** The pieces of a stream; `ended` is called when all have been sent. */
  async *of(stream: AsyncIterable<Uint8Array>, ended: () => void): AsyncGenerator<Uint8Array> {
    for await (const piece of stream) {
      this.add(piece)
      yield piece
    }
    ended()
  }

  toJSON(): ContentJson {
    if (this.#size <= MAX_IN_LINE) return bytesJson(Buffer.concat(this.#pieces))
    return { sha256: this.#hash.digest('hex'), size: this.#size }
  }
}
