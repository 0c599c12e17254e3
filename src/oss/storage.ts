/** The bytes of one account's objects: how they come in, and how many there may be. */

import { createHash } from 'node:crypto'
import { yieldToOthers } from '../base/clock.js'
import { isBytes, messageOf } from '../base/realm.js'
import type { Blobs } from '../bytes/blobs.js'
import { Content, SMALL } from '../bytes/content.js'
import { Crc64 } from '../bytes/crc64.js'
import { Received } from '../bytes/received.js'
import { SharedMap } from '../state/shared-map.js'
import { refuseObject } from './errors.js'

/** The largest object that is put, posted or appended, and the largest part: 5 GiB. */
export const MAX_BYTES_AT_ONCE = 5 * 1024 ** 3

/** A body as a door hands it over. */
export type Body = Uint8Array | AsyncIterable<Uint8Array>

/** What an account's objects have, as it is known of a copy of the account. */
export interface Kept {
  /** In how many contents a segment is, by its name. */
  counts: SharedMap<number>
  bytes: number
}

/** The bytes of one account's objects. */
export class Storage {
  /** In how many of the contents that are kept a segment is: its room counts once. Of samples, which take none, nothing is counted. */
  #counts = new SharedMap<number>()
  /** Bytes of what is kept. */
  #kept = 0
  /** Bytes that have ever been kept. */
  #taken = 0
  /** Bytes of bodies that are arriving. */
  #arriving = 0
  /** Contents that are here and have not become objects yet, and the room that they take. */
  readonly #transit = new Map<Content, number>()
  #inTransit = 0
  #closed = false

  /** `limit` says how many bytes there may be in all; bodies of at most `small` bytes need no file. */
  constructor(
    private readonly blobs: Blobs,
    private readonly limit: () => number,
    private readonly small = SMALL,
  ) {}

  /** Bytes in use, those of uploads under way included. */
  get used(): number {
    return this.#kept + this.#inTransit + this.#arriving
  }

  /** Bytes that have been kept since the account has this state, those included that are not any more. */
  get taken(): number {
    return this.#taken
  }

  /** What is kept, for a copy of the account: see {@link know}. */
  get kept(): Kept {
    return { counts: this.#counts.share(), bytes: this.#kept }
  }

  /** Takes over what a copy has kept. */
  know({ counts, bytes }: Kept): void {
    this.#counts = counts.share()
    this.#kept = bytes
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
      this.#arriving -= size
      return this.received(new Content(segments), digest, crc64.value)
    } catch (error) {
      this.#arriving -= size
      await file?.abort()
      throw error
    }
  }

  /** Bytes that are here, on their way to become an object. */
  received(content: Content, md5: string, crc64: bigint): Received {
    return new Received(this.#hold(content), md5, crc64, (discarded) => this.release(discarded))
  }

  /** A content is one of an object, or of a part, from now on. */
  keep(content: Content): void {
    this.#passOn(content)
    for (const { room, id } of content.segments) {
      if (room === 0) continue
      const count = this.#counts.get(id) ?? 0
      if (count === 0) {
        this.#kept += room
        this.#taken += room
      }
      this.#counts.set(id, count + 1)
    }
  }

  /** A content is not needed here any more, whatever it was. */
  release(content: Content): void {
    if (!this.#passOn(content)) {
      for (const { room, id } of content.segments) {
        const count = this.#counts.get(id) ?? 0
        if (count > 1) this.#counts.set(id, count - 1)
        else if (this.#counts.delete(id)) this.#kept -= room
      }
    }
    content.release()
  }

  /** The contents one after the other, which stay as they are. Small neighbours become one, so that an object that grows byte by byte stays one segment. */
  async append(first: Content, second: Content): Promise<Content> {
    const [last, next] = [first.segments.at(-1), second.segments[0]]
    if (second.segments.length !== 1 || !last || !next || last.size + next.size > SMALL) return this.join([first, second])
    const bytes = Buffer.concat([await first.bytes(first.size - last.size), await second.bytes()])
    const merged = this.blobs.keep(bytes)
    return this.#hold(new Content([...first.segments.slice(0, -1).map((each) => each.retain()), ...merged]))
  }

  /** The contents one after the other, which stay as they are. */
  join(contents: readonly Content[]): Content {
    return this.#hold(new Content(contents.flatMap(({ segments }) => segments.map((segment) => segment.retain()))))
  }

  /** Discards what has not become an object. */
  dispose(): void {
    this.#closed = true
    for (const content of [...this.#transit.keys()]) this.release(content)
  }

  #hold(content: Content): Content {
    const { room } = content
    this.#transit.set(content, room)
    this.#inTransit += room
    return content
  }

  /** A content is in transit no longer; false if it was not. */
  #passOn(content: Content): boolean {
    this.#inTransit -= this.#transit.get(content) ?? 0
    return this.#transit.delete(content)
  }

  #reserve(bytes: number): void {
    this.#checkOpen()
    this.checkRoom(bytes)
    this.#arriving += bytes
  }

  /** Refuses more bytes than there is room for. */
  checkRoom(bytes: number): void {
    if (this.used + bytes > this.limit())
      refuseObject('QuotaExceeded', {
        reason: `the objects of the account may have ${this.limit()} bytes in all; the setting maxObjectBytes says so`,
      })
  }

  #checkOpen(): void {
    if (this.#closed) refuseObject('NoSuchBucket', { reason: 'the account was reset or disposed of during the upload' })
  }
}

/** Bytes of a body in memory that are looked at at once. */
const PIECE = 1024 * 1024

/** A body piece by piece. One that breaks off is the client's doing, unlike anything that goes wrong with the storage. */
export async function* piecesOf(body: Body): AsyncGenerator<Uint8Array> {
  if (isBytes(body)) {
    for (let from = 0; from < body.byteLength; from += PIECE) {
      // Checksums of all of a large one would hold others up.
      if (from > 0) await yieldToOthers()
      yield body.subarray(from, from + PIECE)
    }
    return
  }
  try {
    yield* body
  } catch (error) {
    refuseObject('RequestTimeout', { reason: `the body broke off: ${messageOf(error)}` })
  }
}
