/** How many commits there have been, beside the database: it cannot tell by itself that it has lost the last ones. */

import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs'

/** Characters of the number, so that it always takes the same room. */
const WIDTH = 16

/** A file with a number. It is written after the commit: so it is never ahead, unless something was lost. */
export class CommitCount {
  readonly #file: number

  /** `path`: of the file, which need not be there. Throws what the file system does. */
  constructor(path: string) {
    this.#file = openSync(path, 'a+', 0o600)
    closeSync(this.#file)
    this.#file = openSync(path, 'r+')
  }

  /** What was written last; 0 if that is nothing that can be read. */
  read(): number {
    const bytes = Buffer.alloc(WIDTH)
    readSync(this.#file, bytes, 0, WIDTH, 0)
    const count = Number(bytes.toString('latin1'))
    return Number.isSafeInteger(count) ? count : 0
  }

  /** True if the file has been removed, and all that is beside it with it. */
  get isGone(): boolean {
    return fstatSync(this.#file).nlink === 0
  }

  /** What cannot be written is not counted: then a loss is not noticed, and nothing else happens. */
  write(count: number): void {
    try {
      writeSync(this.#file, String(count).padStart(WIDTH), 0, 'latin1')
    } catch {
      // The disk is full, and of a kind that needs room for everything.
    }
  }

  close(): void {
    closeSync(this.#file)
  }
}
