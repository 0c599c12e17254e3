/** Where the bytes of an object are, and reading them. */

import { createReadStream } from 'node:fs'

/** A run of bytes, in memory or in a file. Contents may share it. */
export class Segment {
  #owners = 1

  /** `free` is called when no content has it any more. */
  constructor(
    readonly size: number,
    readonly source: Uint8Array | { file: string },
    private readonly free: () => void = () => {},
  ) {}

  /** The bytes, if they are in memory. */
  get bytes(): Uint8Array | undefined {
    return this.source instanceof Uint8Array ? this.source : undefined
  }

  /** Reads from `start` to before `end`. */
  async *read(start: number, end: number): AsyncGenerator<Uint8Array> {
    if (this.source instanceof Uint8Array) yield this.source.subarray(start, end)
    else yield* createReadStream(this.source.file, { start, end: end - 1 })
  }

  /** One more content has it. */
  share(): Segment {
    this.#owners++
    return this
  }

  /** One content fewer has it. */
  discard(): void {
    this.#owners--
    if (this.#owners === 0) this.free()
  }
}

/** A run of bytes in memory that takes this much or less is not worth a file. */
export const SMALL = 64 * 1024

/** The bytes of an object or of a part of one: one segment after the other. Never changes. */
export class Content {
  /** Bytes in all. */
  readonly size: number
  #discarded = false

  constructor(readonly segments: readonly Segment[]) {
    this.size = segments.reduce((sum, { size }) => sum + size, 0)
  }

  /** Bytes that are in memory anyway, such as a sample. */
  static of(bytes: Uint8Array): Content {
    return new Content([new Segment(bytes.byteLength, bytes)])
  }

  /** The contents one after the other; they are used up, only the whole is to be discarded. */
  static join(contents: readonly Content[]): Content {
    return new Content(contents.flatMap(({ segments }) => segments))
  }

  /** All bytes, if they are in memory in one run. */
  get inMemory(): Uint8Array | undefined {
    const [only, ...others] = this.segments
    return only === undefined ? new Uint8Array() : others.length === 0 ? only.bytes : undefined
  }

  /** Reads from `start` to before `end`, piece by piece; to the end, even if the content is discarded meanwhile. */
  async *stream(start = 0, end = this.size): AsyncGenerator<Uint8Array> {
    const held = this.share()
    try {
      let offset = 0
      for (const segment of held.segments) {
        const [from, to] = [Math.max(start - offset, 0), Math.min(end - offset, segment.size)]
        if (from < to) yield* segment.read(from, to)
        offset += segment.size
      }
    } finally {
      held.discard()
    }
  }

  /** The bytes from `start` to before `end` at once. */
  async bytes(start = 0, end = this.size): Promise<Uint8Array> {
    const inMemory = this.inMemory
    if (inMemory) return inMemory.subarray(start, end)
    const pieces: Uint8Array[] = []
    for await (const piece of this.stream(start, end)) pieces.push(piece)
    return Buffer.concat(pieces)
  }

  /** The same bytes once more, which are there until both contents have been discarded. */
  share(): Content {
    return new Content(this.segments.map((segment) => segment.share()))
  }

  /** Gives memory and files back. */
  discard(): void {
    if (this.#discarded) return
    this.#discarded = true
    for (const segment of this.segments) segment.discard()
  }
}
