/** Checksums of the database's tables, which never change once they are written: what reads a damaged one may bring the process down. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'

const TABLE = /\.ldb$/

/** Checksums by the names of files. */
type Checksums = Record<string, number>

/** The tables of a database: those in `folder` that are named in the file at `path`. */
export class Tables {
  #known: Checksums = {}

  constructor(
    private readonly folder: string,
    private readonly path: string,
  ) {}

  /** Name of a table that is not as it was; `undefined` if all are that are known. */
  damaged(): string | undefined {
    this.#known = this.#read()
    return this.#names().find((name) => Object.hasOwn(this.#known, name) && this.#checksumOf(name) !== this.#known[name])
  }

  /** Remembers the tables that there are. Only of a database that was closed: an open one may be writing some. What cannot be written is not checked. */
  remember(): void {
    try {
      const now = Object.fromEntries(this.#names().map((name) => [name, this.#known[name] ?? this.#checksumOf(name)]))
      this.#known = now
      writeFileSync(this.path, JSON.stringify(now), { mode: 0o600 })
    } catch {
      // There is no room.
    }
  }

  #read(): Checksums {
    try {
      return JSON.parse(readFileSync(this.path, 'utf8'))
    } catch {
      return {}
    }
  }

  #names(): string[] {
    return readdirSync(this.folder).filter((name) => TABLE.test(name))
  }

  #checksumOf(name: string): number {
    return crc32(readFileSync(join(this.folder, name)))
  }
}
