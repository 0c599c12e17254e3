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
import { packedIn } from './base64.js'
import { Cuts } from './cuts.js'
import { searchElements } from './elements.js'
import { unescaped } from './escapes.js'
import { namedByPair, type Parameter, type Sensitivity, sensitivityOf } from './names.js'
import { searchPatterns } from './patterns.js'
import { Placeholders } from './placeholders.js'
import { type Found, PIECE, type Work } from './search.js'
import { searchStructure } from './structure.js'
import { View } from './view.js'

/** Layers of encodings, Base64 among them; what is in further ones is removed. */
const MOST_LAYERS = 10

/** What may be looked at of the layers of a text, as often as it is long, and at least. */
const MOST_OFTEN = 4
const LEAST_LOOK = 65_536

/** Characters of the longest number. */
const LONGEST_NUMBER = 50

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

/** What is looked into: by itself a text of which nothing is known, such as JSON, XML, a URL, a path, a sentence. */
export interface Part {
  text: string
  /** The name that it has, if it is the value of something. */
  name?: string
  /** True for a query string or a form, still encoded. */
  isEncoded?: boolean
}

/** Where numbers of JSON begin, and where they end. */
type Numbers = Map<number, number>

/** A view that was searched, and numbers in it. */
interface Seen {
  view: View
  numbers: Numbers
}

/** A text that was looked into: what is cut out of it by itself, and what of it is yet to be searched for what came up elsewhere. */
interface Looked {
  text: string
  cuts: Cuts
  views: Seen[]
  /** What stands in it in Base64, and where. */
  packed: { from: number; to: number; pack(text: string): string; looked: Looked }[]
}

/** What is found in a view is cut out of the text. */
interface Cutting extends Found {
  cut(from: number, to: number, by: string): void
}

/** Removes what is nobody else's business. One is used for a whole recording: what came up once is removed everywhere from then on. */
export class Redactor {
  readonly #placeholders = new Placeholders()
  readonly #names = new Map<string, Sensitivity>()

  /** Parts of one whole, in the order in which they are given: what comes up in one is removed from all. Others have their turn in between: it may take a while. */
  all(parts: readonly Part[]): Promise<string[]> {
    return inTurns(this.#all(parts))
  }

  /** The same with one part that is short. */
  one(part: Part): string {
    return allOf(this.#all([part]))[0] as string
  }

  *#all(parts: readonly Part[]): Work<string[]> {
    const looked: Looked[] = []
    for (const part of parts) looked.push(yield* this.#lookAt(part))
    const redacted: string[] = []
    for (const each of looked) redacted.push(yield* this.#redact(each))
    return redacted
  }

  *#lookAt({ text, name, isEncoded = false }: Part): Work<Looked> {
    const by = name === undefined ? undefined : this.#wholly(name, text)
    const cuts = new Cuts()
    if (isEncoded) yield* this.#searchPairs(text, cuts)
    if (by === undefined) return yield* this.#look(text, cuts)
    cuts.add(0, text.length, by)
    return { text, cuts, views: [], packed: [] }
  }

  /** What stands for all of a value that has a name; `undefined` if it is to be looked into. */
  #wholly(name: string, value: string): string | undefined {
    if (/^(?:proxy-)?authorization$/i.test(name)) return this.#authorization(value)
    const sensitivity = this.#sensitivityOf(name)
    if (sensitivity === undefined || (sensitivity === 'container' && holdsMore(value))) return undefined
    return sensitivity === 'credential' ? this.#credential(value) : this.#placeholders.of(unescaped(value), value)
  }

  /** True for a value that is removed as a whole, or looked into, because of its name. */
  isSensitive(name: string): boolean {
    return this.#sensitivityOf(name) !== undefined
  }

  *#searchPairs(encoded: string, cuts: Cuts): Work {
    const parameters = yield* parametersIn(encoded)
    yield
    const found = this.#cutting(View.of(encoded), cuts)
    let pause = PIECE
    for (const { name, from, to } of parameters) {
      found.value(name, from, to)
      if (to < pause) continue
      pause = to + PIECE
      yield
    }
    yield
    for (const [name, { from, to }] of yield* namedByPair(parameters)) found.value(name, from, to)
    yield
  }

