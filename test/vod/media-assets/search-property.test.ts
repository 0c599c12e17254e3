/** Match, with expressions that nobody would write by hand. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Bound, Condition, Expression, Value } from '../../../src/products/vod/media-assets/search/expression.js'
import { MatchError } from '../../../src/products/vod/media-assets/search/expression.js'
import { parseMatch } from '../../../src/products/vod/media-assets/search/parse.js'
import { searchWorld } from './support.js'

const SEED = 20260101

/** An expression as it is written. */
function print(expression: Expression, outermost = true): string {
  const value = ({ text, quoted }: Value): string => (quoted ? `'${text.replace(/['"\\]/g, '\\$&')}'` : text)
  const bound = (each: Bound | undefined): string => (each ? value(each.value) : '')
  switch (expression.type) {
    case 'compare':
      return `${expression.field}${expression.negated ? '!=' : '='}${value(expression.value)}`
    case 'in':
      return `${expression.field} ${expression.negated ? 'not in' : 'IN'} (${expression.values.map(value).join(' , ')})`
    case 'range': {
      const { field, lower, upper } = expression
      return `${field} = ${lower?.inclusive ? '[' : '('}${bound(lower)},${bound(upper)}${upper?.inclusive ? ']' : ')'}`
    }
    default: {
      const text = expression.operands.map((operand) => print(operand, false)).join(` ${expression.type} `)
      return outermost && expression.type === 'and' ? text : `(${text})`
    }
  }
}

/** The same without the places of its parts in the text. */
const withoutPlaces = (expression: unknown): unknown =>
  JSON.parse(JSON.stringify(expression, (name, value) => (name === 'position' ? undefined : value)))

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }).filter((each) => each.isWellFormed()),
  fc.constantFrom("'", '"', '\\', "\\'", '测试', ' and ', '（', ''),
)
const quoted = text.map((each): Value => ({ text: each, quoted: true, position: 0 }))
const bare = fc
  .oneof(fc.integer().map(String), fc.constantFrom('a-b', '2026-01-01T00:00:00Z', 'and'))
  .map((each): Value => ({ text: each, quoted: false, position: 0 }))
const value = fc.oneof(quoted, bare)
const name = fc.constantFrom('Title', 'Size', 'CreationTime', 'order', 'inner', 'a1_')
const bound = fc.record({ value, inclusive: fc.boolean() })

const condition = fc.oneof(
  fc.record({ type: fc.constant('compare' as const), field: name, negated: fc.boolean(), value }),
  fc.record({
    type: fc.constant('in' as const),
    field: name,
    negated: fc.boolean(),
    values: fc.array(value, { minLength: 1, maxLength: 4 }),
  }),
  fc
    .tuple(name, fc.option(bound), fc.option(bound))
    .filter(([, lower, upper]) => lower !== null || upper !== null)
    .map(([field, lower, upper]) => ({ type: 'range' as const, field, ...(lower && { lower }), ...(upper && { upper }) })),
) as fc.Arbitrary<Condition>

const combined = (leaf: fc.Arbitrary<Condition>): fc.Arbitrary<Expression> =>
  fc.letrec<{ expression: Expression }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaf,
      fc.record({
        type: fc.constantFrom('and' as const, 'or' as const),
        operands: fc.array(tie('expression'), { minLength: 2, maxLength: 3 }),
      }),
    ),
  })).expression

describe('reading', () => {
  test('what is written is read as it was meant', () => {
    fc.assert(
      fc.property(combined(condition), (expression) => {
        expect(withoutPlaces(parseMatch(print(expression)))).toEqual(withoutPlaces(expression))
      }),
      { seed: SEED, numRuns: 2000 },
    )
  })

  const piece = fc.oneof(
    fc.constantFrom(
      'and',
      'or',
      'not',
      'in',
      'AND',
      '(',
      ')',
      '[',
      ']',
      ',',
      '=',
      '!=',
      '!',
      "'",
      '"',
      '\\',
      ' ',
      '（',
      '＝',
      'Title',
      'Size',
    ),
    fc.string({ unit: 'binary', maxLength: 4 }),
  )

  test('any text is read, or refused at a place in it', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
        (match) => {
          try {
            expect(['compare', 'in', 'range', 'and', 'or']).toContain(parseMatch(match).type)
          } catch (error) {
            expect(error).toBeInstanceOf(MatchError)
            const { position, message } = error as MatchError
            expect(position).toBeGreaterThanOrEqual(1)
            expect(position).toBeLessThanOrEqual(match.length + 1)
            expect(message).toBe(message.toWellFormed())
          }
        },
      ),
      { seed: SEED, numRuns: 5000 },
    )
  })

  test('any text is answered, or refused with a documented code', async () => {
    const { search, video } = searchWorld()
    video('v1')
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join('')),
        async (Match) => {
          const { code } = await search({ Match })
          expect([undefined, 'ErrorMatchSyntax', 'InvalidParameter']).toContain(code)
        },
      ),
      { seed: SEED, numRuns: 500 },
    )
  })

  // Each of these takes seconds if the time grows with the square of the length.
  test.each([
    ['brackets', (length: number) => '('.repeat(length)],
    ['blanks', (length: number) => `Title${' '.repeat(length)}=`],
    ['a text', (length: number) => `Title = '${"\\'".repeat(length / 2)}'`],
    ['a word', (length: number) => 'a'.repeat(length)],
    ['quotation marks', (length: number) => "'".repeat(length)],
    ['a list', (length: number) => `Title in (${"'a',".repeat(length / 4)}`],
  ])('a million characters of %s are read at once', (_title, make) => {
    const match = make(1_000_000)
    let read: unknown
    try {
      read = parseMatch(match)
    } catch (error) {
      read = error
    }
    expect(read).toBeDefined()
  })
})

