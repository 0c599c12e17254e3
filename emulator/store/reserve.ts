/** Room in a data folder that is kept free: on a full disk nothing could be deleted otherwise, because that is stored, too. */

import { randomFillSync } from 'node:crypto'
import { rmSync, statSync } from 'node:fs'
import { open, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Bytes that are kept. The database needs half of it to be opened anew. */
const SIZE = 8 * 1024 * 1024

/** What is less is not worth keeping. */
const LEAST = 1024 * 1024

/** Bytes that are left to others when the reserve takes all there is. */
const MARGIN = 256 * 1024

/** A file whose room can be had by giving it up. */
export class Reserve {
  #size: number

  /** `path`: of the file, which need not be there. */
  constructor(private readonly path: string) {
    this.#size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  }

  /** True if it lacks nothing. */
  get whole(): boolean {
    return this.#size >= SIZE
  }

  /** Gives its room up; false if it has none. */
  giveUp(): boolean {
    if (this.#size === 0) return false
    rmSync(this.path, { force: true })
    this.#size = 0
    return true
  }

  /** Takes what it lacks, as far as there is room for it. Never rejects. */
  async fill(): Promise<void> {
    if (this.whole) return
    try {
      const { bavail, bsize } = await statfs(dirname(this.path))
      const size = Math.min(SIZE, this.#size + bavail * bsize - MARGIN)
      if (size < LEAST || size <= this.#size) return
      await this.#growTo(size)
    } catch {
      // Somebody else was faster.
      this.giveUp()
    }
  }

  async #growTo(size: number): Promise<void> {
    const file = await open(this.path, 'a', 0o600)
    try {
      // Zeros would take no room where the file system compresses.
      const noise = randomFillSync(Buffer.allocUnsafe(LEAST))
      while (this.#size < size) {
        const { bytesWritten } = await file.write(noise, 0, Math.min(LEAST, size - this.#size))
        this.#size += bytesWritten
      }
    } finally {
      await file.close()
    }
  }
}
