import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Keys, Page } from '../../src/state/collection.js'
import { follow } from '../../src/state/follow.js'
import { State } from '../../src/state/state.js'

const filmSchema = z.object({
  id: z.string(),
  path: z.string(),
  categories: z.array(z.string()),
  status: z.enum(['new', 'done']),
  length: z.number().min(0),
  extra: z.unknown().optional(),
})

type Film = z.output<typeof filmSchema>
type Index = 'path' | 'category' | 'status'

const films = () =>
  new State().collection({
    name: 'films',
    schema: filmSchema,
    keyOf: ({ id }) => id,
    indexes: {
      path: ({ path }) => path,
      category: ({ categories }) => categories,
      status: ({ status }) => (status === 'done' ? undefined : status),
    },
  })

const film = (id: string, rest: Partial<Film> = {}): Film => ({
  id,
  path: `sv/${id}.mp4`,
  categories: [],
  status: 'new',
  length: 10,
  ...rest,
})

/** The same with nothing but an array. */
class Model {
  rows: Film[] = []

  put(row: Film): void {
    this.delete(row.id)
    this.rows.push(row)
  }

  update(id: string, change: Partial<Film>): void {
    this.rows = this.rows.map((row) => (row.id === id ? { ...row, ...change } : row))
  }

  delete(id: string): void {
    this.rows = this.rows.filter((row) => row.id !== id)
  }

  list({ by = {}, where = () => true, orderBy, descending, skip = 0, take = Number.POSITIVE_INFINITY }: Page<Film, Index>) {
    const keysOf: Record<Index, (row: Film) => string[]> = {
      path: ({ path }) => [path],
      category: ({ categories }) => categories,
      status: ({ status }) => (status === 'done' ? [] : [status]),
    }
    const isFound = (row: Film): boolean =>
      (Object.entries(by) as [Index, Keys<Index>[Index]][]).every(
        ([index, keys]) => keys === undefined || keysOf[index](row).some((key) => [keys].flat().includes(key)),
      )
    let rows = this.rows.filter(isFound).filter(where)
    if (orderBy) rows = rows.sort((a, b) => Number(orderBy(a)) - Number(orderBy(b)))
    if (descending) rows.reverse()
    return { total: rows.length, rows: rows.slice(skip, skip + take) }
  }
}

const some = <T>(...values: readonly T[]) => fc.constantFrom(...values)
const anyId = some('a', 'b', 'c', 'd', 'e')
const anyPath = some('p', 'q', 'r')
const anyCategory = some('1', '2', '3')
const anyChange = fc.record(
  { path: anyPath, categories: fc.array(anyCategory, { maxLength: 3 }), status: some('new' as const, 'done' as const), length: fc.nat(3) },
  { requiredKeys: [] },
)
const anyStep = fc.oneof(
  { weight: 6, arbitrary: fc.record({ does: some('put' as const), id: anyId, change: anyChange }) },
  { weight: 4, arbitrary: fc.record({ does: some('update' as const), id: anyId, change: anyChange }) },
  { weight: 2, arbitrary: fc.record({ does: some('delete' as const), id: anyId, change: anyChange }) },
  { weight: 1, arbitrary: fc.record({ does: some('clear' as const, 'restore' as const), id: anyId, change: anyChange }) },
)
const anyPage: fc.Arbitrary<Page<Film, Index>> = fc.record(
  {
    by: fc.record(
      {
        path: fc.oneof(anyPath, fc.array(anyPath), fc.constant(undefined)),
        category: fc.oneof(anyCategory, fc.array(anyCategory)),
        status: some('new', 'done'),
      },
      { requiredKeys: [] },
    ),
    where: fc.constant(({ length }: Film) => length > 1),
    orderBy: fc.constant(({ length }: Film) => length),
    descending: fc.boolean(),
    skip: fc.nat(6),
    take: fc.nat(6),
  },
  { requiredKeys: [] },
)

