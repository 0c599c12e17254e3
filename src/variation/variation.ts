/** What varies in the answer to one call: a function of the seed of the setting and the call's place among those of the account. */

import { Draws } from './draws.js'
import { type Kind, kindsOf, usualKinds } from './kinds.js'
import type { Plan } from './settings.js'

/** A variation that an answer has met. */
export interface Met {
  kind: Kind
  /** The field that it happened to, where it was one: `VideoList.Video.0.Title`. */
  at?: string
}

/** Of large answers, so many places are told; the kinds are told in any case. */
const MAX_PLACES = 100

/** The kinds that a plan has. */
const chosen = new WeakMap<Plan, ReadonlySet<Kind>>()

/** The kinds of a plan: the usual ones and those asked for, without those excepted. */
function kindsIn(plan: Plan): ReadonlySet<Kind> {
  let found = chosen.get(plan)
  if (found === undefined) {
    const { also = [], except = [] } = plan
    const left = new Set(except.flatMap(kindsOf))
    found = new Set([...usualKinds, ...also.flatMap(kindsOf)].filter((kind) => !left.has(kind)))
    chosen.set(plan, found)
  }
  return found
}

/** How often a kind happens where it can: once in so many times. */
const USUALLY = 4

/** See above. */
export class Variation {
  readonly draws: Draws
  /** In the order in which it was met. */
  readonly met: Met[] = []
  readonly #kinds: ReadonlySet<Kind>

  /** `of` is what no other call of the account has. */
  constructor(plan: Plan, of: string) {
    this.draws = new Draws(`${plan.seed}\u0000${of}`)
    this.#kinds = kindsIn(plan)
  }

  /** Whether a kind happens here, once in so many times; it has been met then. */
  happens(kind: Kind, at?: string, times = USUALLY): boolean {
    const happens = this.#kinds.has(kind) && this.draws.oneIn(times)
    if (happens) this.note(kind, at)
    return happens
  }

  /** Which one of some kinds happens here, if one does, once in so many times. */
  oneOf<const Of extends Kind>(of: readonly Of[], at?: string, times = 2): Of | undefined {
    const [first, ...rest] = of.filter((kind) => this.#kinds.has(kind))
    if (first === undefined || !this.draws.oneIn(times)) return undefined
    const kind = this.draws.oneOf([first, ...rest])
    this.note(kind, at)
    return kind
  }

  /** Remembers that a kind was met. */
  note(kind: Kind, at?: string): void {
    if (this.met.length >= MAX_PLACES && this.met.some((met) => met.kind === kind)) return
    this.met.push(at === undefined ? { kind } : { kind, at })
  }

  /** The kinds that were met, each once. */
  get kinds(): Kind[] {
    return [...new Set(this.met.map(({ kind }) => kind))]
  }
}
