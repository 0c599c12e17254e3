/** The code as text, for tests that hold rules about it. */

import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'

/** A file of the code. */
export interface SourceFile {
  /** `src/state/state.ts` */
  path: string
  /** `src/state` */
  folder: string
  text: string
}

/** All TypeScript files in these folders and those within them. */
export const sourceFiles = (...roots: readonly string[]): SourceFile[] =>
  roots.flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => {
        const path = posix.join(root, name.replaceAll('\\', '/'))
        return { path, folder: posix.dirname(path), text: readFileSync(path, 'utf8') }
      }),
  )
