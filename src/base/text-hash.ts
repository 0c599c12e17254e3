/** Hashes of texts, for tables in memory. */

/** A whole number of 32 bits that depends on all of a text (FNV-1a, with its bits mixed once more, because the lowest of them count). */
export function textHash(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return hash ^ (hash >>> 12)
}
