/**
 * The grammar of Match (VOD manual 17.6), read in one pass and in linear time:
 *
 * ```
 * match       = conjunction
 * conjunction = operand { "and" operand }
 * operand     = condition | "(" conjunction { "or" conjunction } ")"
 * condition   = field ( "=" | "!=" ) value
 *             | field [ "not" ] "in" "(" value { "," value } ")"
 *             | field "=" ( "(" | "[" ) [ value ] "," [ value ] ( ")" | "]" )
 * value       = "'" text "'" | '"' text '"' | word
 * ```
 *
 * The manual leaves open how words are capitalised, how a quotation mark stands in a text, what a range without an end is, and whether there is a
 * negation. Here words may be written either way (`AND`), a backslash escapes a quotation mark or another backslash, a range may lack one
 * of its bounds, and `!=` and `not in` are what they are everywhere.
 */

import { type Bound, type Condition, type Expression, MatchError, type Value } from './expression.js'

/** Values in one Match: a list of as many ids as one may have, and room for others. */
const MAX_VALUES = 200

/** Brackets within brackets. */
const MAX_DEPTH = 20

interface Token {
  /** `word`: the name of a field, a word of the grammar, or a value without quotation marks; `text`: one with them. */
  type: 'word' | 'text' | 'symbol' | 'end'
  text: string
  position: number
}

