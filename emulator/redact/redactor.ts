/**
 * Removing secrets, tokens and signatures from what is recorded: by the names of values, wherever they stand (parameters, headers, JSON, XML, URLs, whatever
 * these are encoded in), and then by the values themselves, wherever else these stand. A text is looked at as it is, then with one layer of its encodings
 * taken off, and so on; what is found is cut out of the text, which else stays as it was. The time for that grows with the length of the text and nothing
 * else: what would take longer, such as many layers, is not looked into but removed.
 */

import { setImmediate } from 'node:timers/promises'
import { stopwatch } from '../../src/base/clock.js'
import { ownText } from '../../src/base/own-text.js'
import { searchAssignments } from './assignments.js'
import { type Packed, packedIn } from './base64.js'
import { Cuts } from './cuts.js'
import { unescaped } from './escapes.js'
import { namedByPair, type Parameter, type Sensitivity, sensitivityOf } from './names.js'
import { searchPatterns } from './patterns.js'
import { Placeholders } from './placeholders.js'
import type { Found, Work } from './search.js'
import { searchStructure } from './structure.js'
import { View } from './view.js'

/** Layers of encodings, Base64 among them; what is in further ones is removed. */
const MOST_LAYERS = 10

/** What may be looked at of the layers of a text, as often as it is long, and at least. */
const MOST_OFTEN = 4
const LEAST_LOOK = 65_536

/** Names whose meaning is remembered. */
const MAX_NAMES = 2000

/** Stands for what was not looked into. */
const REMOVED = 'removed'

/** Characters that may still be looked at. */
interface Budget {
  left: number
}

function allOf<Result>(work: Work<Result>): Result {
  for (let piece = work.next(); ; piece = work.next()) if (piece.done) return piece.value
}

/** Milliseconds for which nobody else has a turn. */
const LONGEST_TURN = 5

async function inTurns<Result>(work: Work<Result>): Promise<Result> {
  let began = stopwatch()
  for (let piece = work.next(); ; piece = work.next()) {
    if (piece.done) return piece.value
    if (stopwatch() - began < LONGEST_TURN) continue
    await setImmediate()
    began = stopwatch()
  }
}

/** What is found in a view is cut out of the text. */
interface Cutting extends Found {
  cut(from: number, to: number, by: string): void
}

/** Removes what is nobody else's business. One is used for a whole recording: what came up once is removed everywhere from then on. */
export class Redactor {
  readonly #placeholders = new Placeholders()
  readonly #names = new Map<string, Sensitivity>()

  /** A text of which nothing is known: JSON, XML, a URL, a path, a sentence. */
  text(text: string): string {
    return allOf(this.#text(text))
  }

  /** The same, letting others have their turn in between: a long text takes a while. */
  longText(text: string): Promise<string> {
    return inTurns(this.#text(text))
  }

  /** A value that has a name, such as a field of a form. */
  value(name: string, value: string): string {
    const sensitivity = this.#sensitivityOf(name)
    if (value === '') return value
    if (sensitivity === 'credential') return this.#credential(value)
    if (sensitivity === 'secret' || sensitivity === 'account') return this.#placeholders.of(unescaped(value), value)
    return sensitivity === 'container' && !holdsMore(value) ? this.#placeholders.of(value) : this.text(value)
  }

  /** A query string or a form, still encoded, in the same way. */
  longPairs(encoded: string): Promise<string> {
    return inTurns(this.#pairs(encoded))
  }

  /** The value of a header. */
  header(name: string, value: string): string {
    return /^(?:proxy-)?authorization$/i.test(name) ? this.#authorization(value) : this.value(name, value)
  }

  *#pairs(encoded: string): Work<string> {
    const cuts = new Cuts()
    const parameters = parametersIn(encoded)
    yield
    const found = this.#cutting(View.of(encoded), cuts)
    for (const { name, from, to } of parameters) found.value(name, from, to)
    yield
    for (const [name, { from, to }] of namedByPair(parameters)) found.value(name, from, to)
    yield
    return yield* this.#text(encoded, cuts)
  }

  *#text(text: string, cuts = new Cuts(), layers = MOST_LAYERS, budget?: Budget): Work<string> {
    const looks = budget ?? { left: Math.max(MOST_OFTEN * text.length, LEAST_LOOK) }
    const packed = new Map<number, number>()
    const views: View[] = []
    for (let layer = 0, view: View | undefined = View.of(text); view !== undefined; layer++, view = view.inner()) {
      looks.left -= view.text.length
      if (layer === layers || looks.left < 0) {
        for (const [from, to] of view.stretches()) cuts.add(from, to, REMOVED)
        break
      }
      const found = this.#cutting(view, cuts)
      for (const search of [searchStructure, searchAssignments, searchPatterns]) {
        yield* search(view, found)
        yield
      }
      for (const each of packedIn(view)) yield* this.#unpack(view, each, { cuts, packed, layers: layers - layer - 1, budget: looks })
      views.push(view)
      yield
    }
    // Only now is known what came up under its name somewhere in the text.
    for (const view of views) {
      const { cut, unknown } = this.#cutting(view, cuts)
      yield* this.#placeholders.find(view.text, cut, (from) => unknown(from, view.text.length, REMOVED))
    }
    return cuts.applyTo(text)
  }

  /** Base64 that holds something to be removed is packed anew. In the next layers it stands as it is, and is not looked at again. */
  *#unpack(
    view: View,
    { from, to, text, pack }: Packed,
    { cuts, packed, layers, budget }: { cuts: Cuts; packed: Map<number, number>; layers: number; budget: Budget },
  ): Work {
    const [start, end] = [view.startOf(from), view.startOf(to)]
    if (packed.get(start) === end) return
    packed.set(start, end)
    const redacted = yield* this.#text(text, new Cuts(), layers, budget)
    if (redacted !== text) cuts.add(start, end, view.isSource ? pack(redacted) : encodeURIComponent(pack(redacted)))
  }

