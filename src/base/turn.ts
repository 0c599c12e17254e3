import { isPromise, type MaybePromise } from './maybe-promise.js'

/**
 * One at a time, in order of arrival: what makes "check, then change" safe inside an account.
 * Anything slow that must not hold others up (a delivery, a delay that a test asks for) happens outside a turn.
 */
export class Turn {
  /** The end of what was asked last, if it has not come yet. */
  #last: Promise<unknown> | undefined
  /** True while work begins for which nobody had to wait. */
  #beginning = false
  /** Lets those go on that have asked while it did. */
  #release: (() => void) | undefined
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

  /** Runs `work` when everything that asked before has finished, and at once if nothing has; a failure reaches only the one who asked. */
  async take<T>(work: () => MaybePromise<T>): Promise<T> {
    return this.begin(work)
  }

  /** The same; what is there at once is returned at once, or thrown. */
  begin<T>(work: () => MaybePromise<T>): MaybePromise<T> {
    const first = this.#first
    if (first) {
      this.#first = undefined
      void this.take(first)
    }
    this.#unfinished++
    if (this.#last === undefined && !this.#beginning) return this.#begin(work)
    this.#last ??= new Promise<void>((resolve) => {
      this.#release = resolve
    })
    const mine = this.#last.then(work)
    this.#endWith(mine)
    return mine
  }

  #begin<T>(work: () => MaybePromise<T>): MaybePromise<T> {
    this.#beginning = true
    let begun: MaybePromise<T>
    try {
      begun = work()
    } catch (error) {
      this.#end(this.#takeRelease())
      throw error
    }
    const release = this.#takeRelease()
    if (!isPromise(begun)) {
      this.#end(release)
      return begun
    }
    const end = (): void => this.#end(release)
    if (release) begun.then(end, end)
    else this.#endWith(begun)
    return begun
  }

  /** What lets those go on that have asked while work began, if there are any. */
  #takeRelease(): (() => void) | undefined {
    const release = this.#release
    this.#beginning = false
    this.#release = undefined
    return release
  }

  /** Whoever asks next waits for this. */
  #endWith(mine: Promise<unknown>): void {
    const end = (): void => {
      this.#end()
      if (this.#last === settled) this.#last = undefined
    }
    const settled = mine.then(end, end)
    this.#last = settled
  }

  #end(release?: () => void): void {
    this.#unfinished--
    this.ended?.()
    release?.()
  }
}
