/** Where an account keeps the bytes of its objects: small ones in memory, all others in files of a folder of its own. Bounded. */

import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Content, Segment, SMALL } from './content.js'
import { Crc64 } from './crc64.js'
import { md5Of } from './digest.js'
import { refuseObject } from './errors.js'
import { makeFolder, removeFolder } from './folders.js'

/** The largest object that is put, posted or appended, and the largest part: 5 GiB. */
export const MOST_BYTES_AT_ONCE = 5 * 1024 ** 3

/** What is kept in memory: contents of at most `each` bytes, and at most `all` bytes together. Everything else goes to files. */
export interface InMemory {
  each: number
  all: number
}

/** A body as a door hands it over. */
export type Body = Uint8Array | AsyncIterable<Uint8Array>

/** Bytes that have arrived in full. */
export class Received {
  constructor(
    readonly content: Content,
    /** Upper-case hex, as in an ETag. */
    readonly md5: string,
    readonly crc64: bigint,
  ) {}

  /** Bytes that are in memory anyway. */
  static of(bytes: Uint8Array): Received {
    const crc64 = new Crc64()
    crc64.update(bytes)
    return new Received(Content.of(bytes), md5Of(bytes), crc64.value)
  }

  get size(): number {
    return this.content.size
  }

  /** Nobody wants them after all. */
  discard(): void {
    this.content.discard()
  }
}

/** The bytes of one account's objects. */
export class Storage {
  #folder: string | undefined
  #files = 0
  #used = 0
  #inMemory = 0
  #closed = false

  /** `parent` is the folder to make one in; `limit` says how many bytes there may be in all. */
  constructor(
    private readonly parent: string | undefined,
    private readonly limit: () => number,
    private readonly inMemory: InMemory = { each: SMALL, all: 16 * 1024 * 1024 },
  ) {}

  /** Bytes in use, those of uploads under way included. */
  get used(): number {
    return this.#used
  }

  /** Takes a body in, piece by piece. Of one that is cut off, too large or more than there is room for, nothing remains. */
  async receive(body: Body, most = MOST_BYTES_AT_ONCE): Promise<Received> {
    const md5 = createHash('md5')
    const crc64 = new Crc64()
    let held: Uint8Array[] = []
    let file: { path: string; handle: FileHandle } | undefined
    let size = 0
    try {
      for await (const piece of piecesOf(body)) {
        if (size + piece.byteLength > most) refuseObject('EntityTooLarge', { reason: `has more than ${most} bytes` })
        this.#reserve(piece.byteLength)
        size += piece.byteLength
        md5.update(piece)
        crc64.update(piece)
        if (file) await file.handle.appendFile(piece)
        else {
          held.push(piece)
          if (size > this.inMemory.each || this.#inMemory + size > this.inMemory.all) {
            file = await this.#open()
            for (const each of held) await file.handle.appendFile(each)
            held = []
          }
        }
      }
      await file?.handle.close()
    } catch (error) {
      this.#used -= size
      await file?.handle.close()
      if (file) await rm(file.path, { force: true })
      throw error
    }
    const segment = file ? this.#inFile(size, file.path) : this.#inMemoryOf(Buffer.concat(held))
    return new Received(new Content([segment]), md5.digest('hex').toUpperCase(), crc64.value)
  }

  /** `first` with `second` behind it. Small neighbours become one, so that an object that grows byte by byte stays one segment. */
  append(first: Content, second: Content): Content {
    const [last, next] = [first.segments.at(-1), second.segments[0]]
    if (second.segments.length !== 1 || !last?.bytes || !next?.bytes || last.size + next.size > SMALL) return Content.join([first, second])
    const bytes = Buffer.concat([last.bytes, next.bytes])
    this.#used += bytes.byteLength
    const merged = this.#inMemoryOf(bytes)
    last.discard()
    next.discard()
    return new Content([...first.segments.slice(0, -1), merged])
  }

  /** Removes everything. */
  dispose(): void {
    this.#closed = true
    if (this.#folder === undefined) return
    removeFolder(this.#folder)
    this.#folder = undefined
  }

  #reserve(bytes: number): void {
    if (this.#used + bytes > this.limit())
      refuseObject('QuotaExceeded', {
        reason: `the objects of the account may have ${this.limit()} bytes in all; the setting maxObjectBytes says so`,
      })
    this.#used += bytes
  }

  async #open(): Promise<{ path: string; handle: FileHandle }> {
    if (this.#closed) refuseObject('NoSuchBucket', { reason: 'the account was reset or disposed of during the upload' })
    this.#folder ??= makeFolder(this.parent)
    const path = join(this.#folder, String(++this.#files))
    return { path, handle: await open(path, 'wx') }
  }

  #inFile(size: number, path: string): Segment {
    return new Segment(size, { file: path }, () => {
      this.#used -= size
      rmSync(path, { force: true })
    })
  }

  #inMemoryOf(bytes: Uint8Array): Segment {
    const size = bytes.byteLength
    this.#inMemory += size
    return new Segment(size, bytes, () => {
      this.#used -= size
      this.#inMemory -= size
    })
  }
}

/** A body that breaks off is the client's doing, unlike anything that goes wrong with the storage. */
async function* piecesOf(body: Body): AsyncGenerator<Uint8Array> {
  if (body instanceof Uint8Array) {
    yield body
    return
  }
  try {
    yield* body
  } catch (error) {
    refuseObject('RequestTimeout', { reason: `the body broke off: ${error instanceof Error ? error.message : error}` })
  }
}
