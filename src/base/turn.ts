/**
 * One at a time, in order of arrival: what makes "check, then change" safe inside an account.
 * Anything slow that must not hold others up (a delivery, a delay that a test asks for) happens outside a turn.
 */
export class Turn {
  #last: Promise<unknown> | undefined
  #first: (() => Promise<void>) | undefined
  #unfinished = 0

  /** Called at the end of every turn, before the next one begins and before who took it goes on. */
  ended: (() => void) | undefined

  /** True while somebody has the turn or waits for it. */
  get busy(): boolean {
    return this.#unfinished > 0
  }

  /** Has `work` done before whatever is asked next. Until something is asked, nothing is done. */
  initLazily(work: () => Promise<void>): void {
    this.#first = work
  }

  /** Runs `work` when everything that asked before has finished; a failure reaches only the one who asked. */
  take<T>(work: () => T | Promise<T>): Promise<T> {
    const first = this.#first
    if (first) {
      this.#first = undefined
      void this.take(first)
    }
    this.#unfinished++
    const mine = this.#last === undefined ? start(work) : this.#last.then(work)
    const release = (): void => {
      this.#unfinished--
      this.ended?.()
      if (this.#last === settled) this.#last = undefined
    }
    const settled = mine.then(release, release)
    this.#last = settled
    return mine
  }
}

async function start<T>(work: () => T | Promise<T>): Promise<T> {
  return work()
}
