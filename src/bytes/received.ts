/** Bytes that have arrived in full. */

import type { Content } from './content.js'

export class Received {
  #taken = false

  /** `giveBack`: to whom the bytes go that nobody wants. Default: they are released. */
  constructor(
    readonly content: Content,
    /** Upper-case hex, as in an ETag. */
    readonly md5: string,
    readonly crc64: bigint,
    private readonly giveBack: (content: Content) => void = (unwanted) => unwanted.release(),
  ) {}

  get size(): number {
    return this.content.size
  }

  /** Hands the bytes over: from now on they are the caller's to give back. */
  take(): Content {
    this.#taken = true
    return this.content
  }

  /** Nobody wants them after all. What has been taken stays. */
  release(): void {
    if (this.#taken) return
    this.#taken = true
    this.giveBack(this.content)
  }
}