test('whatever has been done, a list has what a look at all records would find', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 30 }), fc.array(anyPage, { minLength: 1, maxLength: 4 }), (steps, pages) => {
      const [records, model] = [films(), new Model()]
      for (const { does, id, change } of steps) {
        if (does === 'put') {
          records.put(film(id, change))
          model.put(film(id, change))
        } else if (does === 'update') {
          records.update(id, (draft) => void Object.assign(draft, change))
          model.update(id, change)
        } else if (does === 'delete') {
          records.delete(id)
          model.delete(id)
        } else if (does === 'clear') {
          records.clear()
          model.rows = []
        } else records.restore(records.capture())
        for (const page of pages) expect(records.list(page)).toEqual(model.list(page))
      }
      expect([...records.entries()]).toEqual(model.rows.map((row) => [row.id, row]))
      expect([records.count, records.first()]).toEqual([model.rows.length, model.rows[0]])
      for (const path of ['p', 'q', 'r']) {
        const found = model.rows.filter((row) => row.path === path)
        expect([records.getBy('path', path), records.countBy('path', path)]).toEqual([found.at(-1), found.length])
      }
    }),
  )
})

test('so it has of thousands, of which any may come under other keys', () => {
  const [records, model] = [films(), new Model()]
  for (let number = 0; number < 3000; number++) {
    records.put(film(`${number}`))
    model.put(film(`${number}`))
  }
  // From everywhere, in no order: 1,009 is prime.
  for (let step = 0; step < 3000; step++) {
    const id = `${(step * 1009) % 3000}`
    const change = { categories: [`${step % 3}`], status: step % 2 === 0 ? ('done' as const) : ('new' as const) }
    if (step % 5 === 0) {
      records.delete(id)
      model.delete(id)
      continue
    }
    records.update(id, (draft) => void Object.assign(draft, change))
    model.update(id, change)
    // Its indexes are there from the first.
    if (step % 100 === 1) expect(records.countBy('category', '1')).toBe(model.list({ by: { category: '1' } }).total)
  }
  for (const by of [{}, { category: '0' }, { category: ['2', '1'] }, { category: '1', status: 'new' }])
    for (const page of [{}, { descending: true }, { skip: 700, take: 10 }, { skip: 700, take: 10, descending: true }])
      expect(records.list({ by, ...page })).toEqual(model.list({ by, ...page }))
})

test('a record that cannot be put leaves the one before it, where it was', () => {
  const records = films()
  for (const id of ['a', 'b']) records.put(film(id))
  expect(() => records.put(film('a', { length: -1 }))).toThrow(z.ZodError)
  expect(records.list({ by: { status: 'new' } }).rows).toEqual([film('a'), film('b')])
})

test.each([
  ['is not as the schema says', { length: -1 }, z.ZodError],
  ['has another key', { id: 'b' }, /films "a": an update cannot give it the key "b"/],
])('an update after which a record %s changes nothing', (_, change, problem) => {
  const records = films()
  records.put(film('a'))
  const changes: unknown[] = []
  follow(records, (key, placed) => changes.push([key, placed]))
  expect(() => records.update('a', (draft) => void Object.assign(draft, change))).toThrow(problem)
  expect([records.list().rows, changes]).toEqual([[film('a')], []])
})

test('a record that was read stays as it is', () => {
  const records = films()
  const before = records.put(film('a', { categories: ['1'] }))
  records.update('a', ({ categories }) => void categories.push('2'))
  expect([before.categories, records.get('a')?.categories]).toEqual([['1'], ['1', '2']])
  expect(() => before.categories.push('3')).toThrow(TypeError)
})

test('a record has nothing in common with what it was made of', () => {
  const records = films()
  const extra = { notes: ['one'] }
  records.put(film('a', { extra }))
  extra.notes.push('two')
  expect(records.get('a')?.extra).toEqual({ notes: ['one'] })
})

