/** Hashes of texts, for tables in memory. */

import { randomFillSync } from 'node:crypto'

/** Random numbers, others in each process: one for each place in a text. In texts that are longer they come again. */
const FACTORS = randomFillSync(new Int32Array(1024))

/**
 * A whole number of 32 bits that depends on all of a text, the lowest bits most. It is another one in each process, so that nobody can choose texts that a table
 * would have in one place: any two have the same 16 bits there about as often as chance would have it (multilinear hashing, whose highest bits are the good ones).
 */
export function textHash(text: string): number {
  let hash = 0
  for (let index = 0; index < text.length; index++)
    hash = (hash + Math.imul(FACTORS[index % FACTORS.length] as number, text.charCodeAt(index) + 1)) | 0
  return (hash << 16) | (hash >>> 16)
}
