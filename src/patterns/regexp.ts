/**
 * Regular expressions from outside. They are written as in JavaScript and matched by RE2, which does not backtrack: what a text costs grows with its
 * length and with the size of the expression, and in no other way. What RE2 cannot do, or means something else by, is refused.
 */

import { createRequire } from 'node:module'

/** Characters of an expression. */
const LONGEST_SOURCE = 1000

/** Size of an expression: what each character of a text may cost. */
const MAX_SIZE = 500

/** What adds to the size: Unicode properties, which are hundreds of ranges, and ranges beyond ASCII that mean letters of either case. */
const WIDE = /\\p/gi
const WIDE_IN_EITHER_CASE = /\\p|-(?:\\[ux]|[^ -~])/gi
const WIDE_SIZE = 100

/** What the counts of an expression, such as the 63 of `[a-z]{1,63}`, may come to. It bounds what reading one costs. */
const MAX_REPEATS = 500

/** Characters of a text that is searched. */
const LONGEST_TEXT = 4096

/** Bytes in which an expression remembers what it has found out; without more, it only gets slower. */
const MAX_MEMORY = 256 * 1024

/** Loaded when it is first needed: it takes longer than starting a cloud, and few need it. */
const loadEngine = () => createRequire(import.meta.url)('re2js') as typeof import('re2js')

/** What RE2 has made of an expression. */
interface Compiled {
  size: number
  finds: (text: string) => boolean
}

/** A regular expression that takes linear time. Read when it is made, and made ready when it is first asked something. */
export class LinearRegExp {
  #compiled: Compiled | undefined

  /**
   * Throws a `SyntaxError` if this is no regular expression of JavaScript, and a `RangeError` that names what is not supported. The flags `d`, `g`
   * and `y` say where a search goes on, and count for nothing here.
   */
  constructor(
    readonly source: string,
    readonly flags = '',
  ) {
    if (source.length > LONGEST_SOURCE) throw new RangeError(`a regular expression has at most ${LONGEST_SOURCE} characters`)
    const { unicode } = new RegExp(source, flags)
    this.flags = flags.replace(/[dgy]/g, '')
    const missing = this.flags.includes('v') ? 'the flag v' : unsupported(source, unicode)
    if (missing !== undefined)
      throw new RangeError(`${missing} is not supported: regular expressions are matched by RE2, which takes linear time`)
    if (repeatsOf(source) > MAX_REPEATS) throw new RangeError(`a regular expression repeats at most ${MAX_REPEATS} times in all`)
  }

  /**
   * The number of its states, what is wide, such as `\p{L}`, counting for a hundred: what each character of a text may cost. Throws a `RangeError`
   * if it is more than 500, or if RE2 does not take the expression.
   */
  get size(): number {
    return this.#ready().size
  }

  /** True if it is found in a text. In a text of more than 4,096 characters nothing is. Throws as {@link size} does. */
  test(text: string): boolean {
    return text.length <= LONGEST_TEXT && this.#ready().finds(text)
  }

  toString(): string {
    return `/${this.source}/${this.flags}`
  }

  #ready(): Compiled {
    this.#compiled ??= compile(new RegExp(this.source, this.flags))
    return this.#compiled
  }
}

function compile(expression: RegExp): Compiled {
  const { RE2JS, RE2Set } = loadEngine()
  const translated = RE2JS.translateRegExp(expression)
  let size = WIDE_SIZE * (expression.source.match(expression.ignoreCase ? WIDE_IN_EITHER_CASE : WIDE)?.length ?? 0)
  checkSize(size)
  try {
    size += RE2JS.compile(translated).programSize()
  } catch (error) {
    throw new RangeError(`RE2 does not take this regular expression: ${(error as Error).message}`, { cause: error })
  }
  checkSize(size)
  // A set of one, because sets can be told how much to remember.
  const set = new RE2Set(RE2Set.UNANCHORED, 0, MAX_MEMORY)
  set.add(translated)
  return { size, finds: (text) => set.match(text).length > 0 }
}

function checkSize(size: number): void {
  if (size > MAX_SIZE) throw new RangeError(`the regular expression is too large: its size is ${size}, and at most ${MAX_SIZE}`)
}

/** What counts, as far as it can be told without understanding the rest. */
function repeatsOf(source: string): number {
  let sum = 0
  for (const [, least, most] of source.matchAll(/\{(\d+)(?:,(\d*))?\}/g)) sum += Math.max(Number(least), Number(most ?? 0))
  return sum
}

const TOKEN = /\\.|\(\?<?[=!]|\[:?|\]/gs

/** Letters that mean the same behind a backslash, here and there. */
const ESCAPES = new Set('bBcdDfnpPrsStuvwWx')

/** What an expression has that RE2 does not know, or takes for something else; `undefined` if there is no such thing. */
function unsupported(source: string, unicode: boolean): string | undefined {
  if (!source.isWellFormed()) return 'half of a surrogate pair'
  let inClass = false
  for (const { 0: token, index } of source.matchAll(TOKEN)) {
    if (token.startsWith('\\')) {
      const wrong = unsupportedEscape(token, source.slice(index + 2, index + 6), unicode, inClass)
      if (wrong !== undefined) return wrong
    } else if (token === ']') inClass = false
    else if (inClass) {
      if (token === '[:') return '[: in a class'
    } else if (token.startsWith('[')) inClass = true
    else return `${token.startsWith('(?<') ? 'lookbehind' : 'lookahead'} ${token}`
  }
  return undefined
}

/** `next`: what follows it. */
function unsupportedEscape(written: string, next: string, unicode: boolean, inClass: boolean): string | undefined {
  const letter = written.slice(1)
  if (!inClass && /[1-9k]/.test(letter)) return `the backreference ${written}`
  if (letter === 'u' && /^d[89a-f]/i.test(next)) return `half of a surrogate pair, ${written}${next},`
  if (!unicode && (/p/i.test(letter) || (letter === 'u' && next.startsWith('{')))) return `${written} without the flag u`
  const differs =
    (/\w/.test(letter) && letter !== '0' && letter !== '_' && !ESCAPES.has(letter)) ||
    (letter === '0' && /^\d/.test(next)) ||
    (letter === 'c' && !/^[a-z]/i.test(next)) ||
    (inClass && /b/i.test(letter))
  return differs ? `the escape ${written}${inClass ? ' in a class' : ''}` : undefined
}
