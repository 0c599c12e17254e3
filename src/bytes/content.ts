/** Where the bytes of an object are, and reading them. */

import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { z } from 'zod'
import { MissingFile } from '../base/problem.js'
import { isBytes } from '../base/realm.js'

/** How JSON names the bytes of a segment: by an id that is theirs alone in the cloud, or by the sample that they are. */
const segmentSchema = z.union([
  z.strictObject({ file: z.string().max(100), size: z.int().min(0) }),
  z.strictObject({ sample: z.string().max(100) }),
])

/** How JSON names the bytes of an object: one segment after the other. */
export const contentSchema = z.strictObject({ segments: z.array(segmentSchema) })

export type SegmentJson = z.output<typeof segmentSchema>
export type ContentJson = z.output<typeof contentSchema>

/** So many bytes are worth neither a file nor a stream. */
export const SMALL = 64 * 1024

/** A run of bytes, in memory or in a file. Contents may share it. */
export class Segment {
  #owners = 1

  /** `free` is called when no content has it any more. */
  constructor(
    readonly name: SegmentJson,
    readonly size: number,
    readonly source: Uint8Array | { path: string },
    private readonly free: () => void = () => {},
  ) {}

  /** What no other segment of the cloud is called; of samples, what they are. */
  get id(): string {
    return 'sample' in this.name ? this.name.sample : this.name.file
  }

  /** Bytes of disk or memory that it takes: a sample takes none of its own. */
  get room(): number {
    return 'sample' in this.name ? 0 : this.size
  }

  /** The bytes, if they are in memory. */
  get bytes(): Uint8Array | undefined {
    return isBytes(this.source) ? this.source : undefined
  }

  /** Reads from `start` to before `end`. */
  async *read(start: number, end: number): AsyncGenerator<Uint8Array> {
    if (isBytes(this.source)) {
      yield this.source.subarray(start, end)
      return
    }
    const { path } = this.source
    let missing = end - start
    for await (const piece of createReadStream(path, { start, end: end - 1 })) {
      missing -= piece.byteLength
      yield piece
    }
    // Who was promised so many bytes would wait for the others.
    if (missing > 0) throw new MissingFile(path)
  }

  /** Rejects with a {@link MissingFile} if the bytes are not there any more. */
  async check(): Promise<void> {
    if (isBytes(this.source)) return
    const { path } = this.source
    const { size } = await stat(path).catch(() => ({ size: 0 }))
    if (size < this.size) throw new MissingFile(path)
  }

  /** One more content has it. */
  retain(): Segment {
    this.#owners++
    return this
  }

  /** One content fewer has it. */
  release(): void {
    this.#owners--
    if (this.#owners === 0) this.free()
  }
}

/** The bytes of an object or of a part of one: one segment after the other. Never changes. */
export class Content {
  /** Bytes in all. */
  readonly size: number
  #owners = 1

  constructor(readonly segments: readonly Segment[]) {
    this.size = segments.reduce((sum, { size }) => sum + size, 0)
  }

  /** All bytes, if they are in memory in one run. */
  get inMemory(): Uint8Array | undefined {
    const [only, ...others] = this.segments
    return only === undefined ? new Uint8Array() : others.length === 0 ? only.bytes : undefined
  }

  /** Bytes of disk or memory that it takes. */
  get room(): number {
    return this.segments.reduce((sum, { room }) => sum + room, 0)
  }

  /**
   * Reads from `start` to before `end`, piece by piece. From now on the bytes are there until they have been read, or nobody can read them any more,
   * even if the content is released before that has begun.
   */
  stream(start = 0, end = this.size): AsyncIterableIterator<Uint8Array> {
    return new Reading(this.copy(), start, end)
  }

  /** The bytes from `start` to before `end` at once. */
  async bytes(start = 0, end = this.size): Promise<Uint8Array> {
    const inMemory = this.inMemory
    if (inMemory) return inMemory.subarray(start, end)
    const pieces: Uint8Array[] = []
    for await (const piece of this.stream(start, end)) pieces.push(piece)
    return Buffer.concat(pieces)
  }

  /** The same bytes once more, which are there until all contents that have them are released. */
  copy(): Content {
    return new Content(this.segments.map((segment) => segment.retain()))
  }

  /** It has one more owner. */
  retain(): void {
    this.#owners++
  }

  /** It has one owner fewer; of the last one, memory and files are given back, unless other contents share them. */
  release(): void {
    if (this.#owners === 0) return
    this.#owners--
    if (this.#owners === 0) for (const segment of this.segments) segment.release()
  }

  /** The content by name: see {@link contentSchema}. */
  toJSON(): ContentJson {
    return { segments: this.segments.map(({ name }) => name) }
  }
}

/** What nobody has read is given back with the reading that was to do it. */
const unread = new FinalizationRegistry<Content>((content) => content.release())

/** A content that is being read, or is about to be: it owns the content. */
class Reading implements AsyncIterableIterator<Uint8Array> {
  readonly #pieces: AsyncGenerator<Uint8Array>
  #content: Content | undefined

  constructor(content: Content, start: number, end: number) {
    this.#content = content
    this.#pieces = piecesOf(content, start, end)
    unread.register(this, content, this)
  }

  async next(): Promise<IteratorResult<Uint8Array>> {
    try {
      const result = await this.#pieces.next()
      if (result.done) this.#end()
      return result
    } catch (error) {
      this.#end()
      throw error
    }
  }

  async return(): Promise<IteratorResult<Uint8Array>> {
    this.#end()
    return this.#pieces.return(undefined)
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #end(): void {
    unread.unregister(this)
    this.#content?.release()
    this.#content = undefined
  }
}

async function* piecesOf({ segments }: Content, start: number, end: number): AsyncGenerator<Uint8Array> {
  let offset = 0
  for (const segment of segments) {
    const [from, to] = [Math.max(start - offset, 0), Math.min(end - offset, segment.size)]
    if (from < to) yield* segment.read(from, to)
    offset += segment.size
  }
}
