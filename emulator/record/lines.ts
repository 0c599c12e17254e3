/** Writing a recording: each line is in the file before anything else happens. */

import { closeSync, writeSync } from 'node:fs'
import { openPrivateFile } from '../store/private-files.js'
import type { Event, Header } from './format.js'

/** The lines of a recording. */
export class Lines {
  #file: number | undefined
  #headed = false

  /** `header` says the first line; `onBug` is told if no more can be written. Throws what the file system does. */
  constructor(
    path: string,
    private readonly onBug: (error: unknown, about: string) => void,
    private readonly header: () => Header,
  ) {
    this.#file = openPrivateFile(path)
  }

  /** Writes a line. If that fails, nothing more is written, and the cloud goes on. */
  add(event: Event): void {
    if (this.#file === undefined) return
    try {
      if (!this.#headed) {
        // Not before now: a server knows its address once it listens.
        this.#headed = true
        this.#write(this.header())
      }
      this.#write(event)
    } catch (error) {
      this.onBug(error, 'recording, which ends here')
      this.#file = undefined
    }
  }

  close(): void {
    if (this.#file === undefined) return
    if (!this.#headed) this.#write(this.header())
    closeSync(this.#file)
    this.#file = undefined
  }

  #write(line: Header | Event): void {
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`)
    for (let written = 0; written < bytes.byteLength; ) written += writeSync(this.#file as number, bytes, written)
  }
}
