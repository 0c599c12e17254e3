/** Sample media that the package brings along. */

import { readFileSync } from 'node:fs'

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
