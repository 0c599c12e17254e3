/** Files that the package brings along. */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Root of the package, from wherever in it this module is: in its sources, or bundled. */
const ROOT = dirname(createRequire(import.meta.url).resolve('vod-viapi-emulator/package.json'))

/** Path of a file or folder in fixtures. */
export const fixturePath = (...names: readonly string[]): string => join(ROOT, 'fixtures', ...names)

/** Path of what was proven of the Actions: see docs/conformance.md. */
export const CONFORMANCE_FILE = join(ROOT, 'conformance', 'baseline.json')

/** Folder of the console as it was built. */
export const CONSOLE_FOLDER = join(ROOT, 'dist', 'console')

/** What stands in the console's page, as it was built, where a nonce is to be put for its scripts. */
export const CONSOLE_NONCE = 'nonce-of-this-answer'

/** Folder of the scenarios that the package brings along. */
export const SCENARIOS_FOLDER = fixturePath('scenarios')

const samples = new Map<string, Buffer>()

/** Bytes of a file in fixtures/media. Read when first asked for, and kept. */
export function sampleBytes(name: string): Buffer {
  let bytes = samples.get(name)
  if (bytes === undefined) {
    bytes = readFileSync(fixturePath('media', name))
    samples.set(name, bytes)
  }
  return bytes
}