const SPACE = /\s*/y
const SYMBOL = /!=|[=()[\],]/y
const WORD = /[^\s='"()[\],!（）［］＝，‘’“”]+/y
const FIELD = /^[A-Za-z]\w{0,63}$/
const KEYWORD = /^(?:and|or|not|in)$/i

/** Reads a Match. Throws a {@link MatchError} if it is none. */
export const parseMatch = (text: string): Expression => new Parser(text).match()

class Parser {
  /** How much of the source has been read: its index, and the same in characters, of which some take two places. */
  #end = 0
  #characters = 0
  #token: Token
  /** The field of the condition that is being read. */
  #field: string | undefined
  #values = 0
  #depth = 0

  constructor(private readonly source: string) {
    this.#token = this.#read()
  }

  match(): Expression {
    const expression = this.#joined('and', () => this.#operand())
    if (this.#isWord('or')) this.#refuse('conditions of which one must hold stand in brackets: (a or b)')
    if (this.#token.type !== 'end') this.#refuse(`there is ${this.#found()} where "and" or the end should be`)
    return expression
  }

  #joined(type: 'and' | 'or', operand: () => Expression): Expression {
    const first = operand()
    const operands = [first]
    while (this.#takeWord(type)) operands.push(operand())
    return operands.length === 1 ? first : { type, operands }
  }

  #operand(): Expression {
    if (!this.#isSymbol('(')) return this.#condition()
    if (++this.#depth > MAX_DEPTH) this.#refuse(`there are more than ${MAX_DEPTH} brackets within brackets`)
    this.#advance()
    const expression = this.#joined('or', () => this.#joined('and', () => this.#operand()))
    this.#expect(')', '"and", "or" or ")"')
    this.#depth--
    return expression
  }

  #condition(): Condition {
    const { type, text: field, position } = this.#token
    if (type !== 'word' || !FIELD.test(field) || KEYWORD.test(field)) this.#refuse(`there is ${this.#found()} where a field should be`)
    this.#field = field
    this.#advance()
    const condition = this.#conditionOn({ field, position })
    this.#field = undefined
    return condition
  }

  #conditionOn(on: { field: string; position: number }): Condition {
    if (this.#take('!=')) return { type: 'compare', ...on, negated: true, value: this.#value() }
    if (this.#take('=')) {
      for (const opening of ['(', '['] as const) if (this.#take(opening)) return { type: 'range', ...on, ...this.#bounds(opening === '[') }
      return { type: 'compare', ...on, negated: false, value: this.#value() }
    }
    const negated = this.#takeWord('not')
    if (!this.#takeWord('in')) this.#refuse(`there is ${this.#found()} where ${negated ? '"in"' : '"=", "!=", "in" or "not in"'} should be`)
    this.#expect('(')
    const values = [this.#value()]
    while (this.#take(',')) values.push(this.#value())
    this.#expect(')', '"," or ")"')
    return { type: 'in', ...on, negated, values }
  }

  #bounds(inclusive: boolean): { lower?: Bound; upper?: Bound } {
    const lower = this.#isSymbol(',') ? undefined : this.#value()
    this.#expect(',', '"," and the upper end of a range (a list of values follows "in")')
    const upper = lower !== undefined && (this.#isSymbol(')') || this.#isSymbol(']')) ? undefined : this.#value()
    const closing = this.#take(']')
    if (!closing) this.#expect(')', '")" or "]"')
    return { ...(lower && { lower: { value: lower, inclusive } }), ...(upper && { upper: { value: upper, inclusive: closing } }) }
  }

  #value(): Value {
    const { type, text, position } = this.#token
    if (type !== 'word' && type !== 'text') this.#refuse(`there is ${this.#found()} where a value should be`)
    if (++this.#values > MAX_VALUES) this.#refuse(`there are more than ${MAX_VALUES} values`)
    this.#advance()
    return { text, quoted: type === 'text', position }
  }

  #isSymbol(symbol: string): boolean {
    return this.#token.type === 'symbol' && this.#token.text === symbol
  }

  #isWord(word: string): boolean {
    return this.#token.type === 'word' && this.#token.text.toLowerCase() === word
  }

  #take(symbol: string): boolean {
    return this.#isSymbol(symbol) && this.#advance()
  }

  #takeWord(word: string): boolean {
    return this.#isWord(word) && this.#advance()
  }

  #expect(symbol: string, wanted = `"${symbol}"`): void {
    if (!this.#take(symbol)) this.#refuse(`there is ${this.#found()} where ${wanted} should be`)
  }

  /** Goes on to the next token. */
  #advance(): true {
    this.#token = this.#read()
    return true
  }

  #read(): Token {
    this.#consume(this.#length(SPACE))
    const position = this.#characters + 1
    const first = this.source[this.#end]
    if (first === undefined) return { type: 'end', text: '', position }
    if (first === "'" || first === '"') return { type: 'text', text: this.#quoted(first), position }
    for (const [type, pattern] of [
      ['symbol', SYMBOL],
      ['word', WORD],
    ] as const) {
      const length = this.#length(pattern)
      if (length === 0) continue
      return { type, text: this.#consume(length), position }
    }
    const hint = first > '\u00ff' ? ': equals signs, commas, brackets and quotation marks must be half-width' : ''
    throw new MatchError('syntax', position, this.#field ?? first, `there is "${first}", which means nothing here${hint}`)
  }

  /** Goes on by so much of the source, and answers it. */
  #consume(length: number): string {
    const text = this.source.slice(this.#end, this.#end + length)
    this.#end += length
    this.#characters += [...text].length
    return text
  }

  #length(pattern: RegExp): number {
    pattern.lastIndex = this.#end
    return pattern.exec(this.source)?.[0].length ?? 0
  }

  /** The text within quotation marks. */
  #quoted(mark: string): string {
    const start = this.#end
    let text = ''
    for (let at = start + 1; at < this.source.length; at++) {
      const char = this.source[at] as string
      const next = this.source[at + 1]
      if (char === mark) {
        this.#consume(at + 1 - start)
        return text
      }
      if (char === '\\' && (next === "'" || next === '"' || next === '\\')) {
        text += next
        at++
      } else text += char
    }
    throw new MatchError('syntax', this.#characters + 1, this.#field ?? mark, `the text that begins here has no ${mark} at its end`)
  }

  #found(): string {
    const { type, text } = this.#token
    return type === 'end' ? 'nothing more' : `"${shown(text)}"`
  }

  #refuse(problem: string): never {
    const { type, text, position } = this.#token
    throw new MatchError('syntax', position, this.#field ?? (type === 'end' ? 'end' : shown(text)), problem)
  }
}

/** So much of a text as a message has of it. */
const shown = (text: string): string => text.slice(0, 40).toWellFormed()
