/** Comparing what must not be guessed: signatures and tokens. */

import { timingSafeEqual } from 'node:crypto'

/** True if both texts are the same. How long it takes tells whether they are of one length, and nothing else of them. */
export function sameSecret(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)]
  return one.byteLength === other.byteLength && timingSafeEqual(one, other)
}
