/** The bytes of one account's objects: how they come in, and how many there may be. */

import { createHash } from 'node:crypto'
import type { Blobs } from '../bytes/blobs.js'
import { Content, type Segment, SMALL } from '../bytes/content.js'
import { Crc64 } from '../bytes/crc64.js'
import { Received } from '../bytes/received.js'
import { refuseObject } from './errors.js'

/** The largest object that is put, posted or appended, and the largest part: 5 GiB. */
export const MAX_BYTES_AT_ONCE = 5 * 1024 ** 3

/** A body as a door hands it over. */
export type Body = Uint8Array | AsyncIterable<Uint8Array>

/** The bytes of one account's objects. */
export class Storage {
  /** What the account has, and is to give back. */
  readonly #contents = new Set<Content>()
  /** In how many of its contents a segment is: its room counts once. */
  readonly #holds = new Map<Segment, number>()
  #used = 0
  #closed = false

  /** `limit` says how many bytes there may be in all; bodies of at most `small` bytes need no file. */
  constructor(
    private readonly blobs: Blobs,
    private readonly limit: () => number,
    private readonly small = SMALL,
  ) {}

  /** Bytes in use, those of uploads under way included. */
  get used(): number {
    return this.#used
  }

  /** Takes a body in, piece by piece. Of one that is cut off, too large or more than there is room for, nothing remains. */
  async receive(body: Body, most = MAX_BYTES_AT_ONCE): Promise<Received> {
    const md5 = createHash('md5')
    const crc64 = new Crc64()
    let held: Uint8Array[] = []
    let file: Awaited<ReturnType<Blobs['open']>> | undefined
    let size = 0
    try {
      for await (const piece of piecesOf(body)) {
        if (size + piece.byteLength > most) refuseObject('EntityTooLarge', { reason: `has more than ${most} bytes` })
        this.#reserve(piece.byteLength)
        size += piece.byteLength
        md5.update(piece)
        crc64.update(piece)
        if (file) await file.write(piece)
        else {
          held.push(piece)
          if (size > this.small) {
            file = await this.blobs.open()
            for (const each of held) await file.write(each)
            held = []
          }
        }
      }
      this.#checkOpen()
      const digest = md5.digest('hex').toUpperCase()
      const segments = file ? [await file.finish(digest)] : this.blobs.keep(Buffer.concat(held), digest)
      this.#used -= size
      return new Received(this.#own(segments), digest, crc64.value)
    } catch (error) {
      this.#used -= size
      await file?.abort()
      throw error
    }
  }

  /** What another content has, as this account's too. */
  transfer(content: Content): Content {
    return this.#own(content.segments.map((segment) => segment.retain()))
  }

  /** The contents one after the other, which stay as they are. Small neighbours become one, so that an object that grows byte by byte stays one segment. */
  async append(first: Content, second: Content): Promise<Content> {
    const [last, next] = [first.segments.at(-1), second.segments[0]]
    if (second.segments.length !== 1 || !last || !next || last.size + next.size > SMALL) return this.join([first, second])
    const bytes = Buffer.concat([await first.bytes(first.size - last.size), await second.bytes()])
    const merged = this.blobs.keep(bytes)
    return this.#own([...first.segments.slice(0, -1).map((each) => each.retain()), ...merged])
  }

  /** The contents one after the other, which stay as they are. */
  join(contents: readonly Content[]): Content {
    return this.#own(contents.flatMap(({ segments }) => segments.map((segment) => segment.retain())))
  }

  /** Discards everything. */
  dispose(): void {
    this.#closed = true
    for (const content of this.#contents) content.release()
  }

  #own(segments: readonly Segment[]): Content {
    const content = new Content(segments, this.#release)
    this.#contents.add(content)
    for (const segment of segments) {
      const holds = this.#holds.get(segment) ?? 0
      if (holds === 0) this.#used += segment.room
      this.#holds.set(segment, holds + 1)
    }
    return content
  }

  readonly #release = (content: Content): void => {
    this.#contents.delete(content)
    for (const segment of content.segments) {
      const holds = (this.#holds.get(segment) ?? 0) - 1
      if (holds > 0) this.#holds.set(segment, holds)
      else {
        this.#holds.delete(segment)
        this.#used -= segment.room
      }
    }
  }

  #reserve(bytes: number): void {
    this.#checkOpen()
    this.checkRoom(bytes)
    this.#used += bytes
  }

  /** Refuses more bytes than there is room for. */
  checkRoom(bytes: number): void {
    if (this.#used + bytes > this.limit())
      refuseObject('QuotaExceeded', {
        reason: `the objects of the account may have ${this.limit()} bytes in all; the setting maxObjectBytes says so`,
      })
  }

  #checkOpen(): void {
    if (this.#closed) refuseObject('NoSuchBucket', { reason: 'the account was reset or disposed of during the upload' })
  }
}

/** A body piece by piece. One that breaks off is the client's doing, unlike anything that goes wrong with the storage. */
export async function* piecesOf(body: Body): AsyncGenerator<Uint8Array> {
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
