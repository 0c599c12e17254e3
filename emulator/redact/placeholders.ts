/** What stands for what was removed: for one value always the same, so that it can still be seen where the same key, token or account comes up again. */

import { ownText } from '../../src/base/own-text.js'
import { looksLikeName } from './names.js'
import { Watch } from './watch.js'

/** What every placeholder begins with. */
const REMOVED = 'removed-'

/** Values that are looked for everywhere, also where no name says what they are; those that came up last. */
const MAX_WATCHED = 2000

/** Values whose placeholders are remembered. */
const MAX_KNOWN = 100_000

/** True for what stands for a removed value. */
export const isPlaceholder = (text: string): boolean => /^removed-\d+$/.test(text)

/** The placeholders of one recording. */
export class Placeholders {
  readonly #known = new Map<string, string>()
  /** Those that came up since they were last looked for, the last at the end. */
  readonly #recent = new Map<string, string>()
  /** Those that are looked for, the one that came up last at the end. */
  readonly #watched = new Set<string>()
  readonly #watch = new Watch()
  #given = 0

  /** What stands for a value from now on. `written`: the value as it stood there, encoded or not. */
  of(value: string, written = value): string {
    if (value === '' || isPlaceholder(value)) return value
    let placeholder = this.#known.get(value)
    if (placeholder === undefined) {
      placeholder = `${REMOVED}${++this.#given}`
      this.#known.set(ownText(value), placeholder)
      if (this.#known.size > MAX_KNOWN) this.#known.delete(oldestOf(this.#known))
    }
    this.#note(value, placeholder)
    if (written !== value) this.#note(written, placeholder)
    return placeholder
  }

  /** Tells where values stand in a text that came up lately. */
  find(text: string, found: (from: number, to: number, placeholder: string) => void, unsearched: (from: number) => void): void {
    for (const [value, placeholder] of this.#recent) this.#add(value, placeholder)
    this.#recent.clear()
    this.#watch.find(text, found, unsearched)
  }

  /** A name that was given as a value stands in many places where it is a name. */
  #note(value: string, placeholder: string): void {
    if (value.length < Watch.shortest || looksLikeName(value)) return
    this.#recent.delete(value)
    this.#recent.set(ownText(value), placeholder)
    if (this.#recent.size > MAX_WATCHED) this.#recent.delete(oldestOf(this.#recent))
  }

  #add(value: string, placeholder: string): void {
    if (this.#watched.delete(value)) {
      this.#watched.add(value)
      return
    }
    this.#watched.add(value)
    for (const form of formsOf(value)) this.#watch.add(form, placeholder)
    if (this.#watched.size <= MAX_WATCHED) return
    const oldest = oldestOf(this.#watched)
    this.#watched.delete(oldest)
    for (const form of formsOf(oldest)) this.#watch.delete(form)
  }
}

/** As it is, and in Base64. What else it may be encoded in is taken off what is searched. */
function formsOf(value: string): string[] {
  const packed = Buffer.from(value).toString('base64').replace(/=+$/, '')
  return [...new Set([value, packed, packed.replaceAll('+', '-').replaceAll('/', '_')])]
}

const oldestOf = (each: Map<string, unknown> | Set<string>): string => each.keys().next().value as string