  /** What searches in a view find is cut out of the text. */
  #cutting(view: View, cuts: Cuts): Cutting {
    const cut = (from: number, to: number, by: string): void => cuts.add(view.startOf(from), view.startOf(to), by)
    return {
      isSensitive: (name) => this.#sensitivityOf(name) !== undefined,
      value: (name, from, to, isNumber = false) => {
        const sensitivity = this.#sensitivityOf(name)
        if (sensitivity === undefined || from >= to) return false
        const written = view.text.slice(from, to)
        const value = unescaped(written)
        if (sensitivity === 'container' && holdsMore(value)) return false
        // An element may have blanks in it and nothing else.
        if (value.trim() === '') return false
        const by = sensitivity === 'credential' ? this.#credential(value) : this.#placeholders.of(value, written)
        if (by !== value) cut(from, to, isNumber ? '0' : by)
        return true
      },
      secret: (from, to) => {
        const written = view.text.slice(from, to)
        cut(from, to, this.#placeholders.of(unescaped(written), written))
      },
      unknown: cut,
      cut,
    }
  }

  /** The id of a key, and for which day, region and service it has signed. */
  #credential(value: string): string {
    const [key = '', ...rest] = value.split('/')
    return [this.#placeholders.of(key), ...rest].join('/')
  }

  #sensitivityOf(name: string): Sensitivity {
    if (this.#names.has(name)) return this.#names.get(name)
    const sensitivity = sensitivityOf(name)
    if (name.length <= 40 && this.#names.size < MAX_NAMES) this.#names.set(ownText(name), sensitivity)
    return sensitivity
  }

  /** `ACS3-HMAC-SHA256 Credential=…,Signature=…`, `OSS key:signature`, `OSS2 AccessKeyId:…,Signature:…`: whose it is stays to be seen. Any other goes as a whole. */
  #authorization(value: string): string {
    const key = (text: string): string => this.#placeholders.of(text)
    const [, v1, id, signature] = /^(OSS )([^:]+):(.*)$/s.exec(value) ?? []
    if (v1 !== undefined) return `${v1}${key(id ?? '')}:${key(signature ?? '')}`
    const [, scheme, fields = ''] = /^((?:ACS3-HMAC-|OSS4-HMAC-|OSS2)\S*)\s+(.*)$/s.exec(value) ?? []
    if (scheme === undefined) return this.#placeholders.of(value)
    const replaced = fields.split(',').map((field) => {
      const [, name = '', separator = '', text = ''] = /^\s*(\w+)([=:])(.*)$/s.exec(field) ?? []
      if (/^(?:SignedHeaders|AdditionalHeaders)$/i.test(name)) return `${name}${separator}${text}`
      return name === '' ? key(field) : `${name}${separator}${/^Credential$/i.test(name) ? this.#credential(text) : key(text)}`
    })
    return `${scheme} ${replaced.join(',')}`
  }
}

/** True for the value of a container in which secrets are found by their names: JSON, as it is or in Base64, and whole. */
function holdsMore(value: string): boolean {
  const text = /^\s*\{/.test(value) ? value : Buffer.from(value, 'base64').toString('utf8')
  if (!/^\s*\{/.test(text) || (text !== value && !/^[\w+/=\s-]+$/.test(value))) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function parametersIn(encoded: string): Parameter[] {
  let at = 0
  return encoded.split('&').flatMap((part) => {
    const begin = at
    at += part.length + 1
    const equals = part.indexOf('=')
    if (equals < 0) return []
    const value = part.slice(equals + 1)
    return [{ name: unescaped(part.slice(0, equals)), value: unescaped(value), from: begin + equals + 1, to: begin + part.length }]
  })
}