  *#look(text: string, cuts = new Cuts(), layers = MOST_LAYERS, budget?: Budget): Work<Looked> {
    const looks = budget ?? { left: Math.max(MOST_OFTEN * text.length, LEAST_LOOK) }
    const looked: Looked = { text, cuts, views: [], packed: [] }
    const places = new Map<number, number>()
    for (let layer = 0, view: View | undefined = View.of(text); view !== undefined; layer++, view = view.inner()) {
      looks.left -= view.text.length
      if (layer === layers || looks.left < 0) {
        for (const [from, to] of view.stretches()) cuts.add(from, to, REMOVED)
        break
      }
      const numbers: Numbers = new Map()
      const found = this.#cutting(view, cuts, numbers)
      for (const search of [searchStructure, searchElements, searchAssignments, searchPatterns]) {
        yield* search(view, found)
        yield
      }
      looked.views.push({ view, numbers })
      for (const each of packedIn(view)) {
        yield
        if (each === undefined) continue
        // In the next layers it stands as it is, and is not looked at again.
        const [from, to] = [view.startOf(each.from), view.startOf(each.to)]
        if (places.get(from) === to) continue
        places.set(from, to)
        const pack = view.isSource ? each.pack : (changed: string) => encodeURIComponent(each.pack(changed))
        looked.packed.push({ from, to, pack, looked: yield* this.#look(each.text, new Cuts(), layers - layer - 1, looks) })
      }
      yield
    }
    return looked
  }

  /** Only when all was looked at, it is known what came up under its name somewhere. Base64 that holds something to be removed is packed anew. */
  *#redact({ text, cuts, views, packed }: Looked): Work<string> {
    for (const { from, to, pack, looked } of packed) {
      const redacted = yield* this.#redact(looked)
      if (redacted !== looked.text) cuts.add(from, to, pack(redacted))
    }
    for (const { view, numbers } of views) {
      const { cut, unknown } = this.#cutting(view, cuts)
      const replace = (from: number, to: number, by: string): void => {
        const number = numberAround(view.text, from, numbers)
        if (number) cut(...number, '0')
        else cut(from, to, by)
      }
      yield* this.#placeholders.find(view.text, replace, (from) => unknown(from, view.text.length, REMOVED))
    }
    return yield* cuts.applyTo(text)
  }

  /** What searches in a view find is cut out of the text. */
  #cutting(view: View, cuts: Cuts, numbers: Numbers = new Map()): Cutting {
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
      number: (from, to) => void numbers.set(from, to),
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

/** The number of JSON of which a character is part. */
function numberAround(text: string, at: number, numbers: Numbers): [from: number, to: number] | undefined {
  let from = at
  while (from > 0 && at - from < LONGEST_NUMBER && /[\d.e+-]/i.test(text.charAt(from - 1))) from--
  const to = numbers.get(from)
  return to === undefined ? undefined : [from, to]
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

function* parametersIn(encoded: string): Work<Parameter[]> {
  const parameters: Parameter[] = []
  let pause = PIECE
  for (let begin = 0; begin < encoded.length; ) {
    const next = encoded.indexOf('&', begin)
    const to = next < 0 ? encoded.length : next
    const part = encoded.slice(begin, to)
    const equals = part.indexOf('=')
    if (equals >= 0)
      parameters.push({ name: unescaped(part.slice(0, equals)), value: unescaped(part.slice(equals + 1)), from: begin + equals + 1, to })
    begin = to + 1
    if (begin < pause) continue
    pause = begin + PIECE
    yield
  }
  return parameters
}
