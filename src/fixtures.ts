/** Files that the package brings along. */

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Folder of the scenarios that the package brings along. */
export const SCENARIOS_FOLDER = fileURLToPath(new URL('../fixtures/scenarios', import.meta.url))

const samples = new Map<string, Buffer>()

/** Bytes of a file in fixtures/media. Read when first asked for, and kept. */
export function sampleBytes(name: string): Buffer {
  let bytes = samples.get(name)
  if (bytes === undefined) {
    bytes = readFileSync(new URL(`../fixtures/media/${name}`, import.meta.url))
    samples.set(name, bytes)
  }
  return bytes
}
