/** JSON from outside: how much of it there may be is checked before anything else is done with it. */

import { z } from 'zod'
import { pause } from './clock.js'
import { readLater } from './shape.js'

/** How much a document may hold. */
export interface Bounds {
  /** How deep arrays and objects may stand in one another. */
  depth: number
  /** How many values there may be: members of objects, elements of arrays, and these themselves. */
  values: number
  /** How many different names members of objects may have: each is worth many values to who reads them. */
  names: number
}

/** What is written by hand, and read as a whole, fits with plenty of room. */
export const USUAL_BOUNDS: Bounds = { depth: 100, values: 20_000, names: 20_000 }

/** Characters that are looked at before others have their turn. */
const PIECE = 1024 * 1024

/** A file with a whole world in it fits: thousands of assets, or of interactions. */
export const FILE_BOUNDS: Bounds = { depth: 100, values: 1_000_000, names: 100_000 }

/** Reads a document. Throws a `RangeError` if there is too much in it, and a `SyntaxError` if it is not JSON. */
export function readJson(text: string, bounds = USUAL_BOUNDS): unknown {
  for (const _ of weigh(text, bounds));
  return JSON.parse(text)
}

/** Rejects with a `RangeError` if there is too much in a document, which may be long: it is looked at piece by piece. */
export async function checkJson(text: string, bounds = USUAL_BOUNDS): Promise<void> {
  for (const _ of weigh(text, bounds)) await pause(0)
}

/** Counts what a document would become, were it read; whether it is JSON at all is for the one to say who reads it. */
function* weigh(text: string, { depth: deepest, values: most, names: mostNames }: Bounds): Generator<void> {
  let depth = 0
  let values = 1
  const names = new Set<string>()
  let pause = PIECE
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '"': {
        const end = endOfString(text, at)
        if (isName(text, end)) names.add(text.slice(at, end))
        if (names.size > mostNames) throw new RangeError(`the JSON holds more than ${mostNames} different names`)
        at = end
        break
      }
      case '[':
      case '{':
        values++
        if (++depth > deepest) throw new RangeError(`the JSON is nested deeper than ${deepest} levels`)
        break
      case ']':
      case '}':
        depth--
        break
      case ',':
        values++
    }
    if (values > most) throw new RangeError(`the JSON holds more than ${most} values`)
    if (at > pause) {
      yield
      pause = at + PIECE
    }
  }
}

/** True of a document that is nested deeper than so many levels; whether it is JSON at all is for the one to say who reads it. */
export function isDeeper(text: string, levels: number): boolean {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (char === '"') at = endOfString(text, at)
    else if (char === '[' || char === '{') depth++
    else if (char === ']' || char === '}') depth--
    if (depth > levels) return true
  }
  return false
}

/** What one record may hold, of those in a document that may hold a lot: an upload has up to 10,000 parts. */
const RECORD_BOUNDS = { depth: 100, values: 200_000 }

/** What is wrong with the size of a record that was read as part of a document. */
export function excessOf(record: unknown): string | undefined {
  let values = 1
  let level = [record]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > RECORD_BOUNDS.depth) return 'is nested too deeply'
    const inside: unknown[] = []
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue
      const members = Object.values(value)
      values += members.length
      if (values > RECORD_BOUNDS.values) return 'holds too much'
      for (const member of members) inside.push(member)
    }
    level = inside
  }
  return undefined
}

/** Where the string ends that begins there; the end of the text, if it does not. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0
    while (text[end - 1 - backslashes] === '\\') backslashes++
    if (backslashes % 2 === 0) return end
  }
  return text.length
}

/** True if the string that ends there is the name of a member. */
function isName(text: string, end: number): boolean {
  for (let at = end + 1; at < text.length; at++) {
    const char = text[at]
    if (char !== ' ' && char !== '\n' && char !== '\r' && char !== '\t') return char === ':'
  }
  return false
}

/** How many problems are told of a list; who has seen these knows what is wrong with the rest. */
const ENOUGH_PROBLEMS = 6

/**
 * A list whose elements are checked one by one, and no more of them once enough are wrong. Of a longer list, none is looked at. `error` says what is wrong
 * with what is no list.
 */
export const listOf = <Item extends z.ZodType>(item: Item, most: number, error?: (issue: { input?: unknown }) => string) =>
  z
    .array(readLater(item), error && { error })
    .max(most, `has more than ${most} elements`)
    .transform((elements, context): z.output<Item>[] => {
      const read: z.output<Item>[] = []
      for (const [index, element] of elements.entries()) {
        const { success, data, error } = item.safeParse(element)
        if (success) read.push(data)
        else for (const issue of error.issues) context.issues.push({ ...issue, path: [index, ...issue.path] } as z.core.$ZodRawIssue)
        if (context.issues.length >= ENOUGH_PROBLEMS) return z.NEVER
      }
      return read
    })

/** A copy of a value as JSON has it: members that are undefined are left out. */
export const asJson = (value: object): unknown => JSON.parse(JSON.stringify(value))
