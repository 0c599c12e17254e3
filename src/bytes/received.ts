/** Bytes that have arrived in full. */

import type { Content } from './content.js'

export class Received {
  constructor(
    readonly content: Content,
    /** Upper-case hex, as in an ETag. */
    readonly md5: string,
    readonly crc64: bigint,
  ) {}

  get size(): number {
    return this.content.size
  }

  /** Nobody wants them after all. */
  release(): void {
    this.content.release()
  }
}
