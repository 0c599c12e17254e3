import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { z } from 'zod'
import { checked } from '../../src/state/checked.js'
import { constant, constantWith } from '../../src/state/make.js'

const leaf = z.object({ bucket: z.string(), prefix: z.string().optional() })

/** Whatever records are made of, and some of what has to be left to the schema. */
const members = {
  text: z.string(),
  bounded: z.string().max(3),
  trimmed: z.string().trim(),
  matching: z.string().regex(/^a/).optional(),
  number: z.number(),
  whole: z.int(),
  within: z.number().min(-5).max(5),
  above: z.number().gt(0).lt(10),
  even: z.int().multipleOf(2),
  coerced: z.coerce.number(),
  flag: z.boolean(),
  choice: z.enum(['a', 'b']),
  literal: z.literal(['x', 1, null]),
  list: z.array(z.string()),
  shortList: z.array(z.int()).max(2),
  readonlyList: z.array(leaf).readonly(),
  object: leaf,
  strict: z.strictObject({ a: z.int().optional() }),
  loose: z.looseObject({ a: z.int() }),
  refined: leaf.refine(({ bucket }) => bucket !== 'no'),
  union: z.union([z.string(), z.number()]),
  optional: z.string().optional(),
  optionalObject: leaf.optional(),
  nullable: z.string().nullable(),
  defaulted: z.string().default('there'),
  defaultedOptional: z.string().default('there').optional(),
  optionalAndRefined: z
    .string()
    .optional()
    .refine((value) => value !== 'no'),
  optionalOptional: z.string().optional().optional(),
  transformed: z.string().transform((value) => value.length),
  transformedAndChecked: z
    .number()
    .transform((value) => value + 1)
    .pipe(z.number().max(5)),
  written: leaf.transform((value) => JSON.stringify(value)).pipe(z.string()),
  made: z.string().transform((value) => ({ list: [value] })),
  complaining: z.string().transform((value, { addIssue }) => {
    if (value === 'no') addIssue('no')
    return value
  }),
  complainingOfTheRest: z.string().transform((...[value, context]) => {
    if (value === 'no') context.addIssue('no')
    return value
  }),
  transformedAndRefined: z.string().pipe(z.transform((value: string) => `${value}!`).refine((value) => value !== 'no!')),
  turnedRound: z.array(z.string()).transform((list) => list.reverse()),
  coded: z.codec(z.string(), z.string(), { decode: (text) => `${text}!`, encode: (text) => text.slice(0, -1) }),
  exactlyOptional: z.string().exactOptional(),
  exactlyOptionalUnion: z.union([z.string(), z.undefined().transform(() => 'none')]).exactOptional(),
  record: z.record(z.string(), z.int()),
  unknown: z.unknown(),
  anything: z.any().optional(),
  date: z.iso.datetime().optional(),
  tuple: z.tuple([z.string(), z.int()]).optional(),
} satisfies z.ZodRawShape

const values = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    true,
    '',
    'a',
    'abcd',
    ' x ',
    'no',
    '2026-01-01T00:00:00Z',
    0,
    -0,
    1,
    4,
    5.5,
    -5,
    1e300,
    2 ** 53,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    [],
    ['a'],
    ['a', 1],
    [1, 2],
    [1, 2, 3],
    {},
    { a: 1 },
    { a: 1.5 },
    { a: 1, b: 2 },
    { bucket: 'b' },
    { bucket: 'no' },
    { bucket: 'b', prefix: undefined },
    { bucket: 'b', prefix: 'p', other: 1 },
    [{ bucket: 'b' }, { bucket: 'c', other: 1 }],
    new Date(0),
    new (class {
      bucket = 'b'
    })(),
  ),
  fc.anything(),
)

/** What becomes of a value: what it is made into, or why it is none. */
function outcomeOf(make: () => unknown): unknown {
  try {
    return { made: make() }
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error
    return { issues: error.issues }
  }
}

const isFrozenThroughout = (value: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  !(Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype) ||
  (Object.isFrozen(value) && Object.values(value).every(isFrozenThroughout))

describe('what is checked member by member is as the schema has it', () => {
  it.each(Object.entries(members))('%s', (_name, schema) => {
    const record = z.object({ member: schema, other: z.string().optional() })
    fc.assert(
      fc.property(
        fc.oneof(
          values.map((member) => ({ member })),
          fc.constantFrom({}, { other: 'a' }, { other: 1 }),
        ),
        (given) => {
          const before = structuredCloneOf(given)
          const made = outcomeOf(() => checked(record, given))
          expect(made).toStrictEqual(outcomeOf(() => record.parse(structuredCloneOf(given))))
          expect(isFrozenThroughout(made === null ? null : (made as { made?: unknown }).made)).toBe(true)
          // What was given is as it was, and can be changed.
          expect(given).toStrictEqual(before)
          expect(Object.isFrozen(given)).toBe(false)
        },
      ),
      { numRuns: 150 },
    )
  })

  it.each(Object.entries(members))('%s, changed', (_name, schema) => {
    const record = z.object({ member: schema })
    fc.assert(
      fc.property(values, values, (first, second) => {
        const former = outcomeOf(() => checked(record, { member: first })) as { made?: { member: unknown } }
        // What is still the same has been made already, and is not made again.
        if (former.made === undefined || former.made.member === second) return
        expect(outcomeOf(() => checked(record, { member: second }, former.made))).toStrictEqual(
          outcomeOf(() => record.parse({ member: structuredCloneOf(second) })),
        )
      }),
      { numRuns: 150 },
    )
  })
})

/** A copy of arrays and plain objects, with everything else shared. */
function structuredCloneOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(structuredCloneOf) as T
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, structuredCloneOf(member)])) as T
}

test('a list that cannot be changed is there once', () => {
  const schema = z.object({ list: z.array(z.string()) })
  const list = Object.freeze(['a', 'b'])
  expect(checked(schema, { list }).list).toBe(list)
  expect(checked(schema, { list: ['a', 'b'] }).list).not.toBe(list)
})

test('a constant is checked once, and refused where it is wrong', () => {
  let looked = 0
  const schema = z.string().refine(() => {
    looked++
    return true
  })
  const part = z.object({ id: z.string(), text: schema })
  const record = z.object({ part })
  const made = constant(part, { id: '', text: 'a' })
  const own = constantWith(made, { id: 'mine' })
  expect(checked(record, { part: made }).part).toBe(made)
  expect(checked(record, { part: own })).toEqual({ part: { id: 'mine', text: 'a' } })
  expect(looked).toBe(1)
  // The same values from elsewhere are checked.
  checked(record, { part: { ...made } })
  expect(looked).toBe(2)
  expect(() => constant(part, { id: '' } as never)).toThrow(z.ZodError)
  expect(() => constantWith({ ...made }, { id: 'mine' })).toThrow('not a constant')
})
