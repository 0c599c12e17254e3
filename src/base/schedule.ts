/** What waits to fall due on a clock, in order. */

/** One item. */
export interface Due {
  at: number
  /** The order of what falls due at one instant. */
  sequence: number
  /** RequestId of the call that led to it. */
  cause: string | undefined
  what: () => string
  run: () => void | Promise<void>
}

/** Items by when they are due. Kept sorted: the place of a further one, among thousands, is found by halving. */
export class Schedule {
  #due: Due[] = []

  get size(): number {
    return this.#due.length
  }

  /** What falls due next. */
  get first(): Due | undefined {
    return this.#due[0]
  }

  /** What falls due next, in that order: so many items at most. */
  upcoming(limit: number): Due[] {
    return this.#due.slice(0, limit)
  }

  /** Adds an item, behind those with the same place. Returns a function that takes it out again. */
  add(due: Due): () => void {
    this.#due.splice(this.#countUpTo(due), 0, due)
    return () => {
      // It is the last but for those with the same place that were added after it.
      const position = this.#due.lastIndexOf(due, this.#countUpTo(due) - 1)
      if (position >= 0) this.#due.splice(position, 1)
    }
  }

  /** Takes out what falls due next. */
  shift(): void {
    this.#due.shift()
  }

  clear(): void {
    this.#due = []
  }

  /** How many items come before another, or have the same place. */
  #countUpTo(due: Due): number {
    let [from, to] = [0, this.#due.length]
    while (from < to) {
      const middle = (from + to) >> 1
      if (comesBefore(due, this.#due[middle] as Due)) to = middle
      else from = middle + 1
    }
    return from
  }
}

const comesBefore = (a: Due, b: Due): boolean => a.at < b.at || (a.at === b.at && a.sequence < b.sequence)