describe('finding', () => {
  const SIZE = 150
  const statuses = ['Normal', 'Blocked', 'Uploading'] as const
  const words = ['测试', 'film', 'Film two', 'ab', 'abc'] as const

  /** What a video of the library has. */
  interface Facts {
    id: string
    title: string
    status: string
    cateId: number | undefined
    size: number | undefined
    second: number
  }

  const library: Facts[] = Array.from({ length: SIZE }, (_, number) => ({
    id: `v${number}`,
    title: words[(number * 7) % words.length] as string,
    status: statuses[(number * 5) % statuses.length] as string,
    cateId: number % 4 === 0 ? undefined : number % 6,
    size: number % 5 === 0 ? undefined : (number * 13) % 40,
    second: Math.floor(number / 3),
  }))
  const start = Date.UTC(2026, 0, 1)
  const time = (second: number): string => `${new Date(start + second * 1000).toISOString().slice(0, 19)}Z`

  const text = (each: string): Value => ({ text: each, quoted: true, position: 0 })
  const number = (each: number): Value => ({ text: String(each), quoted: false, position: 0 })
  const among = (values: readonly string[]) => fc.array(fc.constantFrom(...values).map(text), { minLength: 1, maxLength: 3 })
  const ids = library.map(({ id }) => id).concat('none')
  const compare = (field: string, of: fc.Arbitrary<Value>) =>
    fc.record({ type: fc.constant('compare' as const), field: fc.constant(field), negated: fc.boolean(), value: of })
  const list = (field: string, of: readonly string[]) =>
    fc.record({ type: fc.constant('in' as const), field: fc.constant(field), negated: fc.boolean(), values: among(of) })
  const range = (field: string, of: fc.Arbitrary<Value>) =>
    fc
      .record({
        type: fc.constant('range' as const),
        field: fc.constant(field),
        lower: fc.option(fc.record({ value: of, inclusive: fc.boolean() }), { nil: undefined }),
        upper: fc.record({ value: of, inclusive: fc.boolean() }),
      })
      .map(({ lower, ...rest }) => ({ ...rest, ...(lower && { lower }) }))
  const asked = fc.oneof(
    compare('VideoId', fc.constantFrom(...ids).map(text)),
    list('VideoId', ids),
    compare('Status', fc.constantFrom(...statuses, 'Checking').map(text)),
    list('Status', statuses),
    compare('CateId', fc.nat({ max: 6 }).map(number)),
    compare('Title', fc.constantFrom('b', 'FILM', '测', 'x').map(text)),
    list('Title', ['two', 'AB', '试']),
    range('Size', fc.nat({ max: 45 }).map(number)),
    range(
      'CreationTime',
      fc.nat({ max: 55 }).map((second) => text(time(second))),
    ),
  ) as fc.Arbitrary<Condition>

  /** The same, found without any cleverness. */
  function holds(expression: Expression, facts: Facts): boolean {
    if ('operands' in expression) {
      const { type, operands } = expression
      return type === 'and' ? operands.every((each) => holds(each, facts)) : operands.some((each) => holds(each, facts))
    }
    const { field } = expression
    const all: Record<string, string | number | undefined> = {
      VideoId: facts.id,
      Status: facts.status,
      CateId: facts.cateId,
      Title: facts.title,
      Size: facts.size,
      CreationTime: facts.second,
    }
    const has = all[field]
    if (expression.type === 'range') {
      if (has === undefined) return false
      const read = ({ text }: Value): number => (field === 'Size' ? Number(text) : (Date.parse(text) - start) / 1000)
      const { lower, upper } = expression
      const above = lower === undefined || (lower.inclusive ? Number(has) >= read(lower.value) : Number(has) > read(lower.value))
      const below = upper === undefined || (upper.inclusive ? Number(has) <= read(upper.value) : Number(has) < read(upper.value))
      return above && below
    }
    const values = expression.type === 'in' ? expression.values : [expression.value]
    const met = values.some(({ text }) =>
      field === 'Title' ? String(has).toLowerCase().includes(text.toLowerCase()) : has !== undefined && String(has) === text,
    )
    return met !== expression.negated
  }

  test('an expression finds what a look at every video finds, in order', async () => {
    const { search, video } = searchWorld()
    for (const { id, title, status, cateId, size, second } of library)
      video(id, { title, status: status as never, cateId, size, createdAt: start + second * 1000 })
    video('a1', { mediaType: 'audio' })
    await fc.assert(
      fc.asyncProperty(combined(asked), fc.boolean(), async (expression, descending) => {
        const found = library.filter((facts) => holds(expression, facts)).map(({ id }) => id)
        if (descending) found.reverse()
        const SortBy = `CreationTime:${descending ? 'Desc' : 'Asc'}`
        const { total, ids: answered, code } = await search({ Match: print(expression), SortBy, PageSize: 100 })
        expect([code, total, answered]).toEqual([undefined, found.length, found.slice(0, 100)])
      }),
      { seed: SEED, numRuns: 400 },
    )
  })
})
