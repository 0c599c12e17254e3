/** What stands for what was removed: for one value always the same, so that it can still be seen where the same key, token or account comes up again. */

import { ownText } from '../../src/base/own-text.js'
import { looksLikeName } from './names.js'
import type { Work } from './search.js'
import { Watch } from './watch.js'

/** What every placeholder begins with. */
const REMOVED = 'removed-'

/** Values that are looked for everywhere, also where no name says what they are; those that came up last. */
const MAX_WATCHED = 2000

/** Values whose placeholders are remembered. */
const MAX_KNOWN = 100_000

/** True for what stands for a removed value. */
export const isPlaceholder = (text: string): boolean => /^removed-\d+$/.test(text)

/** Placeholders in a text. */
const IN_TEXT = /\bremoved-\d+\b/g

/** The placeholders that a text holds. */
export const placeholdersIn = (text: string): string[] => text.match(IN_TEXT) ?? []

/** True if the second text may have become the first when values were removed from it: whatever stands where these stood, the rest is the same. */
export function isAsRemoved(redacted: string, text: string): boolean {
  // What could not be looked into is gone as a whole.
  const [first = '', ...others] = redacted === 'removed' ? ['', ''] : redacted.split(IN_TEXT)
  const last = others.pop()
  if (last === undefined || !text.startsWith(first) || !text.endsWith(last)) return false
  let at = first.length
  for (const each of others) {
    const found = text.indexOf(each, at + 1)
    if (found < 0) return false
    at = found + each.length
  }
  return at < text.length - last.length
}

/** True for a value that is a secret wherever it stands. What is named like a name is one in many places, and JSON has its secrets under names of its own. */
const isTelling = (value: string): boolean => value.length >= Watch.shortest && !looksLikeName(value) && !isJson(value)

function isJson(value: string): boolean {
  if (!/^\s*[{[]/.test(value)) return false
  try {
    JSON.parse(value)
    return true
  } catch {
    return false
  }
}

/** A value that was removed. */
interface Known {
  value: string
  placeholder: string
  /** How it was written where it came up, if not as it is. */
  written: string | undefined
}

/** The placeholders of one recording. */
export class Placeholders {
  readonly #known = new Map<string, Known>()
  /** Those that came up since anything was looked for, the last at the end. */
  #recent = new Set<Known>()
  /** Those that are looked for, with what they may look like; the one that came up last at the end. */
  readonly #watched = new Map<Known, readonly string[]>()
  readonly #watch = new Watch()
  #given = 0

  /** What stands for a value from now on. `written`: the value as it stood there, encoded or not. */
  of(value: string, written = value): string {
    if (value === '' || isPlaceholder(value)) return value
    const known = this.#known.get(value) ?? this.#remember(value)
    if (written !== value) known.written ??= ownText(written)
    if (isTelling(value)) {
      this.#recent.delete(known)
      this.#recent.add(known)
      if (this.#recent.size > 2 * MAX_WATCHED) this.#recent = new Set([...this.#recent].slice(-MAX_WATCHED))
    }
    return known.placeholder
  }

  /** Tells where values stand in a text that came up lately, under a name that says what they are. `unsearched`: from where on nothing was looked for. */
  *find(text: string, found: (from: number, to: number, placeholder: string) => void, unsearched: (from: number) => void): Work {
    const recent = [...this.#recent].slice(-MAX_WATCHED)
    this.#recent.clear()
    for (const known of recent) this.#add(known)
    yield
    yield* this.#watch.find(text, found, unsearched)
  }

  #remember(value: string): Known {
    const known: Known = { value: ownText(value), placeholder: `${REMOVED}${++this.#given}`, written: undefined }
    this.#known.set(known.value, known)
    if (this.#known.size > MAX_KNOWN) this.#known.delete(oldestOf(this.#known))
    return known
  }

  #add(known: Known): void {
    const forms = this.#watched.get(known) ?? formsOf(known)
    if (this.#watched.delete(known)) this.#watched.set(known, forms)
    else {
      this.#watched.set(known, forms)
      for (const form of forms) this.#watch.add(form, known.placeholder)
    }
    if (this.#watched.size <= MAX_WATCHED) return
    const oldest = oldestOf(this.#watched)
    for (const form of this.#watched.get(oldest) ?? []) this.#watch.delete(form)
    this.#watched.delete(oldest)
  }
}

/** As it is, and in Base64. What else it may be encoded in is taken off what is searched. */
function formsOf({ value, written = value }: Known): string[] {
  const packed = Buffer.from(value).toString('base64').replace(/=+$/, '')
  return [...new Set([value, written, packed, packed.replaceAll('+', '-').replaceAll('/', '_')])]
}

const oldestOf = <Key>(map: Map<Key, unknown>): Key => map.keys().next().value as Key
