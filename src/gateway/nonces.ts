/** Nonces that were used: a bounded memory on the account's clock. */

import { z } from 'zod'
import { definePart } from '../account/part.js'
import { timestampSchema } from '../base/time-schemas.js'
import type { State } from '../state/state.js'
import { NonceTable } from './nonce-table.js'

/** A timestamp is accepted 15 minutes either way, so a nonce must be remembered for 30. */
const WINDOW = 30 * 60 * 1000

/** Nonces remembered per generation. */
const MAX_NONCES = 50_000

const generationSchema = z.strictObject({ number: z.int(), since: timestampSchema })

/** Two generations: the older one is forgotten when the younger one is as old as the window, or full. */
export class Nonces {
  readonly #used = new NonceTable()
  #generation = 0
  /** How many are of the younger generation. */
  #young = 0
  #since: number

  constructor(state: State, now: number) {
    this.#since = now
    state.part(this.#used)
    state.cell(
      'nonces',
      generationSchema,
      () => ({ number: this.#generation, since: this.#since }),
      ({ number, since }) => {
        this.#generation = number
        this.#since = since
      },
    )
    state.onRestore(() => {
      this.#used.begin(this.#generation)
      this.#young = this.#used.count(this.#generation)
    })
  }

  /** Uses a nonce up; false if it was used before. */
  use(nonce: string, now: number): boolean {
    const age = now - this.#since
    if (age >= WINDOW || this.#young >= MAX_NONCES) {
      this.#used.forgetBefore(age >= 2 * WINDOW ? this.#generation + 1 : this.#generation)
      // Who had many calls has as many again. A copy of an account, which begins anew as well, may have few.
      this.#used.begin(++this.#generation, this.#young)
      this.#young = 0
      this.#since = now
    }
    const isNew = this.#used.add(nonce)
    if (isNew) this.#young++
    return isNew
  }
}

export const noncesPart = definePart({ name: 'nonces', create: ({ state, clock }) => new Nonces(state, clock.now()) })