test('where a record comes from makes no difference: tests may run in a realm of their own', () => {
  const records = films()
  const foreign = runInNewContext(`({ ...film, categories: ['1'], extra: { notes: [{ text: 'one' }] } })`, { film: film('a') })
  records.put(foreign)
  const changed = records.update('a', (draft) => {
    Object.assign(draft, runInNewContext(`({ categories: ['2', '3'] })`))
    ;(draft.extra as { notes: unknown[] }).notes.push(runInNewContext(`({ text: 'two' })`))
  })
  expect(changed).toStrictEqual(film('a', { categories: ['2', '3'], extra: { notes: [{ text: 'one' }, { text: 'two' }] } }))
})

test('a second record under a path counts more than the first, which is found again once the second is gone', () => {
  const records = films()
  for (const id of ['a', 'b']) records.put(film(id, { path: 'p' }))
  records.update('a', (draft) => {
    draft.length = 11
  })
  expect(records.getBy('path', 'p')?.id).toBe('b')
  records.delete('b')
  expect(records.getBy('path', 'p')?.id).toBe('a')
})

test('of too many records the oldest are forgotten that may be', () => {
  const records = films()
  for (const id of ['a', 'b', 'c', 'd', 'e']) records.put(film(id, { status: id === 'a' ? 'done' : 'new' }))
  records.forgetOldest(3, { status: 'new' })
  expect(records.list().rows.map(({ id }) => id)).toEqual(['a', 'd', 'e'])
})

test('who stores the records is told of each change once', () => {
  const records = films()
  const changes: unknown[] = []
  follow(records, (key, placed) => changes.push([key, placed, records.entry(key) !== undefined]))
  records.put(film('a'))
  records.put(film('a'))
  records.update('a', () => {})
  records.update('b', () => {})
  records.delete('a')
  records.delete('a')
  records.put(film('c'))
  records.clear()
  expect(changes).toEqual([
    ['a', true, true],
    ['a', true, true],
    ['a', false, true],
    ['a', false, false],
    ['c', true, true],
    ['c', false, false],
  ])
})

test('a change shares what it has not touched with the record before, and copies what it has looked at', () => {
  const records = films()
  const before = records.put(film('a', { categories: ['x'], extra: { note: 'n' } }))
  const renamed = records.update('a', (draft) => {
    draft.path = 'b'
  })
  expect(renamed).toEqual({ ...before, path: 'b' })
  expect(renamed?.categories).toBe(before.categories)
  const listed = records.update('a', (draft) => {
    draft.categories.push('y')
  })
  expect([before.categories, renamed?.categories, listed?.categories]).toEqual([['x'], ['x'], ['x', 'y']])
  expect(Object.isFrozen(listed?.categories)).toBe(true)
})

test('a change that takes a member away, or adds one that nobody knows, is that of the schema', () => {
  const records = films()
  records.put(film('a', { extra: 1 }))
  const changed = records.update('a', (draft) => {
    delete draft.extra
    Object.assign(draft, { unknown: 1 })
  })
  expect(changed).toEqual(film('a'))
  expect(Object.keys(changed ?? {})).not.toContain('extra')
})

test.each<[what: string, change: (draft: Film) => void, path: PropertyKey[]]>([
  ['a member', (draft) => Object.assign(draft, { length: -1 }), ['length']],
  ['an element that is added to a list', (draft) => draft.categories.push(7 as never), ['categories', 1]],
  ['a member that is missing', (draft) => Object.assign(draft, { path: undefined }), ['path']],
])('%s that is not as the schema says is refused with its path', (_what, change, path) => {
  const records = films()
  const before = records.put(film('a', { categories: ['x'] }))
  let issues: unknown
  try {
    records.update('a', change)
  } catch (error) {
    issues = (error as z.ZodError).issues
  }
  expect(issues).toMatchObject([{ path }])
  expect(records.get('a')).toBe(before)
})
