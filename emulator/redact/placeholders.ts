/** What stands for what was removed: for one value always the same, so that it can still be seen where the same key, token or account comes up again. */

import { percentEncode } from '../../src/http/encoding.js'

/** What every placeholder begins with. */
const REMOVED = 'removed-'

/** Shorter values stand in too many places where they mean something else. */
const SHORTEST = 8

/** Values that are looked for everywhere, also where no name says what they are; those that came up last. */
const MAX_WATCHED = 2000

/** Values whose placeholders are remembered. */
const MAX_KNOWN = 100_000

/** True for what stands for a removed value. */
export const isPlaceholder = (text: string): boolean => /^removed-\d+$/.test(text)

/** A form in which a value may stand somewhere, and what stands for it. */
interface Watched {
  form: string
  placeholder: string
}

/** The placeholders of one recording. */
export class Placeholders {
  readonly #known = new Map<string, string>()
  /** Values that are looked for, the one that came up last at the end. */
  readonly #watched = new Map<string, readonly Watched[]>()
  /** The same by how they begin: a text is gone through once, however many they are. */
  readonly #byBeginning = new Map<string, Watched[]>()
  #given = 0

  /** What stands for a value from now on. */
  of(value: string): string {
    if (value === '' || isPlaceholder(value)) return value
    const placeholder = this.#known.get(value) ?? this.#remember(value)
    if (value.length >= SHORTEST) this.#watch(value, placeholder)
    return placeholder
  }

  /** Puts placeholders in the place of all values that came up lately, also percent-encoded once or twice. */
  replaceIn(text: string): string {
    if (this.#watched.size === 0) return text
    let replaced = ''
    let done = 0
    for (let at = 0; at + SHORTEST <= text.length; at++) {
      const here = this.#byBeginning.get(text.slice(at, at + SHORTEST))?.find(({ form }) => text.startsWith(form, at))
      if (here === undefined) continue
      replaced += text.slice(done, at) + here.placeholder
      done = at + here.form.length
      at = done - 1
    }
    return done === 0 ? text : replaced + text.slice(done)
  }

  #remember(value: string): string {
    const placeholder = `${REMOVED}${++this.#given}`
    this.#known.set(value, placeholder)
    if (this.#known.size > MAX_KNOWN) this.#known.delete(oldestOf(this.#known))
    return placeholder
  }

  #watch(value: string, placeholder: string): void {
    const known = this.#watched.get(value)
    if (known) {
      this.#watched.delete(value)
      this.#watched.set(value, known)
      return
    }
    const watched = formsOf(value).map((form) => ({ form, placeholder }))
    this.#watched.set(value, watched)
    for (const each of watched) {
      const beginning = each.form.slice(0, SHORTEST)
      // The longest first: a shorter one may be how it begins.
      const all = [...(this.#byBeginning.get(beginning) ?? []), each].sort((a, b) => b.form.length - a.form.length)
      this.#byBeginning.set(beginning, all)
    }
    if (this.#watched.size > MAX_WATCHED) this.#forget(oldestOf(this.#watched))
  }

  #forget(value: string): void {
    for (const each of this.#watched.get(value) ?? []) {
      const beginning = each.form.slice(0, SHORTEST)
      const left = this.#byBeginning.get(beginning)?.filter((other) => other !== each) ?? []
      if (left.length === 0) this.#byBeginning.delete(beginning)
      else this.#byBeginning.set(beginning, left)
    }
    this.#watched.delete(value)
  }
}

function formsOf(value: string): string[] {
  const encoded = percentEncode(value)
  return [...new Set([value, encoded, percentEncode(encoded), JSON.stringify(value).slice(1, -1)])]
}

const oldestOf = (map: Map<string, unknown>): string => map.keys().next().value as string
