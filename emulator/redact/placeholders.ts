/** What stands for what was removed: for one value always the same, so that it can still be seen where the same key, token or account comes up again. */

import { percentEncode } from '../../src/http/encoding.js'

/** What every placeholder begins with. */
const REMOVED = 'removed-'

/** Shorter values stand in too many places where they mean something else. */
const SHORTEST = 8

/** Values that are looked for everywhere, also where no name says what they are; those that came up last. */
const MAX_WATCHED = 2000

/** Lengths that forms may have that begin in the same way; the longest are given up first. */
const MAX_LENGTHS = 64

/** Values whose placeholders are remembered. */
const MAX_KNOWN = 100_000

/** True for what stands for a removed value. */
export const isPlaceholder = (text: string): boolean => /^removed-\d+$/.test(text)

/** The placeholders of one recording. */
export class Placeholders {
  readonly #known = new Map<string, string>()
  /** Values that are looked for, with the forms in which they may stand somewhere; the one that came up last at the end. */
  readonly #watched = new Map<string, readonly string[]>()
  /**
   * Placeholders by form, by the length of forms, the longest first, and by how these begin: a text is gone through once, however many there are, even
   * if they all begin in the same way, as tokens do.
   */
  readonly #byBeginning = new Map<string, Map<number, Map<string, string>>>()
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
      const lengths = this.#byBeginning.get(text.slice(at, at + SHORTEST))
      if (lengths === undefined) continue
      for (const [length, forms] of lengths) {
        const placeholder = forms.get(text.slice(at, at + length))
        if (placeholder === undefined) continue
        replaced += text.slice(done, at) + placeholder
        done = at + length
        at = done - 1
        break
      }
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
    const forms = formsOf(value)
    this.#watched.set(value, forms)
    for (const form of forms) this.#lookFor(form, placeholder)
    if (this.#watched.size > MAX_WATCHED) this.#forget(oldestOf(this.#watched))
  }

  #lookFor(form: string, placeholder: string): void {
    const beginning = form.slice(0, SHORTEST)
    const lengths = this.#byBeginning.get(beginning) ?? new Map<number, Map<string, string>>()
    const known = lengths.get(form.length)
    if (known) {
      known.set(form, placeholder)
      return
    }
    const all = [...lengths, [form.length, new Map([[form, placeholder]])] as const]
    this.#byBeginning.set(beginning, new Map(all.sort(([a], [b]) => b - a).slice(-MAX_LENGTHS)))
  }

  #forget(value: string): void {
    for (const form of this.#watched.get(value) ?? []) {
      const beginning = form.slice(0, SHORTEST)
      const lengths = this.#byBeginning.get(beginning)
      const forms = lengths?.get(form.length)
      forms?.delete(form)
      if (forms?.size === 0) lengths?.delete(form.length)
      if (lengths?.size === 0) this.#byBeginning.delete(beginning)
    }
    this.#watched.delete(value)
  }
}

function formsOf(value: string): string[] {
  const encoded = percentEncode(value)
  return [...new Set([value, encoded, percentEncode(encoded), JSON.stringify(value).slice(1, -1)])]
}

const oldestOf = (map: Map<string, unknown>): string => map.keys().next().value as string
