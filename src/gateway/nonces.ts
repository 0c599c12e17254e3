/** Nonces that were used: a bounded memory on the account's clock. */

/** A timestamp is accepted 15 minutes either way, so a nonce must be remembered for 30. */
const WINDOW = 30 * 60 * 1000

/** Nonces remembered per generation. */
const MOST_NONCES = 50_000

/** Two generations: the older one is dropped when the younger one is as old as the window, or full. */
export class Nonces {
  #young = new Set<string>()
  #old = new Set<string>()
  #since: number

  constructor(now: number) {
    this.#since = now
  }

  /** Uses a nonce up; false if it was used before. */
  use(nonce: string, now: number): boolean {
    const age = now - this.#since
    if (age >= WINDOW || this.#young.size >= MOST_NONCES) {
      this.#old = age >= 2 * WINDOW ? new Set() : this.#young
      this.#young = new Set()
      this.#since = now
    }
    if (this.#young.has(nonce) || this.#old.has(nonce)) return false
    this.#young.add(nonce)
    return true
  }
}
